using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Staff;

namespace NewsHub.Web.Areas.Admin.Pages.Stories;

/// <summary>Kills a story before publication. Revive undoes it.</summary>
[RequiresAct(Act.Spike)]
public sealed class SpikeModel(Newsroom room) : ActPage(room, Act.Spike)
{
    public Task<IActionResult> OnPostAsync(CancellationToken cancel) => DoAsync(story =>
    {
        story.Spike(Me.Actor, Room.Now);
        return Task.CompletedTask;
    }, "Spiked. Revive undoes it.", cancel);
}
