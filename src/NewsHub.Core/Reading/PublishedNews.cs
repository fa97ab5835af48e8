using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Engagement;
using NewsHub.Core.Events;
using NewsHub.Core.Search;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;

namespace NewsHub.Core.Reading;

/// <summary>
/// All that readers may see, and the only thing that reader pages may ask. Drafts cannot leak through it: it reads live revisions
/// alone. Each method runs at most two queries, each a projection over an index.
/// </summary>
public sealed partial class PublishedNews(NewsDb db, SiteSnapshot.Current snapshot, CurrentReaders currentReaders, ISearchIndex search)
{
    /// <summary>Stories on a page of a list.</summary>
    public const int PageSize = 20;
    private const int MoreSize = 6;
    private readonly HotQueries _hot = HotQueries.Of(db);

    public SiteSnapshot Snapshot { get; } = snapshot.Now;

    /// <summary>What stands at <c>/section/yyyy/MM/dd/slug</c>.</summary>
    public async Task<ArticleAnswer> ArticleAsync(string address, CancellationToken cancel = default)
    {
        var row = await _hot.Article(db, address, cancel);
        if (row is null) return await FormerAsync(address, cancel) is { } now ? new ArticleAnswer.Moved(now) : new ArticleAnswer.Unknown();
        if (row.State is StoryState.Withdrawn) return Gone(row);
        var (more, related) = await AtFootAsync(row, cancel);
        return new ArticleAnswer.Found(View(row) with
        {
            More = more,
            Related = related,
            Live = row.Card.Kind is Kind.Live ? await LiveAsync(row.Card.Id, cancel) : null,
        });
    }

    /// <summary>The edition's other stories, and those that are related and not among them.</summary>
    private async Task<(StoryPage More, IReadOnlyList<StoryCard> Related)> AtFootAsync(ArticleRow row, CancellationToken cancel)
    {
        if (row.Edition is null && row.Related.Count == 0) return (StoryPage.Empty, []);
        // One more than is shown tells whether there are more; another one stands in for the story itself.
        var rows = await (row.Related.Count == 0
            ? _hot.InFront(db, row.Edition!.Id, 0, MoreSize + 2)
            : _hot.AtFoot(
                db, row.Edition?.Id ?? default, MoreSize + 2, [.. row.Related.Select(id => new StoryId(id))])).ToListAsync(cancel);
        var more = AsPage<FootRow>([.. rows.Where(r => r.Position > 0 && r.Card.Id != row.Card.Id)], MoreSize);
        // What stands among the edition's already is not named twice.
        return (more, [.. rows.Where(r => r.Position == 0).Select(r => r.Card)
            .Where(c => c.Id != row.Card.Id && more.Stories.All(m => m.Id != c.Id))
            .OrderBy(c => row.Related.ToList().IndexOf(c.Id.Value)).Select(c => c.ToCard(Snapshot))]);
    }

    private static ArticleAnswer.Withdrawn Gone(ArticleRow row) =>
        new(row.Card.Id, row.WithdrawalNotice ?? "", row.WithdrawnAt ?? row.Card.PublishedAt);

    private ArticleView View(ArticleRow row) => new()
    {
        Story = row.Card.ToCard(Snapshot),
        BodyHtml = row.BodyHtml,
        Money = row.Money,
        Dateline = row.Dateline,
        Tags = row.Tags,
        Corrections = row.Corrections,
        Edition = row.Edition,
        Readers = currentReaders.Of(row.Card.Id),
        Shares = row.Shares,
        Reactions = Tallied(row.Reactions),
        More = StoryPage.Empty,
        SeoTitle = row.SeoTitle,
        SeoDescription = row.SeoDescription,
    };

    /// <summary>A live story with a reader's own reaction; null where no live story has that number.</summary>
    /// <param name="reader">See <see cref="ReaderMark"/>; null for a reader who never reacted to anything.</param>
    public async Task<ReactedView?> ReactedAsync(StoryId story, string? reader, CancellationToken cancel = default)
    {
        var row = await (
            from p in db.LiveStories()
            where p.Story.Id == story
            let text = p.Revision.Text
            select new { p.Story.Address, text.Headline, text.Language, text.RightToLeft, p.Story.Reactions }).SingleOrDefaultAsync(cancel);
        if (row is null) return null;
        var own = reader is null
            ? null
            : await db.Reactions.Where(r => r.Reader == reader).Select(r => r.Kind).SingleOrDefaultAsync(cancel);
        return new ReactedView(story, row.Address!, row.Headline, row.Language, row.RightToLeft, Tallied(row.Reactions), own);
    }

    /// <summary>Whether a story with that number is live.</summary>
    public Task<bool> IsLiveAsync(StoryId story, CancellationToken cancel = default) =>
        db.LiveStories().AnyAsync(p => p.Story.Id == story, cancel);

    /// <summary>A live story's headline and section, for its card; null where no live story has that number.</summary>
    public async Task<(string Headline, SectionId Section)?> HeadlineAsync(StoryId story, CancellationToken cancel = default) =>
        await (
            from p in db.LiveStories()
            where p.Story.Id == story
            select new { p.Revision.Text.Headline, p.Revision.Text.Section })
            .SingleOrDefaultAsync(cancel) is { } row ? (row.Headline, row.Section) : null;

    private List<ReactionTally> Tallied(IReadOnlyDictionary<string, int> reactions) =>
        [.. Snapshot.Site.Reactions.Select(k => new ReactionTally(k.Key, k.Label, reactions.GetValueOrDefault(k.Key)))];

    /// <summary>A page about the paper; null where none stands at that address.</summary>
    public Task<PageView?> PageAsync(string slug, CancellationToken cancel = default) =>
        Slug.TryParse(slug, out var known)
            ? db.StaticPages
                .AsNoTracking()
                .Where(p => p.Slug == known)
                .Select(p => new PageView(slug, p.Title, p.Description, p.BodyHtml))
                .FirstOrDefaultAsync(cancel)
            : Task.FromResult<PageView?>(null);

    /// <summary>Where the page or the story is that once stood at an address of any form, with or without a last slash; null when none
    /// did.</summary>
    public async Task<string?> FormerAsync(string address, CancellationToken cancel = default)
    {
        // The second is how addresses were kept before they had one form.
        var (bare, asked) = (FormerAddress.Bare(address), address.Length > 1 ? address.TrimEnd('/') : address);
        if (Snapshot.FormerPages.TryGetValue(bare[1..], out var page)) return $"/{page}";
        var found = await (
            from f in db.FormerAddresses
            where f.Path == bare || f.Path == asked
            join s in db.Stories on f.StoryId equals s.Id
            where s.State == StoryState.Live || s.State == StoryState.Withdrawn
            orderby f.Path
            select new { f.Id, s.Address }).Take(100).ToListAsync(cancel);
        return found.MaxBy(f => f.Id)?.Address;
    }
}
