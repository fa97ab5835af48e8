using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Acts;

/// <summary>Brings a spiked story back, as a draft.</summary>
[RequiresAct(Act.Revive)]
public sealed class ReviveModel(Newsroom room) : ActPage(room, Act.Revive)
{
    public Task<IActionResult> OnPostAsync(CancellationToken cancel) => DoAsync(story =>
    {
        story.Revive(Me.Actor, Room.Now);
        return Task.CompletedTask;
    }, "Revived. It is a draft again.", cancel);
}
