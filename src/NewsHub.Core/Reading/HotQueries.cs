using System.Collections.Concurrent;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Reading;

/// <summary>
/// The queries behind the pages that are read most, translated once: building and looking up a query anew costs EF Core more than SQLite
/// needs to run it.
/// </summary>
internal sealed class HotQueries
{
    // A compiled query belongs to the model that it first ran with, and a process may have stores of two kinds.
    private static readonly ConcurrentDictionary<Type, HotQueries> All = [];

    private HotQueries() { }

    public static HotQueries Of(NewsDb db) => All.GetOrAdd(db.GetType(), _ => new HotQueries());

    /// <summary>What is, or was, published at an address.</summary>
    public readonly Func<NewsDb, string, CancellationToken, Task<ArticleRow?>> Article = EF.CompileAsyncQuery(
        (NewsDb db, string address, CancellationToken cancel) => (
            from p in db.StoriesEverLive()
            where p.Story.Address == address && (p.Story.State == StoryState.Live || p.Story.State == StoryState.Withdrawn)
            // A join by key: as a subquery in the projection it would read every edition there is.
            join e in db.Editions.Where(e => e.PublishedAt != null) on p.Story.EditionId equals (EditionId?)e.Id into editions
            from e in editions.DefaultIfEmpty()
            select new PrintedIn { Story = p.Story, Revision = p.Revision, Edition = e }).Select(AsArticle).FirstOrDefault());

    /// <summary>An edition's live stories in its order, from after a place on.</summary>
    public readonly Func<NewsDb, EditionId, int, int, IAsyncEnumerable<SlotRow>> InFront = EF.CompileAsyncQuery(
        (NewsDb db, EditionId edition, int after, int atMost) => (
            from slot in db.FrontSlots.AsNoTracking()
            where slot.EditionId == edition && slot.Position > after
            join p in db.LiveStories() on slot.StoryId equals p.Story.Id
            orderby slot.Position
            select new PrintedSlot { Story = p.Story, Revision = p.Revision, Position = slot.Position, Place = slot.Place })
            .Take(atMost)
            .Select(AsSlot));

    /// <summary>An edition's front: its live stories in order, with what they have on it alone.</summary>
    public readonly Func<NewsDb, EditionId, int, IAsyncEnumerable<FrontRow>> Front = EF.CompileAsyncQuery(
        (NewsDb db, EditionId edition, int atMost) => (
            from slot in db.FrontSlots.AsNoTracking()
            where slot.EditionId == edition
            join p in db.LiveStories() on slot.StoryId equals p.Story.Id
            orderby slot.Position
            select new PrintedOnFront
            {
                Story = p.Story,
                Revision = p.Revision,
                Place = slot.Place,
                Headline = slot.Headline,
                Picture = slot.Picture,
            })
            .Take(atMost)
            .Select(AsFront));

    /// <summary>What stands at the foot of an article: its edition's other stories, and (without a position) those
    /// that are related to it.</summary>
    public readonly Func<NewsDb, EditionId, int, StoryId[], IAsyncEnumerable<FootRow>> AtFoot = EF.CompileAsyncQuery(
        (NewsDb db, EditionId edition, int atMost, StoryId[] related) => (
            from slot in db.FrontSlots.AsNoTracking()
            where slot.EditionId == edition
            join p in db.LiveStories() on slot.StoryId equals p.Story.Id
            orderby slot.Position
            select new PrintedAtFoot { Story = p.Story, Revision = p.Revision, Position = slot.Position })
            .Take(atMost)
            .Select(AsAtFoot)
            .Concat((
            from p in db.LiveStories()
            where related.Contains(p.Story.Id)
            select new PrintedAtFoot { Story = p.Story, Revision = p.Revision, Position = 0 }).Select(AsAtFoot)));

    /// <summary>The newest stories since an instant that an edition did not bring.</summary>
    public readonly Func<NewsDb, EditionId, DateTimeOffset, int, IAsyncEnumerable<CardRow>> Since = EF.CompileAsyncQuery(
        (NewsDb db, EditionId edition, DateTimeOffset since, int atMost) => (
            from l in db.Listings.AsNoTracking()
            where l.List == ListOf.Latest && l.Subject == 0 && l.LiveAt > since
            join p in db.LiveStories() on l.StoryId equals p.Story.Id
            where p.Story.EditionId == null || p.Story.EditionId != edition
            orderby l.LiveAt descending, l.StoryId descending
            select p).Take(atMost).Select(AsCard));

