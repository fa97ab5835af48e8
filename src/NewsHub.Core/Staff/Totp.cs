using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;

namespace NewsHub.Core.Staff;

/// <summary>
/// The six digits of an authenticator app (RFC 6238: SHA-1, 30 s). A code is good for its half minute and the ones beside it, and once only:
/// whoever looked over a shoulder comes too late.
/// </summary>
public sealed class Totp(TimeProvider clock) : IUserTwoFactorTokenProvider<StaffMember>
{
    private const int Step = 30;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<StaffMember> manager, StaffMember user)
    {
        if (await manager.GetAuthenticatorKeyAsync(user) is not { Length: > 0 } key) return false;
        var typed = Encoding.ASCII.GetBytes(string.Concat(token.Where(char.IsAsciiDigit)));
        var now = clock.GetUtcNow().ToUnixTimeSeconds() / Step;
        var last = long.TryParse(await manager.GetAuthenticationTokenAsync(user, nameof(Totp), "last"), CultureInfo.InvariantCulture, out var used) ? used : 0;
        for (var step = now - 1; step <= now + 1; step++)
        {
            if (step <= last || !CryptographicOperations.FixedTimeEquals(typed, Encoding.ASCII.GetBytes(At(key, step)))) continue;
            // Two who send it at once: the second finds the account changed, and is refused.
            return (await manager.SetAuthenticationTokenAsync(user, nameof(Totp), "last", step.ToString(CultureInfo.InvariantCulture))).Succeeded;
        }
        return false;
    }

    public async Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<StaffMember> manager, StaffMember user) => await manager.GetAuthenticatorKeyAsync(user) is { Length: > 0 };

    /// <summary>The app makes them, not we.</summary>
    public Task<string> GenerateAsync(string purpose, UserManager<StaffMember> manager, StaffMember user) => Task.FromResult("");

    /// <param name="key">Base 32.</param>
    /// <param name="step">Half minutes since 1970.</param>
    internal static string At(string key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // RFC 6238 as every authenticator app speaks it.
        var hash = HMACSHA1.HashData(Bytes(key), counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & 0x7fff_ffff;
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }

    private static byte[] Bytes(string base32)
    {
        var bytes = new List<byte>();
        var (buffer, bits) = (0, 0);
        foreach (var letter in base32)
        {
            if (Letters.IndexOf(char.ToUpperInvariant(letter), StringComparison.Ordinal) is var value && value < 0) continue;
            (buffer, bits) = (buffer << 5 | value, bits + 5);
            if (bits < 8) continue;
            bits -= 8;
            bytes.Add((byte)(buffer >> bits));
            buffer &= (1 << bits) - 1;
        }
        return [.. bytes];
    }
}
