using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Core.Staff;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Areas.Admin.SignIn;

namespace NewsHub.Web.Areas.Admin.Pages.Team;

/// <summary>Somebody new: an account without a password, and a link by mail that lets its owner choose one.</summary>
[RequiresAct(Act.ChangeStaff), RequiresRecentSignIn]
public sealed class InviteModel(Newsroom room, UserManager<StaffMember> staff, AccountEmails accountEmails) : NewsroomPage(room)
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public Role Role { get; set; }

    /// <summary>The link, where no mail carries it: shown once, on the page that comes next.</summary>
    [TempData]
    public string? Link { get; set; }

    public bool Mails => accountEmails.Delivers;

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!ModelState.IsValid || !Enum.IsDefined(Role))
        {
            ModelState.Clear();
            return Redisplay("Choose a role.", nameof(Role));
        }
        var member = new StaffMember(TypedText.Line(Email) ?? "", TypedText.Line(Name) ?? "", Role, Room.Now);
        Room.Note(Act.ChangeStaff, EventSubject.Staff(member.Name), "invited", after: member.Role.ToString());
        var made = await staff.CreateAsync(member);
        if (!made.Succeeded)
        {
            ModelState.Add(made);
            return Redisplay();
        }
        var failed = await accountEmails.InviteAsync(member, Me.Actor, cancel);
        if (failed is not null || !accountEmails.Delivers) Link = await accountEmails.InvitationLinkAsync(member);
        Flash = failed is not null ? $"{member.Name} has an account, but the invitation could not be sent. {failed} Resend it from here "
            + "when that is fixed, or pass on the link yourself."
            : accountEmails.Delivers ? $"{member.Name} is invited: a link that works for seven days was sent to {member.Email}."
            : $"{member.Name} has an account. {AccountEmails.InTheOutbox} Pass on the link below yourself.";
        return Redirect($"/admin/team/{member.Id}");
    }
}
