using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Core.Staff;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Areas.Admin.SignIn;

namespace NewsHub.Web.Areas.Admin.Pages.Account;

/// <summary>Another password. The old one was asked for on the way here, if it was long ago.</summary>
[RequiresAct(Act.ChangeOwnAccount), RequiresRecentSignIn]
public sealed class PasswordModel(
    Newsroom room, UserManager<StaffMember> staff, SignInManager<StaffMember> session, AccountMailQueue accountMailQueue)
    : NewsroomPage(room)
{
    [BindProperty, DataType(DataType.Password)]
    public string? Password { get; set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        foreach (var rule in staff.PasswordValidators) ModelState.Add(await rule.ValidateAsync(staff, Me, Password));
        if (!ModelState.IsValid) return Redisplay();
        await using var whole = await Db.Database.BeginTransactionAsync(cancel);
        Room.Note(Act.ChangeOwnAccount, EventSubject.Staff(Me.Name), "new password");
        if (Me.PasswordHash is not null) await staff.RemovePasswordAsync(Me);
        var done = await staff.AddPasswordAsync(Me, Password!);
        if (!done.Succeeded)
        {
            ModelState.Add(done);
            return Redisplay();
        }
        await whole.CommitAsync(cancel);
        await session.RefreshSignInAsync(Me);
        var id = Me.Id;
        accountMailQueue.Enqueue((accountEmails, c) =>
            accountEmails.WarnAsync(id, "Your password was changed on your account page. All other sessions have ended.", c));
        Flash = "Password changed. You are signed out everywhere else.";
        return Redirect("/admin/account");
    }
}
