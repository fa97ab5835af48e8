using NewsHub.Core.Events;
using NewsHub.Core.Webhooks;
using NewsHub.Web.Followers;
using NewsHub.Web.Webhooks;

namespace NewsHub.Web.Jobs;

/// <summary>
/// Tells those outside. Each address is served one letter at a time, and one that fails waits for the next round, so that a
/// slow one keeps nobody else waiting for longer than one try. What a killed program had in hand is sent when its lease
/// ends: perhaps twice, under one key.
/// </summary>
public sealed partial class SendWebhooks(IServiceScopeFactory scopes, TimeProvider clock, ILogger<SendWebhooks> log)
    : ScheduledJob(clock, log), IFollower
{
    private const int Batch = 200;
    private const int AtOnce = 8;
    private static readonly TimeSpan PruneEach = TimeSpan.FromHours(6);
    private readonly Guid _worker = Guid.NewGuid();
    private DateTimeOffset _pruned;

    Task IFollower.FollowAsync(IReadOnlyList<NewsEvent> events, CancellationToken cancel)
    {
        if (events.Any(e => WebhookEventTypes.Of(e.Act) is not null)) Wake();
        return Task.CompletedTask;
    }

    protected internal override async Task<TimeSpan> RunAsync(CancellationToken cancel)
    {
        while (await RoundAsync(cancel) > 0) { }
        return await UntilNextAsync(cancel);
    }

    /// <summary>Notes what has happened, and sends what is due.</summary>
    /// <returns>How many were due.</returns>
    internal async Task<int> RoundAsync(CancellationToken cancel)
    {
        IReadOnlyList<(long Webhook, long Delivery)> due;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var deliveries = scope.ServiceProvider.GetRequiredService<DeliveryQueue>();
            await deliveries.EnqueueAsync(cancel);
            if (Clock.GetUtcNow() - _pruned > PruneEach)
            {
                await deliveries.PruneAsync(cancel);
                _pruned = Clock.GetUtcNow();
            }
            due = await deliveries.DueAsync(Batch, cancel);
        }
        await Parallel.ForEachAsync(due.GroupBy(d => d.Webhook, d => d.Delivery),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (hook, stop) =>
            {
                foreach (var delivery in hook)
                {
                    try
                    {
                        await using var scope = scopes.CreateAsyncScope();
                        if (!await scope.ServiceProvider.GetRequiredService<WebhookSender>().SendAsync(delivery, _worker, stop)) return;
                    }
                    catch (Exception e) when (e is not OperationCanceledException)
                    {
                        // Its lease keeps it from being tried again at once.
                        Unsent(Log, delivery, e);
                        return;
                    }
                }
            });
        return due.Count;
    }

    private async Task<TimeSpan> UntilNextAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = Clock.GetUtcNow();
        if (await scope.ServiceProvider.GetRequiredService<DeliveryQueue>().NextDueAsync(cancel) is not { } next) return LongestSleep;
        // What another worker has in hand is looked at again soon.
        return next > now ? next - now : TimeSpan.FromSeconds(1);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Delivery {Delivery} could not be sent; it is tried again in a minute.")]
    private static partial void Unsent(ILogger log, long delivery, Exception e);
}
