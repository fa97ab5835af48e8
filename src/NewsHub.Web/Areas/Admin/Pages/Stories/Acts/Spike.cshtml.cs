using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Acts;

/// <summary>Kills a story before publication. Revive undoes it.</summary>
[RequiresAct(Act.Spike)]
public sealed class SpikeModel(Newsroom room) : ActPage(room, Act.Spike)
{
    public Task<IActionResult> OnPostAsync(CancellationToken cancel) => DoAsync(story =>
    {
        story.Spike(Me.Actor, Room.Now);
        return Task.CompletedTask;
    }, "Spiked. You can revive it.", cancel);
}
