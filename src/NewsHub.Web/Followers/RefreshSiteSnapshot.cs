using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Core.Store;

namespace NewsHub.Web.Followers;

/// <summary>Keeps what every page shows in step with the store. It comes before <see cref="EvictPages"/>, so that no page is made
/// anew with the old one.</summary>
internal sealed class RefreshSiteSnapshot(IServiceProvider services) : IFollower
{
    public async Task FollowAsync(IReadOnlyList<NewsEvent> events, CancellationToken cancel)
    {
        if (events.Any(e => e.Topics.Contains(Topic.SiteWide))) await ReadAsync(services, cancel);
    }

    /// <summary>Reads the site snapshot from the store.</summary>
    public static async Task ReadAsync(IServiceProvider services, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        await services.GetRequiredService<SiteSnapshot.Current>().ReadAsync(scope.ServiceProvider.GetRequiredService<NewsDb>(), cancel);
    }
}
