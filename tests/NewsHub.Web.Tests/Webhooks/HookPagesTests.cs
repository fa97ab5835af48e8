using System.Net;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Webhooks;
using NewsHub.Web.Tests.Admin;

namespace NewsHub.Web.Tests.Webhooks;

/// <summary>The newsroom's pages of webhooks.</summary>
public sealed class HookPagesTests : IAsyncLifetime
{
    private HookRoom _room = null!;

    public async ValueTask InitializeAsync() => _room = await HookRoom.OpenAsync();

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task The_secret_is_shown_once_and_a_new_one_voids_it()
    {
        var (hook, secret) = await _room.RegisterAsync();
        var me = await _room.MeAsync();
        foreach (var page in new[] { "/admin/webhooks", $"/admin/webhooks/{hook}", "/admin/audit" })
            Assert.DoesNotContain(secret, (await me.GetAsync(page)).Text, StringComparison.Ordinal);
        var made = await me.SubmitAsync($"/admin/webhooks/{hook}", form: "form.new-secret");
        Assert.Equal("no-store", made.Header("Cache-Control"));
        var next = made.Page.QuerySelector("code.secret")!.TextContent;
        Assert.NotEqual(secret, next);
        await _room.PressAsync(hook, "ping");
        var letter = await _room.LetterAsync(1);
        Assert.Equal(("ping", true, false), (letter.Event, letter.IsSignedBy(next, _room.Now), letter.IsSignedBy(secret, _room.Now)));
    }

    [Fact]
    public async Task An_address_is_looked_at_before_it_is_taken()
    {
        var me = await _room.MeAsync();
        await _room.RegisterAsync();
        foreach (var (typed, said) in new[]
        {
            ("", "Enter an address"), ("example.org", "Enter an address"), ("ftp://example.org/", "Enter an address"),
            ("javascript:alert(1)", "Enter an address"),
            ("https://me:secret@example.org/", "name and password"),
            ("https://example.org/#x", "after #"), ($"http://{_room.Receiver.Host}/in", "already a webhook"),
        })
        {
            ActRoom.Asks(
                await me.SubmitAsync("/admin/webhooks", new() { ["Address"] = typed }, "form[action='/admin/webhooks']"), said, "Address");
        }
        var nothing = await me.PostAsync("/admin/webhooks", new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = await me.TokenAsync(),
            ["Address"] = "https://example.org/in",
        });
        ActRoom.Asks(nothing, "at least one event", "Chosen");
        Assert.Equal(1, await _room.App.FromElsewhereAsync(db => db.Webhooks.CountAsync()));
    }

    [Fact]
    public async Task Plain_http_is_taken_only_where_a_setting_says_so()
    {
        await using var strict = await HookRoom.OpenAsync(("Webhooks:AllowHttp", "false"));
        var answer = await (await strict.MeAsync()).SubmitAsync(
            "/admin/webhooks", new() { ["Address"] = $"http://{strict.Receiver.Host}/in" }, "form[action='/admin/webhooks']");
        ActRoom.Asks(answer, "must begin with https", "Address");
    }

    [Fact]
    public async Task What_was_sent_can_be_read_and_sent_again_under_the_same_key()
    {
        _room.Receiver.Answers = Receiver.Says(200, "<b>taken</b>");
        var (hook, _) = await _room.RegisterAsync();
        await _room.PublishAsync();
        await _room.DeliveryAsync(d => d.State is DeliveryState.Delivered, "it was delivered");
        var page = (await (await _room.MeAsync()).GetAsync($"/admin/webhooks/{hook}")).Page;
        var row = page.QuerySelector("table.lines tbody tr")!.TextContent;
        Assert.Contains("story.published", row, StringComparison.Ordinal);
        Assert.Contains("Delivered", row, StringComparison.Ordinal);
        Assert.Equal("<b>taken</b>", page.QuerySelector("table.lines pre")!.TextContent);
        await _room.PressAsync(hook, "replay");
        var (first, again) = (await _room.LetterAsync(1), await _room.LetterAsync(2));
        Assert.Equal((first.Delivery, first.Event), (again.Delivery, again.Event));
        Assert.Equal(2, (await _room.DeliveryAsync(d => d.Tries == 2, "both tries are counted")).Tries);
    }

    [Fact]
    public async Task A_paused_one_hears_of_nothing_but_a_test_and_a_deleted_one_of_nothing_at_all()
    {
        var (hook, _) = await _room.RegisterAsync();
        await _room.PressAsync(hook, "pause");
        await _room.PublishAsync("While it was paused");
        await _room.PressAsync(hook, "ping");
        Assert.Equal("ping", (await _room.LetterAsync(1)).Event);
        await _room.PressAsync(hook, "resume");
        await _room.PublishAsync("Heard again");
        Assert.Equal("Heard again", (await _room.LetterAsync(2)).Data.GetProperty("headline").GetString());
        var me = await _room.MeAsync();
        ActRoom.LedTo("/admin/webhooks", await me.SubmitAsync($"/admin/webhooks/{hook}", form: "form.delete"));
        Assert.Equal(HttpStatusCode.NotFound, (await me.GetAsync($"/admin/webhooks/{hook}")).Status);
        await _room.PublishAsync("Nobody hears");
        Assert.Equal(0, await _room.App.FromElsewhereAsync(db => db.Deliveries.CountAsync()));
        var log = await _room.App.FromElsewhereAsync(
            db => db.Events.Where(e => e.Act == Act.ChangeWebhooks).OrderBy(e => e.Id).Select(e => e.Note).ToListAsync());
        Assert.Equal(["added", "paused", "resumed", "deleted"], log);
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task What_it_is_told_can_be_changed()
    {
        var (hook, _) = await _room.RegisterAsync();
        var me = await _room.MeAsync();
        var token = await me.TokenAsync();
        ActRoom.LedTo($"/admin/webhooks/{hook}", await me.PostAsync($"/admin/webhooks/{hook}?handler=Events",
            new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["Chosen"] = "EditionPublished" }));
        Assert.Equal([WebhookEventType.EditionPublished],
            await _room.App.FromElsewhereAsync(db => db.Webhooks.Select(w => w.EventTypes).SingleAsync()));
        ActRoom.Asks(await me.PostAsync($"/admin/webhooks/{hook}?handler=Events",
            new Dictionary<string, string> { ["__RequestVerificationToken"] = token }), "at least one event");
    }
}
