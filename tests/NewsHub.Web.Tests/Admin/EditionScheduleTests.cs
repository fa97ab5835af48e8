using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NewsHub.Core.Editing;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Web.Jobs;

namespace NewsHub.Web.Tests.Admin;

/// <summary>Editions at a chosen time: typed, shown, moved, taken back, met and missed.</summary>
public sealed class EditionScheduleTests
{
    private const string Page = "/admin/editions/2";

    [Fact]
    public async Task An_edition_is_published_at_its_time_and_board_list_and_desk_say_so_before()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        await BeginAsync(room, await room.StoryAsync(StoryState.Filed, "Ferries sail"));
        var at = room.Now.AddHours(2);
        var done = await publisher.SubmitAsync($"{Page}/schedule", new() { ["At.Local"] = Local(at) });
        ActRoom.LedTo(Page, done);
        foreach (var page in new[] { Page, "/admin/editions", "/admin" })
        {
            Assert.Contains(at.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture),
                (await publisher.GetAsync(page)).Page.Body!.TextContent, StringComparison.Ordinal);
        }
        var log = await room.App.FromElsewhereAsync(db => db.Events.OrderBy(e => e.Id).LastAsync());
        Assert.Equal((Act.Schedule, EventSubject.Edition(2), new Actor("Test Publisher")), (log.Act, log.Subject!.Value, log.By));
        // Composing goes on.
        var late = await room.StoryAsync(StoryState.Filed, "Late");
        var editor = await room.ColleagueAsync(Role.Editor);
        ActRoom.LedTo(Page, await editor.SubmitAsync(Page, new() { [$"Places[{late}]"] = "Brief" }));
        Turn(room, TimeSpan.FromHours(2) - TimeSpan.FromSeconds(1));
        Assert.Null(await OutAsync(room));

        Turn(room, TimeSpan.FromSeconds(1));
        await NewsHubApp.EventuallyAsync(async () => await OutAsync(room) == at, "the edition is out");

        await NewsHubApp.EventuallyAsync(async () => (await room.App.FrontAsync()).Lead == "Ferries sail", "its front is the paper's");
        Assert.Equal(StoryState.Live, (await room.ReadAsync(late)).State);
        ActRoom.LedTo(Page, await publisher.GetAsync($"{Page}/schedule"));
    }

    [Fact]
    public async Task What_hinders_it_is_said_before_and_at_its_time_nothing_of_it_is_published()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        var lead = await room.StoryAsync(StoryState.Filed, "Ferries sail");
        await BeginAsync(room, lead, await room.DraftAsync("Half a story"));
        var ask = await publisher.GetAsync($"{Page}/schedule");
        Assert.Contains("is not ready: it is a draft", ask.Page.QuerySelector("#warnings")!.TextContent, StringComparison.Ordinal);
        ActRoom.LedTo(Page, await publisher.SendAsync(ask, new() { ["At.Local"] = Local(room.Now.AddHours(1)) }));

        Turn(room, TimeSpan.FromHours(1));
        await NewsHubApp.EventuallyAsync(async () => await room.App.FromElsewhereAsync(
            db => db.Editions.AnyAsync(e => e.MissedBecause != null)), "it is missed");

        Assert.Equal(StoryState.Filed, (await room.ReadAsync(lead)).State);
        foreach (var page in new[] { Page, "/admin/editions", "/admin" })
            Assert.Contains("“Half a story” is not ready: it is a draft.", (await publisher.GetAsync(page)).Page.Body!.TextContent,
                StringComparison.Ordinal);
        Assert.Equal(1, await room.App.FromElsewhereAsync(db => db.Events.CountAsync(e => e.Act == Act.FailToPublish)));
    }

    [Theory]
    [InlineData("", "Enter a date and a time.")]
    [InlineData("soon", "Enter a date and a time such as 2026-03-29 18:30.")]
    [InlineData("2025-06-30T12:00", "Choose a time in the future, or publish it now.")]
    public async Task A_time_that_is_none_is_told_at_its_field(string typed, string sentence)
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        await BeginAsync(room, await room.StoryAsync(StoryState.Filed));
        var answer = await publisher.SubmitAsync($"{Page}/schedule", new() { ["At.Local"] = typed });
        ActRoom.Asks(answer, sentence, "At_Local");
        Assert.Null(await room.App.FromElsewhereAsync(
            db => db.Editions.Where(e => e.Number == 2).Select(e => e.ScheduledFor).SingleAsync()));
    }

    [Fact]
    public async Task Where_the_clocks_change_the_form_asks_which_time_is_meant()
    {
        await using var room = new ActRoom("America/New_York");
        var publisher = await room.ColleagueAsync(Role.Publisher);
        await BeginAsync(room, await room.StoryAsync(StoryState.Filed));
        var ask = await publisher.SubmitAsync($"{Page}/schedule", new() { ["At.Local"] = "2025-11-02T01:30" });
        Assert.Equal(HttpStatusCode.BadRequest, ask.Status);
        Assert.Equal(2, ask.Page.QuerySelectorAll("input[name='At.Offset']").Length);
        ActRoom.LedTo(Page, await publisher.SendAsync(ask, new() { ["At.Offset"] = "-05:00" }));
        Assert.Equal(new DateTimeOffset(2025, 11, 2, 6, 30, 0, TimeSpan.Zero),
            await room.App.FromElsewhereAsync(db => db.Editions.Where(e => e.Number == 2).Select(e => e.ScheduledFor).SingleAsync()));
    }

    [Fact]
    public async Task A_scheduled_edition_is_unscheduled_before_it_is_deleted_and_a_stale_form_is_a_conflict()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        await BeginAsync(room, await room.StoryAsync(StoryState.Filed));
        var delete = await publisher.GetAsync($"{Page}/delete");
        var stale = await publisher.GetAsync($"{Page}/schedule");
        await publisher.SubmitAsync($"{Page}/schedule", new() { ["At.Local"] = Local(room.Now.AddHours(1)) });
        Assert.Equal(HttpStatusCode.Conflict, (await publisher.SendAsync(delete)).Status);
        Assert.Equal(
            HttpStatusCode.Conflict, (await publisher.SendAsync(stale, new() { ["At.Local"] = Local(room.Now.AddHours(3)) })).Status);
        var unschedule = await publisher.GetAsync($"{Page}/unschedule");
        ActRoom.LedTo(Page, await publisher.SendAsync(unschedule));
        ActRoom.LedTo(Page, await publisher.SendAsync(unschedule));
        Turn(room, TimeSpan.FromHours(1));
        ActRoom.LedTo("/admin/editions", await publisher.SubmitAsync($"{Page}/delete"));
    }

    [Fact]
    public async Task What_was_due_while_the_program_was_down_is_published_once_by_however_many_clocks()
    {
        await using var room = new ActRoom();
        await BeginAsync(room, await room.StoryAsync(StoryState.Filed, "Ferries sail"));
        // Scheduled into the past, as the store is found after a night without the program; nothing has woken the clock.
        await room.App.FromElsewhereAsync(db => db.Editions.Where(e => e.Number == 2)
            .ExecuteUpdateAsync(e => e.SetProperty(x => x.ScheduledFor, room.Now.AddHours(-8))));
        using PublishDueEditions one = Worker(), two = Worker();
        await Task.WhenAll(Task.Run(() => one.RoundAsync(TestContext.Current.CancellationToken)),
            Task.Run(() => two.RoundAsync(TestContext.Current.CancellationToken)));
        Assert.Equal(room.Now, await OutAsync(room));
        Assert.Equal(1, await room.App.FromElsewhereAsync(
            db => db.Events.CountAsync(e => e.Act == Act.PublishEdition && e.By == Actor.Clock)));
        Assert.Equal(0, await room.App.FromElsewhereAsync(db => db.Events.CountAsync(e => e.Act == Act.FailToPublish)));

        PublishDueEditions Worker() => ActivatorUtilities.CreateInstance<PublishDueEditions>(room.App.Services);
    }

    private static string Local(DateTimeOffset at) => WallClock.Write(at, TimeZoneInfo.Utc);

    private static void Turn(ActRoom room, TimeSpan span)
    {
        room.App.Time.Advance(span);
        room.App.Services.GetRequiredService<PublishDueEditions>().Wake();
    }

    private static Task<DateTimeOffset?> OutAsync(ActRoom room) =>
        room.App.FromElsewhereAsync(db => db.Editions.Where(e => e.Number == 2).Select(e => e.PublishedAt).SingleAsync());

    private static Task<int> BeginAsync(ActRoom room, params long[] stories) => room.App.FromElsewhereAsync(db =>
    {
        var edition = new Edition(2, new DateOnly(2025, 7, 1), "The second");
        edition.Compose(stories.Select((id, i) => (i == 0 ? SlotKind.Lead : SlotKind.Second, new StoryId(id))));
        db.Editions.Add(edition);
        return db.SaveChangesAsync();
    });
}
