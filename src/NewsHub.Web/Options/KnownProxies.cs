using System.Globalization;
using System.Net;

namespace NewsHub.Web.Options;

/// <summary>Whose word is taken for where a reader came from, as the setting <c>Proxies:Known</c> has it.</summary>
internal static class KnownProxies
{
    private static readonly IPNetwork[] Loopback = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")];

    /// <summary>Addresses that the internet does not know: of a house, a container network, a cluster.</summary>
    private static readonly IPNetwork[] Private =
    [
        .. Loopback, IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10"),
    ];

    /// <summary>The networks of a setting; those of this machine where nothing is set.</summary>
    public static IEnumerable<IPNetwork> From(IReadOnlyList<string> setting) =>
        setting.Count == 0 ? Loopback : setting.SelectMany(s => TryParse(s, out var networks) ? networks : []);

    /// <summary>An address, a network, or one of the words <c>loopback</c> and <c>private</c>.</summary>
    public static bool TryParse(string text, out IReadOnlyList<IPNetwork> networks)
    {
        networks = text.ToLowerInvariant() switch
        {
            "loopback" => Loopback,
            "private" => Private,
            _ when text.Contains('/', StringComparison.Ordinal) => Network(text) is { } network ? [network] : [],
            _ => Address(text) is { } address ? [new IPNetwork(address, address.GetAddressBytes().Length * 8)] : [],
        };
        return networks.Count > 0;
    }

    // .NET takes 10.1 for 10.0.0.1; whoever writes that most likely meant something else.
    private static IPAddress? Address(string text) =>
        IPAddress.TryParse(text, out var address) && (text.Contains(':', StringComparison.Ordinal) || text.Count(c => c == '.') == 3)
            ? address : null;

    // 172.30.80.1/24 is that network too: .NET takes only its first address.
    private static IPNetwork? Network(string text)
    {
        if (text.Split('/') is not [var address, var length] || Address(address) is not { } ip) return null;
        if (!int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bits)) return null;
        var bytes = ip.GetAddressBytes();
        if (bits > bytes.Length * 8) return null;
        for (var i = 0; i < bytes.Length; i++) bytes[i] &= (byte)(0xff00 >> Math.Clamp(bits - (i * 8), 0, 8));
        return new IPNetwork(new IPAddress(bytes), bits);
    }
}
