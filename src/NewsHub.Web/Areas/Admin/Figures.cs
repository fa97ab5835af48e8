using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Audience;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;

namespace NewsHub.Web.Areas.Admin;

/// <summary>What was read in so many days up to today, as the pages of statistics show it.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last: today, by the paper's own calendar.</param>
public sealed record Span(DateOnly From, DateOnly To)
{
    public static readonly IReadOnlyList<int> Choices = [7, 28, 90, 365];

    public int Days => To.DayNumber - From.DayNumber + 1;
    public Span Before => new(From.AddDays(-Days), From.AddDays(-1));

    /// <returns>Null for a number of days that is not on offer.</returns>
    public static Span? Of(string? days, DateOnly today) =>
        days is null ? new Span(today.AddDays(-27), today) : Choices.FirstOrDefault(c => FormattableString.Invariant($"{c}") == days) is > 0 and var n ? new Span(today.AddDays(1 - n), today) : null;

    /// <summary>A day each, none left out.</summary>
    public async Task<IReadOnlyList<(DateOnly Day, int Whole, int Part)>> CountAsync(NewsDb db, Subject subject, long id, CancellationToken cancel)
    {
        var counts = await db.DayCounts.AsNoTracking().Where(c => c.Subject == subject && c.SubjectId == id && c.Day >= From && c.Day <= To).ToDictionaryAsync(c => c.Day, cancel);
        return [.. Enumerable.Range(0, Days).Select(i => From.AddDays(i)).Select(day => counts.TryGetValue(day, out var c) ? (day, c.Views, c.Visitors) : (day, 0, 0))];
    }

    /// <summary>The most viewed of a kind. Visitors are those of each day, added up.</summary>
    public Task<List<Count>> MostAsync(NewsDb db, Subject subject, int atMost, CancellationToken cancel) =>
        db.DayCounts.AsNoTracking().Where(c => c.Day >= From && c.Day <= To && c.Subject == subject).GroupBy(c => c.SubjectId)
            .Select(g => new Count(g.Key, g.Sum(c => c.Views), g.Sum(c => c.Visitors))).ToListAsync(cancel)
            .ContinueWith(t => t.Result.OrderByDescending(c => c.Views).ThenBy(c => c.Id).Take(atMost).ToList(), cancel, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);

    public async Task<List<(string Host, int Views)>> ReferrersAsync(NewsDb db, StoryId story, int atMost, CancellationToken cancel)
    {
        var hosts = await db.ReferrerCounts.AsNoTracking().Where(c => c.StoryId == story && c.Day >= From && c.Day <= To).GroupBy(c => c.Host).Select(g => new { g.Key, Views = g.Sum(c => c.Views) }).ToListAsync(cancel);
        return [.. hosts.OrderByDescending(h => h.Views).ThenBy(h => h.Key, StringComparer.Ordinal).Take(atMost).Select(h => (h.Key, h.Views))];
    }

    public sealed record Count(long Id, int Views, int Visitors);
}
