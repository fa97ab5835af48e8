using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Staff;

namespace NewsHub.Web.Areas.Admin.Pages;

/// <summary>The way in for the first administrator, by the link printed at start; for good a page that is not there once there is one.</summary>
[AllowAnonymous]
public sealed class SetUpModel(Newsroom room, SetUpKey key, UserManager<StaffMember> staff, SignInManager<StaffMember> door) : NewsroomPage(room)
{
    // Two who follow the link at once make one administrator.
    private static readonly SemaphoreSlim Turn = new(1, 1);

    [BindProperty(SupportsGet = true)]
    public string? Key { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await IsOpenAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await Turn.WaitAsync(cancel);
        try
        {
            if (!await IsOpenAsync(cancel)) return NotFound();
            if (string.IsNullOrWhiteSpace(Name)) return Again("The log needs a name to know you by.", nameof(Name));
            var member = new StaffMember(Email?.Trim() ?? "", Name.Trim(), Role.Administrator, Room.Now) { EmailConfirmed = true };
            var made = await staff.CreateAsync(member, Password ?? "");
            if (!made.Succeeded)
            {
                foreach (var error in made.Errors.Where(e => !e.Code.Contains("UserName", StringComparison.Ordinal)))
                    ModelState.AddModelError(error.Code.StartsWith("Password", StringComparison.Ordinal) ? nameof(Password) : nameof(Email), error.Description);
                return Again();
            }
            await door.SignInAsync(member, isPersistent: false);
            Db.Events.Add(new Core.Stories.StoryEvent(Act.ChangeStaff, member.Actor, Room.Now, [], "set up the house", $"staff:{member.Name}", after: nameof(Role.Administrator)));
            await Db.SaveChangesAsync(cancel);
            return Redirect("/admin");
        }
        finally
        {
            Turn.Release();
        }
    }

    private async Task<bool> IsOpenAsync(CancellationToken cancel) => key.Fits(Key) && await SetUpKey.IsWantedAsync(Db, cancel);
}
