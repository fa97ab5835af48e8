using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Staff;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Areas.Admin.SignIn;
using NewsHub.Web.Http;

namespace NewsHub.Web.Areas.Admin.Pages;

/// <summary>A passkey at the door: the browser is given a question, and its answer comes back in a form. Whose it
/// is, the passkey says.</summary>
[AllowAnonymous]
[BodyLimit(RequestBodies.Small)]
public sealed class SignInPasskeyModel(Newsroom room, StaffSignIn signIn, SignInManager<StaffMember> session) : NewsroomPage(room)
{
    [BindProperty]
    public string? Then { get; set; }

    [BindProperty]
    public string? Credential { get; set; }

    public IActionResult OnGet() => LocalRedirect("/admin/sign-in");

    public async Task<IActionResult> OnPostQuestionAsync() =>
        Content(await session.MakePasskeyRequestOptionsAsync(null), "application/json");

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var (member, rejection) = await signIn.CheckPasskeyAsync(Credential, cancel);
        if (rejection is { } refused) return this.TooMany(refused, "Too many passkeys from here were not accepted.");
        if (member is null)
            return Redisplay(
                "That passkey is not accepted here, or the request expired. Try again, or sign in with your password.");
        await signIn.SignInAsync(member, "by passkey", cancel);
        return this.Onward(Then);
    }
}
