using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Settings;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;
using NewsHub.Core.Text;
using NewsHub.Web.Jobs;
using NewsHub.Web.Tests.Admin;

namespace NewsHub.Web.Tests.Jobs;

/// <summary>The clock: on time, once, whatever happens to one story, to the program or to the hour.</summary>
public sealed class PublishDueTests
{
    private static Task<int> ScheduleAsync(ActRoom room, long id, DateTimeOffset at) => room.ChangeAsync(id, (_, story) =>
    {
        story.Schedule(at, Desk.Editor, room.Now);
        return Task.CompletedTask;
    });

    private static Task IsAsync(ActRoom room, long id, StoryState state) =>
        NewsHubApp.EventuallyAsync(async () => (await room.ReadAsync(id)).State == state, $"the story is {state}");

    /// <summary>Lets an hour go by as the clock sees it: a minute at a time.</summary>
    /// <summary>
    /// Turns the clock. Where that comes in the middle of a round, the round may have looked before and sleep after it, for a minute of a
    /// time that stands still: so it is woken, as the next minute would do it (<see cref="ScheduledJobTests"/>).
    /// </summary>
    private static void Advance(ActRoom room, TimeSpan span)
    {
        room.App.Time.Advance(span);
        room.App.Services.GetRequiredService<PublishDue>().Wake();
    }

