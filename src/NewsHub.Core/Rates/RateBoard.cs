using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Store;

namespace NewsHub.Core.Rates;

/// <summary>The last good rates, in the paper's order, with their source and day. Empty when the store has none.</summary>
public sealed record RateBoard(string Base, string Source, DateOnly Date, IReadOnlyList<RateLine> Lines)
{
    public static readonly RateBoard Empty = new("", "", default, []);

    /// <summary>Whole days since the rates' own day.</summary>
    public int AgeInDays(DateOnly today) => Math.Max(0, today.DayNumber - Date.DayNumber);

    /// <summary>Reads the newest published day of the base currency, and the published day before it for the change.</summary>
    public static async Task<RateBoard> ReadAsync(NewsDb db, string @base, IReadOnlyList<string> quotes, CancellationToken cancel = default)
    {
        var newest = await db.Rates.Where(r => r.Base == @base).OrderByDescending(r => r.Date)
            .Select(r => new { r.Source, r.Date }).FirstOrDefaultAsync(cancel);
        if (newest is null) return Empty;
        var before = await db.Rates.Where(r => r.Base == @base && r.Source == newest.Source && r.Date < newest.Date)
            .MaxAsync(r => (DateOnly?)r.Date, cancel);
        var rates = await db.Rates.AsNoTracking()
            .Where(r => r.Base == @base && r.Source == newest.Source && (r.Date == newest.Date || r.Date == before)).ToListAsync(cancel);
        var lines =
            from quote in quotes
            let now = rates.Find(r => r.Quote == quote && r.Date == newest.Date)
            where now is not null
            select new RateLine(quote, now.Value, rates.Find(r => r.Quote == quote && r.Date == before)?.Value);
        return new RateBoard(@base, newest.Source, newest.Date, lines.ToList());
    }
}

/// <param name="Before">The rate of the published day before; null when there is none.</param>
public sealed record RateLine(string Quote, decimal Value, decimal? Before)
{
    /// <summary>Change against the published day before, in percent of it, to two decimals as it is printed.</summary>
    public decimal? Change => Before is > 0 ? Math.Round((Value - Before.Value) / Before.Value * 100, 2, MidpointRounding.AwayFromZero) : null;
}
