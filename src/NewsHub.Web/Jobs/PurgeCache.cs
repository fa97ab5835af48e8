using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Store;
using NewsHub.Web.Followers;
using NewsHub.Web.Options;
using NewsHub.Web.Outbound;

namespace NewsHub.Web.Jobs;

/// <summary>
/// Tells the cache in front of the paper what events have changed, by their topics. It follows the log from a stored position, which
/// goes on only when the cache has taken the purge: what cannot be delivered is repeated until it is, also after a restart. Of several
/// nodes one does so; a purge that comes twice is harmless.
/// </summary>
internal sealed partial class PurgeCache(
    IServiceScopeFactory scopes, CachePurger purger, CdnOptions options, IStoreProvider store, TimeProvider clock, ILogger<PurgeCache> log)
    : ScheduledJob(clock, log), IFollower
{
    /// <summary>Events whose topics are purged together.</summary>
    private const int Batch = 500;

    private static readonly Backoff Waits = Backoff.Doubling(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

    /// <summary>A page that was on its way when its topics were purged, from here or from a node that followed a second later, arrives
    /// behind the purge: they are purged once more after so long.</summary>
    private static readonly TimeSpan Repeats = TimeSpan.FromSeconds(2);

    private readonly Queue<(DateTimeOffset At, string[] Topics)> _again = new();

    public Task FollowAsync(IReadOnlyList<NewsEvent> events, CancellationToken cancel)
    {
        if (options.Kind is not CdnKind.None) Wake();
        return Task.CompletedTask;
    }

    protected internal override async Task<TimeSpan> RunAsync(CancellationToken cancel)
    {
        if (options.Kind is CdnKind.None || !await store.LeadsAsync("purges", cancel)) return LongestSleep;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDb>();
        // Nothing of before can be in a cache that was put in front now.
        await db.BeginBehindNewestAsync<PurgePosition>(cancel);
        var position = await db.PurgePositions.SingleAsync(cancel);
        if (position.FailedAt + Waits.After(Math.Max(1, position.Failures)) - Clock.GetUtcNow() is { } wait && wait > TimeSpan.Zero)
            return wait;
        var events = await db.Events.AsNoTracking()
            .Where(e => e.Id > position.LastEvent).OrderBy(e => e.Id).Take(Batch)
            .Select(e => new { e.Id, e.Act, e.Topics }).ToListAsync(cancel);
        string[] topics = [.. events.SelectMany(e => e.Topics).Select(t => t.ToString()).Distinct()];
        try
        {
            if (events.Exists(e => e.Act is Act.PurgeCache)) await purger.PurgeAllAsync(cancel);
            else if (topics.Length > 0) await purger.PurgeAsync(topics, cancel);
            if (topics.Length > 0)
            {
                position.Delivered(events[^1].Id, Clock.GetUtcNow());
                _again.Enqueue((Clock.GetUtcNow() + Repeats, topics));
            }
            else if (events.Count > 0) position.Skip(events[^1].Id);
            await db.SaveChangesAsync(cancel);
            if (await RepeatAsync(cancel)) position.Delivered(position.LastEvent, Clock.GetUtcNow());
            await db.SaveChangesAsync(cancel);
        }
        catch (CachePurgeException e)
        {
            position.Failed(e.Message, Clock.GetUtcNow());
            await db.SaveChangesAsync(cancel);
            var next = Waits.After(position.Failures);
            NotPurged(Log, topics.Length, e.Message, (int)next.TotalSeconds);
            return next;
        }
        if (events.Count == Batch) return TimeSpan.Zero;
        return _again.TryPeek(out var first) ? TimeSpan.FromTicks(Math.Max(1, (first.At - Clock.GetUtcNow()).Ticks)) : LongestSleep;
    }

    /// <returns>Whether the cache took anything.</returns>
    private async Task<bool> RepeatAsync(CancellationToken cancel)
    {
        var isTaken = false;
        while (_again.TryPeek(out var first) && first.At <= Clock.GetUtcNow())
        {
            await purger.PurgeAsync(first.Topics, cancel);
            _again.Dequeue();
            isTaken = true;
        }
        return isTaken;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The cache in front of the paper was not told to drop {Topics} topics: {Why} It is told again in {Seconds} s.")]
    private static partial void NotPurged(ILogger log, int topics, string why, int seconds);
}
