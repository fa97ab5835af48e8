using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using NewsHub.Core.Staff;

namespace NewsHub.Web.Areas.Admin.SignIn;

/// <summary>
/// The keys in the links that we mail. One opens once: it holds the account's stamp, which changes with the password that it was for.
/// (Identity's own provider reads the wall clock and knows one lifetime for all purposes.)
/// </summary>
public sealed class AccountTokens(IDataProtectionProvider protection, TimeProvider clock) : IUserTwoFactorTokenProvider<StaffMember>
{
    public const string Provider = "Door";
    public const string Invitation = "Invitation";

    private readonly IDataProtector _seal = protection.CreateProtector("door keys");

    public async Task<string> GenerateAsync(string purpose, UserManager<StaffMember> manager, StaffMember user) =>
        _seal.Protect(string.Join('\n', purpose, user.Id.ToString(CultureInfo.InvariantCulture), await manager.GetSecurityStampAsync(user),
            (clock.GetUtcNow() + LifetimeOf(purpose)).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<StaffMember> manager, StaffMember user)
    {
        try
        {
            return _seal.Unprotect(token).Split('\n') is [var why, var whose, var stamp, var until]
                && why == purpose
                && whose == user.Id.ToString(CultureInfo.InvariantCulture)
                && stamp == await manager.GetSecurityStampAsync(user)
                && clock.GetUtcNow().ToUnixTimeSeconds() < long.Parse(until, CultureInfo.InvariantCulture);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<StaffMember> manager, StaffMember user) => Task.FromResult(false);

    public static TimeSpan LifetimeOf(string purpose) => purpose is Invitation ? TimeSpan.FromDays(7) : TimeSpan.FromHours(1);
}
