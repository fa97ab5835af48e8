using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Staff;

namespace NewsHub.Web.Areas.Admin.Pages;

[Needs(Act.SignOut)]
public sealed class SignOutModel(Newsroom room, SignInManager<StaffMember> door) : NewsroomPage(room)
{
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Room.Note(Act.SignOut, $"staff:{Me.Name}");
        await Db.SaveChangesAsync(cancel);
        await door.SignOutAsync();
        return Redirect("/admin/sign-in");
    }
}
