using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Acts;

/// <summary>Brings a withdrawn story back.</summary>
[RequiresAct(Act.Restore)]
public sealed class RestoreModel(Newsroom room) : ActPage(room, Act.Restore)
{
    public Task<IActionResult> OnPostAsync(CancellationToken cancel) => DoAsync(story =>
    {
        story.Restore(Me.Actor, Room.Now);
        return Task.CompletedTask;
    }, "Restored. Readers see it again.", cancel);
}
