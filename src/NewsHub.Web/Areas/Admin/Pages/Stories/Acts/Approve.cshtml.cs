using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Acts;

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
