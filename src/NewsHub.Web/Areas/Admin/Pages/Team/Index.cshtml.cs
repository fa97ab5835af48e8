using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Staff;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Team;

/// <summary>Who works here.</summary>
[RequiresAct(Act.ChangeStaff)]
public sealed class IndexModel(Newsroom room) : NewsroomPage(room)
{
    public IReadOnlyList<StaffLine> Lines { get; private set; } = [];

    /// <summary>Mail to staff that did not go out within the last week.</summary>
    public IReadOnlyList<Core.Events.NewsEvent> Failures { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var passkeys = await Db.Set<IdentityUserPasskey<long>>()
            .GroupBy(p => p.UserId)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(p => p.Key, p => p.Count, cancel);
        var seen = await Db.Events
            .Where(e => e.Act == Act.SignIn)
            .GroupBy(e => e.Subject)
            .Select(g => new { g.Key, Last = g.Max(e => e.At) })
            .ToListAsync(cancel);
        var last = seen.Where(s => s.Key is not null).ToDictionary(s => s.Key!.Value, s => s.Last);
        var people = await Db.Staff.AsNoTracking().ToListAsync(cancel);
        Lines = [.. people.Select(
            p => new StaffLine(p, passkeys.GetValueOrDefault(p.Id), last.TryGetValue(EventSubject.Staff(p.Name), out var at)
                ? at
                : null)).OrderBy(l => l.Member.ClosedAt is not null).ThenBy(l => l.Member.Name, StringComparer.CurrentCultureIgnoreCase)];
        var since = Room.Now.AddDays(-7);
        Failures = await Db.Events
            .AsNoTracking()
            .Where(e => e.Act == Act.FailToMail && e.At >= since)
            .OrderByDescending(e => e.Id)
            .Take(5)
            .ToListAsync(cancel);
    }
}

/// <summary>A line of the list.</summary>
public sealed record StaffLine(StaffMember Member, int Passkeys, DateTimeOffset? LastSignIn)
{
    public string State => Member.ClosedAt is not null ? "Closed" : Member.PasswordHash is null && Passkeys == 0 ? "Invited" : "Open";

    public string SecondFactor => (Member.TwoFactorEnabled, Passkeys) switch
    {
        (true, > 0) => "App, passkeys",
        (true, _) => "App",
        (false, > 0) => "Passkeys",
        _ => "No",
    };
}
