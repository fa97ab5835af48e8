using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using NewsHub.Core.Audience;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Tests.Audience;

public sealed class AudienceCountsTests : IAsyncLifetime
{
    private static readonly DateOnly Day = new(2025, 7, 1);
    private readonly FakeTimeProvider _clock = new(Copy.Noon);
    private readonly SiteSnapshot.Current _snapshot = new();
    private TestStore _store = null!;
    private AudienceCounts _audienceCounts = null!;
    private StoryId _story;
    private string _address = "";

    public async ValueTask InitializeAsync()
    {
        _store = await TestStore.OpenAsync();
        await using var db = _store.Db();
        var copy = await Copy.SetAsync(db);
        var story = copy.Live();
        db.Stories.Add(story);
        await db.SaveChangesAsync();
        (_story, _address) = (story.Id, story.Address!);
        await _snapshot.ReadAsync(db);
        _audienceCounts = new AudienceCounts(_snapshot, _clock);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private void See(string path, string from = "203.0.113.7", string? referrer = null) =>
        _audienceCounts.Count(new Visit(path, IPAddress.Parse(from), "A browser", referrer, "enews.example", _clock.GetUtcNow()));

    private async Task<Dictionary<(DateOnly, Subject, long), (int, int)>> KeptAsync()
    {
        await using var db = _store.Db();
        await _audienceCounts.SaveAsync(db);
        await using var read = _store.Db();
        return await read.DayCounts.ToDictionaryAsync(c => (c.Day, c.Subject, c.SubjectId), c => (c.Views, c.Visitors));
    }

    [Fact]
    public async Task A_storys_page_counts_for_the_story_its_section_and_the_paper()
    {
        See(_address);
        See(_address);
        See(_address, "203.0.113.8");
        See("/technology");
        See("/nowhere");
        See("/");
        var kept = await KeptAsync();
        Assert.Equal((3, 2), kept[(Day, Subject.Story, _story.Value)]);
        Assert.Equal((6, 2), kept[(Day, Subject.Paper, 0)]);
        Assert.Equal((4, 2), kept[(Day, Subject.Section, _snapshot.Now.Sections[0].Id.Value)]);
        Assert.Equal(3, kept.Count);
        See(_address);
        Assert.Equal((4, 2), (await KeptAsync())[(Day, Subject.Story, _story.Value)]);
    }

    [Fact]
    public async Task What_the_store_does_not_take_waits_and_is_counted_once()
    {
        See(_address, referrer: "https://elsewhere.example/");
        _audienceCounts.CountSearchMiss("herring");
        await _store.RefuseWritesAsync(true);
        for (var tries = 0; tries < 3; tries++)
        {
            await Assert.ThrowsAnyAsync<Exception>(KeptAsync);
            See(_address);
        }
        Assert.Null(_audienceCounts.SavedUntil);
        await _store.RefuseWritesAsync(false);
        Assert.Equal((4, 1), (await KeptAsync())[(Day, Subject.Story, _story.Value)]);
        await using var read = _store.Db();
        Assert.Equal(1, (await read.SearchMisses.SingleAsync()).Times);
        Assert.All(await read.ReferrerCounts.ToListAsync(), c => Assert.Equal(("elsewhere.example", 1), (c.Host, c.Views)));
        Assert.Equal(2, await read.ReferrerCounts.CountAsync());
        Assert.Equal((4, 1), (await KeptAsync())[(Day, Subject.Story, _story.Value)]);
    }

    [Fact]
    public async Task Words_that_no_store_can_hold_cost_no_count()
    {
        See(_address);
        foreach (var words in new[] { "\0nothing\0zz", "nothingzz", "\0", "\uD83D" }) _audienceCounts.CountSearchMiss(words);
        Assert.Equal((1, 1), (await KeptAsync())[(Day, Subject.Story, _story.Value)]);
        await using var read = _store.Db();
        var miss = await read.SearchMisses.SingleAsync();
        Assert.Equal(("nothingzz", 2), (miss.Words, miss.Times));
    }

    [Fact]
    public async Task A_thousand_at_once_are_counted_exactly()
    {
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => Task.Run(() => See(_address, $"203.0.{i / 250}.{i % 250}"))));
        Assert.Equal((1000, 1000), (await KeptAsync())[(Day, Subject.Story, _story.Value)]);
    }

    [Fact]
    public async Task The_day_is_the_papers_own_and_yesterdays_visitors_are_nobody_any_more()
    {
        // Eleven at night in Lagos, an hour ahead of UTC.
        _clock.Advance(TimeSpan.FromHours(10));
        See(_address);
        _clock.Advance(TimeSpan.FromHours(2));
        See(_address);
        var kept = await KeptAsync();
        Assert.Equal((1, 1), kept[(Day, Subject.Story, _story.Value)]);
        Assert.Equal((1, 1), kept[(Day.AddDays(1), Subject.Story, _story.Value)]);
    }

    [Fact]
    public async Task Of_a_referrer_the_host_alone_is_kept_and_our_own_is_none()
    {
        foreach (var referrer in new[]
        {
            "https://www.news.example/a?secret=1", "https://news.example/b", "https://enews.example/", "android-app://com.x",
            "javascript:alert(1)", "nonsense", "",
        })
        {
            See(_address, referrer: referrer);
        }
        await KeptAsync();
        await using var db = _store.Db();
        Assert.Equal([(0L, "news.example", 2), (_story.Value, "news.example", 2)],
            (await db.ReferrerCounts.OrderBy(r => r.StoryId).ToListAsync()).Select(r => (r.StoryId.Value, r.Host, r.Views)));
    }

    [Fact]
    public async Task Hosts_that_somebody_makes_up_do_not_fill_the_store()
    {
        for (var i = 0; i < 500; i++) See("/", referrer: $"https://host{i}.example/");
        await KeptAsync();
        await using var db = _store.Db();
        Assert.Equal(200, await db.ReferrerCounts.CountAsync());
    }

    [Fact]
    public async Task Nothing_of_anybody_is_in_the_store()
    {
        See(_address, "198.51.100.23", "https://news.example/path/secret");
        await KeptAsync();
        await using var db = _store.Db();
        var whole = string.Join('\n', (await db.DayCounts.ToListAsync())
            .Select(c => System.Text.Json.JsonSerializer.Serialize(c))
            .Concat((await db.ReferrerCounts.ToListAsync()).Select(c => System.Text.Json.JsonSerializer.Serialize(c))));
        foreach (var word in new[] { "198.51", "browser", "secret", "path" })
            Assert.DoesNotContain(word, whole, StringComparison.OrdinalIgnoreCase);
        // A day, a subject, two sums: there is no column that could hold more.
        Assert.Equal(["Day", "Subject", "SubjectId", "Views", "Visitors"],
            typeof(DayCount).GetProperties().Select(p => p.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_comes_faster_than_it_can_be_counted_is_said_to_be_lost()
    {
        for (var i = 0; i < AudienceCounts.Room + 10; i++) See("/");
        Assert.Equal(10, _audienceCounts.Dropped);
        Assert.Equal((AudienceCounts.Room, 1), (await KeptAsync())[(Day, Subject.Paper, 0)]);
    }

    [Fact]
    public async Task Searches_that_found_nothing_are_so_many_rows_a_day_and_are_gone_after_a_time()
    {
        for (var round = 0; round < 5; round++)
        {
            for (var i = 0; i < 20_000; i++) _audienceCounts.CountSearchMiss($"{round} {i} {new string('x', i % 300)}");
            await KeptAsync();
        }
        _audienceCounts.CountSearchMiss("0 0");
        await KeptAsync();
        await using var db = _store.Db();
        Assert.Equal(AudienceCounts.MostMissesOfADay, await db.SearchMisses.CountAsync());
        // What is in the list goes on being counted.
        Assert.Equal(2, (await db.SearchMisses.SingleAsync(m => m.Words == "0 0")).Times);
        _clock.Advance(AudienceCounts.MissesAreKept + TimeSpan.FromDays(1));
        _audienceCounts.CountSearchMiss("zebra");
        await KeptAsync();
        Assert.Equal(["zebra"], await db.SearchMisses.Select(m => m.Words).ToListAsync());
    }

    [Fact]
    public async Task Of_what_a_browser_says_of_itself_and_where_it_comes_from_no_more_is_held_than_tells_it_apart()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 5000; i++)
            _audienceCounts.Count(new Visit(
                "/", IPAddress.Parse("203.0.113.7"), $"{i} {new string('a', 16_000)}", $"https://news.example/{new string('b', 16_000)}{i}",
                "enews.example", _clock.GetUtcNow()));
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 100_000_000);
        Assert.Equal((5000, 5000), (await KeptAsync())[(Day, Subject.Paper, 0)]);
        await using var db = _store.Db();
        Assert.Equal(["news.example"], await db.ReferrerCounts.Select(r => r.Host).Distinct().ToListAsync());
    }

    [Fact]
    public async Task Words_are_cut_between_letters_and_not_within_one()
    {
        _audienceCounts.CountSearchMiss(new string('x', 99) + "😀");
        _audienceCounts.CountSearchMiss("a  \t b");
        await KeptAsync();
        await using var db = _store.Db();
        Assert.Equal(["a b", new string('x', 99)], await db.SearchMisses.OrderBy(m => m.Words).Select(m => m.Words).ToListAsync());
    }

    [Fact]
    public async Task Searches_that_found_nothing_are_kept_in_one_spelling()
    {
        foreach (var words in new[] { "Zebra ", "zebra", "  ", new string('x', 300) }) _audienceCounts.CountSearchMiss(words);
        await KeptAsync();
        await using var db = _store.Db();
        Assert.Equal([("xxx", 1), ("zebra", 2)],
            (await db.SearchMisses.OrderBy(m => m.Words).ToListAsync()).Select(m => (m.Words.Length > 99 ? "xxx" : m.Words, m.Times)));
    }
}
