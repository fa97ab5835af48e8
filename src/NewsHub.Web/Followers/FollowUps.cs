using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Store;

namespace NewsHub.Web.Followers;

/// <summary>Does something about what was committed. It may be told of an event twice, so doing it again must be harmless.</summary>
internal interface IFollower
{
    Task FollowAsync(IReadOnlyList<NewsEvent> events, CancellationToken cancel);
}

/// <summary>
/// Reads new events from the store, also those that another process wrote, and hands them to the followers in order.
/// What the followers keep (snapshot, pages) is this process's memory, so their position in the log is too: nothing is stored with it.
/// </summary>
internal sealed partial class FollowUps(
    IServiceScopeFactory scopes,
    CommitSignal commits,
    IEnumerable<IFollower> followers,
    LastChange change,
    ILogger<FollowUps> log) : BackgroundService
{
    /// <summary>Spans of our own: what is done about committed events.</summary>
    public static readonly ActivitySource Work = new("NewsHub");

    private const int Batch = 1000;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);
    private long _last;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var newest = await scope.ServiceProvider
            .GetRequiredService<NewsDb>().Events
            .AsNoTracking()
            .OrderByDescending(e => e.Id)
            .Select(e => new { e.Id, e.At })
            .FirstOrDefaultAsync(cancellationToken);
        _last = newest?.Id ?? 0;
        if (newest is not null) change.Note(newest.At);
        // After the place in the log was taken: what another process changes from here on is an event that is followed.
        await RefreshSiteSnapshot.ReadAsync(scope.ServiceProvider, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await commits.WaitAsync(Round, stoppingToken);
                while (await FollowAsync(stoppingToken) == Batch) { }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The store is busy or away: the events are still there in the next round.
                Failed(log, e);
            }
        }
    }

    private async Task<int> FollowAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var events = await scope.ServiceProvider.GetRequiredService<NewsDb>().Events.AsNoTracking()
            .Where(e => e.Id > _last).OrderBy(e => e.Id).Take(Batch).ToListAsync(cancel);
        if (events.Count == 0) return 0;
        using var span = Work.StartActivity("follow up");
        span?.SetTag("newshub.events", events.Count);
        change.Note(events.Max(e => e.At));
        foreach (var follower in followers) await follower.FollowAsync(events, cancel);
        _last = events[^1].Id;
        return events.Count;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events could not be followed up; they will be in a second.")]
    private static partial void Failed(ILogger log, Exception e);
}