    /// <summary>A list from its newest story on.</summary>
    public readonly Func<NewsDb, ListOf, long, int, IAsyncEnumerable<CardRow>> List = EF.CompileAsyncQuery(
        (NewsDb db, ListOf list, long subject, int atMost) => (
            from l in db.Listings.AsNoTracking().Where(l => l.List == list && l.Subject == subject)
                .OrderByDescending(l => l.LiveAt).ThenByDescending(l => l.StoryId).Take(atMost)
            join p in db.LiveStories() on l.StoryId equals p.Story.Id
            orderby l.LiveAt descending, l.StoryId descending
            select p).Select(AsCard));

    /// <summary>A list from a place on. The first condition on the time is where the index starts; without it a deep page reads
    /// all lines before it.</summary>
    public readonly Func<NewsDb, ListOf, long, DateTimeOffset, StoryId, int, IAsyncEnumerable<CardRow>> ListAfter =
        EF.CompileAsyncQuery(
            (NewsDb db, ListOf list, long subject, DateTimeOffset at, StoryId id, int atMost) => (
                from l in db.Listings
                    .AsNoTracking()
                    .Where(l => l.List == list && l.Subject == subject && l.LiveAt <= at && (l.LiveAt < at || l.StoryId < id))
                    .OrderByDescending(l => l.LiveAt).ThenByDescending(l => l.StoryId).Take(atMost)
                join p in db.LiveStories() on l.StoryId equals p.Story.Id
                orderby l.LiveAt descending, l.StoryId descending
                select p).Select(AsCard));

    /// <summary>The newest of some lines of a list. Not translated beforehand: which lines is for whoever asks to say.</summary>
    public static IQueryable<CardRow> Cards(NewsDb db, IQueryable<Listing> lines, int atMost) => (
        from l in lines.OrderByDescending(l => l.LiveAt).ThenByDescending(l => l.StoryId).Take(atMost)
        join p in db.LiveStories() on l.StoryId equals p.Story.Id
        orderby l.LiveAt descending, l.StoryId descending
        select p).Select(AsCard);

    /// <summary>The stories at places of the search index, with their bodies.</summary>
    public readonly Func<NewsDb, long[], IAsyncEnumerable<HitRow>> Indexed = EF.CompileAsyncQuery(
        (NewsDb db, long[] places) => (
            from i in db.IndexedStories.AsNoTracking()
            where places.Contains(i.Place)
            join p in db.LiveStories() on i.StoryId equals p.Story.Id
            select new PrintedHit { Story = p.Story, Revision = p.Revision, Indexed = i.Place }).Select(AsHit));

    /// <summary>The newest of a list, with their bodies.</summary>
    public readonly Func<NewsDb, ListOf, long, int, IAsyncEnumerable<FullStoryRow>> FullStories = EF.CompileAsyncQuery(
        (NewsDb db, ListOf list, long subject, int atMost) => (
            from l in db.Listings.AsNoTracking().Where(l => l.List == list && l.Subject == subject)
                .OrderByDescending(l => l.LiveAt).ThenByDescending(l => l.StoryId).Take(atMost)
            join p in db.LiveStories() on l.StoryId equals p.Story.Id
            orderby l.LiveAt descending, l.StoryId descending
            select p).Select(AsFullStory));

    /// <summary>An edition's live stories in its order, with their bodies.</summary>
    public readonly Func<NewsDb, EditionId, IAsyncEnumerable<FullStoryRow>> FullStoriesInFront = EF.CompileAsyncQuery(
        (NewsDb db, EditionId edition) => (
            from slot in db.FrontSlots.AsNoTracking()
            where slot.EditionId == edition
            join p in db.LiveStories() on slot.StoryId equals p.Story.Id
            orderby slot.Position
            select p).Select(AsFullStory));

    /// <summary>When the newest story went live that did before an instant.</summary>
    public readonly Func<NewsDb, DateTimeOffset, CancellationToken, Task<DateTimeOffset?>> NewestBefore = EF.CompileAsyncQuery(
        (NewsDb db, DateTimeOffset before, CancellationToken cancel) =>
            db.Listings
                .Where(l => l.List == ListOf.Latest && l.Subject == 0 && l.LiveAt < before)
                .OrderByDescending(l => l.LiveAt)
                .Select(l => (DateTimeOffset?)l.LiveAt)
                .FirstOrDefault());

    /// <summary>A live story's newest entries.</summary>
    public readonly Func<NewsDb, StoryId, int, IAsyncEnumerable<EntryLine>> NewestEntries = EF.CompileAsyncQuery(
        (NewsDb db, StoryId story, int atMost) =>
            db.LiveEntries
                .AsNoTracking()
                .Where(e => e.StoryId == story && e.DeletedAt == null)
                .OrderByDescending(e => e.At)
                .ThenByDescending(e => e.Id)
                .Select(e => new EntryLine(e.Id, e.At, e.By.Name, e.Headline, e.Html, e.Money, e.IsKey, e.IsPinned, e.EditedAt, e.Version))
                .Take(atMost));

