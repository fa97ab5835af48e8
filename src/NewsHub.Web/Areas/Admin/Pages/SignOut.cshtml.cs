using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Staff;
using NewsHub.Web.Areas.Admin.Door;

namespace NewsHub.Web.Areas.Admin.Pages;

[Needs(Act.SignOut)]
public sealed class SignOutModel(Newsroom room, FrontDoor door) : NewsroomPage(room)
{
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Room.Note(Act.SignOut, $"staff:{Me.Name}");
        await Db.SaveChangesAsync(cancel);
        await door.CloseAsync(cancel);
        return Redirect("/admin/sign-in");
    }
}
