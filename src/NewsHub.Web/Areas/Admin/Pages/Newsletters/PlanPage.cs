using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Newsletters;
using NewsHub.Web.Areas.Admin.Pages.Editions;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Newsletters;

/// <summary>A page on which something is decided about an edition's bulletin, until the bulletin is made.</summary>
public abstract class PlanPage(Newsroom room) : EditionPage(room)
{
    /// <summary>Null where nobody has decided anything yet.</summary>
    public BulletinPlan? Plan { get; private set; }

    public string Preview => FormattableString.Invariant($"/admin/newsletters/editions/{Edition.Number}");

    /// <summary>Loads edition and plan; an answer where there is none, or where it is too late.</summary>
    protected async Task<IActionResult?> OpenAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return NotFound();
        if (await Db.Bulletins.AnyAsync(b => b.EditionId == Edition.Id, cancel))
            return To(Preview, "The newsletter is on its way already and cannot be changed.");
        Plan = await Db.BulletinPlanOfAsync(Edition.Number, cancel);
        return null;
    }

    /// <summary>Stores a decision, unless somebody else has decided meanwhile.</summary>
    protected async Task<IActionResult> DecideAsync(Func<BulletinPlan, NewsEvent> decide, string said, CancellationToken cancel)
    {
        if ((Plan?.Version ?? 0) != Version)
        {
            Version = Plan?.Version ?? 0;
            ModelState.Clear();
            return Redisplay("Someone else changed this newsletter since you opened this page. What you typed is still here: save again to "
                + "use it.", status: StatusCodes.Status409Conflict);
        }
        return await TryAsync(async () =>
        {
            if (Plan is null) Db.BulletinPlans.Add(Plan = new BulletinPlan(Edition.Id));
            Db.Events.Add(decide(Plan));
            await Db.SaveChangesAsync(cancel);
            return To(Preview, said);
        });
    }
}
