using NewsHub.Core.Events;
using NewsHub.Web.Live;

namespace NewsHub.Web.Followers;

/// <summary>Open tabs of a live story hear that its entries have changed, once no kept page is older than the change.</summary>
internal sealed class TellUpdates(LiveUpdates updates) : IFollower
{
    public Task FollowAsync(IReadOnlyList<NewsEvent> events, CancellationToken cancel)
    {
        foreach (var told in events)
            if (told.Act is Act.AddEntry or Act.EditEntry or Act.DeleteEntry && told.StoryId is { } story) updates.Updated(story, told.At);
        return Task.CompletedTask;
    }
}
