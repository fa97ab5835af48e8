using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.StaticPages;

/// <summary>A page about the paper that is yet to be written.</summary>
public sealed class NewModel(Newsroom room) : StaticPageForm(room)
{
    /// <param name="slug">The address that is asked for, as by the list of first steps; null leaves it to the title.</param>
    public async Task<IActionResult> OnGetAsync(string? slug, CancellationToken cancel)
    {
        if (slug == "about" && await Db.StaticPages.AsNoTracking().FirstOrDefaultAsync(p => p.Slug == About, cancel) is { } there)
            return Redirect(AddressOf(there));
        (Manuscript.Slug, InFooter) = (slug, true);
        if (slug == "about") Manuscript.Headline = $"About {Room.Snapshot.Site.Name}";
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await ReadAsync(cancel) is not var (slug, text)) return Redisplay();
        return await TryAsync(async () =>
        {
            var page = new StaticPage(slug);
            page.Write(text.Title, text.Description, text.Body, text.Rendered);
            page.Place(await Db.StaticPages.MaxAsync(p => (int?)p.Position, cancel) + 1 ?? 0, !InFooter);
            page.Changed(Me.Actor, Room.Now);
            Db.StaticPages.Add(page);
            Room.Note(Act.ChangePage, EventSubject.Page(slug.Value), "added", after: Tell(page), topics: Topic.SiteWide);
            await Db.SaveChangesAsync(cancel);
            Flash = $"{page.Title} is published, at /{slug}.";
            return Redirect(AddressOf(page));
        });
    }

    private static readonly Core.Text.Slug About = Core.Text.Slug.Parse("about");
}
