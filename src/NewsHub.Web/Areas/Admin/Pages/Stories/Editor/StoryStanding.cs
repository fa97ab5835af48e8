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
            : "They will see this one once the changes are published.";
        yield return $"Readers still see the old text, revision {story.LiveRevision}. {next}";
    }

    /// <summary>Why whoever is here cannot change the text, in a few words.</summary>
    public static string ReadOnly(Story? story) => story?.State switch
    {
        StoryState.Spiked => "Read-only: spiked",
        StoryState.Draft => "Read-only: a colleague’s draft",
        _ => "Read-only: with the desk",
    };

    /// <summary>Until when nobody can publish it; null where nothing holds it back.</summary>
    public static string? Embargo(Story story, Newsroom room) =>
        story.State is StoryState.Draft or StoryState.Filed or StoryState.Scheduled && story.EmbargoUntil is { } until && until > room.Now
            ? $"Under embargo until {room.When(until)}. It cannot be published before then." : null;
}
