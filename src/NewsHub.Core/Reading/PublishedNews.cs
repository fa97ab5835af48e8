using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editions;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Reading;

/// <summary>
/// All that readers may see, and the only thing that reader pages may ask. Drafts cannot leak through it: it reads live revisions
/// alone. Each method runs at most two queries, each a projection over an index.
/// </summary>
public sealed partial class PublishedNews(NewsDb db, Masthead.Current masthead)
{
    /// <summary>Stories on a page of a list.</summary>
    public const int PageSize = 20;
    private const int MoreSize = 6;

    public Masthead Masthead { get; } = masthead.Now;

    /// <summary>What stands at <c>/section/yyyy/MM/dd/slug</c>.</summary>
    public async Task<ArticleAnswer> ArticleAsync(string address, CancellationToken cancel = default)
    {
        var row = await (
            from s in db.Stories.AsNoTracking()
            where s.Address == address && (s.State == StoryState.Live || s.State == StoryState.Withdrawn)
            join r in db.Revisions on new { s.Id, Number = s.LiveRevision } equals new { Id = r.StoryId, Number = (int?)r.Number }
            // A join by key: as a subquery in the projection it would read every edition there is.
            join e in db.Editions.Where(e => e.PublishedAt != null) on s.EditionId equals (EditionId?)e.Id into editions
            from e in editions.DefaultIfEmpty()
            select new
            {
                s.State,
                s.WithdrawalNotice,
                s.WithdrawnAt,
                s.Shares,
                s.Reactions,
                s.EditionId,
                r.BodyHtml,
                r.Text.Dateline,
                r.Text.Tags,
                r.Text.SeoTitle,
                r.Text.SeoDescription,
                Card = new CardRow
                {
                    Id = s.Id,
                    Address = s.Address!,
                    PublishedAt = s.FirstPublishedAt!.Value,
                    UpdatedAt = s.UpdatedAt,
                    Section = r.Text.Section,
                    Kind = r.Text.Kind,
                    Kicker = r.Text.Kicker,
                    Headline = r.Text.Headline,
                    Standfirst = r.Text.Standfirst,
                    Bylines = r.Text.Bylines,
                    Picture = r.Text.Picture,
                    Words = r.Words,
                    Language = r.Text.Language,
                    RightToLeft = r.Text.RightToLeft,
                },
                Corrections = s.Corrections.OrderBy(c => c.At).Select(c => new CorrectionLine(c.At, c.Note, null, null, null)).ToList(),
                Edition = e == null ? null : new EditionLine(e.Id, e.Number, e.Date, e.Title, e.PublishedAt!.Value),
            }).FirstOrDefaultAsync(cancel);
        if (row is null) return await FormerAsync(address, cancel);
        if (row.State is StoryState.Withdrawn) return new ArticleAnswer.Withdrawn(row.Card.Id, row.WithdrawalNotice ?? "", row.WithdrawnAt ?? row.Card.PublishedAt);
        return new ArticleAnswer.Found(new ArticleView
        {
            Story = row.Card.ToCard(Masthead),
            BodyHtml = row.BodyHtml,
            Dateline = row.Dateline,
            Tags = row.Tags,
            Corrections = row.Corrections,
            Edition = row.Edition,
            Shares = row.Shares,
            Reactions = [.. Masthead.Site.Reactions.Select(k => new ReactionTally(k.Key, k.Label, row.Reactions.GetValueOrDefault(k.Key)))],
            More = row.Edition is { } edition ? await InEditionAsync(edition.Id, 0, MoreSize, row.Card.Id, cancel) : StoryPage.Empty,
            SeoTitle = row.SeoTitle,
            SeoDescription = row.SeoDescription,
        });
    }

    /// <summary>About, colophon.</summary>
    public Task<PageView?> PageAsync(string slug, CancellationToken cancel = default) =>
        Slug.TryParse(slug, out var known)
            ? db.StaticPages.AsNoTracking().Where(p => p.Slug == known).Select(p => new PageView(slug, p.Title, p.Description, p.BodyHtml)).FirstOrDefaultAsync(cancel)
            : Task.FromResult<PageView?>(null);

    private async Task<ArticleAnswer> FormerAsync(string address, CancellationToken cancel)
    {
        var now = await (
            from f in db.FormerAddresses
            where f.Path == address
            join s in db.Stories on f.StoryId equals s.Id
            where s.State == StoryState.Live || s.State == StoryState.Withdrawn
            orderby f.Id descending
            select s.Address).FirstOrDefaultAsync(cancel);
        return now is null ? new ArticleAnswer.Unknown() : new ArticleAnswer.Moved(now);
    }
}
