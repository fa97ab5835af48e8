using NewsHub.Core.Events;
using NewsHub.Web.Setup;

namespace NewsHub.Web.Followers;

/// <summary>Keeps what every page shows in step with the store. It comes before <see cref="EvictPages"/>, so that no page is made anew with the old one.</summary>
internal sealed class RefreshSiteSnapshot(IServiceProvider services) : IFollower
{
    public async Task FollowAsync(IReadOnlyList<NewsEvent> events, CancellationToken cancel)
    {
        if (events.Any(e => e.Topics.Contains(Topic.SiteWide))) await services.ReadMastheadAsync(cancel);
    }
}
