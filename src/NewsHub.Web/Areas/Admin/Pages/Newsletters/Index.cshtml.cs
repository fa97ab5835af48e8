using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Newsletters;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Newsletters;

/// <summary>How many get the newsletter, how that has grown, and what was sent.</summary>
[RequiresAct(Act.SendBulletin)]
public sealed class IndexModel(Newsroom room) : NewsroomPage(room)
{
    private const int Shown = 26;
    private const int Most = 50;
    private Dictionary<SubscriberState, int> _states = [];

    public int Waiting { get; private set; }

    /// <summary>Half a year, oldest first.</summary>
    public IReadOnlyList<(DateOnly Monday, int Total, int Joined, int Left)> Weeks { get; private set; } = [];
    public IReadOnlyList<(Bulletin Bulletin, BulletinCounts Counts)> Bulletins { get; private set; } = [];

    /// <summary>The edition whose bulletin one may want to see: the one that is being made, else the newest.</summary>
    public int? Next { get; private set; }

    public int In(SubscriberState state) => _states.GetValueOrDefault(state);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        _states = await Db.Subscribers.GroupBy(s => s.State)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        Waiting = await Db.SignUps.Where(s => s.Until > Room.Now).Select(s => s.Folded).Distinct().CountAsync(cancel);
        Next = await Db.Editions.Where(e => e.PublishedAt == null).MinAsync(e => (int?)e.Number, cancel)
            ?? Room.Snapshot.LatestEdition?.Number;
        Weeks = await WeeksAsync(cancel);
        var bulletins = await Db.Bulletins.AsNoTracking().OrderByDescending(b => b.Id).Take(Most).ToListAsync(cancel);
        var counts = await BulletinCounts.OfAsync(Db, bulletins.Select(b => b.Id), cancel);
        Bulletins = [.. bulletins.Select(b => (b, counts.GetValueOrDefault(b.Id)))];
    }

    /// <summary>From today's number back, taking away who joined and adding who left.</summary>
    private async Task<List<(DateOnly, int, int, int)>> WeeksAsync(CancellationToken cancel)
    {
        var now = SubscriberWeek.MondayOf(DateOnly.FromDateTime(Room.Snapshot.Local(Room.Now).DateTime));
        var from = now.AddDays(-7 * (Shown - 1));
        var kept = await Db.SubscriberWeeks.AsNoTracking().Where(w => w.Monday >= from).ToDictionaryAsync(w => w.Monday, cancel);
        var weeks = new List<(DateOnly, int, int, int)>();
        var total = _states.Values.Sum();
        for (var monday = now; monday >= from; monday = monday.AddDays(-7))
        {
            var (joined, left) = kept.TryGetValue(monday, out var week) ? (week.Joined, week.Left) : (0, 0);
            weeks.Add((monday, total, joined, left));
            total = Math.Max(0, total - joined + left);
        }
        weeks.Reverse();
        return weeks;
    }
}
