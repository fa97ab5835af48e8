using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Acts;

/// <summary>Puts the newest text of a scheduled story in the place of the one that was to go out. The time stays.</summary>
[RequiresAct(Act.Schedule)]
public sealed class ScheduleNewerTextModel(Newsroom room) : ActPage(room, Act.Schedule)
{
    public Task<IActionResult> OnPostAsync(CancellationToken cancel) => DoAsync(story =>
    {
        story.TakeIntoSchedule(Me.Actor, Room.Now);
        return Task.CompletedTask;
    }, "The newest text is scheduled.", cancel, story => !story.HasTextOutsideSchedule);
}
