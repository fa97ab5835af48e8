using NewsHub.Web.Areas.Admin.Door;

namespace NewsHub.Web.Jobs;

/// <summary>Sees to what was put into the postbox, one after the other.</summary>
internal sealed partial class EmptyPostbox(Postbox postbox, IServiceScopeFactory scopes, ILogger<EmptyPostbox> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var errand in postbox.TakeAllAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await errand(scope.ServiceProvider.GetRequiredService<Letters>(), stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Failed(log, e);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Something from the postbox could not be seen to.")]
    private static partial void Failed(ILogger log, Exception e);
}
