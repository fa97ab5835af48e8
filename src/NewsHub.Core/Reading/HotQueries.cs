using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using NewsHub.Core.Editions;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Reading;

/// <summary>
/// The queries behind the pages that are read most, translated once: building and looking up a query anew costs EF Core more than SQLite
/// needs to run it.
/// </summary>
internal static class HotQueries
{
    /// <summary>What is, or was, published at an address.</summary>
    public static readonly Func<NewsDb, string, CancellationToken, Task<ArticleRow?>> Article = EF.CompileAsyncQuery(
        (NewsDb db, string address, CancellationToken cancel) => (
            from s in db.Stories.AsNoTracking()
            where s.Address == address && (s.State == StoryState.Live || s.State == StoryState.Withdrawn)
            join r in db.Revisions on new { s.Id, Number = s.LiveRevision } equals new { Id = r.StoryId, Number = (int?)r.Number }
            // A join by key: as a subquery in the projection it would read every edition there is.
            join e in db.Editions.Where(e => e.PublishedAt != null) on s.EditionId equals (EditionId?)e.Id into editions
            from e in editions.DefaultIfEmpty()
            select new PrintedIn { Story = s, Revision = r, Edition = e }).Select(AsArticle).FirstOrDefault());

    /// <summary>An edition's live stories in its order, from after a place on.</summary>
    public static readonly Func<NewsDb, EditionId, int, int, IAsyncEnumerable<SlotRow>> InFront = EF.CompileAsyncQuery(
        (NewsDb db, EditionId edition, int after, int atMost) => (
            from slot in db.FrontSlots.AsNoTracking()
            where slot.EditionId == edition && slot.Position > after
            join s in db.Stories on slot.StoryId equals s.Id
            where s.State == StoryState.Live
            join r in db.Revisions on new { s.Id, Number = s.LiveRevision } equals new { Id = r.StoryId, Number = (int?)r.Number }
            orderby slot.Position
            select new PrintedSlot { Story = s, Revision = r, Position = slot.Position, Place = slot.Place }).Take(atMost).Select(AsSlot));

    /// <summary>What stands at the foot of an article: its edition's other stories, and (without a position) those that are related to it.</summary>
    public static readonly Func<NewsDb, EditionId, int, StoryId[], IAsyncEnumerable<SlotRow>> AtFoot = EF.CompileAsyncQuery(
        (NewsDb db, EditionId edition, int atMost, StoryId[] related) => (
            from slot in db.FrontSlots.AsNoTracking()
            where slot.EditionId == edition
            join s in db.Stories on slot.StoryId equals s.Id
            where s.State == StoryState.Live
            join r in db.Revisions on new { s.Id, Number = s.LiveRevision } equals new { Id = r.StoryId, Number = (int?)r.Number }
            orderby slot.Position
            select new PrintedSlot { Story = s, Revision = r, Position = slot.Position, Place = slot.Place }).Take(atMost).Select(AsSlot)
            .Concat((
            from s in db.Stories
            where related.Contains(s.Id) && s.WithdrawnAt == null
            join r in db.Revisions on new { s.Id, Number = s.LiveRevision } equals new { Id = r.StoryId, Number = (int?)r.Number }
            select new PrintedSlot { Story = s, Revision = r, Position = 0, Place = default }).Select(AsSlot)));

    /// <summary>The newest stories since an instant that an edition did not bring.</summary>
    public static readonly Func<NewsDb, EditionId, DateTimeOffset, int, IAsyncEnumerable<CardRow>> Since = EF.CompileAsyncQuery(
        (NewsDb db, EditionId edition, DateTimeOffset since, int atMost) => (
            from l in db.Listings.AsNoTracking()
            where l.List == ListOf.Latest && l.Subject == 0 && l.LiveAt > since
            join s in db.Stories on l.StoryId equals s.Id
            where s.EditionId == null || s.EditionId != edition
            join r in db.Revisions on new { s.Id, Number = s.LiveRevision } equals new { Id = r.StoryId, Number = (int?)r.Number }
            orderby l.LiveAt descending, l.StoryId descending
            select new Printed { Story = s, Revision = r }).Take(atMost).Select(AsCard));

    /// <summary>A list from its newest story on.</summary>
    public static readonly Func<NewsDb, ListOf, long, int, IAsyncEnumerable<CardRow>> List = EF.CompileAsyncQuery(
        (NewsDb db, ListOf list, long subject, int atMost) => (
            from l in db.Listings.AsNoTracking().Where(l => l.List == list && l.Subject == subject)
                .OrderByDescending(l => l.LiveAt).ThenByDescending(l => l.StoryId).Take(atMost)
            join s in db.Stories on l.StoryId equals s.Id
            join r in db.Revisions on new { s.Id, Number = s.LiveRevision } equals new { Id = r.StoryId, Number = (int?)r.Number }
            orderby l.LiveAt descending, l.StoryId descending
            select new Printed { Story = s, Revision = r }).Select(AsCard));

    /// <summary>A list from a place on. The first condition on the time is where the index starts; without it a deep page reads all lines before it.</summary>
    public static readonly Func<NewsDb, ListOf, long, DateTimeOffset, StoryId, int, IAsyncEnumerable<CardRow>> ListAfter = EF.CompileAsyncQuery(
        (NewsDb db, ListOf list, long subject, DateTimeOffset at, StoryId id, int atMost) => (
            from l in db.Listings.AsNoTracking().Where(l => l.List == list && l.Subject == subject && l.LiveAt <= at && (l.LiveAt < at || l.StoryId < id))
                .OrderByDescending(l => l.LiveAt).ThenByDescending(l => l.StoryId).Take(atMost)
            join s in db.Stories on l.StoryId equals s.Id
            join r in db.Revisions on new { s.Id, Number = s.LiveRevision } equals new { Id = r.StoryId, Number = (int?)r.Number }
            orderby l.LiveAt descending, l.StoryId descending
            select new Printed { Story = s, Revision = r }).Select(AsCard));

