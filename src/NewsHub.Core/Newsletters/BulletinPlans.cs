using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Store;

namespace NewsHub.Core.Newsletters;

/// <summary>Looks up what was decided about bulletins.</summary>
public static class BulletinPlans
{
    /// <summary>What was decided about the bulletin of an edition; null where nobody has decided anything.</summary>
    public static Task<BulletinPlan?> BulletinPlanOfAsync(this NewsDb db, int number, CancellationToken cancel = default) =>
        db.BulletinPlans.SingleOrDefaultAsync(p => db.Editions.Any(e => e.Id == p.EditionId && e.Number == number), cancel);
}
