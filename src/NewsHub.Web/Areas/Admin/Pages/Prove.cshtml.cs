using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Areas.Admin.SignIn;

namespace NewsHub.Web.Areas.Admin.Pages;

/// <summary>
/// Asks who is here to prove it once more, before something sensitive. Whoever was stopped on the way with a form in hand goes on with it
/// afterwards: 307 brings the form here and, with what was asked for here, back.
/// </summary>
[RequiresAct(Act.ChangeOwnAccount)]
public sealed class ProveModel(Newsroom room, StaffSignIn signIn) : NewsroomPage(room)
{
    private const string Own = "Prove.";

    [BindProperty(Name = Own + "Password"), DataType(DataType.Password)]
    public string? Password { get; set; }

    [BindProperty(Name = Own + "Code")]
    public string? Code { get; set; }

    [BindProperty(Name = Own + "Credential")]
    public string? Credential { get; set; }

    /// <summary>The fields of the form that was stopped. A password in it is typed again: it has no business in a page's text.</summary>
    public IEnumerable<KeyValuePair<string, string>> Carried =>
        !Request.HasFormContentType ? [] : from typed in Request.Form
                                           where !typed.Key.StartsWith(Own, StringComparison.Ordinal)
                                               && typed.Key != "__RequestVerificationToken"
                                               && !IsSecret(typed.Key)
                                           from value in typed.Value
                                           select KeyValuePair.Create(typed.Key, value ?? "");

    /// <summary>There was a form.</summary>
    public bool Carries =>
        Request.HasFormContentType && (!Request.Form.ContainsKey(Own + "Asked") || Request.Form.ContainsKey(Own + "Carries"));

    private static bool IsSecret(string name) =>
        name.Contains("Password", StringComparison.OrdinalIgnoreCase) || name.Contains("Code", StringComparison.OrdinalIgnoreCase);

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        // On the way here.
        if (!Request.Form.ContainsKey(Own + "Asked")) return Page();
        if (Credential is { Length: > 0 })
        {
            var (member, rejection) = await signIn.CheckPasskeyAsync(Credential, cancel);
            if (rejection is { } refused) return this.TooMany(refused);
            if (member?.Id != Me.Id)
                return Redisplay("That passkey is not yours, or the request expired. Try again, or enter your password.");
        }
        else
        {
            if (string.IsNullOrEmpty(Password)) return Redisplay("Enter your password.", Own + "Password");
            if (Me.TwoFactorEnabled && string.IsNullOrWhiteSpace(Code))
                return Redisplay("Enter your code too.", Own + "Code");
            var (fits, rejection) = await signIn.CheckProofAsync(Me, Password, Me.TwoFactorEnabled ? Code : null, cancel);
            if (rejection is { } refused) return this.TooMany(refused);
            if (!fits)
                return Redisplay($"The password {(Me.TwoFactorEnabled ? "or the code " : "")}is not correct.", Own + "Password");
        }
        await signIn.MarkRecentSignInAsync(Me, cancel);
        var then = Request.Query["then"].ToString();
        if (!Url.IsLocalUrl(then)) return Redirect("/admin/account");
        return Request.Form.ContainsKey(Own + "Carries") ? LocalRedirectPreserveMethod(then) : LocalRedirect(then);
    }
}
