using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NewsHub.Core.Events;
using NewsHub.Core.Webhooks;
using NewsHub.Web.Tests.Admin;

namespace NewsHub.Web.Tests.Webhooks;

/// <summary>Receivers at their worst.</summary>
public sealed class TryingAgainTests : IAsyncLifetime
{
    private HookRoom _room = null!;

    public async ValueTask InitializeAsync() => _room = await HookRoom.OpenAsync();

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task After_an_error_it_is_tried_again_with_growing_pauses_and_then_given_up()
    {
        _room.Receiver.Answers = Receiver.Says(500, new string('x', 5000));
        var (_, secret) = await _room.RegisterAsync();
        await _room.PublishAsync();
        var pauses = new List<double>();
        for (var tries = 1; ; tries++)
        {
            var d = await _room.DeliveryAsync(x => x.Tries == tries && x.LeasedTo is null, $"try {tries} was made");
            Assert.Equal((500, new string('x', 1024)), (d.Status, d.Answer));
            if (d.State is DeliveryState.GivenUp) break;
            pauses.Add((d.NextTryAt!.Value - d.LastTryAt!.Value).TotalMinutes);
            _room.App.Time.Advance(d.NextTryAt.Value - _room.Now);
        }
        Assert.Equal([1, 5, 30, 120, 360, 1440], pauses);
        Assert.Equal(7, _room.Receiver.Letters.Count);
        Assert.Single(_room.Receiver.Letters.Select(l => l.Delivery).Distinct());
        // Each try is signed anew, as of its own time.
        Assert.Equal(7, _room.Receiver.Letters.Select(l => l.Signature).Distinct().Count());
        Assert.True(_room.Receiver.Letters.Last().IsSignedBy(secret, _room.Now));
    }

    [Fact]
    public async Task A_receiver_that_comes_back_gets_what_it_missed()
    {
        _room.Receiver.Answers = Receiver.Says(503);
        var (hook, _) = await _room.RegisterAsync();
        await _room.PublishAsync();
        await _room.DeliveryAsync(d => d.Tries == 1, "the first try failed");
        Assert.NotNull(
            await _room.App.FromElsewhereAsync(db => db.Webhooks.Where(w => w.Id == hook).Select(w => w.FailingSince).SingleAsync()));
        _room.Receiver.Answers = Receiver.Well;
        _room.App.Time.Advance(TimeSpan.FromMinutes(1));
        var d = await _room.DeliveryAsync(x => x.State is DeliveryState.Delivered, "the second try got through");
        Assert.Equal(2, d.Tries);
        Assert.Null(
            await _room.App.FromElsewhereAsync(db => db.Webhooks.Where(w => w.Id == hook).Select(w => w.FailingSince).SingleAsync()));
    }

    [Trait("Needs", "time")]
    [Theory]
    [InlineData("hangs", "No answer within 2 seconds.")]
    [InlineData("moved", "It leads elsewhere, and redirects are not followed.")]
    [InlineData("cut", "It could not be reached")]
    public async Task Whatever_is_wrong_stands_in_the_log_and_is_tried_again(string fault, string said)
    {
        _room.Receiver.Answers = fault switch
        {
            "hangs" => Receiver.Hangs,
            "cut" => context => { context.Abort(); return Task.CompletedTask; }
            ,
            _ => context => { context.Response.Redirect("/elsewhere"); return Task.CompletedTask; }
            ,
        };
        await _room.RegisterAsync();
        await _room.PublishAsync();
        var d = await _room.DeliveryAsync(x => x.Tries == 1, "a try was made");
        Assert.StartsWith(said, d.Answer, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(1), d.NextTryAt - d.LastTryAt);
        Assert.DoesNotContain(_room.Receiver.Letters, l => l.Path == "/elsewhere");
        _room.Receiver.Answers = Receiver.Well;
        _room.App.Time.Advance(TimeSpan.FromMinutes(1));
        await _room.DeliveryAsync(x => x.State is DeliveryState.Delivered, "the next try got through");
    }

