using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Editor;

/// <summary>What whoever has a story open should know of where it stands: an embargo, a text that readers do not see yet.</summary>
internal static class StoryStanding
{
    /// <returns>Sentences; none where there is nothing to say.</returns>
    public static IEnumerable<string> Of(Story story, Newsroom room)
    {
        if (Embargo(story, room) is { } embargo) yield return embargo;
        if (story.State is not StoryState.Live || story.LiveRevision == story.WorkingRevision) yield break;
        var next = room.Me.May(Act.Publish, story)
            ? "Publish the changes to show them this one."
            : "They see this one once someone publishes the changes.";
        yield return $"Readers still see the old text, revision {story.LiveRevision}. {next}";
    }

    /// <summary>Until when nobody can publish it; null where nothing holds it back.</summary>
    public static string? Embargo(Story story, Newsroom room) =>
        story.State is StoryState.Draft or StoryState.Filed or StoryState.Scheduled && story.EmbargoUntil is { } until && until > room.Now
            ? $"Under embargo until {room.When(until)}. Nothing of it can be published before." : null;
}
