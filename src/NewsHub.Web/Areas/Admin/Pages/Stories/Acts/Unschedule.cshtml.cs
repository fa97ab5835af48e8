using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Acts;

/// <summary>Takes a story off the clock.</summary>
[RequiresAct(Act.Unschedule)]
public sealed class UnscheduleModel(Newsroom room) : ActPage(room, Act.Unschedule)
{
    public Task<IActionResult> OnPostAsync(CancellationToken cancel) => DoAsync(story =>
    {
        story.Unschedule(Me.Actor, Room.Now);
        return Task.CompletedTask;
    }, "Unscheduled. It is back among the filed stories.", cancel);
}