    private static Expression<Func<PublishedStory, CardRow>> AsCard => p => new CardRow
    {
        Id = p.Story.Id,
        Address = p.Story.Address!,
        PublishedAt = p.Story.FirstPublishedAt!.Value,
        UpdatedAt = p.Story.UpdatedAt,
        Section = p.Revision.Text.Section,
        Kind = p.Revision.Text.Kind,
        Kicker = p.Revision.Text.Kicker,
        Headline = p.Revision.Text.Headline,
        Standfirst = p.Revision.Text.Standfirst,
        Bylines = p.Revision.Text.Bylines,
        Picture = p.Revision.Text.Picture,
        Words = p.Revision.Words,
        Language = p.Revision.Text.Language,
        RightToLeft = p.Revision.Text.RightToLeft,
    };

    private static Expression<Func<PrintedSlot, SlotRow>> AsSlot => With((PrintedSlot p, CardRow card) => new SlotRow
    {
        Position = p.Position,
        Place = p.Place,
        Card = card,
    });

    private static Expression<Func<PrintedAtFoot, FootRow>> AsAtFoot => With((PrintedAtFoot p, CardRow card) => new FootRow
    {
        Position = p.Position,
        Card = card,
    });

    private static Expression<Func<PrintedOnFront, FrontRow>> AsFront => With((PrintedOnFront p, CardRow card) => new FrontRow
    {
        Place = p.Place,
        Headline = p.Headline,
        Picture = p.Picture,
        Card = card,
    });

    private static Expression<Func<PublishedStory, FullStoryRow>> AsFullStory => With((PublishedStory p, CardRow card) => new FullStoryRow
    {
        BodyHtml = p.Revision.BodyHtml,
        Money = p.Revision.Money,
        Tags = p.Revision.Text.Tags,
        Card = card,
    });

    private static Expression<Func<PrintedHit, HitRow>> AsHit => With((PrintedHit p, CardRow card) => new HitRow
    {
        Indexed = p.Indexed,
        BodyHtml = p.Revision.BodyHtml,
        Card = card,
    });

    private static Expression<Func<PrintedIn, ArticleRow>> AsArticle => With((PrintedIn p, CardRow card) => new ArticleRow
    {
        State = p.Story.State,
        WithdrawalNotice = p.Story.WithdrawalNotice,
        WithdrawnAt = p.Story.WithdrawnAt,
        Shares = p.Story.Shares,
        Reactions = p.Story.Reactions,
        Related = p.Story.Related,
        BodyHtml = p.Revision.BodyHtml,
        Money = p.Revision.Money,
        Dateline = p.Revision.Text.Dateline,
        Tags = p.Revision.Text.Tags,
        SeoTitle = p.Revision.Text.SeoTitle,
        SeoDescription = p.Revision.Text.SeoDescription,
        Card = card,
        Corrections = p.Story.Corrections.OrderBy(c => c.At).Select(c => new CorrectionLine(c.At, c.Note, null, null, null)).ToList(),
        Edition = p.Edition == null ? null
            : new EditionLine(p.Edition.Id, p.Edition.Number, p.Edition.Date, p.Edition.Title, p.Edition.PublishedAt!.Value),
    });

    /// <summary>A row with a card in it. The card's expression is put where the row names it: EF Core translates
    /// no call of another.</summary>
    private static Expression<Func<T, TRow>> With<T, TRow>(Expression<Func<T, CardRow, TRow>> row) where T : PublishedStory
    {
        var (printed, card) = (row.Parameters[0], AsCard);
        var filled = ReplacingExpressionVisitor.Replace(card.Parameters[0], printed, card.Body);
        return Expression.Lambda<Func<T, TRow>>(ReplacingExpressionVisitor.Replace(row.Parameters[1], filled, row.Body), printed);
    }

    /// <summary>
    /// What a row reads beside story and revision is required of a shape of its own: for a member that a query does not set, EF
    /// Core reads all columns of both.
    /// </summary>
    private sealed class PrintedSlot : PublishedStory
    {
        public required int Position { get; init; }
        public required SlotKind Place { get; init; }
    }

    private sealed class PrintedAtFoot : PublishedStory
    {
        public required int Position { get; init; }
    }

    private sealed class PrintedOnFront : PublishedStory
    {
        public required SlotKind Place { get; init; }
        public required string? Headline { get; init; }
        public required PictureUse? Picture { get; init; }
    }

    private sealed class PrintedHit : PublishedStory
    {
        public required long Indexed { get; init; }
    }

    private sealed class PrintedIn : PublishedStory
    {
        public required Edition? Edition { get; init; }
    }
}
