namespace NewsHub.Web.Setup;

/// <summary>The hosts we answer to: this machine's, and those of the setting <c>AllowedHosts</c> (also <c>*.example.org</c>,
/// and <c>*</c> for any).</summary>
internal sealed class KnownHosts
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase) { "localhost", "127.0.0.1", "[::1]" };
    private readonly string[] _domains;
    private readonly bool _any;
    private string _last = "";

    public KnownHosts(IEnumerable<string> configured)
    {
        foreach (var host in configured) _names.Add(host);
        _any = _names.Contains("*");
        _domains = [.. _names.Where(name => name.StartsWith("*.", StringComparison.Ordinal)).Select(name => name[1..])];
    }

    public bool Knows(string? host)
    {
        if (string.IsNullOrEmpty(host)) return false;
        // Readers come by one name: the last good one is remembered.
        if (host.Equals(_last, StringComparison.Ordinal)) return true;
        var name = WithoutPort(host);
        if (!_any && !_names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name) && !IsBelow(name)) return false;
        _last = host;
        return true;
    }

    private bool IsBelow(ReadOnlySpan<char> name)
    {
        foreach (var domain in _domains)
            if (name.Length > domain.Length && name.EndsWith(domain, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static ReadOnlySpan<char> WithoutPort(string host)
    {
        var colon = host.LastIndexOf(':');
        return colon > 0 && colon > host.LastIndexOf(']') && !host.AsSpan(colon + 1).ContainsAnyExceptInRange('0', '9')
            ? host.AsSpan(0, colon)
            : host;
    }
}
