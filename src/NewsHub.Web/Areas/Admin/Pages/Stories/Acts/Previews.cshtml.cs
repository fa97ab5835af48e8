using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Options;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Acts;

/// <summary>Ways for someone outside to read the story before it is published: made with an end, listed, revoked.</summary>
[RequiresAct(Act.SharePreview)]
public sealed class PreviewsModel(Newsroom room, IDataProtectionProvider keys, SiteOptions site) : ActPage(room, Act.SharePreview)
{
    public static readonly (int Hours, string Words)[] Spans =
        [(1, "one hour"), (24, "a day"), (72, "three days"), (168, "a week"), (720, "thirty days")];

    [BindProperty]
    public int Hours { get; set; } = 24;

    public IReadOnlyList<PreviewLink> Open { get; private set; } = [];

    public string PathOf(PreviewLink link) => PreviewToken.PathOf(keys, link);

    /// <summary>The link in full, as it goes into a mail.</summary>
    public string AddressOf(PreviewLink link) => site.Url + PathOf(link);

    protected override async Task LoadAsync(CancellationToken cancel)
    {
        var (story, now) = (new StoryId(Id), Room.Now);
        var links = await Db.PreviewLinks
            .AsNoTracking()
            .Where(l => l.StoryId == story && l.RevokedAt == null && l.Until > now)
            .OrderBy(l => l.Until)
            .ToListAsync(cancel);
        var open = new List<PreviewLink>();
        foreach (var link in links)
            if (await Db.MakerMaySharePreviewAsync(link, Story, cancel)) open.Add(link);
        Open = open;
    }

    public Task<IActionResult> OnPostAsync(CancellationToken cancel) => DoAsync(story =>
    {
        if (Spans.All(s => s.Hours != Hours)) ModelState.AddModelError(nameof(Hours), "Choose how long the link works.");
        else Db.PreviewLinks.Add(story.SharePreview(Room.Now.AddHours(Hours), Me.Actor, Room.Now, Me.Id));
        return Task.CompletedTask;
    }, "Link created. You can copy it here.", cancel, then: $"/admin/stories/{Id}/previews");
}
