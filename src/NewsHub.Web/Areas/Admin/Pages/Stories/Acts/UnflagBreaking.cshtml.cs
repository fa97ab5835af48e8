using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Acts;

/// <summary>Ends an alarm before its time.</summary>
[RequiresAct(Act.Flag)]
public sealed class UnflagBreakingModel(Newsroom room) : ActPage(room, Act.Flag)
{
    public Task<IActionResult> OnPostAsync(CancellationToken cancel) => DoAsync(story =>
    {
        story.Unflag(Me.Actor, Room.Now);
        return Task.CompletedTask;
    }, "The breaking flag is removed.", cancel);
}
