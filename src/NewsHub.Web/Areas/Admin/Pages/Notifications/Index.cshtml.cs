using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Notifications;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Http;
using NewsHub.Web.Live;

namespace NewsHub.Web.Areas.Admin.Pages.Notifications;

/// <summary>What one was told of, newest first, by the day in one's own zone.</summary>
[RequiresAct(Act.Read)]
[BodyLimit(RequestBodies.Small)]
public sealed class IndexModel(Newsroom room, NewsroomUpdates updates) : NewsroomPage(room)
{
    public IReadOnlyList<IGrouping<DateOnly, Notification>> Days { get; private set; } = [];

    /// <summary>What each is about, by its id.</summary>
    public IReadOnlyDictionary<long, string> Names { get; private set; } = new Dictionary<long, string>();

    public bool HasUnread { get; private set; }

    /// <summary>The newest event that the page showed: what came since was not seen, and stays unread.</summary>
    [BindProperty]
    public long Until { get; set; }

    private IQueryable<Notification> Mine
    {
        get
        {
            var me = Me.Id;
            return Db.Notifications.Where(n => n.StaffId == me && n.IsListed);
        }
    }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var all = await Mine.AsNoTracking().OrderByDescending(n => n.EventId).Take(Notification.KeptOfOneMember).ToListAsync(cancel);
        Names = await Db.NamesAsync(all, cancel);
        Days = [.. all.GroupBy(n => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(n.At, Room.Zone).DateTime))];
        HasUnread = all.Exists(n => n.ReadAt is null);
        Until = all.Count > 0 ? all[0].EventId : 0;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        foreach (var unread in await Mine.Where(n => n.ReadAt == null && n.EventId <= Until).ToListAsync(cancel)) unread.Read(Room.Now);
        await Db.SaveChangesAsync(cancel);
        updates.Changed();
        return Redirect("/admin/notifications");
    }
}
