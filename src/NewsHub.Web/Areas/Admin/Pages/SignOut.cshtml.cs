using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Areas.Admin.SignIn;

namespace NewsHub.Web.Areas.Admin.Pages;

[RequiresAct(Act.SignOut)]
public sealed class SignOutModel(Newsroom room, StaffSignIn signIn) : NewsroomPage(room)
{
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Room.Note(Act.SignOut, EventSubject.Staff(Me.Name));
        await Db.SaveChangesAsync(cancel);
        await signIn.SignOutAsync(cancel);
        return Redirect("/admin/sign-in");
    }
}
