using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Acts;

/// <summary>Keeps, changes or lifts an outside promise of silence.</summary>
[RequiresAct(Act.Embargo)]
public sealed class EmbargoModel(Newsroom room) : TimedActPage(room, Act.Embargo)
{
    [BindProperty]
    public TypedTime Until { get; set; } = new();

    /// <summary>Whether the button that lifts it was the one.</summary>
    [BindProperty]
    public bool Lift { get; set; }

    public override DateTimeOffset? Promised => Story.EmbargoUntil > Room.Now ? Story.EmbargoUntil : null;

    protected override void SetDefaults() => Until = Moved() ?? TypedTime.From(Story.EmbargoUntil
        ?? new DateTimeOffset(Room.Now.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero).AddHours(24), Room.Zone);

    public Task<IActionResult> OnPostAsync(CancellationToken cancel) => DoAsync(story =>
    {
        if (Lift)
        {
            ModelState.Clear();
            story.Embargo(null, Me.Actor, Room.Now);
            return Task.CompletedTask;
        }
        if (Until.Read(Room.Zone, ModelState, nameof(Until)) is not { } until) return Task.CompletedTask;
        if (until <= Room.Now) ModelState.AddModelError("Until.Local", "Choose a time in the future.");
        else story.Embargo(until, Me.Actor, Room.Now);
        return Task.CompletedTask;
    }, Lift ? "The embargo is removed." : "Embargo saved.", cancel, story =>
        story.EmbargoUntil == (Lift ? null : WallClock.Read(Until.Local, Until.ZoneOr(Room.Zone), Until.Offset).At),
        then: IsFromCalendar ? Back : null);
}
