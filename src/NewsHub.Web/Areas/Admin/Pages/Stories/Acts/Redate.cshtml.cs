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
        var reason = Words(Reason, nameof(Reason), "The log needs a reason; readers do not see it.");
        if (At.Read(Room.Zone, ModelState, nameof(At)) is not { } at || reason is null) return;
        if (at > Room.Now) ModelState.AddModelError("At.Local", "That is in the future: readers have the story already.");
        // A form tells minutes: the seconds that it cannot show are no change.
        else if (story.FirstPublishedAt is { } was && at == was.AddTicks(-(was.Ticks % TimeSpan.TicksPerMinute)))
            ModelState.AddModelError("At.Local", "That is its time now.");
        else await Db.RedateAsync(story, at, reason, Me.Actor, Room.Now, cancel);
    }, "Put right. The story stands at its time in every list.", cancel, story =>
        WallClock.Read(At.Local, At.ZoneOr(Room.Zone), At.Offset).At == story.FirstPublishedAt);
}
