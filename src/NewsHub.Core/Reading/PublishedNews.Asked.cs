using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;

namespace NewsHub.Core.Reading;

/// <summary>What programs ask for and pages do not: a story by its number, lists of which several narrow one another,
/// editions without their year.</summary>
public sealed partial class PublishedNews
{
    /// <summary>A story by its number: what the article page shows, without the edition's other stories. One that is not out is
    /// <see cref="ArticleAnswer.Unknown"/>.</summary>
    public async Task<ArticleAnswer> StoryAsync(StoryId story, CancellationToken cancel = default)
    {
        var address = await db.Stories
            .AsNoTracking()
            .Where(s => s.Id == story && (s.State == StoryState.Live || s.State == StoryState.Withdrawn))
            .Select(s => s.Address)
            .FirstOrDefaultAsync(cancel);
        if (address is null || await _hot.Article(db, address, cancel) is not { } row || row.Card.Id != story)
            return new ArticleAnswer.Unknown();
        return row.State is StoryState.Withdrawn ? Gone(row) : new ArticleAnswer.Found(View(row));
    }

    /// <summary>What whoever has the story has to know to take it down as well; null where it is not withdrawn. The address has words of
    /// it: it is for those who had it.</summary>
    public Task<WithdrawalLine?> WithdrawalAsync(StoryId story, CancellationToken cancel = default) =>
        db.Stories
            .AsNoTracking()
            .Where(s => s.Id == story && s.State == StoryState.Withdrawn && s.Address != null)
            .Select(s => new WithdrawalLine(s.Id, s.Address!, s.WithdrawalNotice ?? ""))
            .FirstOrDefaultAsync(cancel);

    /// <summary>The numbers of an author and a tag, for a list that is narrowed to them. One of whom nothing is live is unknown to
    /// readers, and has none.</summary>
    /// <param name="author">A slug; null where none was asked for.</param>
    public async Task<(long? Author, long? Tag)> NamedAsync(string? author, string? tag, CancellationToken cancel = default)
    {
        var (byAuthor, byTag) = (Slug.TryParse(author, out var a), Slug.TryParse(tag, out var t));
        if (!byAuthor && !byTag) return default;
        var authors = db.Authors
            .Where(x => byAuthor && x.Slug == a && db.Listings.Any(l => l.List == ListOf.Author && l.Subject == x.Id))
            .Select(x => new { IsTag = false, x.Id });
        var tags = db.Tags
            .Where(x => byTag && x.Slug == t)
            .Select(x => new { IsTag = true, Id = x.MergedInto ?? x.Id })
            .Where(x => db.Listings.Any(l => l.List == ListOf.Tag && l.Subject == x.Id));
        var found = await authors.Concat(tags).ToListAsync(cancel);
        return (found.Find(f => !f.IsTag)?.Id, found.Find(f => f.IsTag)?.Id);
    }

    /// <summary>The newest stories that stand in each of these lists.</summary>
    /// <param name="lists">None for the whole paper. The first is the one that is walked: the shortest, where one knows.</param>
    public async Task<StoryPage> StoriesAsync(
        IReadOnlyList<(ListOf List, long Subject)> lists, Cursor? after, int atMost, CancellationToken cancel = default)
    {
        var (list, subject) = lists.Count == 0 ? (ListOf.Latest, 0) : lists[0];
        if (lists.Count < 2) return await ListAsync(list, subject, after, cancel, atMost);
        var lines = db.Listings.AsNoTracking().Where(l => l.List == list && l.Subject == subject);
        if (after is { } place)
        {
            var id = new StoryId(place.Id);
            lines = lines.Where(l => l.LiveAt <= place.At && (l.LiveAt < place.At || l.StoryId < id));
        }
        foreach (var (other, of) in lists.Skip(1))
            lines = lines.Where(
                l => db.Listings.Any(o => o.List == other && o.Subject == of && o.LiveAt == l.LiveAt && o.StoryId == l.StoryId));
        return Page(await HotQueries.Cards(db, lines, atMost + 1).ToListAsync(cancel), atMost);
    }

    /// <summary>Published editions, newest first.</summary>
    /// <param name="before">The number after which the list goes on; null for its start.</param>
    public async Task<EditionLines> EditionsAsync(int? before, int atMost, CancellationToken cancel = default)
    {
        var editions = await Published().Where(e => e.Number < (before ?? int.MaxValue)).OrderByDescending(e => e.Number)
            .Select(e => new EditionLine(e.Id, e.Number, e.Date, e.Title, e.PublishedAt!.Value)).Take(atMost + 1).ToListAsync(cancel);
        return new EditionLines([.. editions.Take(atMost)], editions.Count > atMost ? editions[atMost - 1].Number : null);
    }

    /// <summary>A published edition with every story on its front, in order; null where there is none.</summary>
    public async Task<WholeEdition?> WholeEditionAsync(int number, CancellationToken cancel = default)
    {
        var editions = await Neighbours(number).ToListAsync(cancel);
        if (editions.Find(e => e.Number == number) is not { } edition) return null;
        // Its stories as they are: what they have on the front alone is the front's.
        var slots = await _hot.InFront(db, edition.Id, 0, Edition.MostSlots).ToListAsync(cancel);
        return new WholeEdition(edition, editions.Find(e => e.Number < number), editions.Find(e => e.Number > number),
            [.. slots.Select(s => (s.Place, s.Card.ToCard(Snapshot)))]);
    }
}

public sealed record WithdrawalLine(StoryId Id, string Address, string Notice);

/// <param name="Next">The last number that is shown, where there are more.</param>
public sealed record EditionLines(IReadOnlyList<EditionLine> Editions, int? Next);

public sealed record WholeEdition(
    EditionLine Edition, EditionLine? Previous, EditionLine? Next, IReadOnlyList<(SlotKind Place, StoryCard Card)> Slots);
