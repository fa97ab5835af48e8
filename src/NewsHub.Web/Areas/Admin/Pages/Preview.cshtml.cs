using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Reading;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Web.Areas.Admin.Pages.Stories;
using NewsHub.Web.Localization;

namespace NewsHub.Web.Areas.Admin.Pages;

/// <summary>A story's newest text for whoever holds an open preview link. Tampered with, ended, revoked, of a maker who may not share it
/// any more, or never made: the same 404.</summary>
[AllowAnonymous]
public sealed class PreviewModel(NewsDb db, SiteSnapshot.Current snapshot, IDataProtectionProvider keys, TimeProvider clock) : PageModel
{
    public ArticleView Article { get; private set; } = null!;

    /// <summary>When the link ends, as the paper prints times.</summary>
    public string Until { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancel)
    {
        // The address is the key: it goes to nobody whose links are followed from here.
        Response.Headers["Referrer-Policy"] = "no-referrer";
        var now = clock.GetUtcNow();
        if (PreviewToken.Read(keys, token) is not { } id) return NotFound();
        var link = await db.PreviewLinks.AsNoTracking().FirstOrDefaultAsync(l => l.Id == id, cancel);
        if (link?.OpenAt(now) is not true
            || await db.LoadForEditingAsync(link.StoryId, cancel) is not { } story
            || story.State is StoryState.Spiked or StoryState.Withdrawn
            || !await db.MakerMaySharePreviewAsync(link, story, cancel))
        {
            return NotFound();
        }
        Article = Proof.Of(story, story.Newest(), snapshot.Now, now);
        Until = Print.Moment(snapshot.Now, link.Until);
        ViewData["Title"] = Article.Story.Headline is { Length: > 0 } headline ? headline : "Without a headline";
        ViewData["Description"] = "";
        ViewData["NoIndex"] = true;
        return Page();
    }
}
