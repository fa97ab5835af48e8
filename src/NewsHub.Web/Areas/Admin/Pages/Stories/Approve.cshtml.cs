using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Staff;
using NewsHub.Core.Stories;

namespace NewsHub.Web.Areas.Admin.Pages.Stories;

/// <summary>An editor has read the newest text and finds it fit to print.</summary>
[RequiresAct(Act.Approve)]
public sealed class ApproveModel(Newsroom room) : ActPage(room, Act.Approve)
{
    public Task<IActionResult> OnPostAsync(CancellationToken cancel) => DoAsync(story =>
    {
        story.Approve(story.Newest(), Me.Actor, Room.Now);
        return Task.CompletedTask;
    }, "Approved.", cancel);
}
