namespace NewsHub.Web.Live;

/// <summary>Twice a second it tells open tabs of the newsroom that something has changed, if anything has.</summary>
internal sealed class TellNewsroom(NewsroomUpdates updates, TimeProvider clock, IHostApplicationLifetime lifetime) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The server would wait for streams that never end.
        await using var closing = lifetime.ApplicationStopping.Register(updates.Close);
        using var timer = new PeriodicTimer(Round, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) updates.Round();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }
}
