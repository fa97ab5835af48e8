namespace NewsHub.Web.Options;

/// <summary>The hosts it answers to, besides this machine's own names.</summary>
public sealed class AllowedHostsOptions
{
    [Setting("AllowedHosts", "host names it answers to; others get 400", Otherwise = "`localhost;127.0.0.1;[::1]`")]
    [HostName]
    public IReadOnlyList<string> Names { get; init; } = [];

    private sealed class HostNameAttribute : RuleAttribute
    {
        public override string? Wrong(string value) => value == "*" || Uri.CheckHostName(Bare(value)) is not UriHostNameType.Unknown
            ? null : "it has to be a host name alone, such as lantern.example or *.lantern.example, without http:// and without a port.";

        private static string Bare(string value) =>
            value.StartsWith("*.", StringComparison.Ordinal) ? value[2..] : value.Trim('[', ']');
    }
}
