using System.Net;

namespace NewsHub.Web.Http;

/// <summary>Where a request comes from, for counting only: it is written down nowhere.</summary>
internal static class Caller
{
    /// <summary>The address; of IPv6 the part that a household or an attacker has as a whole.</summary>
    public static string Of(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return bytes.Length == 4 ? address.ToString() : new IPAddress([.. bytes[..8], 0, 0, 0, 0, 0, 0, 0, 0]).ToString();
    }
}
