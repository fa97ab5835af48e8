using System.Text;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Core.Staff;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Areas.Admin.SignIn;
using QRCoder;

namespace NewsHub.Web.Areas.Admin.Pages.Account;

/// <summary>An authenticator app beside the password: on, with a code to show that it works; its recovery codes, once; off.</summary>
[RequiresAct(Act.ChangeOwnAccount), RequiresRecentSignIn]
public sealed class SecondFactorModel(
    Newsroom room,
    UserManager<StaffMember> staff,
    IUserStore<StaffMember> store,
    SignInManager<StaffMember> session,
    AccountMailQueue accountMailQueue) : NewsroomPage(room)
{
    private const int HowMany = 10;

    [BindProperty]
    public string? Code { get; set; }

    /// <summary>The app's key in base 32, while the factor is off.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The key as apps read it from the screen.</summary>
    public IHtmlContent Picture { get; private set; } = HtmlString.Empty;

    /// <summary>New recovery codes, shown this once.</summary>
    public IReadOnlyList<string> Codes { get; private set; } = [];
    public int CodesLeft { get; private set; }

    /// <summary>The paper asks this person for one.</summary>
    public bool IsAsked { get; private set; }

    public async Task OnGetAsync() => await ReadAsync();

    public async Task<IActionResult> OnPostOnAsync(CancellationToken cancel)
    {
        // A second click, or a page that went back.
        if (Me.TwoFactorEnabled) return Redirect("/admin/account/second-factor");
        if (string.IsNullOrWhiteSpace(Code) || !await staff.VerifyTwoFactorTokenAsync(Me, TokenOptions.DefaultAuthenticatorProvider, Code))
        {
            await ReadAsync();
            return Redisplay("That code is not correct. Check that the clock on your device is right, and try again.", nameof(Code));
        }
        await using (var whole = await Db.Database.BeginTransactionAsync(cancel))
        {
            Room.Note(Act.ChangeOwnAccount, EventSubject.Staff(Me.Name), "second factor", "off", "on");
            if (!(await staff.SetTwoFactorEnabledAsync(Me, true)).Succeeded
                || await staff.GenerateNewTwoFactorRecoveryCodesAsync(Me, HowMany) is not { } codes) return Overtaken();
            Codes = [.. codes];
            await whole.CommitAsync(cancel);
        }
        return await ShowAsync("A second factor was turned on for your account.");
    }

    public async Task<IActionResult> OnPostCodesAsync()
    {
        if (!Me.TwoFactorEnabled) return Redirect("/admin/account/second-factor");
        Room.Note(Act.ChangeOwnAccount, EventSubject.Staff(Me.Name), "new recovery codes");
        if (await staff.GenerateNewTwoFactorRecoveryCodesAsync(Me, HowMany) is not { } codes) return Overtaken();
        Codes = [.. codes];
        return await ShowAsync("New recovery codes were created for your account. The old ones no longer work.");
    }

    public async Task<IActionResult> OnPostOffAsync(CancellationToken cancel)
    {
        if (Me.TwoFactorEnabled && await Room.NeedsSecondFactorAsync(Me, cancel) && !await Room.HasPasskeyAsync(Me, cancel))
        {
            await ReadAsync();
            return Redisplay("The paper requires a second factor. Add a passkey before you turn the app off.");
        }
        if (Me.TwoFactorEnabled)
        {
            await using var whole = await Db.Database.BeginTransactionAsync(cancel);
            Room.Note(Act.ChangeOwnAccount, EventSubject.Staff(Me.Name), "second factor", "on", "off");
            await staff.SetTwoFactorEnabledAsync(Me, false);
            await staff.ResetAuthenticatorKeyAsync(Me);
            await whole.CommitAsync(cancel);
            await session.RefreshSignInAsync(Me);
            Warn("The second factor of your account was turned off.");
        }
        Flash = "The second factor is off.";
        return Redirect("/admin/account");
    }

    /// <summary>Another window of theirs, or an administrator, changed the account at the same moment.</summary>
    private RedirectResult Overtaken()
    {
        Flash = "The account was changed at the same moment. This is how it looks now.";
        return Redirect("/admin/account/second-factor");
    }

    private async Task<IActionResult> ShowAsync(string warning)
    {
        await session.RefreshSignInAsync(Me);
        Warn(warning);
        CodesLeft = Codes.Count;
        return Page();
    }

    private void Warn(string what)
    {
        var id = Me.Id;
        accountMailQueue.Enqueue((accountEmails, cancel) => accountEmails.WarnAsync(id, what, cancel));
    }

    private async Task ReadAsync()
    {
        IsAsked = await Room.MustEnrolAsync(HttpContext.RequestAborted);
        if (Me.TwoFactorEnabled)
        {
            CodesLeft = await staff.CountRecoveryCodesAsync(Me);
            return;
        }
        if (await staff.GetAuthenticatorKeyAsync(Me) is not { Length: > 0 } key)
        {
            // Not Identity's own way, which changes the stamp: whoever only looks at this page would be signed out elsewhere.
            key = staff.GenerateNewAuthenticatorKey();
            await ((IUserAuthenticatorKeyStore<StaffMember>)store).SetAuthenticatorKeyAsync(Me, key, HttpContext.RequestAborted);
            await staff.UpdateAsync(Me);
        }
        Key = key;
        var paper = Room.Snapshot.Site.Name;
        var address = $"otpauth://totp/{Uri.EscapeDataString(paper)}:{Uri.EscapeDataString(Me.Email!)}?secret={key}&"
            + $"issuer={Uri.EscapeDataString(paper)}";
        using var code = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        Picture = Draw(code);
    }

    /// <summary>One path; dark on light whatever the theme, as apps want it.</summary>
    private static HtmlString Draw(QRCodeData code)
    {
        var path = new StringBuilder();
        var size = code.ModuleMatrix.Count;
        for (var y = 0; y < size; y++)
            for (var x = 0; x < size; x++)
                if (code.ModuleMatrix[y][x]) path.Append(System.Globalization.CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
        return new HtmlString(string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"<svg class=\"qr\" viewBox=\"0 0 {size} {size}\" role=\"img\" aria-label=\"The key as a QR code\" "
            + $"shape-rendering=\"crispEdges\">"
            + $"<path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/><path d=\"{path}\"/></svg>"));
    }
}
