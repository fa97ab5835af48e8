using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NewsHub.Core.Events;
using NewsHub.Core.Newsletters;
using NewsHub.Web.Mail;
using NewsHub.Web.Tests.Admin;

namespace NewsHub.Web.Tests.Newsletters;

/// <summary>What editors decide about a bulletin before it goes: its words, who sees it first, and when.</summary>
public sealed class BulletinPlanTests
{
    private const string Page = "/admin/newsletters/editions/2";
    private static readonly (string, string) Open = ("Site:Url", "http://localhost");

    [Fact]
    public async Task Its_subject_preview_text_and_opening_words_are_previewed_and_mailed()
    {
        await using var room = new MailRoom(Open);
        using var publisher = await Colleague.SignedInAsync(room.App, Role.Publisher);
        await room.AddAsync(1);
        await BeginAsync(room, "Tides");
        Assert.Equal("Tides", (await publisher.GetAsync($"{Page}/words")).Page.QuerySelector("#Subject")!.GetAttribute("placeholder"));
        ActRoom.LedTo(Page, await publisher.SubmitAsync($"{Page}/words", new()
        {
            ["Subject"] = " The tide  turns ",
            ["Preheader"] = "And what it brings",
            ["Opening"] = "Dear readers,\n\nthe <b>tide</b> turns.",
        }));
        Assert.Contains("The tide turns", (await publisher.GetAsync(Page)).Page.QuerySelector(".mail-head")!.TextContent,
            StringComparison.Ordinal);
        Assert.Contains("the &lt;b&gt;tide&lt;/b&gt; turns.", (await publisher.GetAsync($"{Page}/sheet")).Text, StringComparison.Ordinal);

        await PublishAsync(room);
        await room.ExpectAsync(2, BulletinState.Sent);

        var mail = room.Office.Mail.Single();
        Assert.Equal("The tide turns", mail.Subject);
        Assert.Contains("And what it brings", mail.HtmlBody, StringComparison.Ordinal);
        foreach (var body in new[] { mail.HtmlBody!, mail.TextBody! })
            Assert.InRange(body.IndexOf("Dear readers,", StringComparison.Ordinal), 0, body.LastIndexOf("Tides", StringComparison.Ordinal));
        // Too late for other words.
        ActRoom.LedTo(Page, await publisher.GetAsync($"{Page}/words"));
    }

    [Theory]
    [InlineData("Subject", 151, "Use 150 characters at most.")]
    [InlineData("Preheader", 151, "Use 150 characters at most.")]
    [InlineData("Opening", 2001, "Use 2,000 characters at most.")]
    public async Task Words_that_are_too_long_are_told_at_their_field_and_kept(string field, int length, string sentence)
    {
        await using var room = new MailRoom(Open);
        using var publisher = await Colleague.SignedInAsync(room.App, Role.Publisher);
        await BeginAsync(room, "Tides");
        var answer = await publisher.SubmitAsync($"{Page}/words", new() { [field] = new string('x', length) });
        ActRoom.Asks(answer, sentence, field);
        Assert.Contains(new string('x', length), answer.Text, StringComparison.Ordinal);
        Assert.Equal(0, await room.App.FromElsewhereAsync(db => db.BulletinPlans.CountAsync()));
    }

