using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Staff;

namespace NewsHub.Web.Areas.Admin.Pages.Stories;

/// <summary>Ends an alarm before its time.</summary>
[RequiresAct(Act.Flag)]
public sealed class UnflagModel(Newsroom room) : ActPage(room, Act.Flag)
{
    public Task<IActionResult> OnPostAsync(CancellationToken cancel) => DoAsync(story =>
    {
        story.Unflag(Me.Actor, Room.Now);
        return Task.CompletedTask;
    }, "The flag is down.", cancel);
}
