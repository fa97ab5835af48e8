using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Rates;
using NewsHub.Core.Settings;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Reading;

/// <summary>What every page shows: the paper's name, its sections, the latest edition, the rates, what breaks. Held in memory, so that no
/// page asks the store for it.</summary>
public sealed record SiteSnapshot(Site Site, IReadOnlyList<SectionLine> Sections, EditionLine? LatestEdition, RateBoard Rates)
{
    private static readonly SiteSnapshot Blank = new(new Site(), [], null, RateBoard.Empty);
    private readonly TimeZoneInfo _zone = TimeZoneInfo.TryFindSystemTimeZoneById(Site.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>The pages about the paper itself, in the order of the footer: a new paper has none.</summary>
    public IReadOnlyList<PageLine> Pages { get; init; } = [];

    /// <summary>The slug of the page that once stood at another.</summary>
    public IReadOnlyDictionary<string, string> FormerPages { get; init; } = new Dictionary<string, string>();

    /// <summary>Years of which there are editions, newest first. Here, because finding them takes a look at every edition.</summary>
    public IReadOnlyList<int> Years { get; init; } = [];

    /// <summary>The story that was flagged last; ask <see cref="BreakingAt"/> whether it still is.</summary>
    public BreakingLine? Breaking { get; init; }

    /// <summary>What breaks at an instant; null when nothing does.</summary>
    public BreakingLine? BreakingAt(DateTimeOffset now) => Breaking is { } line && now < line.Until ? line : null;

    public bool HasPage(string slug) => Pages.Any(p => p.Slug == slug);

    public SectionLine? Section(string slug) => Sections.FirstOrDefault(s => s.Slug == slug);

    /// <summary>What is shown where a page without a picture is passed on.</summary>
    public ShareCard Card { get; } = new(Site.Name, Site.Subtitle, null, null);

    /// <summary>The same for a story.</summary>
    public ShareCard CardOf(string headline, SectionId section) =>
        Card with { Kicker = Sections.FirstOrDefault(s => s.Id == section)?.Name, Headline = headline };

    /// <summary>An instant in the paper's own zone.</summary>
    public DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, _zone);

    /// <summary>The day that is printed in the folio line.</summary>
    public DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(Local(clock.GetUtcNow()).DateTime);

    /// <summary>When that day ends, and every page that printed it with it.</summary>
    public DateTimeOffset EndOfDay(TimeProvider clock) => StartOf(Today(clock).AddDays(1));

    /// <summary>When a day begins in the paper's own zone.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        // The first days of the calendar begin before it in some zones.
        if (day < new DateOnly(1, 1, 3)) return DateTimeOffset.MinValue;
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        // Some zones skip midnight on the night the clocks change.
        while (_zone.IsInvalidTime(midnight)) midnight = midnight.AddMinutes(15);
        // Where it strikes twelve twice, the day before ends at the first stroke.
        return new DateTimeOffset(
            midnight, _zone.IsAmbiguousTime(midnight) ? _zone.GetAmbiguousTimeOffsets(midnight).Max() : _zone.GetUtcOffset(midnight));
    }

    /// <summary>“UTC”, or the offset that was in force then, such as “UTC+1”.</summary>
    public string ZoneAt(DateTimeOffset instant)
    {
        var offset = _zone.GetUtcOffset(instant);
        if (offset == TimeSpan.Zero) return "UTC";
        var sign = offset < TimeSpan.Zero ? '−' : '+';
        return FormattableString.Invariant(
            $"UTC{sign}{Math.Abs(offset.Hours)}{(offset.Minutes == 0 ? "" : $":{Math.Abs(offset.Minutes):00}")}");
    }

    /// <summary>The one that is in force. Swapped whole, so a page sees one state of it.</summary>
    public sealed class Current
    {
        private volatile SiteSnapshot _now = Blank;

        public SiteSnapshot Now => _now;

        public async Task ReadAsync(NewsDb db, CancellationToken cancel = default)
        {
            var site = await db.Sites.AsNoTracking().SingleOrDefaultAsync(cancel) ?? new Site();
            var sections = await db.Sections.AsNoTracking().OrderBy(s => s.Position).ThenBy(s => s.Id).ToListAsync(cancel);
            var latest = await db.Editions.AsNoTracking().Where(e => e.PublishedAt != null).OrderByDescending(e => e.Number)
                .Select(e => new EditionLine(e.Id, e.Number, e.Date, e.Title, e.PublishedAt!.Value)).FirstOrDefaultAsync(cancel);
            var rates = await RateBoard.ReadAsync(db, site, cancel);
            var years = await db.Editions.Where(e => e.PublishedAt != null).Select(e => e.Date.Year).Distinct().ToListAsync(cancel);
            var pages = await db.StaticPages
                .AsNoTracking()
                .OrderBy(p => p.Position)
                .ThenBy(p => p.Slug)
                .Select(p => new { p.Slug, p.Title, p.OutsideFooter, p.FormerSlugs })
                .ToListAsync(cancel);
            var breaking = await (
                from p in db.LiveStories()
                where p.Story.BreakingUntil != null
                orderby p.Story.BreakingUntil descending, p.Story.Id descending
                let text = p.Revision.Text
                select new BreakingLine(
                    p.Story.Id, text.Headline, p.Story.Address!, text.Language, text.RightToLeft, p.Story.BreakingUntil!.Value))
                .FirstOrDefaultAsync(cancel);
            _now = new SiteSnapshot(
                site, [.. sections.Select(s => new SectionLine(s.Id, s.Slug.Value, s.Name, s.Description))], latest, rates)
            {
                Years = [.. years.OrderDescending()],
                Pages = [.. pages.Select(p => new PageLine(p.Slug.Value, p.Title, !p.OutsideFooter))],
                FormerPages = pages
                    .SelectMany(p => p.FormerSlugs.Select(former => (Former: former, Now: p.Slug.Value)))
                    .DistinctBy(p => p.Former)
                    .ToDictionary(p => p.Former, p => p.Now),
                Breaking = breaking,
            };
        }
    }
}

/// <summary>A headline on every page.</summary>
/// <param name="Until">When it goes (UTC).</param>
public sealed record BreakingLine(StoryId Id, string Headline, string Address, string Language, bool RightToLeft, DateTimeOffset Until);
