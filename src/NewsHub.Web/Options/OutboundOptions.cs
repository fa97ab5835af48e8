using System.Globalization;

namespace NewsHub.Web.Options;

/// <summary>How others are asked.</summary>
public sealed class OutboundOptions
{
    [Setting("Outbound:Seconds", "how long one try may take when others are asked")]
    [Seconds]
    public double Seconds { get; init; } = 5;

    [Setting("Outbound:Allow", "`host:port` within the house that may be asked although it is no public address, such as a relay")]
    [HostAndPort]
    public IReadOnlyList<string> Allow { get; init; } = [];

    /// <summary>How long one try may take.</summary>
    public TimeSpan Timeout => TimeSpan.FromSeconds(Seconds);

    /// <summary>Whether it may be asked whatever its address is.</summary>
    public bool Allows(string host, int port) =>
        Allow.Contains(string.Create(CultureInfo.InvariantCulture, $"{host}:{port}"), StringComparer.OrdinalIgnoreCase);

    private sealed class SecondsAttribute : RuleAttribute
    {
        public override string? Wrong(string value) =>
            double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && seconds is >= 0.05 and <= 300
                ? null : "it can be a number of seconds from 0.05 to 300.";
    }

    private sealed class HostAndPortAttribute : RuleAttribute
    {
        public override string? Wrong(string value) =>
            value.LastIndexOf(':') is > 0 and var colon
            && int.TryParse(value.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and < 65536
            && Uri.CheckHostName(value[..colon].Trim('[', ']')) is not UriHostNameType.Unknown
                ? null : "it has to be host:port, such as 127.0.0.1:9000.";
    }
}
