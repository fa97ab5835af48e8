using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Editions;

/// <summary>Takes an edition off the clock.</summary>
[RequiresAct(Act.PublishEdition)]
public sealed class UnscheduleModel(Newsroom room) : EditionPage(room)
{
    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return NotFound();
        Version = Edition.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return NotFound();
        if (Edition.PublishedAt is not null) return To(Address, $"No. {Edition.Number} is published.");
        // A second click.
        if (Edition.ScheduledFor is null) return To(Address, "Unscheduled. It is still in progress.");
        if (Edition.Version != Version) return await OvertakenAsync("This is how it looks now.", cancel);
        return await TryAsync(async () =>
        {
            Db.Events.Add(Edition.Unschedule(Me.Actor, Room.Now));
            await Db.SaveChangesAsync(cancel);
            return To(Address, "Unscheduled. It is still in progress.");
        });
    }
}
