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

/// <summary>The way in for somebody who was invited: a password, and they are here.</summary>
[AllowAnonymous]
[BodyLimit(RequestBodies.Small)]
public sealed class JoinModel(Newsroom room, UserManager<StaffMember> staff, StaffSignIn signIn) : KeyPage(room, staff)
{
    [BindProperty, DataType(DataType.Password)]
    public string? Password { get; set; }

    protected override string Purpose => AccountTokens.Invitation;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await OpenAsync() is { } dead) return dead;
        Db.Events.Add(
            new NewsEvent(Act.ChangeOwnAccount, Member.Actor, Room.Now, [], "took up the invitation", EventSubject.Staff(Member.Name)));
        Member.EmailConfirmed = true;
        var done = await Staff.AddPasswordAsync(Member, Password ?? "");
        if (!done.Succeeded)
        {
            ModelState.Add(done);
            // Two who send it at once: for the second the link has been used.
            return await OpenAsync() ?? Redisplay();
        }
        await signIn.SignInAsync(Member, "by invitation", cancel);
        Flash = $"Welcome, {Member.Name}. You can set up a second factor and passkeys on your account page.";
        return Redirect("/admin");
    }
}
