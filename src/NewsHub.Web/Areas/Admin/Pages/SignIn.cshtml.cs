using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Staff;
using NewsHub.Core.Stories;

namespace NewsHub.Web.Areas.Admin.Pages;

/// <summary>The newsroom's door. It answers alike whether an address is known, closed, locked out or the password wrong.</summary>
[AllowAnonymous]
public sealed class SignInModel(Newsroom room, SignInManager<StaffMember> door, UserManager<StaffMember> staff) : NewsroomPage(room)
{
    private const string Wrong = "That address and password do not go together here.";

    /// <summary>Where the person was going.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Then { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    /// <summary>There is nobody yet who could sign in.</summary>
    public bool Empty { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel) => Empty = await SetUpKey.IsWantedAsync(Db, cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(Email) || string.IsNullOrEmpty(Password)) return Again("Both are needed.");
        var member = await staff.FindByEmailAsync(Email.Trim());
        if (member is null || member.ClosedAt is not null)
        {
            // The time it takes must not tell what was wrong.
            staff.PasswordHasher.VerifyHashedPassword(null!, Decoy, Password);
            return await RefuseAsync(cancel);
        }
        var result = await door.PasswordSignInAsync(member, Password, isPersistent: false, lockoutOnFailure: true);
        if (!result.Succeeded) return await RefuseAsync(cancel);
        Db.Events.Add(new StoryEvent(Act.SignIn, member.Actor, Room.Now, []));
        await Db.SaveChangesAsync(cancel);
        return LocalRedirect(Url.IsLocalUrl(Then) ? Then : "/admin");
    }

    private static readonly string Decoy = new PasswordHasher<StaffMember>(Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = 210_000 })).HashPassword(null!, "nobody's");

    private async Task<IActionResult> RefuseAsync(CancellationToken cancel)
    {
        Db.Events.Add(new StoryEvent(Act.FailToSignIn, new Actor("a stranger"), Room.Now, [], subject: $"address:{Email!.Trim()}"));
        await Db.SaveChangesAsync(cancel);
        return Again(Wrong);
    }
}
