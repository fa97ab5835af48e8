using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Staff;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Areas.Admin.SignIn;

namespace NewsHub.Web.Areas.Admin.Pages.Account;

/// <summary>One's own account: how one gets in, and in which zone one reads the clock.</summary>
[RequiresAct(Act.ChangeOwnAccount)]
public sealed class IndexModel(
    Newsroom room, UserManager<StaffMember> staff, SignInManager<StaffMember> session, StaffSignIn signIn) : NewsroomPage(room)
{
    /// <summary>IANA name; empty for the paper's own.</summary>
    [BindProperty]
    public string? Zone { get; set; }

    public IReadOnlyList<UserPasskeyInfo> Passkeys { get; private set; } = [];
    public int CodesLeft { get; private set; }

    /// <summary>What was last done at the door in this person's name, newest first.</summary>
    public IReadOnlyList<NewsEvent> AtTheDoor { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Zone = Me.TimeZone;
        await ReadAsync(cancel);
    }

    public async Task<IActionResult> OnPostZoneAsync(CancellationToken cancel)
    {
        var zone = TypedText.Line(Zone);
        if (zone is not null && !(TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) && known.HasIanaId))
        {
            await ReadAsync(cancel);
            return Redisplay("There is no such zone. They are named like Africa/Lagos or Europe/London.", nameof(Zone));
        }
        Room.Note(Act.ChangeOwnAccount, EventSubject.Staff(Me.Name), "time zone", Me.TimeZone, zone);
        Me.LiveIn(zone);
        await Db.SaveChangesAsync(cancel);
        Flash = $"Times are shown and typed in {Room.Zone.Id} from now on.";
        return Redirect("/admin/account");
    }

    /// <summary>Ends every session of this person but this one.</summary>
    public async Task<IActionResult> OnPostEverywhereAsync(CancellationToken cancel)
    {
        Room.Note(Act.SignOut, EventSubject.Staff(Me.Name), "everywhere else");
        if (await staff.UpdateSecurityStampAsync(Me) is { Succeeded: false } failed)
        {
            ModelState.Add(failed);
            await ReadAsync(cancel);
            return Redisplay();
        }
        await signIn.SignOutOthersAsync(Me, cancel);
        await session.RefreshSignInAsync(Me);
        Flash = "Every other session of yours has ended.";
        return Redirect("/admin/account");
    }

    private async Task ReadAsync(CancellationToken cancel)
    {
        Passkeys = [.. await staff.GetPasskeysAsync(Me)];
        CodesLeft = await staff.CountRecoveryCodesAsync(Me);
        var me = EventSubject.Staff(Me.Name);
        AtTheDoor = await Db.Events
            .AsNoTracking()
            .Where(e => e.Subject == me && (e.Act == Act.SignIn || e.Act == Act.FailToSignIn || e.Act == Act.LockOut))
            .OrderByDescending(e => e.Id)
            .Take(8)
            .ToListAsync(cancel);
    }
}
