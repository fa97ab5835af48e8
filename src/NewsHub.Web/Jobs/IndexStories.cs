using NewsHub.Core.Search;
using NewsHub.Core.Stories;

namespace NewsHub.Web.Jobs;

/// <summary>
/// Keeps the search index in step. The index has a place in the log of its own, so that nothing is missed while the program is down; and it is made
/// beside the other followers, not among them, so that no page waits for it.
/// </summary>
internal sealed partial class IndexStories(IServiceScopeFactory scopes, TimeProvider clock, ILogger<IndexStories> log) : BackgroundService, IFollower
{
    private readonly Alarm _alarm = new(clock);

    public Task FollowAsync(IReadOnlyList<StoryEvent> events, CancellationToken cancel)
    {
        _alarm.Ring();
        return Task.CompletedTask;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _alarm.WakeAsync(async cancel =>
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Indexing>().CatchUpAsync(cancel: cancel);
        return Alarm.Longest;
    }, e => Failed(log, e), stoppingToken);

    public override void Dispose()
    {
        base.Dispose();
        _alarm.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was published could not be made findable; it is tried again within a minute.")]
    private static partial void Failed(ILogger log, Exception e);
}
