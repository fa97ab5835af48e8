using NewsHub.Core.Events;
using NewsHub.Web.Live;

namespace NewsHub.Web.Followers;

/// <summary>Open tabs of the newsroom hear that something was done.</summary>
internal sealed class TellNewsroomUpdates(NewsroomUpdates updates) : IFollower
{
    public Task FollowAsync(IReadOnlyList<NewsEvent> events, CancellationToken cancel)
    {
        updates.Changed();
        return Task.CompletedTask;
    }
}
