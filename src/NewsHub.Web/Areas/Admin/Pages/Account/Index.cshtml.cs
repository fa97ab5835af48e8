using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Mail;
using NewsHub.Core.Notifications;
using NewsHub.Core.Staff;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Pages.Team;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Areas.Admin.SignIn;

namespace NewsHub.Web.Areas.Admin.Pages.Account;

/// <summary>One's own account: how one gets in, and in which zone one reads the clock.</summary>
[RequiresAct(Act.ChangeOwnAccount)]
public sealed class IndexModel(
    Newsroom room, UserManager<StaffMember> staff, SignInManager<StaffMember> session, StaffSignIn signIn, IMailer mailer)
    : NewsroomPage(room)
{
    /// <summary>IANA name; empty for the paper's own.</summary>
    [BindProperty]
    public string? Zone { get; set; }

    /// <summary>The slug of the author whose byline new stories begin with; empty for none.</summary>
    [BindProperty]
    public string? Author { get; set; }

    public OwnByline Byline { get; private set; } = null!;

    /// <summary>Of which kinds one is told in the newsroom.</summary>
    [BindProperty]
    public IList<NotificationKind> Bell { get; set; } = [];

    /// <summary>Of which kinds one is told by mail.</summary>
    [BindProperty]
    public IList<NotificationKind> Mail { get; set; } = [];

    public NotificationSwitches Switches { get; private set; } = null!;

    public IReadOnlyList<UserPasskeyInfo> Passkeys { get; private set; } = [];
    public int CodesLeft { get; private set; }

    /// <summary>What was last done at the door in this person's name, newest first.</summary>
    public IReadOnlyList<NewsEvent> AtTheDoor { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancel) => ReadAsync(cancel);

    public async Task<IActionResult> OnPostZoneAsync(CancellationToken cancel)
    {
        var zone = TypedText.Line(Zone);
        if (zone is not null && !(TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) && known.HasIanaId))
        {
            await ReadAsync(cancel);
            return Redisplay("That time zone does not exist. Choose one such as Africa/Lagos or Europe/London.", nameof(Zone));
        }
        Room.Note(Act.ChangeOwnAccount, EventSubject.Staff(Me.Name), "time zone", Me.TimeZone, zone);
        Me.LiveIn(zone);
        await Db.SaveChangesAsync(cancel);
        Flash = $"Saved. Times are now shown in {Room.Zone.Id}.";
        return Redirect("/admin/account");
    }

    public async Task<IActionResult> OnPostBylineAsync(CancellationToken cancel)
    {
        if (await OwnByline.ChooseAsync(Room, Me, Author, Act.ChangeOwnAccount, cancel) is not { } said)
        {
            await ReadAsync(cancel);
            return Redisplay(OwnByline.NoSuchAuthor, nameof(Author));
        }
        Flash = said;
        return Redirect("/admin/account");
    }

    public async Task<IActionResult> OnPostNotificationsAsync(CancellationToken cancel)
    {
        if (!ModelState.IsValid)
        {
            await ReadAsync(cancel);
            return Redisplay("Choose from the kinds that are there.");
        }
        await NotificationSwitches.ChooseAsync(Room, Bell, Mail, cancel);
        Flash = "Saved.";
        return Redirect("/admin/account#notifications");
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
        Flash = "You are signed out everywhere else.";
        return Redirect("/admin/account");
    }

    private async Task ReadAsync(CancellationToken cancel)
    {
        Zone ??= Me.TimeZone;
        Switches = await NotificationSwitches.OfAsync(Room, mailer.Delivers, cancel);
        Byline = await OwnByline.OfAsync(Room, Me, cancel);
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
