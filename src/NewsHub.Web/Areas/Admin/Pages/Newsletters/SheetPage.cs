using NewsHub.Core.Editing;
using NewsHub.Core.Newsletters;
using NewsHub.Core.Reading;
using NewsHub.Web.Areas.Admin.Pages.Editions;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Newsletters;

/// <summary>A page that sets an edition as a bulletin.</summary>
public abstract class SheetPage(Newsroom room, BulletinComposer composer) : EditionPage(room)
{
    /// <summary>What was decided about its bulletin; null where nobody has decided anything.</summary>
    public BulletinPlan? Plan { get; private set; }

    /// <param name="site">Where its links and pictures are; empty for a look at it here.</param>
    /// <returns>Null while nothing is on the front.</returns>
    protected async Task<BulletinCopy?> CopyAsync(string site, CancellationToken cancel)
    {
        var front = Proof.Front(Edition, await Db.FrontOfAsync(Edition, cancel), Room.Snapshot, Room.Now, id => $"/admin/stories/{id}");
        Plan = await Db.BulletinPlanOfAsync(Edition.Number, cancel);
        return front.Stories.Any() ? await composer.SetAsync(front, Room.Snapshot, site, null, Plan) : null;
    }
}
