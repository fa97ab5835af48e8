using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Acts;

/// <summary>Takes a preview link back.</summary>
[RequiresAct(Act.RevokePreview)]
public sealed class RevokePreviewModel(Newsroom room) : ActPage(room, Act.RevokePreview)
{
    [BindProperty(SupportsGet = true)]
    public long Link { get; set; }

    public Task<IActionResult> OnPostAsync(CancellationToken cancel) => DoAsync(async story =>
    {
        var link = await Db.PreviewLinks.FirstOrDefaultAsync(l => l.Id == Link && l.StoryId == story.Id, cancel)
            ?? throw new RefusedException("This story has no such preview link.");
        story.RevokePreview(link, Me.Actor, Room.Now);
    }, "Revoked. The link no longer works.", cancel, then: $"/admin/stories/{Id}/previews");
}
