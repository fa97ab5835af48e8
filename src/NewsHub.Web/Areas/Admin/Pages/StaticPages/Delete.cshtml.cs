using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.StaticPages;

/// <summary>Takes a page about the paper out of it, once somebody has said so.</summary>
[RequiresAct(Act.ChangePage)]
public sealed class DeleteModel(Newsroom room) : NewsroomPage(room)
{
    /// <summary>The page's version when the question was asked.</summary>
    [BindProperty]
    public int Version { get; set; }

    public StaticPage Stored { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string name, CancellationToken cancel)
    {
        if (!await FindAsync(name, cancel)) return NotFound();
        Version = Stored.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string name, CancellationToken cancel)
    {
        // A second click finds it gone, which is what was wanted.
        if (!await FindAsync(name, cancel)) return NotFound();
        if (Stored.Version != Version)
        {
            Version = Stored.Version;
            ModelState.Remove(nameof(Version));
            return Redisplay($"{Stored.ChangedBy?.Name ?? "Someone"} changed this page since you opened it. Delete it all the same?",
                status: StatusCodes.Status409Conflict);
        }
        return await TryAsync(async () =>
        {
            Db.StaticPages.Remove(Stored);
            Room.Note(Act.ChangePage, EventSubject.Page(Stored.Slug.Value), "deleted", StaticPageForm.Tell(Stored),
                topics: Topic.SiteWide);
            await Db.SaveChangesAsync(cancel);
            Flash = $"{Stored.Title} is deleted.";
            return Redirect("/admin/pages");
        });
    }

    private async Task<bool> FindAsync(string name, CancellationToken cancel)
    {
        if (!Slug.TryParse(name, out var slug) || await Db.StaticPages.SingleOrDefaultAsync(p => p.Slug == slug, cancel) is not { } page)
            return false;
        Stored = page;
        return true;
    }
}
