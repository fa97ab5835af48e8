using NewsHub.Core.Engagement;
using NewsHub.Core.Store;

namespace NewsHub.Web.Live;

/// <summary>Saves readers' reactions and shares, commit after commit, as long as something is in it.</summary>
internal sealed partial class SaveEngagement(
    EngagementQueue queue, IServiceScopeFactory scopes, ILogger<SaveEngagement> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await queue.WaitAsync(stoppingToken)) await CountAsync();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Whoever still waits is answered before the program ends.
            await CountAsync();
        }
    }

    private async Task CountAsync()
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await queue.SaveAllAsync(scope.ServiceProvider.GetRequiredService<NewsDb>(), CancellationToken.None);
        }
        catch (Exception e)
        {
            // Those who sent it in have been told.
            Failed(log, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Reactions and shares could not be stored; the readers who sent them were told so.")]
    private static partial void Failed(ILogger log, Exception e);
}
