using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;

namespace NewsHub.Core.Reading;

/// <summary>The front page, editions and their archive.</summary>
public sealed partial class PublishedNews
{
    private const int LatestSize = 8;
    internal const int LinesPerSection = 3;

    /// <summary>The latest edition, and what was published since; null while there is no edition.</summary>
    public async Task<FrontView?> FrontAsync(CancellationToken cancel = default)
    {
        if (Snapshot.LatestEdition is not { } edition) return null;
        var front = Compose(edition, await SlotsAsync(edition.Id, cancel));
        var since = await _hot.Since(db, edition.Id, edition.PublishedAt, LatestSize).ToListAsync(cancel);
        return front with { Latest = [.. since.Select(c => c.ToCard(Snapshot))] };
    }

    /// <summary>A published edition as it was composed, with its neighbours.</summary>
    public async Task<FrontView?> EditionAsync(int number, CancellationToken cancel = default)
    {
        var editions = await Neighbours(number).ToListAsync(cancel);
        if (editions.Find(e => e.Number == number) is not { } edition) return null;
        return Compose(edition, await SlotsAsync(edition.Id, cancel)) with
        {
            Previous = editions.Find(e => e.Number < number),
            Next = editions.Find(e => e.Number > number),
        };
    }

    /// <summary>All stories of an edition in its order, from a place on.</summary>
    /// <param name="after">The position of the last story shown; 0 for the start.</param>
    public async Task<EditionStories?> EditionStoriesAsync(int number, int after, CancellationToken cancel = default)
    {
        var edition = await Published().Where(e => e.Number == number)
            .Select(e => new EditionLine(e.Id, e.Number, e.Date, e.Title, e.PublishedAt!.Value)).FirstOrDefaultAsync(cancel);
        return edition is null ? null : new EditionStories(
            edition, AsPage(await _hot.InFront(db, edition.Id, after, PageSize + 1).ToListAsync(cancel), PageSize));
    }

    /// <summary>The archive of a year; of the newest when none is asked for. Null for a year without editions, unless
    /// there are none at all.</summary>
    public async Task<ArchiveView?> ArchiveAsync(int? year, CancellationToken cancel = default)
    {
        var years = Snapshot.Years;
        if (years.Count == 0) return year is null ? new ArchiveView(0, [], []) : null;
        var shown = year ?? years[0];
        if (!years.Contains(shown)) return null;
        var (from, to) = (new DateOnly(shown, 1, 1), new DateOnly(shown, 12, 31));
        var editions = await Published().Where(e => e.Date >= from && e.Date <= to)
            .Select(e => new EditionLine(e.Id, e.Number, e.Date, e.Title, e.PublishedAt!.Value)).ToListAsync(cancel);
        return new ArchiveView(shown, years, [.. editions.OrderByDescending(e => e.Number)]);
    }

    private IQueryable<Edition> Published() => db.Editions.AsNoTracking().Where(e => e.PublishedAt != null);

    private IQueryable<EditionLine> Neighbours(int number)
    {
        // Within the lambda, or each would be a query of its own.
        return Published().Where(e => e.Number == number
                || e.Number == db.Editions.Where(b => b.PublishedAt != null && b.Number < number).Max(b => (int?)b.Number)
                || e.Number == db.Editions.Where(a => a.PublishedAt != null && a.Number > number).Min(a => (int?)a.Number))
            .Select(e => new EditionLine(e.Id, e.Number, e.Date, e.Title, e.PublishedAt!.Value));
    }

    private async Task<IReadOnlyList<(SlotKind Place, StoryCard Card)>> SlotsAsync(EditionId edition, CancellationToken cancel)
    {
        var rows = await _hot.Front(db, edition, Edition.MostSlots).ToListAsync(cancel);
        return [.. rows.Select(r => (r.Place, r.Card.ToCard(Snapshot).OnFront(r.Headline, r.Picture)))];
    }

    /// <param name="rows">In order, one more than is shown where there are more.</param>
    private StoryPage AsPage<TRow>(List<TRow> rows, int size) where TRow : FootRow
    {
        var shown = rows.Take(size).ToList();
        return new StoryPage([.. shown.Select(r => r.Card.ToCard(Snapshot))],
            rows.Count > size ? shown[^1].Position.ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
    }

    internal static FrontView Compose(EditionLine edition, IReadOnlyList<(SlotKind Place, StoryCard Card)> slots)
    {
        return new FrontView
        {
            Edition = edition,
            Lead = In(SlotKind.Lead).FirstOrDefault(),
            Seconds = In(SlotKind.Second),
            Briefs = In(SlotKind.Brief),
            Opinions = In(SlotKind.Opinion),
            Sections = [.. In(SlotKind.Section)
                .GroupBy(c => c.Section)
                .Select(g => new SectionFront(g.Key, g.First(), [.. g.Skip(1).Take(LinesPerSection)]))],
            Latest = [],
        };

        List<StoryCard> In(SlotKind slotKind) => [.. slots.Where(s => s.Place == slotKind).Select(s => s.Card)];
    }
}
