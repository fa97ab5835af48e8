using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Acts;

/// <summary>Our own chosen time: the clock publishes the story then. Also changes it.</summary>
[RequiresAct(Act.Schedule)]
public sealed class ScheduleModel(Newsroom room) : TimedActPage(room, Act.Schedule)
{
    [BindProperty]
    public TypedTime At { get; set; } = new();

    /// <summary>Where the story is scheduled already: whether its newest text goes out, too.</summary>
    [BindProperty]
    public bool Newest { get; set; }

    public override DateTimeOffset? Promised => Story.State is StoryState.Scheduled ? Story.ScheduledFor : null;

    protected override void SetDefaults()
    {
        // Not before an embargo ends.
        var next = Room.NextFullHour();
        At = Moved() ?? TypedTime.From(Story.ScheduledFor ?? (Story.EmbargoUntil > next ? Story.EmbargoUntil.Value : next), Room.Zone);
    }

    public Task<IActionResult> OnPostAsync(CancellationToken cancel) => DoAsync(story =>
    {
        if (At.Read(Room.Zone, ModelState, nameof(At)) is not { } at) return Task.CompletedTask;
        // A minute's grace: forms are sent a little after they are filled in.
        if (at < Room.Now.AddMinutes(-1)) ModelState.AddModelError("At.Local", "Choose a time in the future, or publish it now.");
        else story.Schedule(at, Me.Actor, Room.Now, newest: Newest || story.State is not StoryState.Scheduled);
        return Task.CompletedTask;
    }, "Scheduled.", cancel, story => WallClock.Read(At.Local, At.ZoneOr(Room.Zone), At.Offset).At == story.ScheduledFor
        && !(Newest && story.HasTextOutsideSchedule),
        then: IsFromCalendar ? Back : null);
}
