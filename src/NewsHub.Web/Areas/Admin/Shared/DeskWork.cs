using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Publishing;
using NewsHub.Core.Rates;
using NewsHub.Core.Staff;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;

namespace NewsHub.Web.Areas.Admin.Shared;

/// <summary>The stories that wait for one person: what is counted in the rail, and heads the desk.</summary>
public sealed class DeskWork(Newsroom room)
{
    private NewsDb Db => room.Db;
    private StaffMember Me => room.Me;

    /// <summary>What the clock could not publish: a reporter's own, else anybody's.</summary>
    public IQueryable<Story> Missed
    {
        get
        {
            var (everybodys, me) = (Me.Role > Role.Reporter, Me.Id);
            return Db.Missed(room.Now).Where(s => everybodys || s.OwnerId == me);
        }
    }

    public IQueryable<Story> Returned
    {
        get
        {
            var me = Me.Id;
            return Db.Stories.Where(s => s.OwnerId == me && s.State == StoryState.Draft && s.ReturnNote != null);
        }
    }

    /// <summary>For whoever may approve.</summary>
    public IQueryable<Story> FiledToMe
    {
        get
        {
            long? me = Me.Id;
            return Unread.Where(s => s.FiledTo == me);
        }
    }

    /// <inheritdoc cref="FiledToMe"/>
    public IQueryable<Story> FiledToDesk => Unread.Where(s => s.FiledTo == null);

    /// <summary>For whoever may publish.</summary>
    public IQueryable<Story> Approved => Db.Stories.Where(s => s.State == StoryState.Filed && s.ApprovedRevision == s.WorkingRevision);

    private IQueryable<Story> Unread => Db.Stories.Where(s => s.State == StoryState.Filed
        && (s.ApprovedRevision == null || s.ApprovedRevision != s.WorkingRevision));

    /// <summary>What waits for who is here, rates under review included, and what they were told and have not read.</summary>
    public async Task<DeskNumbers> CountAsync(CancellationToken cancel)
    {
        var (me, approves, publishes, rates) = (Me.Id, Me.May(Act.Approve), Me.May(Act.Publish), Me.May(Act.ChangeRates));
        var (mine, desk, approved, missed, returned, held) = (FiledToMe, FiledToDesk, Approved, Missed, Returned, Db.HeldForEditors());
        return await Db.Staff.Where(m => m.Id == me).Select(_ => new DeskNumbers(
            missed.Count()
                + returned.Count()
                + (approves ? mine.Count() + desk.Count() : 0)
                + (publishes ? approved.Count() : 0)
                + (rates ? held.Count() : 0),
            Db.Notifications.Count(n => n.StaffId == me && n.IsListed && n.ReadAt == null))).SingleAsync(cancel);
    }
}

/// <param name="Desk">What waits for one person.</param>
/// <param name="Unread">Notifications that this person has not read.</param>
public sealed record DeskNumbers(int Desk, int Unread);
