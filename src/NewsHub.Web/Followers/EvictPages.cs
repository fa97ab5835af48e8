using NewsHub.Core.Events;
using NewsHub.Web.PageCache;

namespace NewsHub.Web.Followers;

/// <summary>Drops every cached page that shows what an event changed: the only place that does.</summary>
internal sealed class EvictPages(PageCacheStore pages) : IFollower
{
    public Task FollowAsync(IReadOnlyList<NewsEvent> events, CancellationToken cancel)
    {
        pages.Evict(events.SelectMany(e => e.Topics).Distinct());
        return Task.CompletedTask;
    }
}
