using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Core.Newsletters;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Http;

namespace NewsHub.Web.Areas.Admin.Pages.Newsletters;

/// <summary>The bulletin itself, for the frame on the page before. A mail has its styles at its elements, which no page of ours may: this
/// one answer may, and nothing else.</summary>
[RequiresAct(Act.SendBulletin)]
public sealed class SheetModel(Newsroom room, SubscriberLinks subscriberLinks, BulletinComposer composer) : SheetPage(room, composer)
{
    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel) || await CopyAsync("", cancel) is not { } copy) return NotFound();
        HttpContext.RequestServices.GetRequiredService<NewsHeaders>().IsMail(HttpContext);
        return Content(copy.For(subscriberLinks.Sign(0)).Html, "text/html; charset=utf-8");
    }
}
