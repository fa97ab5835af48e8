using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Staff;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Areas.Admin.SignIn;

namespace NewsHub.Web.Areas.Admin.Pages.Team;

/// <summary>One account: its name and role, whether it is open, its invitation. What is changed ends its sessions at once.</summary>
[RequiresAct(Act.ChangeStaff), RequiresRecentSignIn]
public sealed class MemberModel(
    Newsroom room,
    UserManager<StaffMember> staff,
    SignInManager<StaffMember> session,
    AccountEmails accountEmails,
    AccountMailQueue accountMailQueue) : NewsroomPage(room)
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public Role Role { get; set; }

    /// <summary>The slug of the author whose byline this person's new stories begin with; empty for none.</summary>
    [BindProperty]
    public string? Author { get; set; }

    public OwnByline Byline { get; private set; } = null!;

    /// <summary>An invitation's link that no mail carries, shown this once.</summary>
    [TempData]
    public string? Link { get; set; }

    public StaffLine Line { get; private set; } = null!;
    public StaffMember Member => Line.Member;
    public IReadOnlyList<NewsEvent> History { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await ReadAsync(cancel)) return NotFound();
        (Name, Role) = (Member.Name, Member.Role);
        return Page();
    }

    public Task<IActionResult> OnPostChangeAsync(CancellationToken cancel) => ChangeAsync(async () =>
    {
        if (!ModelState.IsValid || !Enum.IsDefined(Role)) throw new RefusedException("Choose a role.");
        var (before, name) = ($"{Member.Name}, {Member.Role}", TypedText.Line(Name) ?? "");
        if (Role is not Role.Administrator) await RefuseLastAsync("Make someone else an administrator first.", cancel);
        var roleChanged = Role != Member.Role;
        Member.Promote(Role);
        // The log knows people by their names: old lines keep the old one, and this line joins them.
        Member.Rename(name);
        if (before == $"{name}, {Role}") return "No changes to save.";
        Room.Note(Act.ChangeStaff, EventSubject.Staff(name), "name and role", before, $"{name}, {Role}");
        if (roleChanged) Warn($"Your role in the newsroom is now {Role.ToString().ToLowerInvariant()}. Please sign in again.");
        return $"Saved. {name} is now {Role.ToString().ToLowerInvariant()}.";
    }, cancel);

    public Task<IActionResult> OnPostCloseAsync(CancellationToken cancel) => ChangeAsync(async () =>
    {
        await RefuseLastAsync("Make someone else an administrator first.", cancel);
        if (Member.ClosedAt is not null) return $"The account of {Member.Name} is closed.";
        Member.Close(Room.Now);
        Room.Note(Act.ChangeStaff, EventSubject.Staff(Member.Name), "account", "open", "closed");
        return $"The account of {Member.Name} is closed and signed out everywhere. You can reopen it.";
    }, cancel);

    public Task<IActionResult> OnPostReopenAsync(CancellationToken cancel) => ChangeAsync(() =>
    {
        if (Member.ClosedAt is not null) Room.Note(Act.ChangeStaff, EventSubject.Staff(Member.Name), "account", "closed", "open");
        Member.Reopen();
        return Task.FromResult($"The account of {Member.Name} is reopened.");
    }, cancel);

    /// <summary>For someone whose telephone and recovery codes are gone.</summary>
    public Task<IActionResult> OnPostSecondFactorAsync(CancellationToken cancel) => ChangeAsync(async () =>
    {
        if (!Member.TwoFactorEnabled) return $"{Member.Name} has no second factor.";
        Room.Note(Act.ChangeStaff, EventSubject.Staff(Member.Name), "second factor", "on", "off");
        await staff.SetTwoFactorEnabledAsync(Member, false);
        await staff.ResetAuthenticatorKeyAsync(Member);
        Warn("An administrator turned off the second factor of your account.");
        return $"{Member.Name} signs in with the password alone until the second factor is turned on again.";
    }, cancel);

    public async Task<IActionResult> OnPostBylineAsync(CancellationToken cancel)
    {
        if (!await ReadAsync(cancel)) return NotFound();
        if (await OwnByline.ChooseAsync(Room, Member, Author, Act.ChangeStaff, cancel) is not { } said)
        {
            (Name, Role) = (Member.Name, Member.Role);
            return Redisplay(OwnByline.NoSuchAuthor, nameof(Author));
        }
        Flash = said;
        return Redirect($"/admin/team/{Id}");
    }

    public async Task<IActionResult> OnPostInviteAsync(CancellationToken cancel)
    {
        if (!await ReadAsync(cancel)) return NotFound();
        if (Line.State != "Invited")
        {
            (Name, Role) = (Member.Name, Member.Role);
            return Redisplay($"{Member.Name} needs no invitation: the account is {Line.State.ToLowerInvariant()}.");
        }
        Room.Note(Act.ChangeStaff, EventSubject.Staff(Member.Name), "invited again");
        // The earlier link is void.
        if (await staff.UpdateSecurityStampAsync(Member) is { Succeeded: false } overtaken)
        {
            await ReadAsync(cancel);
            ModelState.Add(overtaken);
            return Redisplay();
        }
        var failed = await accountEmails.InviteAsync(Member, Me.Actor, cancel);
        if (failed is not null || !accountEmails.Delivers) Link = await accountEmails.InvitationLinkAsync(Member);
        Flash = failed is not null ? $"The invitation could not be sent. {failed} Use the link below; earlier ones no longer work."
            : accountEmails.Delivers ? $"A new link that works for seven days was sent to {Member.Email}. The earlier one no longer works."
            : $"{AccountEmails.InTheOutbox} Use the link below; the earlier one no longer works.";
        return Redirect($"/admin/team/{Id}");
    }

    /// <summary>In one transaction, in which nobody else writes: two administrators who demote each other at once leave one.</summary>
    private async Task<IActionResult> ChangeAsync(Func<Task<string>> change, CancellationToken cancel)
    {
        await using var alone = await Db.Database.BeginTransactionAsync(cancel);
        if (!await ReadAsync(cancel)) return NotFound();
        return await TryAsync(async () =>
        {
            string said;
            try
            {
                said = await change();
                if (Db.ChangeTracker.HasChanges() && await staff.UpdateSecurityStampAsync(Member) is { Succeeded: false } done)
                {
                    ModelState.Add(done);
                    await AsItIsAsync();
                    return Redisplay();
                }
            }
            catch (RefusedException)
            {
                await AsItIsAsync();
                throw;
            }
            await alone.CommitAsync(cancel);
            if (Member.Id == Me.Id && Member.ClosedAt is null) await session.RefreshSignInAsync(Member);
            Flash = said;
            return Redirect(Me.May(Act.ChangeStaff) ? $"/admin/team/{Id}" : "/admin");
        });

        // What was refused is forgotten; what was typed stays in the form.
        async Task AsItIsAsync()
        {
            await alone.RollbackAsync(cancel);
            Db.ChangeTracker.Clear();
            await ReadAsync(cancel);
        }
    }

    /// <summary>An invitation that nobody has taken up opens nothing, and does not count.</summary>
    private async Task RefuseLastAsync(string advice, CancellationToken cancel)
    {
        if (Member is not { Role: Role.Administrator, ClosedAt: null } || Line.State == "Invited") return;
        var passkeys = Db.Set<IdentityUserPasskey<long>>();
        if (!await Db.Staff.AnyAsync(s => s.Id != Id && s.Role == Role.Administrator && s.ClosedAt == null && (s.PasswordHash != null
            || passkeys.Any(p => p.UserId == s.Id)), cancel))
        {
            throw new RefusedException($"{Member.Name} is the last administrator whose account is open. {advice}");
        }
    }

    private async Task<bool> ReadAsync(CancellationToken cancel)
    {
        if (await Db.Staff.SingleOrDefaultAsync(s => s.Id == Id, cancel) is not { } member) return false;
        // Who is here was read before the transaction began.
        await Db.Entry(member).ReloadAsync(cancel);
        var subject = EventSubject.Staff(member.Name);
        History = await Db.Events.AsNoTracking().Where(e => e.Subject == subject).OrderByDescending(e => e.Id).Take(12).ToListAsync(cancel);
        var last = await Db.Events.Where(e => e.Subject == subject && e.Act == Act.SignIn).MaxAsync(e => (DateTimeOffset?)e.At, cancel);
        Byline = await OwnByline.OfAsync(Room, member, cancel);
        Line = new StaffLine(member, await Db.Set<IdentityUserPasskey<long>>().CountAsync(p => p.UserId == Id, cancel), last);
        return true;
    }

    private void Warn(string what)
    {
        var id = Id;
        accountMailQueue.Enqueue((post, c) => post.WarnAsync(id, what, c));
    }
}
