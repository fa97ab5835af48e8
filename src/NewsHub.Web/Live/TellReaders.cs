using NewsHub.Core.Engagement;
using NewsHub.Core.Events;
using NewsHub.Core.Sharing;
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
    CurrentReaders readers,
    TimeProvider clock,
    IHostApplicationLifetime lifetime,
    SharedCounts? shared = null) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);
    private const int RoundsOfAPrint = 10;
    private const int RoundsOfATidy = 3;

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
                if (shared is not null) await ExchangeAsync(shared, round % RoundsOfATidy == 0);
                updates.Round();
                if (round % RoundsOfAPrint == 0) pages.Expire(updates.Stale().Select(Topic.Engagement));
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

    /// <summary>Tells the other nodes who is reading here, and hears how many are reading everywhere.</summary>
    private async Task ExchangeAsync(SharedCounts shared, bool tidy)
    {
        var (news, now) = (readers.TakeChanges().Select(n => new ReaderSeen(n.Story.Value, n.Reader, n.Until)).ToList(), clock.GetUtcNow());
        var (_, counts) = await shared.TryAsync((counts, cancel) => counts.ExchangeReadersAsync(news, now, cancel));
        readers.SetTotals(counts);
        if (!tidy) return;
        await shared.TryAsync(async (counts, cancel) =>
        {
            await counts.TidyAsync(now, cancel);
            return true;
        });
    }
}
