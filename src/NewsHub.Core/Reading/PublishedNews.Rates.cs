using NewsHub.Core.Rates;

namespace NewsHub.Core.Reading;

/// <summary>What money was worth. Today's stands on the snapshot's board; here is what came before.</summary>
public sealed partial class PublishedNews
{
    private const int SparkDays = 45;

    /// <summary>The last weeks of every line of the board, oldest first.</summary>
    public Task<IReadOnlyDictionary<string, IReadOnlyList<decimal>>> RecentRatesAsync(CancellationToken cancel = default) =>
        db.RecentAsync(Snapshot.Site, Snapshot.Rates.Newest.AddDays(-Math.Min(SparkDays, Snapshot.Rates.Newest.DayNumber)), cancel);

    /// <summary>A pair's rate and history; null where the board has not both.</summary>
    /// <param name="from">ISO 4217, in capitals.</param>
    public async Task<RatePairView?> PairAsync(string from, string to, RateSpan span, CancellationToken cancel = default)
    {
        var board = Snapshot.Rates;
        if (from == to || board.Cross(from, to) is not { } rate) return null;
        var lines = board.Lines.Where(l => l.Quote == from || l.Quote == to).ToList();
        var newest = lines.Max(l => l.Date);
        var since = span is RateSpan.All ? (DateOnly?)null : newest.AddDays(-(int)span);
        var points = await db.HistoryAsync(Snapshot.Site, from, to, since, cancel);
        return new RatePairView(from, to, Currency.Round(rate, RateCheck.Figures), lines, points);
    }
}

/// <summary>How far back a history goes: so many days, or to its start.</summary>
public enum RateSpan
{
    Week = 7,
    Month = 31,
    Year = 366,
    All = 0,
}

/// <param name="Rate">How many of <paramref name="To"/> one <paramref name="From"/> buys, by the board.</param>
/// <param name="Lines">The lines of the board that it is made of: one, or two where neither is the paper's own currency.</param>
/// <param name="Points">Oldest first.</param>
public sealed record RatePairView(string From, string To, decimal Rate, IReadOnlyList<RateLine> Lines, IReadOnlyList<RatePoint> Points)
{
    public bool IsPinned => Lines.Any(l => l.IsPinned);

    /// <summary>Its own day; of two lines, the older one's.</summary>
    public DateOnly Date => Lines.Min(l => l.Date);
}
