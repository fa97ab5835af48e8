using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using OtpNet;

namespace NewsHub.Core.Staff;

/// <summary>
/// The six digits of an authenticator app (RFC 6238: SHA-1, 30 s). A code is good for its half minute and the ones beside it, and once
/// only: whoever looked over a shoulder comes too late.
/// </summary>
public sealed class Totp(TimeProvider clock) : IUserTwoFactorTokenProvider<StaffMember>
{
    private const int Step = 30;

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<StaffMember> manager, StaffMember user)
    {
        if (await manager.GetAuthenticatorKeyAsync(user) is not { Length: > 0 } key) return false;
        var typed = Encoding.ASCII.GetBytes(string.Concat(token.Where(char.IsAsciiDigit)));
        var now = clock.GetUtcNow().ToUnixTimeSeconds() / Step;
        var last = long.TryParse(
            await manager.GetAuthenticationTokenAsync(user, nameof(Totp), "last"), CultureInfo.InvariantCulture, out var used) ? used : 0;
        for (var step = now - 1; step <= now + 1; step++)
        {
            if (step <= last || !CryptographicOperations.FixedTimeEquals(typed, Encoding.ASCII.GetBytes(At(key, step)))) continue;
            // Two who send it at once: the second finds the account changed, and is refused.
            return (await manager.SetAuthenticationTokenAsync(
                user, nameof(Totp), "last", step.ToString(CultureInfo.InvariantCulture))).Succeeded;
        }
        return false;
    }

    public async Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<StaffMember> manager, StaffMember user) =>
        await manager.GetAuthenticatorKeyAsync(user) is { Length: > 0 };

    /// <summary>The app makes them, not we.</summary>
    public Task<string> GenerateAsync(string purpose, UserManager<StaffMember> manager, StaffMember user) => Task.FromResult("");

    /// <param name="key">Base 32.</param>
    /// <param name="step">Half minutes since 1970.</param>
    internal static string At(string key, long step) => new Hotp(Base32Encoding.ToBytes(key)).ComputeHOTP(step);
}
