using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using NewsHub.Core.Reading;
using NewsHub.Core.Staff;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;

namespace NewsHub.Web.Areas.Admin;

/// <summary>The newsroom as one request finds it: who is here, the store, the time.</summary>
public sealed class Newsroom(NewsDb db, UserManager<StaffMember> staff, TimeProvider clock, Masthead.Current masthead)
{
    private StaffMember? _me;

    public NewsDb Db => db;
    public Masthead Masthead => masthead.Now;
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Whose session this is. Only behind <see cref="NeedsAttribute"/>.</summary>
    public StaffMember Me => _me ?? throw new InvalidOperationException("Nobody has signed in.");

    public bool IsSomeoneHere => _me is not null;

    /// <summary>The zone in which this person reads and sets times: their own, else the paper's.</summary>
    public TimeZoneInfo Zone =>
        TimeZoneInfo.TryFindSystemTimeZoneById(_me?.TimeZone ?? Masthead.Site.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    public async Task<bool> EnterAsync(ClaimsPrincipal who)
    {
        _me ??= await staff.GetUserAsync(who);
        return _me is not null;
    }

    /// <summary>A line in the audit log about something that is no story. Saved with the caller's other changes.</summary>
    public void Note(Act act, string? subject = null, string? note = null, string? before = null, string? after = null, params IEnumerable<string> topics) =>
        db.Events.Add(new StoryEvent(act, Me.Actor, Now, topics, note, subject, before, after));
}
