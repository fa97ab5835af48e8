using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using NewsHub.Core.Stories;

namespace NewsHub.Web.Areas.Admin.Pages.Stories;

/// <summary>What stands in a preview link's address: the link's number, sealed by the house's keys. Whether it is still
/// open is in the store.</summary>
internal static class PreviewToken
{
    public static string PathOf(IDataProtectionProvider keys, PreviewLink link) =>
        "/preview/" + Seal(keys).Protect(link.Id.ToString(CultureInfo.InvariantCulture));

    /// <summary>The link's number; null where nobody here sealed it, or someone changed a letter of it.</summary>
    public static long? Read(IDataProtectionProvider keys, string? token)
    {
        if (token is not { Length: > 0 and < 1000 }) return null;
        try
        {
            return long.Parse(Seal(keys).Unprotect(token), NumberStyles.None, CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private static IDataProtector Seal(IDataProtectionProvider keys) => keys.CreateProtector("preview link");
}