    /// <summary>To a day far ahead. The last minute is lived through; the years before it are not, or every job that ticks would
    /// tick millions of times.</summary>
    private static void LeapTo(ActRoom room, DateTimeOffset at)
    {
        room.App.Time.AdjustTime(at.AddMinutes(-1));
        Advance(room, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_story_goes_live_within_a_minute_of_its_time_years_ahead_and_readers_see_it()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        var id = await room.DraftAsync("In eleven years");
        await publisher.SubmitAsync($"/admin/stories/{id}/schedule", new() { ["At.Local"] = "2036-02-29T12:00" });
        LeapTo(room, new DateTimeOffset(2036, 2, 29, 11, 59, 0, TimeSpan.Zero));
        // A round of the clock has looked, and found it too early: the next story is published by it.
        var early = await room.DraftAsync("A minute before");
        await ScheduleAsync(room, early, room.Now);
        await IsAsync(room, early, StoryState.Live);
        Assert.Equal(StoryState.Scheduled, (await room.ReadAsync(id)).State);

        Advance(room, TimeSpan.FromMinutes(1));
        await IsAsync(room, id, StoryState.Live);

        Assert.Equal(room.Now, (await room.ReadAsync(id)).FirstPublishedAt);
        Assert.Equal((Act.Publish, Actor.Clock), ((await room.LogAsync(id))[^1].Act, (await room.LogAsync(id))[^1].By));
        await NewsHubApp.EventuallyAsync(
            async () => (await room.App.GetAsync("/harbour")).Text.Contains("In eleven years", StringComparison.Ordinal), "readers see it");
    }

    [Fact]
    public async Task A_schedule_moved_nearer_wakes_the_clock_at_once()
    {
        await using var room = new ActRoom();
        var id = await room.DraftAsync();
        await ScheduleAsync(room, id, room.Now.AddYears(1));
        // No time passes here: the change itself is what wakes it.
        await ScheduleAsync(room, id, room.Now);
        await IsAsync(room, id, StoryState.Live);
    }

    [Fact]
    public async Task A_story_scheduled_across_the_change_of_the_clocks_is_out_at_the_hour_that_was_meant()
    {
        await using var room = new ActRoom("America/New_York");
        var publisher = await room.ColleagueAsync(Role.Publisher);
        var (first, second) = (await room.DraftAsync("The first half past one"), await room.DraftAsync("The second"));
        foreach (var (id, offset) in new[] { (first, "-04:00"), (second, "-05:00") })
            await publisher.SendAsync(
                await publisher.SubmitAsync($"/admin/stories/{id}/schedule", new() { ["At.Local"] = "2025-11-02T01:30" }),
                new() { ["At.Offset"] = offset });
        LeapTo(room, new DateTimeOffset(2025, 11, 2, 5, 30, 0, TimeSpan.Zero));
        await IsAsync(room, first, StoryState.Live);
        Assert.Equal(StoryState.Scheduled, (await room.ReadAsync(second)).State);
        Advance(room, TimeSpan.FromHours(1));
        await IsAsync(room, second, StoryState.Live);
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task What_cannot_be_printed_is_on_the_desk_with_the_reason_holds_up_nothing_and_is_tried_again_once_it_was_changed()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        var bad = await room.DraftAsync("Without a standfirst", but: t => t with { Standfirst = "" });
        var good = await room.DraftAsync("As it should be");
        await ScheduleAsync(room, bad, room.Now.AddMinutes(10));
        await ScheduleAsync(room, good, room.Now.AddMinutes(11));
        Advance(room, TimeSpan.FromMinutes(11));
        await IsAsync(room, good, StoryState.Live);
        for (var i = 0; i < 5; i++)
        {
            Advance(room, TimeSpan.FromMinutes(1));
            var other = await room.DraftAsync($"Round {i}");
            await ScheduleAsync(room, other, room.Now);
            await IsAsync(room, other, StoryState.Live);
        }
        var missed = Assert.Single(await room.LogAsync(bad), e => e.Act is Act.FailToPublish);
        Assert.Equal((Actor.Clock, "The story has no standfirst."), (missed.By, missed.Note));
        var pile = FilingTests.Pile(await publisher.GetAsync("/admin"), "Could not be published on time");
        Assert.Contains("Without a standfirst", pile, StringComparison.Ordinal);
        Assert.Contains("The story has no standfirst.", pile, StringComparison.Ordinal);

        await room.ChangeAsync(bad, (_, story) =>
        {
            story.Save(
                story.Newest().Text with { Standfirst = "Here it is." }, new RenderedBody("<p>Body.</p>", 1, []), Desk.Editor, room.Now);
            return Task.CompletedTask;
        });
        await IsAsync(room, bad, StoryState.Live);
        Assert.DoesNotContain("Could not be published", (await publisher.GetAsync("/admin")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_due_while_the_program_was_down_is_published_when_it_starts()
    {
        using var store = new ClockStore();
        var ids = new List<StoryId>();
        for (var i = 0; i < 3; i++) ids.Add(await store.ScheduledAsync($"Overdue {i}", store.Time.GetUtcNow().AddHours(i + 1)));
        var later = await store.ScheduledAsync("Not yet", store.Time.GetUtcNow().AddDays(3));
        // Nobody is there as these hours go by.
        store.Time.Advance(TimeSpan.FromDays(2));
        using var clock = store.Worker();
        await clock.StartAsync(TestContext.Current.CancellationToken);
        foreach (var id in ids)
            await NewsHubApp.EventuallyAsync(async () => await store.StateAsync(id) == StoryState.Live, "the overdue is live");
        Assert.Equal(StoryState.Scheduled, await store.StateAsync(later));
        await clock.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Two_workers_publish_each_story_once()
    {
        using var store = new ClockStore();
        for (var i = 0; i < 40; i++) await store.ScheduledAsync("The very same headline", store.Time.GetUtcNow().AddMinutes(1));
        store.Time.Advance(TimeSpan.FromMinutes(2));
        using PublishDue one = store.Worker(), two = store.Worker();
        await Task.WhenAll(Task.Run(() => one.RoundAsync(TestContext.Current.CancellationToken)),
            Task.Run(() => two.RoundAsync(TestContext.Current.CancellationToken)));

        await using var db = store.Db();
        Assert.Equal(40, await db.Stories.CountAsync(s => s.State == StoryState.Live));
        Assert.Equal(40, await db.Events.CountAsync(e => e.Act == Act.Publish));
        Assert.Equal(0, await db.Events.CountAsync(e => e.Act == Act.Update || e.Act == Act.FailToPublish));
        Assert.Equal(40, await db.Stories.Select(s => s.Address).Distinct().CountAsync());
        Assert.Empty(store.Said);
    }

    [Fact]
    public async Task A_store_that_takes_nothing_is_said_once_and_asked_again()
    {
        using var store = new ClockStore();
        var id = await store.ScheduledAsync("Stuck", store.Time.GetUtcNow());
        using var clock = store.Worker();
        await using (var db = store.Db())
            await db.Database.ExecuteSqlRawAsync(
                """CREATE TRIGGER "full" BEFORE UPDATE ON "Stories" BEGIN SELECT RAISE(ABORT, 'disk full'); END;""");
        for (var i = 0; i < 3; i++) await clock.RoundAsync(TestContext.Current.CancellationToken);
        Assert.Single(store.Said, s => s.Contains("did not take it", StringComparison.Ordinal));
        await using (var db = store.Db()) await db.Database.ExecuteSqlRawAsync("DROP TRIGGER \"full\"");
        await clock.RoundAsync(TestContext.Current.CancellationToken);
        Assert.Equal(StoryState.Live, await store.StateAsync(id));
    }

    /// <summary>A store on disk, a clock that stands until it is turned, and workers on both, with no program around them.</summary>
    private sealed class ClockStore : IDisposable, ILoggerProvider
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("newshub-clock-");
        private readonly ServiceProvider _services;
        private readonly StoryText _text;

        public ClockStore()
        {
            var file = Path.Combine(_folder.FullName, "news.db");
            _services = new ServiceCollection()
                .AddLogging(l => l.AddProvider(this))
                .AddDbContext<NewsDb>(o => o.UseSqliteStore(file))
                .BuildServiceProvider();
            using var db = Db();
            SqliteStore.MigrateAsync(db, file).GetAwaiter().GetResult();
            var section = new Core.Settings.Section(Slug.Parse("harbour"), "Harbour", null, 0);
            var author = new Author(Slug.Parse("ada"), "Ada Night", null, null);
            db.AddRange(section, author);
            db.SaveChanges();
            _text = new StoryText
            {
                Section = section.Id,
                Kind = Kind.News,
                Headline = "",
                Standfirst = "Why.",
                Body = "Body.",
                Bylines = [new Byline(author.Id, "ada", "Ada Night", null)],
            };
        }

        public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2025, 7, 1, 15, 0, 0, TimeSpan.Zero));
        public List<string> Said { get; } = [];

        public NewsDb Db() => _services.CreateScope().ServiceProvider.GetRequiredService<NewsDb>();

        public PublishDue Worker() =>
            new(_services.GetRequiredService<IServiceScopeFactory>(), Time, _services.GetRequiredService<ILogger<PublishDue>>());

        public async Task<StoryId> ScheduledAsync(string headline, DateTimeOffset at)
        {
            await using var db = Db();
            var story = new Story(
                _text with { Headline = headline }, new RenderedBody("<p>Body.</p>", 1, []), Desk.Editor, Time.GetUtcNow());
            story.Schedule(at, Desk.Editor, Time.GetUtcNow());
            db.Stories.Add(story);
            await db.SaveChangesAsync();
            return story.Id;
        }

        public async Task<StoryState> StateAsync(StoryId id)
        {
            await using var db = Db();
            return await db.Stories.Where(s => s.Id == id).Select(s => s.State).SingleAsync();
        }

        public ILogger CreateLogger(string categoryName) => categoryName.EndsWith(nameof(PublishDue), StringComparison.Ordinal)
            ? new Listener(Said)
            : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public void Dispose()
        {
            _services.Dispose();
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            if (_folder.Exists) _folder.Delete(recursive: true);
        }

        private sealed class Listener(List<string> said) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                lock (said) said.Add(formatter(state, exception));
            }
        }
    }
}
