namespace NewsHub.Web.Options;

/// <summary>Whose word is taken for where a reader came from.</summary>
public sealed class ProxiesOptions
{
    [Setting("Proxies:Known", "proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed: addresses, networks such as "
        + "`172.30.80.0/24`, `loopback`, `private` (all that are not of the internet), separated by semicolons", Otherwise = "`loopback`")]
    [Proxy]
    public IReadOnlyList<string> Known { get; init; } = [];

    private sealed class ProxyAttribute : RuleAttribute
    {
        public override string? Wrong(string value) => KnownProxies.TryParse(value, out _)
            ? null : "it has to be an IP address, a network such as 172.30.80.0/24, or the word loopback or private.";
    }
}
