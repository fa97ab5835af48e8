using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Audience;
using NewsHub.Core.Events;
using NewsHub.Core.Store;
using NewsHub.Web.Localization;

namespace NewsHub.Web.Areas.Admin.Pages.Statistics;

/// <summary>What was read in so many days up to today, as the pages of statistics show it.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last: today, by the paper's own calendar.</param>
public sealed record Period(DateOnly From, DateOnly To)
{
    public static readonly IReadOnlyList<int> Choices = [7, 28, 90, 365];

    public int Days => To.DayNumber - From.DayNumber + 1;
    public Period Before => new(From.AddDays(-Days), From.AddDays(-1));

    /// <returns>Null for a number of days that is not on offer.</returns>
    public static Period? Of(string? days, DateOnly today) =>
        days is null ? new Period(today.AddDays(-27), today) : Choices.FirstOrDefault(
            c => FormattableString.Invariant($"{c}") == days) is > 0 and var n ? new Period(today.AddDays(1 - n), today) : null;

    /// <summary>A day each, none left out.</summary>
    public async Task<IReadOnlyList<(DateOnly Day, int Whole, int Part)>> CountAsync(
        NewsDb db, Subject subject, long id, CancellationToken cancel)
    {
        var counts = await db.DayCounts
            .AsNoTracking()
            .Where(c => c.Subject == subject && c.SubjectId == id && c.Day >= From && c.Day <= To)
            .ToDictionaryAsync(c => c.Day, cancel);
        return [.. Enumerable.Range(0, Days)
            .Select(i => From.AddDays(i))
            .Select(day => counts.TryGetValue(day, out var c) ? (day, c.Views, c.Visitors) : (day, 0, 0))];
    }

    /// <summary>The most viewed of a kind. Visitors are those of each day, added up.</summary>
    public Task<List<Count>> MostAsync(NewsDb db, Subject subject, int atMost, CancellationToken cancel) => (
        from c in db.DayCounts.AsNoTracking()
        where c.Day >= From && c.Day <= To && c.Subject == subject
        group c by c.SubjectId into g
        orderby g.Sum(c => c.Views) descending, g.Key
        select new Count(g.Key, g.Sum(c => c.Views), g.Sum(c => c.Visitors))).Take(atMost).ToListAsync(cancel);

    public async Task<List<(string Host, int Views)>> ReferrersAsync(NewsDb db, StoryId story, int atMost, CancellationToken cancel)
    {
        var hosts = await (
            from c in db.ReferrerCounts.AsNoTracking()
            where c.StoryId == story && c.Day >= From && c.Day <= To
            group c by c.Host into g
            orderby g.Sum(c => c.Views) descending, g.Key
            select new { g.Key, Views = g.Sum(c => c.Views) }).Take(atMost).ToListAsync(cancel);
        return [.. hosts.Select(h => (h.Key, h.Views))];
    }

    /// <summary>Reactions and shares of these days by story and day (UTC), as they stand: one that was taken back
    /// is not among them.</summary>
    public async Task<IReadOnlyList<Engaged>> EngagedAsync(NewsDb db, CancellationToken cancel)
    {
        var since = new DateTimeOffset(From.ToDateTime(default), TimeSpan.Zero).UtcDateTime;
        var (reactions, shares) = (await SentAsync("Reactions"), await SentAsync("Shares"));
        return [
            .. reactions.Select(r => new Engaged(
                r.StoryId, DateOnly.ParseExact(r.Day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), r.Times, 0)),
            .. shares.Select(s => new Engaged(
                s.StoryId, DateOnly.ParseExact(s.Day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), 0, s.Times)),
        ];

        Task<List<Sent>> SentAsync(string table)
        {
            var sql = $"""SELECT "StoryId", {db.Dialect.DayOf("At")} AS "Day", count(*) AS "Times" FROM "{table}" """
                + """WHERE "At" >= {0} GROUP BY 1, 2""";
            return db.Database.SqlQueryRaw<Sent>(sql, since).ToListAsync(cancel);
        }
    }

    /// <summary>By what they have in common; whatever has no key is left out.</summary>
    public static IReadOnlyDictionary<T, (int Reactions, int Shares)> By<T>(IEnumerable<Engaged> engaged, Func<Engaged, T?> key)
        where T : struct =>
            engaged.Where(e => key(e) is not null)
                .GroupBy(e => key(e)!.Value)
                .ToDictionary(g => g.Key, g => (g.Sum(e => e.Reactions), g.Sum(e => e.Shares)));

    /// <summary>“3 reactions, 1 share”; null for none.</summary>
    public static string? Words((int Reactions, int Shares) sent) =>
        sent is (0, 0) ? null : $"{Print.Count(sent.Reactions, "reaction", "reactions")}, {Print.Count(sent.Shares, "share", "shares")}";

    public sealed record Engaged(long Story, DateOnly Day, int Reactions, int Shares);

    private sealed record Sent(long StoryId, string Day, int Times);

    public sealed record Count(long Id, int Views, int Visitors);
}
