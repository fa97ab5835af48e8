using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Areas.Admin.SignIn;
using NewsHub.Web.Options;

namespace NewsHub.Web.Areas.Admin.Pages.House;

/// <summary>The cache in front of the paper: whether it is told what to drop, and the button by which it drops everything.</summary>
[RequiresAct(Act.PurgeCache), RequiresRecentSignIn]
public sealed class CacheModel(Newsroom room, CdnOptions cdn) : NewsroomPage(room)
{
    public CdnOptions Cdn => cdn;

    /// <summary>Null before the first purge.</summary>
    public PurgePosition? Position { get; private set; }

    /// <summary>Events of which it has not been told.</summary>
    public int Waiting { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Position = await Db.PurgePositions.AsNoTracking().SingleOrDefaultAsync(cancel);
        var last = Position?.LastEvent ?? long.MaxValue;
        Waiting = await Db.Events.CountAsync(e => e.Id > last, cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (cdn.Kind is CdnKind.None)
        {
            await OnGetAsync(cancel);
            return Redisplay("There is no cache in front of the paper: the setting Cdn:Kind is not set.");
        }
        Room.Note(Act.PurgeCache, EventSubject.Site, topics: [Topic.SiteWide]);
        await Db.SaveChangesAsync(cancel);
        Flash = "The cache is told to drop everything.";
        return Redirect("/admin/settings/cache");
    }
}
