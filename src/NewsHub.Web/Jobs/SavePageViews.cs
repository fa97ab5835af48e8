using NewsHub.Core.Audience;
using NewsHub.Core.Store;

namespace NewsHub.Web.Jobs;

/// <summary>Puts the page views that were counted into the store, every few seconds and when the program stops: a crash loses no more than
/// that. What the store does not take is kept in memory.</summary>
internal sealed partial class SavePageViews(
    AudienceCounts audienceCounts, IServiceScopeFactory scopes, TimeProvider clock, ILogger<SavePageViews> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Round, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await KeepAsync();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await KeepAsync();
        }
    }

    private async Task KeepAsync()
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await audienceCounts.SaveAsync(scope.ServiceProvider.GetRequiredService<NewsDb>(), CancellationToken.None);
        }
        catch (Exception e)
        {
            NotYet(log, e);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Views could not be kept; they wait in memory and are tried again in a few seconds.")]
    private static partial void NotYet(ILogger log, Exception e);
}
