using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Core.Publishing;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Acts;

/// <summary>Puts right when a live story was first published: a wrong clock had left it on top of every list, or far down.</summary>
[RequiresAct(Act.Redate)]
public sealed class RedateModel(Newsroom room) : ActPage(room, Act.Redate)
{
    [BindProperty]
    public TypedTime At { get; set; } = new();

    [BindProperty]
    public string? Reason { get; set; }

    protected override void SetDefaults() => At = TypedTime.From(Story.FirstPublishedAt ?? Room.Now, Room.Zone);

    public Task<IActionResult> OnPostAsync(CancellationToken cancel) => DoAsync(async story =>
    {
        var reason = ReadNote(Reason, nameof(Reason), "Enter a reason for the audit log. Readers do not see it.");
        if (At.Read(Room.Zone, ModelState, nameof(At)) is not { } at || reason is null) return;
        if (at > Room.Now) ModelState.AddModelError("At.Local", "Choose a time in the past: the story is already published.");
        // A form tells minutes: the seconds that it cannot show are no change.
        else if (story.FirstPublishedAt is { } was && at == was.AddTicks(-(was.Ticks % TimeSpan.TicksPerMinute)))
            ModelState.AddModelError("At.Local", "That is its time of publication now.");
        else await Db.RedateAsync(story, at, reason, Me.Actor, Room.Now, cancel);
    }, "Time changed. Every list shows the story at its new time.", cancel, story =>
        WallClock.Read(At.Local, At.ZoneOr(Room.Zone), At.Offset).At == story.FirstPublishedAt);
}
