using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Newsletters;
using NewsHub.Core.Store;

namespace NewsHub.Web.Areas.Admin.Pages.Newsletters;

/// <summary>How far a bulletin is.</summary>
/// <param name="Skipped">Left or paused before it was sent, or wanted nothing of what is in it.</param>
public readonly record struct BulletinCounts(int Sent, int Waiting, int Failed, int Skipped)
{
    public int All => Sent + Waiting + Failed + Skipped;

    public static async Task<Dictionary<long, BulletinCounts>> OfAsync(NewsDb db, IEnumerable<long> bulletins, CancellationToken cancel)
    {
        var ids = bulletins.ToList();
        var rows = await db.Mailings
            .Where(d => ids.Contains(d.BulletinId))
            .GroupBy(d => new { d.BulletinId, d.State })
            .Select(g => new { g.Key.BulletinId, g.Key.State, Count = g.Count() })
            .ToListAsync(cancel);
        return rows.GroupBy(r => r.BulletinId).ToDictionary(g => g.Key, g =>
        {
            var counts = g.ToDictionary(r => r.State, r => r.Count);
            return new BulletinCounts(counts.GetValueOrDefault(MailingState.Sent), counts.GetValueOrDefault(MailingState.Waiting),
                counts.GetValueOrDefault(MailingState.Failed), counts.GetValueOrDefault(MailingState.Skipped));
        });
    }
}
