using System.Buffers.Text;
using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Core.Staff;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Areas.Admin.SignIn;

namespace NewsHub.Web.Areas.Admin.Pages.Account;

/// <summary>Passkeys: add, name, remove.</summary>
[RequiresAct(Act.ChangeOwnAccount), RequiresRecentSignIn]
public sealed class PasskeysModel(
    Newsroom room, UserManager<StaffMember> staff, SignInManager<StaffMember> session, AccountMailQueue accountMailQueue)
    : NewsroomPage(room)
{
    private const int Most = 20;

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Credential { get; set; }

    /// <summary>Which one, in base 64.</summary>
    [BindProperty]
    public string? Id { get; set; }

    public IReadOnlyList<UserPasskeyInfo> Passkeys { get; private set; } = [];

    public async Task OnGetAsync() => await ReadAsync();

    /// <summary>What the browser is asked; its answer comes with the form.</summary>
    public async Task<IActionResult> OnPostQuestionAsync() =>
        Content(
            await session.MakePasskeyCreationOptionsAsync(
                new PasskeyUserEntity { Id = Me.Id.ToString(CultureInfo.InvariantCulture), Name = Me.Email!, DisplayName = Me.Name }),
            "application/json");

    public async Task<IActionResult> OnPostAddAsync()
    {
        await ReadAsync();
        if (Passkeys.Count >= Most) return Redisplay($"You can have {Most} passkeys at most. Remove one that you no longer use.");
        var made = Credential is { Length: > 0 }
            ? await StaffSignIn.TryAsync(() => session.PerformPasskeyAttestationAsync(Credential))
            : null;
        if (made is not { Succeeded: true } || made.UserEntity.Id != Me.Id.ToString(CultureInfo.InvariantCulture))
            return Redisplay("The browser’s answer was not valid or came too late. Try again.");
        made.Passkey.Name = Called(Name) ?? $"Passkey {Passkeys.Count + 1}";
        Room.Note(Act.ChangeOwnAccount, EventSubject.Staff(Me.Name), "passkey added", after: made.Passkey.Name);
        var kept = await staff.AddOrUpdatePasskeyAsync(Me, made.Passkey);
        if (!kept.Succeeded)
        {
            ModelState.Add(kept);
            return Redisplay();
        }
        Warn($"A passkey was added to your account: {made.Passkey.Name}.");
        Flash = $"{made.Passkey.Name} can be used to sign in.";
        return Redirect("/admin/account/passkeys");
    }

    public async Task<IActionResult> OnPostNameAsync()
    {
        await ReadAsync();
        if (Find() is not { } passkey) return Redisplay("That passkey no longer exists.");
        if (Called(Name) is not { } name) return Redisplay("Enter a name for the passkey.", nameof(Name));
        Room.Note(Act.ChangeOwnAccount, EventSubject.Staff(Me.Name), "passkey named", passkey.Name, name);
        passkey.Name = name;
        await staff.AddOrUpdatePasskeyAsync(Me, passkey);
        Flash = $"Renamed to {name}.";
        return Redirect("/admin/account/passkeys");
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancel)
    {
        await ReadAsync();
        if (Find() is not { } passkey) return Redisplay("That passkey no longer exists.");
        if (Me.PasswordHash is null && Passkeys.Count == 1) return Redisplay("This is your only way to sign in. Choose a password first.");
        if (!Me.TwoFactorEnabled && Passkeys.Count == 1 && await Room.NeedsSecondFactorAsync(Me, cancel))
            return Redisplay(
                "The paper requires a second factor, and this is your only one. Add another passkey or an authenticator app first.");
        Room.Note(Act.ChangeOwnAccount, EventSubject.Staff(Me.Name), "passkey removed", passkey.Name);
        await staff.RemovePasskeyAsync(Me, passkey.CredentialId);
        // What it had opened closes too, but for this session.
        await staff.UpdateSecurityStampAsync(Me);
        await session.RefreshSignInAsync(Me);
        Warn($"A passkey was removed from your account: {passkey.Name}.");
        Flash = $"{passkey.Name} can no longer be used to sign in. You can delete it from the device too.";
        return Redirect("/admin/account/passkeys");
    }

    private async Task ReadAsync() => Passkeys = [.. (await staff.GetPasskeysAsync(Me)).OrderBy(p => p.CreatedAt)];

    private UserPasskeyInfo? Find() => Passkeys.FirstOrDefault(p => Base64Url.EncodeToString(p.CredentialId) == Id);

    private static string? Called(string? name) => TypedText.Line(name) is { } said ? said[..Math.Min(said.Length, 60)] : null;

    private void Warn(string what)
    {
        var id = Me.Id;
        accountMailQueue.Enqueue((accountEmails, cancel) => accountEmails.WarnAsync(id, what, cancel));
    }
}
