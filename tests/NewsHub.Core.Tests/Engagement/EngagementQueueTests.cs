using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Engagement;
using NewsHub.Core.Events;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Tests.Engagement;

public sealed class EngagementQueueTests : IAsyncLifetime
{
    private readonly EngagementQueue _queue = new();
    private TestStore _store = null!;
    private StoryId _story;

    public async ValueTask InitializeAsync()
    {
        _store = await TestStore.OpenAsync();
        await using var db = _store.Db();
        var story = (await Copy.SetAsync(db)).Live();
        db.Stories.Add(story);
        await db.SaveChangesAsync();
        _story = story.Id;
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_reader_has_one_reaction_that_is_changed_and_taken_back()
    {
        Assert.Equal(1, (await SendAsync(Reaction("ann", "like")))!.Reactions["like"]);
        Assert.Equal(1, (await SendAsync(Reaction("ann", "like")))!.Reactions["like"]);
        Assert.Equal(2, (await SendAsync(Reaction("bob", "like")))!.Reactions["like"]);
        Assert.Equal([("like", 1), ("sad", 1)], Sorted(await SendAsync(Reaction("ann", "sad"))));
        Assert.Equal([("like", 1)], Sorted(await SendAsync(Reaction("ann", null))));
        Assert.Equal([("like", 1)], Sorted(await SendAsync(Reaction("ann", null))));

        await using var db = _store.Db();
        Assert.Equal(["bob"], await db.Reactions.Select(r => r.Reader).ToListAsync());
        Assert.Equal(1, (await db.Stories.Where(s => s.Id == _story).Select(s => s.Reactions).SingleAsync())["like"]);
    }

    [Fact]
    public async Task Whatever_one_reader_changes_within_one_commit_the_last_word_stands()
    {
        await SendAsync(Reaction("ann", "like"));
        var tallies = await SendAllAsync([
            Reaction("ann", null), Reaction("ann", "sad"), Reaction("bob", "sad"), Reaction("bob", null), Reaction("bob", "like"),
            Reaction("eve", "sad"), Reaction("eve", null),
        ]);
        Assert.All(tallies, t => Assert.Equal([("like", 1), ("sad", 1)], Sorted(t)));
        await using var db = _store.Db();
        Assert.Equal(
            [("ann", "sad"), ("bob", "like")], (await db.Reactions.OrderBy(r => r.Reader).ToListAsync()).Select(r => (r.Reader, r.Kind)));
    }

    [Fact]
    public async Task A_share_counts_once_for_each_way_that_a_reader_takes()
    {
        var tallies = await SendAllAsync([Share("ann", "copy"), Share("ann", "copy"), Share("ann", "x"), Share("bob", "copy")]);
        Assert.All(tallies, t => Assert.Equal(3, t!.Shares));
        Assert.Equal(3, (await SendAsync(Share("bob", "copy")))!.Shares);
    }

    [Fact]
    public async Task A_story_that_readers_do_not_have_is_not_counted()
    {
        await using (var db = _store.Db())
        {
            var story = await db.Stories.Include(s => s.Listings).SingleAsync();
            story.Withdraw("Gone.", "a test", Copy.Editor, Copy.Noon);
            await db.SaveChangesAsync();
        }
        Assert.Equal([null, null], await SendAllAsync([Reaction("ann", "like"), Reaction("ann", "like") with { Story = new StoryId(99) }]));
        await using var after = _store.Db();
        Assert.Empty(await after.Reactions.ToListAsync());
    }

    [Fact]
    public async Task Counting_makes_no_editors_save_stale_and_writes_no_event()
    {
        await using var db = _store.Db();
        var open = await db.Stories.Include(s => s.Revisions).SingleAsync();
        var events = await db.Events.CountAsync();
        await SendAllAsync([Reaction("ann", "like"), Share("ann", "copy")]);
        var text = open.Revisions[0].Text with { Headline = "Another" };
        open.Save(text, Copy.Render(text.Body), Copy.Editor, Copy.Noon.AddMinutes(1));
        await db.SaveChangesAsync();

        await using var after = _store.Db();
        Assert.Equal(1, await after.Stories.Select(s => s.Shares).SingleAsync());
        Assert.Equal(events + 1, await after.Events.CountAsync());
    }

    [Fact]
    public async Task Nobody_is_told_that_something_was_counted_which_the_store_did_not_take()
    {
        var sent = _queue.EnqueueAsync(Reaction("ann", "like"));
        var broken = await TestStore.OpenAsync();
        var db = broken.Db();
        await broken.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => _queue.SaveAllAsync(db));
        await Assert.ThrowsAsync<StoreException>(() => sent);
    }

    [Fact]
    public void Two_stories_marks_of_one_reader_have_nothing_in_common()
    {
        Assert.Equal(ReaderMark.Of("key", new StoryId(1)), ReaderMark.Of("key", new StoryId(1)));
        Assert.NotEqual(ReaderMark.Of("key", new StoryId(1)), ReaderMark.Of("key", new StoryId(2)));
        Assert.Equal(22, ReaderMark.Of("key", new StoryId(1)).Length);
    }

    private ReaderAction Reaction(string reader, string? kind) => new(_story, reader, kind, null, Copy.Noon);

    private ReaderAction Share(string reader, string way) => new(_story, reader, null, way, Copy.Noon);

    private async Task<Tally?> SendAsync(ReaderAction readerAction) => (await SendAllAsync([readerAction]))[0];

    private async Task<Tally?[]> SendAllAsync(ReaderAction[] readerActions)
    {
        var sent = readerActions.Select(_queue.EnqueueAsync).ToList();
        await using var db = _store.Db();
        await _queue.SaveAllAsync(db);
        return await Task.WhenAll(sent);
    }

    private static IEnumerable<(string, int)> Sorted(Tally? tally) =>
        tally!.Reactions.Select(r => (r.Key, r.Value)).OrderBy(r => r.Key, StringComparer.Ordinal);
}
