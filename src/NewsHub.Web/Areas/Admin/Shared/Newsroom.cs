using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Core.Settings;
using NewsHub.Core.Staff;
using NewsHub.Core.Store;
using NewsHub.Web.Live;

namespace NewsHub.Web.Areas.Admin.Shared;

/// <summary>The newsroom as one request finds it: who is here, the store, the time.</summary>
public sealed class Newsroom(
    NewsDb db, UserManager<StaffMember> staff, TimeProvider clock, SiteSnapshot.Current snapshot, NewsroomUpdates updates)
{
    private StaffMember? _me;

    public NewsDb Db => db;
    public SiteSnapshot Snapshot => snapshot.Now;
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>How things stood when this request came, before anything was read: its page shows no change since.</summary>
    public long AsOf { get; } = updates.Number;

    /// <summary>Whose session this is. Only behind <see cref="RequiresActAttribute"/>.</summary>
    public StaffMember Me => _me ?? throw new InvalidOperationException("Nobody has signed in.");

    public bool IsSomeoneHere => _me is not null;

    /// <summary>The zone in which this person reads and sets times: their own, else the paper's.</summary>
    public TimeZoneInfo Zone =>
        TimeZoneInfo.TryFindSystemTimeZoneById(_me?.TimeZone ?? Snapshot.Site.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>An instant in this person's zone, for a line whose heading names the zone: “28 Nov 2026, 20:14”.</summary>
    public string Moment(DateTimeOffset at, bool seconds = false) =>
        TimeZoneInfo.ConvertTime(at, Zone).ToString(seconds ? "d MMM yyyy, HH:mm:ss" : "d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>An instant in a sentence, its zone named where it is not the paper's: “28 Nov 2026, 20:14 (Asia/Seoul, UTC+9)”.</summary>
    public string When(DateTimeOffset at) => Zone.Id == Snapshot.Site.TimeZone ? Moment(at) : $"{Moment(at)} ({WallClock.Name(Zone, at)})";

    /// <summary>The next full hour that is at least half an hour away: what a schedule begins with.</summary>
    public DateTimeOffset NextFullHour() =>
        new DateTimeOffset(Now.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero).AddHours(Now.Minute < 30 ? 1 : 2);

    /// <summary>How long ago something was: “now”, “12 min”, “3 h”, “1 day”, “2 days”.</summary>
    public string Age(DateTimeOffset at) => (Now - at) switch
    {
        { TotalMinutes: < 1 } => "now",
        { TotalHours: < 1 } ago => string.Create(CultureInfo.InvariantCulture, $"{ago.Minutes} min"),
        { TotalDays: < 1 } ago => string.Create(CultureInfo.InvariantCulture, $"{ago.Hours} h"),
        { Days: var days } => string.Create(CultureInfo.InvariantCulture, $"{days} {(days == 1 ? "day" : "days")}"),
    };

    /// <summary>The day that it is in this person's zone.</summary>
    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Now, Zone).DateTime);

    /// <summary>“28 Nov 2026”.</summary>
    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>The sections' slugs as the store has them: one that was made a moment ago is among them.</summary>
    public async Task<IReadOnlyDictionary<SectionId, string>> SectionSlugsAsync(CancellationToken cancel) =>
        (await db.Sections.AsNoTracking().Select(s => new { s.Id, s.Slug }).ToListAsync(cancel)).ToDictionary(s => s.Id, s => s.Slug.Value);

    public async Task<bool> EnterAsync(ClaimsPrincipal who)
    {
        if (_me is not null) return true;
        _me = await staff.GetUserAsync(who);
        // As the store has it: a choice that was taken back holds from the next request on.
        _me?.WorkFor(await db.Sites.AsNoTracking().SingleOrDefaultAsync() ?? new Site());
        return _me is not null;
    }

    /// <summary>Whether the paper asks this person for a second factor.</summary>
    public async Task<bool> NeedsSecondFactorAsync(StaffMember who, CancellationToken cancel) =>
        await db.Sites.Select(s => s.SecondFactorFrom).SingleOrDefaultAsync(cancel) is { } from && who.Role >= from;

    /// <summary>Whether a member has a passkey: it is something they have and something they are or know.</summary>
    public Task<bool> HasPasskeyAsync(StaffMember who, CancellationToken cancel) =>
        db.Set<IdentityUserPasskey<long>>().AnyAsync(p => p.UserId == who.Id, cancel);

    /// <summary>Whether who is here has yet to set up the second factor that the paper asks for.</summary>
    public async Task<bool> MustEnrolAsync(CancellationToken cancel) =>
        !Me.TwoFactorEnabled && await NeedsSecondFactorAsync(Me, cancel) && !await HasPasskeyAsync(Me, cancel);

    /// <summary>A line in the audit log about something that is no story. Saved with the caller's other changes.</summary>
    public void Note(Act act, EventSubject? subject = null, string? note = null, string? before = null, string? after =
        null, params IEnumerable<Topic> topics) =>
            db.Events.Add(new NewsEvent(act, Me.Actor, Now, topics, note, subject, before, after));
}
