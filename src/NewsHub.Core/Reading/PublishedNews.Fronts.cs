using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editions;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Reading;

/// <summary>The front page, editions and their archive.</summary>
public sealed partial class PublishedNews
{
    private const int LatestSize = 8;
    private const int LinesPerSection = 3;

    /// <summary>The latest edition, and what was published since; null while there is no edition.</summary>
    public async Task<FrontView?> FrontAsync(CancellationToken cancel = default)
    {
        if (Masthead.LatestEdition is not { } edition) return null;
        var front = Compose(edition, await SlotsAsync(edition.Id, cancel));
        var since = await (
            from l in db.Listings.AsNoTracking()
            where l.List == ListOf.Latest && l.Subject == 0 && l.LiveAt > edition.PublishedAt
            join s in db.Stories on l.StoryId equals s.Id
            where s.EditionId == null || s.EditionId != edition.Id
            join r in db.Revisions on new { s.Id, Number = s.LiveRevision } equals new { Id = r.StoryId, Number = (int?)r.Number }
            orderby l.LiveAt descending, l.StoryId descending
            select new Printed { Story = s, Revision = r, Position = 0, Place = default }).Select(AsCard).Take(LatestSize).ToListAsync(cancel);
        return front with { Latest = [.. since.Select(c => c.ToCard(Masthead))] };
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
        return edition is null ? null : new EditionStories(edition, await InEditionAsync(edition.Id, after, PageSize, default, cancel));
    }

    /// <summary>The archive of a year; of the newest when none is asked for. Null for a year without editions, unless there are none at all.</summary>
    public async Task<ArchiveView?> ArchiveAsync(int? year, CancellationToken cancel = default)
    {
        var years = Masthead.Years;
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

    private IQueryable<Printed> InFront(EditionId edition) =>
        from slot in db.FrontSlots.AsNoTracking()
        where slot.EditionId == edition
        join s in db.Stories on slot.StoryId equals s.Id
        where s.State == StoryState.Live
        join r in db.Revisions on new { s.Id, Number = s.LiveRevision } equals new { Id = r.StoryId, Number = (int?)r.Number }
        orderby slot.Position
        select new Printed { Story = s, Revision = r, Position = slot.Position, Place = slot.Place };

    private async Task<IReadOnlyList<(Place Place, StoryCard Card)>> SlotsAsync(EditionId edition, CancellationToken cancel)
    {
        var rows = await InFront(edition).Select(AsCard).ToListAsync(cancel);
        return [.. rows.Select(r => (r.Place, r.ToCard(Masthead)))];
    }

    private async Task<StoryPage> InEditionAsync(EditionId edition, int after, int size, StoryId but, CancellationToken cancel)
    {
        var rows = await InFront(edition).Where(p => p.Position > after && p.Story.Id != but).Take(size + 1).Select(AsCard).ToListAsync(cancel);
        var shown = rows.Take(size).ToList();
        return new StoryPage([.. shown.Select(r => r.ToCard(Masthead))],
            rows.Count > size ? shown[^1].Position.ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
    }

    private static FrontView Compose(EditionLine edition, IReadOnlyList<(Place Place, StoryCard Card)> slots)
    {
        return new FrontView
        {
            Edition = edition,
            Lead = In(Place.Lead).FirstOrDefault(),
            Seconds = In(Place.Second),
            Briefs = In(Place.Brief),
            Opinions = In(Place.Opinion),
            Sections = [.. In(Place.Section).GroupBy(c => c.Section).Select(g => new SectionFront(g.Key, g.First(), [.. g.Skip(1).Take(LinesPerSection)]))],
            Latest = [],
        };

        List<StoryCard> In(Place place) => [.. slots.Where(s => s.Place == place).Select(s => s.Card)];
    }
}
