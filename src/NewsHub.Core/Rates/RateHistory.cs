using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Settings;
using NewsHub.Core.Store;

namespace NewsHub.Core.Rates;

/// <summary>The rates of all days, and which publisher's counts on which.</summary>
public static class RateHistory
{
    /// <summary>A publisher keeps its place in the order over a long weekend; silent for longer, the next one is asked.</summary>
    private const int DaysOfGrace = 4;

    /// <summary>Rows of a currency that hold its newest of each publisher, and the one before.</summary>
    internal const int Recent = 60;

    /// <summary>The rate that counts on a day: of the publisher that comes first among those whose newest is at most some days
    /// older than anybody's.</summary>
    /// <param name="rates">Of one pair, newest first.</param>
    /// <param name="order">Keys of publishers, see <see cref="Site.RateSources"/>; whoever is not named comes last.</param>
    internal static Rate? Choose(IReadOnlyList<Rate> rates, DateOnly day, IReadOnlyList<string> order)
    {
        var newest = new Dictionary<string, Rate>();
        foreach (var rate in rates.Where(r => r.Date <= day)) newest.TryAdd(rate.Source, rate);
        if (newest.Count == 0) return null;
        var last = newest.Values.Max(r => r.Date);
        return newest.Values
            .Where(r => r.Date.AddDays(DaysOfGrace) >= last)
            .OrderBy(r => Rank(r.Source, order))
            .ThenByDescending(r => r.Date)
            .ThenBy(r => r.Source, StringComparer.Ordinal)
            .First();
    }

    /// <summary>What one currency was worth in another on each published day, oldest first; empty where the paper has not both.</summary>
    /// <param name="since">The first day; null for all there are.</param>
    public static async Task<IReadOnlyList<RatePoint>> HistoryAsync(
        this NewsDb db, Site site, string from, string to, DateOnly? since, CancellationToken cancel = default)
    {
        // Some days more than are shown, so that the first of them knows which publisher counted then.
        var first = since?.AddDays(-2 * DaysOfGrace) ?? DateOnly.MinValue;
        var sides = new List<SortedDictionary<DateOnly, Rate>?>();
        // A query for each: asked for both at once, SQLite would read all that the paper's own currency has.
        foreach (var code in (string[])[from, to])
            sides.Add(code == site.CurrencyBase ? null
                : Series(await db.Rates
                    .AsNoTracking()
                    .Where(r => r.Base == site.CurrencyBase && r.Quote == code && r.Date >= first)
                    .OrderByDescending(r => r.Date)
                    .ToListAsync(cancel), site.RateSources));
        var points = new List<RatePoint>();
        foreach (var day in sides.OfType<SortedDictionary<DateOnly, Rate>>().SelectMany(s => s.Keys).Distinct().Order())
        {
            if (since is { } start && day < start) continue;
            var (a, b) = (On(sides[0], day), On(sides[1], day));
            if (sides[0] is not null && a is null || sides[1] is not null && b is null) continue;
            points.Add(RatePoint.Of(day, a, b));
        }
        return points;

        // A day on which only one of the two was published takes the other's last.
        static Rate? On(SortedDictionary<DateOnly, Rate>? side, DateOnly day) =>
            side is null ? null
            : side.TryGetValue(day, out var rate) ? rate
            : side.LastOrDefault(s => s.Key < day && s.Key.AddDays(DaysOfGrace) >= day).Value;
    }

    /// <summary>Each currency's rates since a day, oldest first.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<decimal>>> RecentAsync(
        this NewsDb db, Site site, DateOnly since, CancellationToken cancel = default)
    {
        var quotes = site.CurrencyQuotes;
        var rates = await db.Rates
            .AsNoTracking()
            .Where(r => r.Base == site.CurrencyBase && quotes.Contains(r.Quote) && r.Date >= since)
            .OrderByDescending(r => r.Date)
            .ToListAsync(cancel);
        return rates.GroupBy(r => r.Quote).ToDictionary(
            q => q.Key, q => (IReadOnlyList<decimal>)[.. Series([.. q], site.RateSources).Values.Select(r => r.Value)]);
    }

    /// <summary>What counted on a day, such as that of a publication; null where the paper has not both currencies.</summary>
    public static async Task<RatePoint?> OnAsync(
        this NewsDb db, Site site, string from, string to, DateOnly day, CancellationToken cancel = default)
    {
        var sides = new List<Rate?>();
        foreach (var code in (string[])[from, to])
        {
            if (code == site.CurrencyBase)
            {
                sides.Add(null);
                continue;
            }
            var rates = await db.Rates
                .AsNoTracking()
                .Where(r => r.Base == site.CurrencyBase && r.Quote == code && r.Date <= day)
                .OrderByDescending(r => r.Date)
                .Take(Recent)
                .ToListAsync(cancel);
            if (Choose(rates, day, site.RateSources) is not { } rate) return null;
            sides.Add(rate);
        }
        var (a, b) = (sides[0], sides[1]);
        if (a is null && b is null) return null;
        return RatePoint.Of(a is null ? b!.Date : b is null || a.Date < b.Date ? a.Date : b.Date, a, b);
    }

    /// <summary>By day, the rate that counted on it, for days on which that publisher published.</summary>
    private static SortedDictionary<DateOnly, Rate> Series(List<Rate> newestFirst, IReadOnlyList<string> order)
    {
        var series = new SortedDictionary<DateOnly, Rate>();
        var newest = new Dictionary<string, Rate>();
        foreach (var day in newestFirst.AsEnumerable().Reverse().GroupBy(r => r.Date))
        {
            foreach (var rate in day) newest[rate.Source] = rate;
            var counts = newest.Values
                .Where(r => r.Date.AddDays(DaysOfGrace) >= day.Key)
                .OrderBy(r => Rank(r.Source, order))
                .ThenByDescending(r => r.Date)
                .First();
            if (counts.Date == day.Key) series[day.Key] = counts;
        }
        return series;
    }

    private static int Rank(string source, IReadOnlyList<string> order)
    {
        var key = RatePublisher.Named(source).Key;
        for (var i = 0; i < order.Count; i++)
            if (order[i] == key) return i;
        return order.Count;
    }
}

/// <param name="Day">The publishers' own day; of two, the older.</param>
/// <param name="Source">Publishers' names, with commas between them.</param>
public sealed record RatePoint(DateOnly Day, decimal Value, string Source)
{
    /// <summary>One currency in another, each by its rate; null for the paper's own. Not both are.</summary>
    internal static RatePoint Of(DateOnly day, Rate? from, Rate? to) =>
        new(day, Currency.Round((to?.Value ?? 1) / (from?.Value ?? 1), RateCheck.Figures),
            from is null || to is null || from.Source == to.Source ? (from ?? to)!.Source : $"{from.Source}, {to.Source}");

    /// <summary>False where the terms of a publisher forbid it.</summary>
    public bool MayBeHandedOn => Source.Split(", ").All(name => RatePublisher.Named(name).MayBeHandedOn);
}
