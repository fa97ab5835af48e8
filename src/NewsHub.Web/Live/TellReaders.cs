using NewsHub.Core.Engagement;
using NewsHub.Core.Events;
using NewsHub.Web.PageCache;

namespace NewsHub.Web.Live;

/// <summary>
/// Once a second it tells open tabs what is new. Pages in the cache print the same numbers for those without a script: theirs are set anew
/// at most once in ten seconds, however much is sent in.
/// </summary>
internal sealed class TellReaders(
    LiveUpdates updates,
    EngagementQueue queue,
    PageCacheStore pages,
    TimeProvider clock,
    IHostApplicationLifetime lifetime) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);
    private const int RoundsOfAPrint = 10;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        queue.Counted += updates.Take;
        // The server would wait for streams that never end.
        await using var closing = lifetime.ApplicationStopping.Register(updates.Close);
        using var timer = new PeriodicTimer(Round, clock);
        try
        {
            for (var round = 1; await timer.WaitForNextTickAsync(stoppingToken); round++)
            {
                updates.Round();
                if (round % RoundsOfAPrint == 0) pages.Evict(updates.Stale().Select(Topic.Engagement));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            queue.Counted -= updates.Take;
        }
    }
}
