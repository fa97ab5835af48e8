using NewsHub.Core.Events;
using NewsHub.Core.Search;
using NewsHub.Web.Followers;

namespace NewsHub.Web.Jobs;

/// <summary>
/// Keeps the search index in step. The index has a position in the log of its own, so that nothing is missed while the program is down;
/// and it is made beside the other followers, not among them, so that no page waits for it.
/// </summary>
internal sealed class IndexStories(IServiceScopeFactory scopes, TimeProvider clock, ILogger<IndexStories> log)
    : ScheduledJob(clock, log), IFollower
{

    public Task FollowAsync(IReadOnlyList<NewsEvent> events, CancellationToken cancel)
    {
        Wake();
        return Task.CompletedTask;
    }

    protected internal override async Task<TimeSpan> RunAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Indexing>().CatchUpAsync(cancel: cancel);
        return LongestSleep;
    }
}
