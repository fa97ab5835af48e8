using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.StaticPages;

/// <summary>A page about the paper: what is saved, readers see at once.</summary>
public sealed class EditModel(Newsroom room) : StaticPageForm(room)
{
    /// <summary>Whether a colleague has changed it since the form was shown: their text is shown, too.</summary>
    public bool HasTheirs { get; private set; }

    public async Task<IActionResult> OnGetAsync(string name, CancellationToken cancel)
    {
        if (!await FindAsync(name, cancel)) return NotFound();
        (Manuscript.Headline, Manuscript.Standfirst, Manuscript.Body) = (Stored!.Title, Stored.Description, Stored.Body);
        (Manuscript.Slug, InFooter, Version) = (Stored.Slug.Value, !Stored.OutsideFooter, Stored.Version);
        Checks = await Db.CheckPageAsync(Stored.Body, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string name, CancellationToken cancel)
    {
        if (!await FindAsync(name, cancel)) return NotFound();
        if (await ReadAsync(cancel) is not var (slug, text)) return Redisplay();
        if (Stored!.Version != Version)
        {
            (Version, HasTheirs) = (Stored.Version, true);
            ModelState.Remove(nameof(Version));
            return Redisplay($"{Stored.ChangedBy?.Name ?? "Someone"} changed this page since you opened it. Their text is shown above "
                + "yours. Save again to replace it.", status: StatusCodes.Status409Conflict);
        }
        return await TryAsync(async () =>
        {
            var (page, was, before) = (Stored, Stored.Slug, Tell(Stored));
            if (slug != was)
            {
                page = page.At(slug);
                Db.StaticPages.Remove(Stored);
                Db.StaticPages.Add(page);
            }
            page.Write(text.Title, text.Description, text.Body, text.Rendered);
            page.Place(page.Position, !InFooter);
            if (Tell(page) != before)
            {
                page.Changed(Me.Actor, Room.Now);
                Room.Note(Act.ChangePage, EventSubject.Page(slug.Value), null, before, Tell(page), Topic.SiteWide);
            }
            await Db.SaveChangesAsync(cancel);
            Flash = slug == was ? "Saved. Readers see it now." : $"Saved, at /{slug}. Links to /{was} lead there.";
            return Redirect(AddressOf(page));
        });
    }

    private async Task<bool> FindAsync(string name, CancellationToken cancel)
    {
        if (!Slug.TryParse(name, out var slug)) return false;
        Stored = await Db.StaticPages.SingleOrDefaultAsync(p => p.Slug == slug, cancel);
        return Stored is not null;
    }
}
