using NewsHub.Core.Events;
using NewsHub.Core.Staff;
using NewsHub.Core.Stories;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Acts;

/// <summary>An act as a story's page offers it. Who may do it is <see cref="StaffMember.May"/>.</summary>
/// <param name="Path">The last word of its page's address.</param>
/// <param name="First">One of those that lead a story on; the others stand under 'More'.</param>
public sealed record StoryAct(Act Act, string Path, string Name, bool First = false)
{
    /// <summary>The page that takes a newer text into the schedule.</summary>
    public const string TakeIn = "take-in";

    /// <summary>What a story's state allows whoever is here, in the order of the trade.</summary>
    public static IReadOnlyList<StoryAct> Offered(Story story, Newsroom room) =>
        [.. Of(story, room.Now).Where(a => room.Me.May(a.Act, story))];

    /// <summary>What a story's state allows, in the order of the trade.</summary>
    public static IEnumerable<StoryAct> Of(Story story, DateTimeOffset now)
    {
        var before = story.State is StoryState.Draft or StoryState.Filed or StoryState.Scheduled;
        if (story.State is StoryState.Draft) yield return new(Act.File, "file", "File…", true);
        if (story.State is StoryState.Filed && story.ApprovedRevision != story.WorkingRevision)
            yield return new(Act.Approve, "approve", "Approve…", true);
        if (story.State is StoryState.Filed) yield return new(Act.Return, "return", "Return…", true);
        if (before) yield return new(Act.Publish, "publish", story.State is StoryState.Scheduled ? "Publish now…" : "Publish…", true);
        if (story.State is StoryState.Live && story.LiveRevision != story.WorkingRevision)
            yield return new(Act.Publish, "publish", "Publish the changes…", true);
        if (before)
            yield return new(Act.Schedule, "schedule", story.State is StoryState.Scheduled ? "Change the time…" : "Schedule…", true);
        if (story.HasTextOutsideSchedule) yield return new(Act.Schedule, TakeIn, "Schedule the newer text…");
        if (story.State is StoryState.Scheduled) yield return new(Act.Unschedule, "unschedule", "Unschedule…");
        if (before) yield return new(Act.Embargo, "embargo", story.EmbargoUntil > now ? "Change or remove the embargo…" : "Embargo…");
        if (story.State is StoryState.Live)
        {
            if (story.Revisions.Any(r => r.Number == story.LiveRevision && r.Text.Kind is Kind.Live))
                yield return new(Act.AddEntry, "live", "Live desk", true);
            yield return new(Act.Correct, "correct", "Correct…", true);
            yield return story.BreakingUntil > now
                ? new(Act.Flag, "unflag", "Remove the breaking flag…")
                : new(Act.Flag, "flag", "Flag as breaking…");
        }
        if (story.State is StoryState.Withdrawn) yield return new(Act.Restore, "restore", "Restore…", true);
        if (story.State is StoryState.Spiked) yield return new(Act.Revive, "revive", "Revive…", true);
        if (story.Address is not null) yield return new(Act.Readdress, "address", "Change the address…");
        if (story.State is StoryState.Live) yield return new(Act.Redate, "time", "Change the time of publication…");
        if (story.State is not (StoryState.Spiked or StoryState.Withdrawn))
            yield return new(Act.SharePreview, "previews", "Preview links…");
        yield return new(Act.Start, "duplicate", "Duplicate…");
        if (before) yield return new(Act.Spike, "spike", "Spike…");
        if (story.State is StoryState.Live) yield return new(Act.Withdraw, "withdraw", "Withdraw…");
    }
}
