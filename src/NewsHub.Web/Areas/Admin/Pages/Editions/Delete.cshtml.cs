using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Editions;

/// <summary>Throws away an edition that never came out. Its stories stay.</summary>
[RequiresAct(Act.ComposeEdition)]
public sealed class DeleteModel(Newsroom room) : EditionPage(room)
{
    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return NotFound();
        Version = Edition.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        // A second click finds it gone, which is what was wanted.
        if (!await FindAsync(cancel)) return NotFound();
        if (Edition.PublishedAt is not null)
            return Redisplay(
                "This edition is published and cannot be deleted.", status: StatusCodes.Status409Conflict);
        if (Edition.ScheduledFor is not null)
            return Redisplay("This edition is scheduled. Unschedule it before you delete it.", status: StatusCodes.Status409Conflict);
        if (Edition.Version != Version) return await OvertakenAsync("This is how it looks now.", cancel);
        return await TryAsync(async () =>
        {
            Db.Editions.Remove(Edition);
            Room.Note(Act.ComposeEdition, EventSubject.Edition(Edition.Number), "deleted", before: $"{FolioLine} · {Edition.Order}");
            await Db.SaveChangesAsync(cancel);
            return To("/admin/editions", $"No. {Edition.Number} is deleted. Its stories are kept.");
        });
    }
}