    [Fact]
    public async Task A_stale_form_is_a_conflict_that_keeps_what_was_typed()
    {
        await using var room = new MailRoom(Open);
        using var publisher = await Colleague.SignedInAsync(room.App, Role.Publisher);
        await BeginAsync(room, "Tides");
        var stale = await publisher.GetAsync($"{Page}/words");
        await publisher.SubmitAsync($"{Page}/words", new() { ["Subject"] = "Theirs" });
        var answer = await publisher.SendAsync(stale, new() { ["Subject"] = "Mine" });
        Assert.Equal((HttpStatusCode.Conflict, "Mine"), (answer.Status, answer.Page.QuerySelector("#Subject")!.GetAttribute("value")));
        ActRoom.LedTo(Page, await publisher.SendAsync(answer));
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task It_goes_at_its_time_after_the_edition_once_and_can_be_moved_and_stopped_until_then()
    {
        await using var room = new MailRoom(Open);
        using var publisher = await Colleague.SignedInAsync(room.App, Role.Publisher);
        await room.AddAsync(1);
        await BeginAsync(room, "Tides");
        ActRoom.LedTo(Page, await TimeAsync(publisher, room.App.Time.GetUtcNow().AddHours(2)));
        await PublishAsync(room);
        await FollowedAsync(room);
        Assert.Null(await room.BulletinAsync(2));
        Assert.Contains("is scheduled for", (await publisher.GetAsync(Page)).Page.Body!.TextContent, StringComparison.Ordinal);

        ActRoom.LedTo(Page, await TimeAsync(publisher, room.App.Time.GetUtcNow().AddHours(3)));
        room.App.Time.Advance(TimeSpan.FromHours(2));
        await RoundAsync(room);
        Assert.Null(await room.BulletinAsync(2));
        ActRoom.LedTo(Page, await publisher.SubmitAsync($"{Page}/time", new() { ["Send"] = "Never" }));
        room.App.Time.Advance(TimeSpan.FromHours(1));
        await RoundAsync(room);
        Assert.Null(await room.BulletinAsync(2));

        ActRoom.LedTo(Page, await TimeAsync(publisher, room.App.Time.GetUtcNow().AddHours(1)));
        room.App.Time.Advance(TimeSpan.FromHours(1));
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => RoundAsync(room))));
        await room.ExpectAsync(2, BulletinState.Sent);
        Assert.Single(room.Office.Mail);
        await RoundAsync(room);
        Assert.Equal(1, await room.App.FromElsewhereAsync(db => db.Bulletins.CountAsync()));
    }

    [Fact]
    public async Task One_that_was_due_while_the_program_was_down_goes_at_the_next_start()
    {
        await using var room = new MailRoom(Open);
        await room.AddAsync(1);
        await BeginAsync(room, "Tides");
        await room.App.FromElsewhereAsync(async db =>
        {
            var plan = new BulletinPlan(await db.Editions.Where(e => e.Number == 2).Select(e => e.Id).SingleAsync());
            plan.SendFrom(room.App.Time.GetUtcNow().AddHours(1), 2, Desk.Editor, room.App.Time.GetUtcNow());
            db.BulletinPlans.Add(plan);
            return await db.SaveChangesAsync();
        });
        await PublishAsync(room);
        await FollowedAsync(room);
        Assert.Null(await room.BulletinAsync(2));
        room.App.Time.AdjustTime(room.App.Time.GetUtcNow().AddHours(9));
        using var started = ActivatorUtilities.CreateInstance<SendBulletins>(room.App.Services);
        await started.MakeAsync(TestContext.Current.CancellationToken);
        await room.ExpectAsync(2, BulletinState.Sent);
        Assert.Single(room.Office.Mail);
    }

    [Theory]
    [InlineData("Send", "", "Choose when it is sent.")]
    [InlineData("At.Local", "2025-06-01T12:00", "Choose a time in the future.")]
    [InlineData("At.Local", "2025-07-01T16:00", "Choose a time after the edition, which is scheduled for 1 Jul 2025, 17:00.")]
    [InlineData("At.Local", "soon", "Enter a date and a time such as 2026-03-29 18:30.")]
    public async Task A_time_before_the_edition_or_none_is_refused(string field, string typed, string sentence)
    {
        await using var room = new MailRoom(Open);
        using var publisher = await Colleague.SignedInAsync(room.App, Role.Publisher);
        await BeginAsync(room, "Tides");
        await publisher.SubmitAsync("/admin/editions/2/schedule", new() { ["At.Local"] = "2025-07-01T17:00" });
        var answer = await publisher.SubmitAsync($"{Page}/time", new() { ["Send"] = "At", [field] = typed });
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(sentence, answer.Page.QuerySelector("#problems")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proofs_go_to_chosen_colleagues_and_to_nobody_else()
    {
        await using var room = new MailRoom(Open);
        using var publisher = await Colleague.SignedInAsync(room.App, Role.Publisher);
        var bob = await Colleague.HireAsync(room.App, Role.Editor, "Bob Quay", "bob@example.org");
        await Colleague.HireAsync(room.App, Role.Editor, "Eve Hill", "eve@example.org");
        await BeginAsync(room, "Tides");
        var page = await publisher.GetAsync(Page);
        var token = page.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var sent = await publisher.PostAsync($"{Page}?handler=Proof",
            [
                .. new[] { publisher.Id, bob, 4711 }.Select(id => KeyValuePair.Create("Members", $"{id}")),
                new("__RequestVerificationToken", token),
            ]);
        ActRoom.LedTo(Page, sent);
        foreach (var address in new[] { publisher.Email, "bob@example.org" }) await room.Office.ExpectAsync(address, "Proof: Tides");
        Assert.Equal(2, room.Office.Mail.Count);

        foreach (var (members, sentence) in new[]
        {
            (new[] { "4711" }, "Choose at least one colleague."),
            ([.. await HireManyAsync(room)], "Choose 10 colleagues at most."),
        })
        {
            var refused = await publisher.PostAsync($"{Page}?handler=Proof",
                [.. members.Select(m => KeyValuePair.Create("Members", m)), new("__RequestVerificationToken", token)]);
            Assert.Contains(sentence, refused.Page.QuerySelector("#problems")!.TextContent, StringComparison.Ordinal);
        }
        Assert.Equal(2, room.Office.Mail.Count);
    }

    private static async Task<List<string>> HireManyAsync(MailRoom room)
    {
        List<string> ids = [];
        for (var i = 0; i < 11; i++) ids.Add($"{await Colleague.HireAsync(room.App, Role.Reporter, $"Hand {i}", $"hand{i}@example.org")}");
        return ids;
    }

    private static Task<Answer> TimeAsync(Colleague colleague, DateTimeOffset at) => colleague.SubmitAsync(
        $"{Page}/time", new() { ["Send"] = "At", ["At.Local"] = WallClock.Write(at, TimeZoneInfo.Utc) });

    private static Task<int> BeginAsync(MailRoom room, string headline) => room.App.FromElsewhereAsync(async db =>
    {
        var now = room.App.Time.GetUtcNow();
        var edition = new Core.Editions.Edition(2, new DateOnly(2025, 7, 1), "The next one");
        var lead = await Desk.DraftAsync(db, headline, now);
        lead.File(Desk.Editor, now);
        edition.Compose([(Core.Editions.SlotKind.Lead, lead.Id)]);
        db.Editions.Add(edition);
        return await db.SaveChangesAsync();
    });

    private static Task<int> PublishAsync(MailRoom room) => room.App.FromElsewhereAsync(async db =>
    {
        await Core.Publishing.EditionPublishing.PublishAsync(
            db, (await Core.Editing.EditionEditing.LoadEditionForEditingAsync(db, 2))!, Desk.Editor, room.App.Time.GetUtcNow());
        return 2;
    });

    /// <summary>Waits until what has happened has been looked through for editions to send.</summary>
    private static Task FollowedAsync(MailRoom room) => NewsHubApp.EventuallyAsync(async () => await room.App.FromElsewhereAsync(
        async db => await db.BulletinPlaces.Select(p => (long?)p.LastEvent).SingleOrDefaultAsync()
            == await db.Events.MaxAsync(e => (long?)e.Id)), "the log is followed");

    private static Task<int> RoundAsync(MailRoom room) =>
        room.App.Services.GetRequiredService<SendBulletins>().MakeAsync(TestContext.Current.CancellationToken);
}
