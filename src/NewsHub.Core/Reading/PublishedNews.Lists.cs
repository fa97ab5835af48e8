using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;

namespace NewsHub.Core.Reading;

/// <summary>Sections, kinds, authors, tags and the corrections log: newest first, from a cursor on.</summary>
public sealed partial class PublishedNews
{
    public Task<StoryPage> SectionAsync(SectionLine section, Cursor? after, CancellationToken cancel = default) =>
        ListAsync(ListOf.Section, section.Id.Value, after, cancel);

    /// <summary>The newest stories of all.</summary>
    public Task<StoryPage> LatestAsync(CancellationToken cancel = default) => ListAsync(ListOf.Latest, 0, null, cancel);

    public Task<StoryPage> KindAsync(Kind kind, Cursor? after, CancellationToken cancel = default) =>
        ListAsync(ListOf.Kind, (long)kind, after, cancel);

    public async Task<AuthorView?> AuthorAsync(string slug, Cursor? after, CancellationToken cancel = default)
    {
        if (!Slug.TryParse(slug, out var known)) return null;
        var author = await db.Authors.AsNoTracking().FirstOrDefaultAsync(a => a.Slug == known, cancel);
        return author is null ? null
            : new AuthorView(
                author.Id, slug, author.Name, author.Title, author.Bio, await ListAsync(ListOf.Author, author.Id, after, cancel));
    }

    /// <summary>A tag that no live story carries is unknown to readers. One that was merged answers as the one that has its stories now,
    /// with that one's slug.</summary>
    public async Task<TagView?> TagAsync(string slug, Cursor? after, CancellationToken cancel = default)
    {
        if (!Slug.TryParse(slug, out var known)) return null;
        var tag = await (
            from t in db.Tags.AsNoTracking()
            where t.Slug == known
            join o in db.Tags on t.MergedInto equals (long?)o.Id into others
            from o in others.DefaultIfEmpty()
            select new { Id = o == null ? t.Id : o.Id, Slug = o == null ? t.Slug : o.Slug, Name = o == null ? t.Name : o.Name })
            .FirstOrDefaultAsync(cancel);
        if (tag is null) return null;
        var stories = await ListAsync(ListOf.Tag, tag.Id, after, cancel);
        return stories.Stories.Count == 0 ? null : new TagView(tag.Id, tag.Slug.Value, tag.Name, stories);
    }

    /// <summary>An author's number and name; null for nobody.</summary>
    public async Task<(long Id, string Name)?> AuthorNamedAsync(string slug, CancellationToken cancel = default) =>
        Slug.TryParse(slug, out var known) && await db.Authors
            .AsNoTracking()
            .Where(a => a.Slug == known)
            .Select(a => new { a.Id, a.Name })
            .FirstOrDefaultAsync(cancel) is { } author ? (author.Id, author.Name) : null;

    /// <summary>A tag's number and name; null for one that is unknown or was merged into another.</summary>
    public async Task<(long Id, string Name)?> TagNamedAsync(string slug, CancellationToken cancel = default) =>
        Slug.TryParse(slug, out var known) && await db.Tags
            .AsNoTracking()
            .Where(t => t.Slug == known && t.MergedInto == null)
            .Select(t => new { t.Id, t.Name })
            .FirstOrDefaultAsync(cancel) is { } tag ? (tag.Id, tag.Name) : null;

    /// <summary>The newest stories of a list with their texts, for feeds.</summary>
    public async Task<IReadOnlyList<FullStory>> FullStoriesAsync(
        ListOf list, long subject, int atMost, CancellationToken cancel = default) =>
        [.. (await _hot.FullStories(db, list, subject, atMost).ToListAsync(cancel)).Select(ToFullStory)];

    /// <summary>The stories of a published edition in its order, with their texts; null for one that is not out.</summary>
    public async Task<(EditionLine Edition, IReadOnlyList<FullStory> Stories)?> FullStoriesInEditionAsync(
        int number, CancellationToken cancel = default)
    {
        var edition = await Published()
            .Where(e => e.Number == number)
            .Select(e => new EditionLine(e.Id, e.Number, e.Date, e.Title, e.PublishedAt!.Value))
            .FirstOrDefaultAsync(cancel);
        return edition is null
            ? null
            : (edition, [.. (await _hot.FullStoriesInFront(db, edition.Id).ToListAsync(cancel)).Select(ToFullStory)]);
    }

    private FullStory ToFullStory(FullStoryRow row) => new(row.Card.ToCard(Snapshot), row.BodyHtml, row.Money, row.Tags);

    /// <summary>Every correction that the paper has made to a story that is live, newest first.</summary>
    public async Task<CorrectionPage> CorrectionsAsync(Cursor? after, CancellationToken cancel = default)
    {
        var log = db.Corrections.AsNoTracking();
        if (after is { } c) log = log.Where(l => l.At <= c.At && (l.At < c.At || l.Id < c.Id));
        var rows = await (
            from l in log
            join p in db.StoriesEverLive() on l.StoryId equals p.Story.Id
            // As a condition of its own: joined with live stories, SQLite would start at those, and sort.
            where db.LiveStories().Any(live => live.Story.Id == l.StoryId)
            orderby l.At descending, l.Id descending
            select new { l.Id, l.At, l.Note, p.Revision.Text.Headline, p.Story.Address, p.Revision.Text.Language })
            .Take(PageSize + 1)
            .ToListAsync(cancel);
        var shown = rows.Take(PageSize).ToList();
        return new CorrectionPage([.. shown.Select(r => new CorrectionLine(r.At, r.Note, r.Headline, r.Address, r.Language))],
            rows.Count > PageSize ? new Cursor(shown[^1].At, shown[^1].Id).ToString() : null);
    }

    private async Task<StoryPage> ListAsync(ListOf list, long subject, Cursor? after, CancellationToken cancel, int atMost = PageSize)
    {
        var query = after is { } place
            ? _hot.ListAfter(db, list, subject, place.At, new StoryId(place.Id), atMost + 1)
            : _hot.List(db, list, subject, atMost + 1);
        return Page(await query.ToListAsync(cancel), atMost);
    }

    private StoryPage Page(List<CardRow> rows, int atMost)
    {
        var shown = rows.Take(atMost).Select(r => r.ToCard(Snapshot)).ToList();
        return new StoryPage(shown, rows.Count > atMost ? new Cursor(shown[^1].PublishedAt, shown[^1].Id.Value).ToString() : null);
    }
}
