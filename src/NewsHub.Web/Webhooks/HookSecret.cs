using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace NewsHub.Web.Webhooks;

/// <summary>What a webhook's letters are signed with. The receiver keeps it; here it is kept sealed, and shown once.</summary>
public sealed class HookSecret(IDataProtectionProvider keys)
{
    private readonly IDataProtector _seal = keys.CreateProtector("webhook secret");

    /// <returns>As it is shown, and as it is kept.</returns>
    public (string Secret, string Sealed) Make()
    {
        var secret = "whsec_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return (secret, _seal.Protect(secret));
    }

    /// <returns>Null where the house's keys are others now.</returns>
    public string? Open(string kept)
    {
        try
        {
            return _seal.Unprotect(kept);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The header's value: over the time as well, so that an old letter cannot be sent again as a new one.</summary>
    public static string Sign(string secret, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var t = FormattableString.Invariant($"{at.ToUnixTimeSeconds()}");
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        mac.AppendData(Encoding.ASCII.GetBytes(t + "."));
        mac.AppendData(body);
        return $"t={t},v1={Convert.ToHexStringLower(mac.GetHashAndReset())}";
    }
}
