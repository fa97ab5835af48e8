using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Settings;
using NewsHub.Core.Store;

namespace NewsHub.Core.Rates;

/// <summary>The last good rates, in the paper's order, each with its source and day. Empty when the store has none.</summary>
public sealed record RateBoard(string Base, IReadOnlyList<RateLine> Lines)
{
    public static readonly RateBoard Empty = new("", []);

    /// <summary>The oldest and the newest day on the board.</summary>
    public DateOnly Oldest { get; } = Lines.Count == 0 ? default : Lines.Min(l => l.Date);
    public DateOnly Newest { get; } = Lines.Count == 0 ? default : Lines.Max(l => l.Date);

    /// <summary>Who published them, in the order of the lines; pinned lines are nobody's but the paper's.</summary>
    public IReadOnlyList<RatePublisher> Publishers { get; } =
        [.. Lines.Where(l => !l.IsPinned).Select(l => l.Source).Distinct().Select(RatePublisher.Named)];

    /// <summary>Whole days since the oldest rate's own day.</summary>
    public int AgeInDays(DateOnly today) => Lines.Count == 0 ? 0 : Math.Max(0, today.DayNumber - Oldest.DayNumber);

    public bool Knows(string code) => code == Base && Lines.Count > 0 || Lines.Any(l => l.Quote == code);

    /// <summary>Units of a currency for one of <see cref="Base"/>; null where the board does not have it.</summary>
    public decimal? Of(string code) => code == Base && Lines.Count > 0 ? 1 : Lines.FirstOrDefault(l => l.Quote == code)?.Value;

    /// <summary>How many of <paramref name="to"/> one <paramref name="from"/> buys; null where the board lacks one of them.</summary>
    public decimal? Cross(string from, string to) => Of(from) is { } a && Of(to) is { } b ? b / a : null;

    /// <summary>Reads what is newest of each currency: pinned first, then by the order of the sources, as
    /// <see cref="RateHistory.Choose"/> says.</summary>
    public static async Task<RateBoard> ReadAsync(NewsDb db, Site site, CancellationToken cancel = default)
    {
        var pinned = await db.PinnedRates.AsNoTracking().Where(p => p.Base == site.CurrencyBase).ToListAsync(cancel);
        var lines = new List<RateLine>();
        foreach (var quote in site.CurrencyQuotes)
        {
            if (pinned.Find(p => p.Quote == quote) is { } pin)
            {
                lines.Add(new RateLine(quote, pin.Value, null, "", pin.Day, IsPinned: true));
                continue;
            }
            var rates = await db.Rates
                .AsNoTracking()
                .Where(r => r.Base == site.CurrencyBase && r.Quote == quote)
                .OrderByDescending(r => r.Date)
                .Take(RateHistory.Recent)
                .ToListAsync(cancel);
            if (RateHistory.Choose(rates, DateOnly.MaxValue, site.RateSources) is not { } now) continue;
            lines.Add(
                new RateLine(quote, now.Value, rates.Find(r => r.Source == now.Source && r.Date < now.Date)?.Value, now.Source, now.Date));
        }
        return lines.Count == 0 ? Empty : new RateBoard(site.CurrencyBase, lines);
    }
}

/// <param name="Before">The rate of the published day before, by the same publisher; null when there is none.</param>
/// <param name="Source">Its publisher's name; empty where an editor pinned it.</param>
/// <param name="Date">Its own day.</param>
public sealed record RateLine(string Quote, decimal Value, decimal? Before, string Source, DateOnly Date, bool IsPinned = false)
{
    /// <summary>Change against the published day before, in percent of it, to two decimals as it is printed.</summary>
    public decimal? Change =>
        Before is > 0 ? Math.Round((Value - Before.Value) / Before.Value * 100, 2, MidpointRounding.AwayFromZero) : null;

    public int AgeInDays(DateOnly today) => Math.Max(0, today.DayNumber - Date.DayNumber);
}
