using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;

namespace NewsHub.Core.Reading;

/// <summary>The entries of live stories. A live story's page asks two queries more than another's: its entries, and
/// those that stand out.</summary>
public sealed partial class PublishedNews
{
    private async Task<LiveView> LiveAsync(StoryId story, CancellationToken cancel)
    {
        var rows = await _hot.NewestEntries(db, story, PageSize + 1).ToListAsync(cancel);
        var standing = rows.Count == 0 ? [] : await Lines(db.LiveEntries
            .Where(e => e.StoryId == story && e.DeletedAt == null && (e.IsKey || e.IsPinned))
            .OrderByDescending(e => e.At)
            .ThenByDescending(e => e.Id)).ToListAsync(cancel);
        return new LiveView(Page(rows), standing.Find(e => e.IsPinned), [.. standing.Where(e => e.IsKey)]);
    }

    /// <summary>The story that stands at an address, for the pages of its entries; null where none does.
    /// <see cref="LiveStory.IsWithdrawn"/> has no entries to show.</summary>
    public Task<LiveStory?> LiveStoryAsync(string address, CancellationToken cancel = default) => (
        from p in db.StoriesEverLive()
        where p.Story.Address == address && (p.Story.State == StoryState.Live || p.Story.State == StoryState.Withdrawn)
        where p.Revision.Text.Kind == Kind.Live
        let text = p.Revision.Text
        select new LiveStory(
            p.Story.Id, p.Story.Address!, text.Headline, text.Language, text.RightToLeft,
            p.Story.State == StoryState.Withdrawn, p.Story.WithdrawalNotice, p.Story.WithdrawnAt)).FirstOrDefaultAsync(cancel);

    /// <summary>Entries from a place on.</summary>
    public async Task<EntryPage> EntriesAsync(StoryId story, Cursor? after, bool oldestFirst, CancellationToken cancel = default)
    {
        var entries = db.LiveEntries.Where(e => e.StoryId == story && e.DeletedAt == null);
        if (after is { } c) entries = oldestFirst
            ? entries.Where(e => e.At >= c.At && (e.At > c.At || e.Id > c.Id))
            : entries.Where(e => e.At <= c.At && (e.At < c.At || e.Id < c.Id));
        entries = oldestFirst
            ? entries.OrderBy(e => e.At).ThenBy(e => e.Id)
            : entries.OrderByDescending(e => e.At).ThenByDescending(e => e.Id);
        return Page(await Lines(entries).Take(PageSize + 1).ToListAsync(cancel));
    }

    public Task<EntryLine?> EntryAsync(StoryId story, long entry, CancellationToken cancel = default) =>
        Lines(db.LiveEntries.Where(e => e.StoryId == story && e.Id == entry && e.DeletedAt == null)).FirstOrDefaultAsync(cancel);

    private static EntryPage Page(List<EntryLine> rows)
    {
        var shown = rows.Take(PageSize).ToList();
        return new EntryPage(shown, rows.Count > PageSize ? new Cursor(shown[^1].At, shown[^1].Id).ToString() : null);
    }

    private static IQueryable<EntryLine> Lines(IQueryable<LiveEntry> entries) =>
        entries.AsNoTracking()
            .Select(e => new EntryLine(e.Id, e.At, e.By.Name, e.Headline, e.Html, e.Money, e.IsKey, e.IsPinned, e.EditedAt, e.Version));
}

/// <summary>An entry as readers see it. Times are UTC.</summary>
public sealed record EntryLine(
    long Id,
    DateTimeOffset At,
    string By,
    string? Headline,
    string Html,
    IReadOnlyDictionary<string, FrozenRate>? Money,
    bool IsKey,
    bool IsPinned,
    DateTimeOffset? EditedAt,
    int Version);

/// <param name="Next">Where the next page begins; null on the last.</param>
public sealed record EntryPage(IReadOnlyList<EntryLine> Entries, string? Next);

/// <param name="Newest">The first page, newest first.</param>
/// <param name="Keys">Moments that matter, newest first; each has a headline.</param>
public sealed record LiveView(EntryPage Newest, EntryLine? Pinned, IReadOnlyList<EntryLine> Keys);

public sealed record LiveStory(
    StoryId Id,
    string Address,
    string Headline,
    string Language,
    bool RightToLeft,
    bool IsWithdrawn,
    string? Notice,
    DateTimeOffset? WithdrawnAt);
