using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Areas.Admin.SignIn;
using NewsHub.Web.Http;

namespace NewsHub.Web.Areas.Admin.Pages;

/// <summary>The newsroom's door. It answers alike whether an address is known, closed, invited, or the password wrong.</summary>
[AllowAnonymous]
[BodyLimit(RequestBodies.Small)]
public sealed class SignInModel(Newsroom room, StaffSignIn signIn) : NewsroomPage(room)
{
    /// <summary>Where the person was going.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Then { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty, DataType(DataType.Password)]
    public string? Password { get; set; }

    /// <summary>There is nobody yet who could sign in.</summary>
    public bool Empty { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel) => Empty = await SetUpKey.IsWantedAsync(Db, cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(Email) || string.IsNullOrEmpty(Password)) return Redisplay("Enter your email and your password.");
        var (member, rejection) = await signIn.CheckPasswordAsync(TypedText.Line(Email)!, Password, cancel);
        if (rejection is { } refused)
            return this.TooMany(refused, "Sign-in is blocked for now, from here or for this account.",
                "You can still use a passkey or a browser that has signed in before, or ask for a new password by email.");
        if (member is null) return Redisplay("The email or the password is not correct.");
        if (member.TwoFactorEnabled)
        {
            await signIn.BeginSecondFactorAsync(member);
            return Redirect($"/admin/sign-in/code{(Url.IsLocalUrl(Then) ? $"?then={Uri.EscapeDataString(Then)}" : "")}");
        }
        // The password was right, and is one factor.
        if (await Room.NeedsSecondFactorAsync(member, cancel) && await Room.HasPasskeyAsync(member, cancel))
            return Redisplay("This paper requires a second factor: sign in with your passkey.");
        await signIn.SignInAsync(member, "by password", cancel);
        return this.Onward(Then);
    }
}
