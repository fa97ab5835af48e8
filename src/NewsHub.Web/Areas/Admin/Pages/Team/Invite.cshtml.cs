using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Staff;
using NewsHub.Web.Areas.Admin.Door;

namespace NewsHub.Web.Areas.Admin.Pages.Team;

/// <summary>Somebody new: an account without a password, and a link by mail that lets its owner choose one.</summary>
[Needs(Act.ChangeStaff), Proven]
public sealed class InviteModel(Newsroom room, UserManager<StaffMember> staff, Letters letters) : NewsroomPage(room)
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public Role Role { get; set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!ModelState.IsValid || !Enum.IsDefined(Role))
        {
            ModelState.Clear();
            return Again("Choose one of the roles.", nameof(Role));
        }
        var member = new StaffMember(Email?.Trim() ?? "", Name?.Trim() ?? "", Role, Room.Now);
        Room.Note(Act.ChangeStaff, $"staff:{member.Name}", "invited", after: member.Role.ToString());
        var made = await staff.CreateAsync(member);
        if (!made.Succeeded)
        {
            ModelState.Add(made);
            return Again();
        }
        Said = await letters.InviteAsync(member, Me.Actor, cancel) is { } failed
            ? $"{member.Name} has an account, but the invitation did not go out. {failed} Send it again from here when that is mended."
            : $"{member.Name} is invited: a mail with a link, good for seven days, went to {member.Email}.";
        return Redirect($"/admin/team/{member.Id}");
    }
}
