using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Publishing;
using NewsHub.Core.Reading;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Tests.Stories;

public sealed class LiveEntryTests : IAsyncLifetime
{
    private TestStore _store = null!;
    private StoryId _live, _news;

    public async ValueTask InitializeAsync()
    {
        _store = await TestStore.OpenAsync();
        await using var db = _store.Db();
        var copy = await Copy.SetAsync(db);
        var live = Copy.New(copy.Text("The final") with { Kind = Kind.Live });
        copy.Publish(live);
        var news = copy.Live("No final");
        db.Stories.AddRange(live, news);
        await db.SaveChangesAsync();
        (_live, _news) = (live.Id, news.Id);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private async Task<LiveEntry> AddAsync(
        string text, int minute = 0, string? headline = null, bool key = false, bool pin = false, string? form = null)
    {
        await using var db = _store.Db();
        return await db.AddEntryAsync(
            _live, new(headline, text, key), form ?? Guid.NewGuid().ToString("N"), Copy.Editor, Copy.Noon.AddMinutes(minute), pin);
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task An_entry_goes_to_readers_at_once_and_moves_the_story_without_touching_its_version()
    {
        await using var before = _store.Db();
        var story = (await before.LoadForEditingAsync(_live))!;
        var entry = await AddAsync("A **goal**.", 5);
        Assert.Equal("<p>A <strong>goal</strong>.</p>", entry.Html);
        await using var db = _store.Db();
        var after = await db.Stories.SingleAsync(s => s.Id == _live);
        Assert.Equal((story.Version, Copy.Noon.AddMinutes(5)), (after.Version, after.UpdatedAt));
        var told = await db.Events.OrderBy(e => e.Id).LastAsync();
        Assert.Equal((Act.AddEntry, _live, Topic.Story(_live)), (told.Act, told.StoryId, Assert.Single(told.Topics)));
        // Whoever had the text open before saves it as if nothing had been.
        story.Save(
            story.Newest().Text with { Headline = "The final, and after" }, Copy.Render("More."), Copy.Editor, Copy.Noon.AddMinutes(6));
        await before.SaveChangesAsync();
    }

    [Fact]
    public async Task Money_in_an_entry_stands_at_the_rate_of_its_day_for_good()
    {
        await using var db = _store.Db();
        db.Rates.Add(new NewsHub.Core.Rates.Rate("A bank", new DateOnly(2025, 7, 1), "USD", "NGN", 1530));
        await db.SaveChangesAsync();
        var entry = await db.AddEntryAsync(_live, new(null, "It cost {fx 50 USD NGN}."), "f", Copy.Editor, Copy.Noon);
        (await db.Rates.SingleAsync()).Revise(1900);
        await db.SaveChangesAsync();
        await db.EditEntryAsync(entry, new(null, "In all it cost {fx 50 USD NGN}."), Copy.Editor, Copy.Noon.AddDays(3));
        Assert.Equal(1530, entry.Money!["USD NGN"].Rate);
        await db.EditEntryAsync(entry, new(null, "Nothing."), Copy.Editor, Copy.Noon.AddDays(3));
        Assert.Null(entry.Money);
    }

    [Fact]
    public async Task The_same_form_makes_one_entry()
    {
        Assert.Equal((await AddAsync("Once", form: "f")).Id, (await AddAsync("Once", form: "f")).Id);
        await using var db = _store.Db();
        Assert.Equal(1, await db.LiveEntries.CountAsync());
    }

    [Fact]
    public async Task Only_a_live_story_of_the_kind_live_takes_entries()
    {
        await using var db = _store.Db();
        await Assert.ThrowsAsync<RefusedException>(() => db.AddEntryAsync(_news, new(null, "x"), "f", Copy.Editor, Copy.Noon));
        var story = (await db.LoadForEditingAsync(_live))!;
        story.Withdraw("Wrong.", "hoax", Copy.Editor, Copy.Noon);
        await db.SaveChangesAsync();
        await Assert.ThrowsAsync<RefusedException>(() => db.AddEntryAsync(_live, new(null, "x"), "f", Copy.Editor, Copy.Noon));
    }

    [Fact]
    public async Task A_withdrawn_storys_entries_are_changed_by_nobody_and_a_second_click_changes_nothing()
    {
        var id = (await AddAsync("One", pin: true)).Id;
        await using var db = _store.Db();
        var entry = await db.LiveEntries.SingleAsync(e => e.Id == id);
        var events = await db.Events.CountAsync();
        await db.PinEntryAsync(entry, true, Copy.Editor, Copy.Noon);
        await db.DeleteEntryAsync(entry, false, Copy.Editor, Copy.Noon);
        Assert.Equal(events, await db.Events.CountAsync());
        (await db.LoadForEditingAsync(_live))!.Withdraw("Wrong.", "hoax", Copy.Editor, Copy.Noon);
        await db.SaveChangesAsync();
        await Assert.ThrowsAsync<RefusedException>(() => db.EditEntryAsync(entry, new(null, "Two"), Copy.Editor, Copy.Noon));
        await Assert.ThrowsAsync<RefusedException>(() => db.PinEntryAsync(entry, false, Copy.Editor, Copy.Noon));
        await Assert.ThrowsAsync<RefusedException>(() => db.DeleteEntryAsync(entry, true, Copy.Editor, Copy.Noon));
        Assert.Equal(("One", true, null), (entry.Text, entry.IsPinned, entry.DeletedAt));
    }

    [Theory]
    [InlineData("", null, false, "Enter some text")]
    [InlineData(" \n", null, false, "Enter some text")]
    [InlineData("x", null, true, "needs a headline")]
    [InlineData("It cost {fx 5 USD}.", null, false, "Line 1: Write money as")]
    public async Task What_cannot_be_printed_is_refused_with_the_reason(string text, string? headline, bool key, string words)
    {
        await using var db = _store.Db();
        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => db.AddEntryAsync(_live, new(headline, text, key), "f", Copy.Editor, Copy.Noon));
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await db.LiveEntries.CountAsync());
    }