    /// <summary>The newest of some lines of a list. Not translated beforehand: which lines is for whoever asks to say.</summary>
    public static IQueryable<CardRow> Cards(NewsDb db, IQueryable<Listing> lines, int atMost) => (
        from l in lines.OrderByDescending(l => l.LiveAt).ThenByDescending(l => l.StoryId).Take(atMost)
        join s in db.Stories on l.StoryId equals s.Id
        join r in db.Revisions on new { s.Id, Number = s.LiveRevision } equals new { Id = r.StoryId, Number = (int?)r.Number }
        orderby l.LiveAt descending, l.StoryId descending
        select new Printed { Story = s, Revision = r }).Select(AsCard);

    /// <summary>The stories at places of the search index, with their bodies.</summary>
    public static readonly Func<NewsDb, long[], IAsyncEnumerable<HitRow>> Indexed = EF.CompileAsyncQuery(
        (NewsDb db, long[] places) => (
            from i in db.IndexedStories.AsNoTracking()
            where places.Contains(i.Place)
            join s in db.Stories on i.StoryId equals s.Id
            // What is in the index was live, and is unless it was withdrawn. Asked for its state, SQLite would start at the index of states.
            where s.WithdrawnAt == null
            join r in db.Revisions on new { s.Id, Number = s.LiveRevision } equals new { Id = r.StoryId, Number = (int?)r.Number }
            select new PrintedHit { Story = s, Revision = r, Indexed = i.Place }).Select(AsHit));

    /// <summary>The newest of a list, with their bodies.</summary>
    public static readonly Func<NewsDb, ListOf, long, int, IAsyncEnumerable<FullStoryRow>> Told = EF.CompileAsyncQuery(
        (NewsDb db, ListOf list, long subject, int atMost) => (
            from l in db.Listings.AsNoTracking().Where(l => l.List == list && l.Subject == subject)
                .OrderByDescending(l => l.LiveAt).ThenByDescending(l => l.StoryId).Take(atMost)
            join s in db.Stories on l.StoryId equals s.Id
            join r in db.Revisions on new { s.Id, Number = s.LiveRevision } equals new { Id = r.StoryId, Number = (int?)r.Number }
            orderby l.LiveAt descending, l.StoryId descending
            select new Printed { Story = s, Revision = r }).Select(AsTold));

    /// <summary>An edition's live stories in its order, with their bodies.</summary>
    public static readonly Func<NewsDb, EditionId, IAsyncEnumerable<FullStoryRow>> ToldInFront = EF.CompileAsyncQuery(
        (NewsDb db, EditionId edition) => (
            from slot in db.FrontSlots.AsNoTracking()
            where slot.EditionId == edition
            join s in db.Stories on slot.StoryId equals s.Id
            where s.State == StoryState.Live
            join r in db.Revisions on new { s.Id, Number = s.LiveRevision } equals new { Id = r.StoryId, Number = (int?)r.Number }
            orderby slot.Position
            select new Printed { Story = s, Revision = r }).Select(AsTold));

    /// <summary>When the newest story went live that did before an instant.</summary>
    public static readonly Func<NewsDb, DateTimeOffset, CancellationToken, Task<DateTimeOffset?>> NewestBefore = EF.CompileAsyncQuery(
        (NewsDb db, DateTimeOffset before, CancellationToken cancel) =>
            db.Listings.Where(l => l.List == ListOf.Latest && l.Subject == 0 && l.LiveAt < before).OrderByDescending(l => l.LiveAt).Select(l => (DateTimeOffset?)l.LiveAt).FirstOrDefault());

    private static Expression<Func<Printed, CardRow>> AsCard => p => new CardRow
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

    private static Expression<Func<Printed, FullStoryRow>> AsTold => With((Printed p, CardRow card) => new FullStoryRow
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

    /// <summary>A row with a card in it. The card's expression is put where the row names it: EF Core translates no call of another.</summary>
    private static Expression<Func<T, TRow>> With<T, TRow>(Expression<Func<T, CardRow, TRow>> row) where T : Printed
    {
        var (printed, card) = (row.Parameters[0], AsCard);
        var filled = ReplacingExpressionVisitor.Replace(card.Parameters[0], printed, card.Body);
        return Expression.Lambda<Func<T, TRow>>(ReplacingExpressionVisitor.Replace(row.Parameters[1], filled, row.Body), printed);
    }

    /// <summary>
    /// A live story beside its live revision, as queries hand it on. What else a row reads is required of a shape of its own: for a member
    /// that a query does not set, EF Core reads all columns of both.
    /// </summary>
    private class Printed
    {
        public required Story Story { get; init; }
        public required Revision Revision { get; init; }
    }

    private sealed class PrintedSlot : Printed
    {
        public required int Position { get; init; }
        public required SlotKind Place { get; init; }
    }

    private sealed class PrintedHit : Printed
    {
        public required long Indexed { get; init; }
    }

    private sealed class PrintedIn : Printed
    {
        public required Edition? Edition { get; init; }
    }
}