    [Fact]
    public async Task A_private_address_is_not_asked_whatever_it_is_called()
    {
        var me = await _room.MeAsync();
        var port = _room.Receiver.Host.Split(':')[1];
        foreach (var typed in new[]
        {
            "https://10.0.0.1/in", "https://192.168.1.1/", "https://169.254.169.254/latest", "https://[::1]/in",
            "https://[::ffff:127.0.0.1]/in", "https://localhost/in", "https://intranet/in", "https://2130706433/",
        })
        {
            var answer = await me.SubmitAsync("/admin/webhooks", new() { ["Address"] = typed }, "form[action='/admin/webhooks']");
            Admin.ActRoom.Asks(answer, "private address", "Address");
        }
        // A name that leads into the house is found out when it is asked.
        await _room.App.FromElsewhereAsync(async db =>
        {
            var (_, kept) = _room.App.Services.GetRequiredService<Web.Webhooks.HookSecret>().Make();
            db.Webhooks.Add(new Webhook(new Uri($"http://localhost:{port}/in"), [WebhookEventType.StoryPublished], kept,
                await db.Events.MaxAsync(e => e.Id), Desk.Editor, _room.Now));
            return await db.SaveChangesAsync();
        });
        await _room.PublishAsync();
        var d = await _room.DeliveryAsync(x => x.Tries == 1, "a try was made");
        Assert.Equal("Localhost is no public address. Only public addresses are asked.", d.Answer);
        Assert.Empty(_room.Receiver.Letters);
    }

    [Fact]
    public async Task One_that_takes_nothing_for_three_days_is_paused_and_the_desk_says_so()
    {
        _room.Receiver.Answers = Receiver.Says(500);
        var (hook, _) = await _room.RegisterAsync();
        await _room.PublishAsync("First");
        await _room.DeliveryAsync(d => d.Tries == 1, "a try was made");
        _room.App.Time.Advance(TimeSpan.FromDays(3));
        await _room.EventuallyAsync(() => _room.App.FromElsewhereAsync(db => db.Webhooks.AnyAsync(w => w.PausedByFailing)), "it is paused");
        Assert.Equal("paused: nothing has got through for three days", await _room.App.FromElsewhereAsync(
            db => db.Events.Where(e => e.Act == Act.ChangeWebhooks && e.By == Actor.Clock).Select(e => e.Note).SingleAsync()));
        // Its session has run out meanwhile.
        using var me = await Admin.Colleague.SignedInAsync(_room.App, Role.Administrator, "Another One");
        Assert.Contains("nothing could be delivered for three days", (await me.GetAsync("/admin")).Text, StringComparison.Ordinal);

        var sent = _room.Receiver.Letters.Count;
        await _room.PublishAsync("Unheard of");
        _room.Receiver.Answers = Receiver.Well;
        var resumed = await me.SubmitAsync($"/admin/webhooks/{hook}", form: "form.resume");
        Admin.ActRoom.LedTo($"/admin/webhooks/{hook}", resumed);
        await _room.PublishAsync("Second");
        await _room.EventuallyAsync(
            () => Task.FromResult(_room.Receiver.Letters.Skip(sent).Any(l => l.Data.GetProperty("headline").GetString() == "Second")),
            "it is told again");
        Assert.DoesNotContain(_room.Receiver.Letters, l => l.Data.GetProperty("headline").GetString() == "Unheard of");
        Assert.DoesNotContain("nothing could be delivered for three days", (await me.GetAsync("/admin")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_dead_worker_had_in_hand_is_sent_when_its_lease_ends_under_the_same_key()
    {
        var (hook, _) = await _room.RegisterAsync();
        var key = Guid.NewGuid();
        await _room.App.FromElsewhereAsync(async db =>
        {
            var delivery = new Delivery(hook, key, WebhookEventType.Ping, null, null, null, _room.Now, _room.Now.AddSeconds(-1));
            db.Deliveries.Add(delivery);
            await db.SaveChangesAsync();
            // Taken, and never heard of again.
            return await new DeliveryQueue(db, _room.App.Time).LeaseAsync(delivery.Id, Guid.NewGuid());
        });
        await _room.PublishAsync();
        Assert.Equal("story.published", (await _room.LetterAsync(1)).Event);
        _room.App.Time.Advance(Delivery.Lease);
        Assert.Equal((key.ToString(), "ping"), await NextAsync());
        Assert.Equal(2, _room.Receiver.Letters.Count);

        async Task<(string, string)> NextAsync()
        {
            var letter = await _room.LetterAsync(2);
            return (letter.Delivery, letter.Event);
        }
    }
}