    [Fact]
    public async Task One_entry_is_pinned_at_most_and_a_deleted_one_is_not()
    {
        await AddAsync("one", pin: true);
        var two = await AddAsync("two", 1, pin: true);
        await using var db = _store.Db();
        Assert.Equal(["two"], await db.LiveEntries.Where(e => e.IsPinned).Select(e => e.Text).ToListAsync());
        await db.DeleteEntryAsync(await db.LiveEntries.SingleAsync(e => e.Id == two.Id), true, Copy.Editor, Copy.Noon);
        Assert.Equal(0, await db.LiveEntries.CountAsync(e => e.IsPinned));
    }

    [Fact]
    public async Task What_was_edited_or_deleted_leaves_its_trace_and_can_come_back()
    {
        var id = (await AddAsync("First words", headline: "Head")).Id;
        await using var db = _store.Db();
        var entry = await db.LiveEntries.SingleAsync(e => e.Id == id);
        await db.EditEntryAsync(entry, new("Head", "Other words", true), Copy.Editor, Copy.Noon.AddMinutes(1));
        Assert.Equal((Copy.Noon.AddMinutes(1), true, 1), (entry.EditedAt, entry.IsKey, entry.Version));
        await db.DeleteEntryAsync(entry, true, Copy.Editor, Copy.Noon.AddMinutes(2));
        await Assert.ThrowsAsync<RefusedException>(() => db.EditEntryAsync(entry, new(null, "x"), Copy.Editor, Copy.Noon));
        Assert.Equal(0, await db.EntriesOf(_live).CountAsync());
        await db.DeleteEntryAsync(entry, false, Copy.Editor, Copy.Noon.AddMinutes(3));
        var log = await db.Events
            .Where(e => e.StoryId == _live && (e.Act == Act.EditEntry || e.Act == Act.DeleteEntry))
            .OrderBy(e => e.Id)
            .ToListAsync();
        Assert.Equal([("Head\n\nFirst words", "Head\n\nOther words"), ("Head\n\nOther words", null), (null, "Head\n\nOther words")],
            log.Select(e => (e.Before, e.After)));
        Assert.Equal(1, await db.EntriesOf(_live).CountAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pages_of_entries_neither_repeat_nor_skip_while_more_are_written(bool oldestFirst)
    {
        for (var i = 0; i < 45; i++) await AddAsync($"entry {i}", i / 3);
        await using var db = _store.Db();
        var snapshot = new SiteSnapshot.Current();
        await snapshot.ReadAsync(db);
        var news = new PublishedNews(
            db, snapshot, new NewsHub.Core.Engagement.CurrentReaders(TimeProvider.System), db.Index);
        var seen = new List<string>();
        for (string? next = ""; next is not null;)
        {
            Cursor? after = next.Length == 0 ? null
                : Cursor.TryParse(next, out var cursor) ? cursor
                : throw new InvalidOperationException(next);
            _store.Sql.Clear();
            var page = await news.EntriesAsync(_live, after, oldestFirst);
            var asked = Assert.Single(_store.Sql.Commands);
            if (!TestStore.IsPostgres)
                Assert.Contains("IX_LiveEntries_StoryId_At_Id", string.Join('\n', _store.Plan(asked)), StringComparison.Ordinal);
            seen.AddRange(page.Entries.Select(e => e.Html));
            next = page.Next;
            if (!oldestFirst) await AddAsync("meanwhile", 90 + seen.Count);
        }
        var all = Enumerable.Range(0, 45).Select(i => $"<p>entry {i}</p>");
        Assert.Equal(oldestFirst ? all : all.Reverse(), seen);
    }

    [Fact]
    public void Plain_text_has_no_tags_and_no_entities() =>
        Assert.Equal("A goal & more < less", LiveEntry.PlainText("<p>A <b>goal</b> &amp; more</p>\n<p>&lt; less</p>"));
}
