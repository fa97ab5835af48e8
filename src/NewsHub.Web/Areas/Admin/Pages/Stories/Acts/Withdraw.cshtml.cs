using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Acts;

/// <summary>Kills a story after publication: 410 at its address, gone from everywhere else. Restore undoes it.</summary>
[RequiresAct(Act.Withdraw)]
public sealed class WithdrawModel(Newsroom room) : ActPage(room, Act.Withdraw)
{
    [BindProperty]
    public string? Notice { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public Task<IActionResult> OnPostAsync(CancellationToken cancel) => DoAsync(story =>
    {
        var notice = ReadNote(Notice, nameof(Notice), "Enter a notice that tells readers why the story is gone.");
        var reason = ReadNote(Reason, nameof(Reason), "Enter a reason for the audit log. Readers do not see it.");
        if (notice is not null && reason is not null) story.Withdraw(notice, reason, Me.Actor, Room.Now);
        return Task.CompletedTask;
    }, "Withdrawn. Readers see the notice at its address.", cancel);
}
