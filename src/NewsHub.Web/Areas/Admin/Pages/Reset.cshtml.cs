using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Core.Staff;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Areas.Admin.SignIn;
using NewsHub.Web.Http;

namespace NewsHub.Web.Areas.Admin.Pages;

/// <summary>A new password, by the link that was mailed. It lets nobody in: the second factor is still asked for at the door.</summary>
[AllowAnonymous]
[BodyLimit(RequestBodies.Small)]
public sealed class ResetModel(
    Newsroom room, UserManager<StaffMember> staff, StaffSignIn signIn, AccountMailQueue accountMailQueue) : KeyPage(room, staff)
{
    [BindProperty, DataType(DataType.Password)]
    public string? Password { get; set; }

    protected override string Purpose => UserManager<StaffMember>.ResetPasswordTokenPurpose;

    public async Task<IActionResult> OnPostAsync()
    {
        if (await OpenAsync() is { } dead) return dead;
        Db.Events.Add(new NewsEvent(
            Act.ChangeOwnAccount, Member.Actor, Room.Now, [], "new password, by a mailed link", EventSubject.Staff(Member.Name)));
        Member.EmailConfirmed = true;
        var done = await Staff.ResetPasswordAsync(Member, Key!, Password ?? "");
        if (!done.Succeeded)
        {
            ModelState.Add(done);
            // Two who send it at once: for the second the link has been used.
            return await OpenAsync() ?? Redisplay();
        }
        signIn.RememberBrowser(Member);
        var id = Member.Id;
        accountMailQueue.Enqueue((accountEmails, cancel) =>
            accountEmails.WarnAsync(id, "Your password was changed with a link that we emailed to you. All sessions have ended.", cancel));
        Flash = "Password changed. You can sign in now.";
        return Redirect("/admin/sign-in");
    }
}
