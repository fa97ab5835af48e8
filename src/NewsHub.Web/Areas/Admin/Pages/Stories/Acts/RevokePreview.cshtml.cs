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
            ?? throw new RefusedException("There is no such link to this story.");
        story.RevokePreview(link, Me.Actor, Room.Now);
    }, "Revoked. The link leads nowhere now.", cancel, then: $"/admin/stories/{Id}/previews");
}
