using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Staff;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Areas.Admin.SignIn;
using NewsHub.Web.Http;

namespace NewsHub.Web.Areas.Admin.Pages;

/// <summary>The second factor, behind a right password: the app's six digits, or a recovery code.</summary>
[AllowAnonymous]
[BodyLimit(RequestBodies.Small)]
public sealed class SignInCodeModel(Newsroom room, StaffSignIn signIn, UserManager<StaffMember> staff) : NewsroomPage(room)
{
    [BindProperty(SupportsGet = true)]
    public string? Then { get; set; }

    /// <summary>The person has no app at hand.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Recovery { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    public async Task<IActionResult> OnGetAsync() => await signIn.PendingMemberAsync() is null ? BackToTheDoor() : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await signIn.PendingMemberAsync() is not { } member) return BackToTheDoor();
        if (string.IsNullOrWhiteSpace(Code))
            return Redisplay(Recovery ? "Enter one of your recovery codes." : "Enter the six-digit code that the app shows.", nameof(Code));
        var left = await staff.CountRecoveryCodesAsync(member);
        var (fits, rejection) = await signIn.CheckProofAsync(member, password: null, Code, cancel);
        if (rejection is { } refused)
            return this.TooMany(refused, "Codes are blocked for this account for now.",
                "You can still use a passkey or a browser that has signed in before.");
        if (!fits)
            return Redisplay(Recovery
                ? "That recovery code is not correct, or has already been used."
                : "That code is not correct, or has already been used. The app shows a new one every 30 seconds.", nameof(Code));
        var now = await staff.CountRecoveryCodesAsync(member);
        await signIn.SignInAsync(member, now < left ? "by password and a recovery code" : "by password and code", cancel);
        if (now < left)
            Flash = now == 0
                ? "That was your last recovery code. Create new ones on your account page."
                : $"That recovery code cannot be used again. {now} are left.";
        return this.Onward(Then);
    }

    private LocalRedirectResult BackToTheDoor() =>
        LocalRedirect(Url.IsLocalUrl(Then) ? $"/admin/sign-in?then={Uri.EscapeDataString(Then)}" : "/admin/sign-in");
}
