using System.Globalization;
using MimeKit;
using NewsHub.Core.Mail;
using NewsHub.Core.Newsletters;
using Serilog.Events;

namespace NewsHub.Web.Setup;

/// <summary>
/// Every setting of this program, what it can be, and what the program is told where it is something else. A new setting is one line of
/// <see cref="Known"/>, and one in README.md.
/// </summary>
internal static class Settings
{
    /// <param name="Wrong">Why a value cannot be used, to stand behind it in a sentence; null where it can.</param>
    /// <param name="IsList">Several values may be given: as one line with semicolons, or as <c>Name:0</c>, <c>Name:1</c> …</param>
    private sealed record Setting(string Name, Func<string, string?> Wrong, bool IsList = false);

    private static readonly Setting[] Known =
    [
        new("Data:Folder", Anything),
        new("Content:Folder", Anything),
        new("Assets:Folder", Anything),
        new("Site:Url", SiteUrl),
        new("AllowedHosts", HostName, IsList: true),
        new("Proxies:Known", Proxy, IsList: true),
        new("PageCache:MegaBytes", Whole(0, 1_000_000)),
        new("Live:Burst", Whole(1, 1_000_000)),
        new("Live:Streams", Whole(0, 1_000_000)),
        new("Live:StreamsFromOneAddress", Whole(0, 1_000_000)),
        new("Live:UpdatesBurst", Whole(1, 1_000_000)),
        new("Live:ReadersFromOneAddress", Whole(1, 1_000_000)),
        new("Search:Burst", Whole(1, 1_000_000)),
        new("Media:MakeAhead", YesOrNo),
        new("Rates:Refresh", YesOrNo),
        new("Rates:Ecb", Address),
        new("Rates:Cbn", Address),
        new("Rates:ErApi", Address),
        // As it was called before: a shell cannot set a name with a hyphen.
        new("Rates:er-api", Address),
        new("Outbound:Seconds", Seconds),
        new("Outbound:Allow", HostAndPort, IsList: true),
        new("Feeds:FullText", YesOrNo),
        new("Feeds:Hub", Address),
        new("Security:Contact", Contact),
        new("Webhooks:AllowHttp", YesOrNo),
        new("Smtp:Host", MailServer),
        new("Smtp:Port", Whole(1, 65_535)),
        new("Smtp:User", Anything),
        new("Smtp:Password", Anything),
        new("Smtp:From", Sender),
        new("Smtp:Tls", OneOf<SmtpTls>),
        new("Newsletter:Batch", Whole(1, 1000)),
        new("Newsletter:PerMinute", Whole(1, 1_000_000)),
        new("Newsletter:Lease", Whole(1, 86_400)),
        new("Newsletter:Tries", Whole(1, 1000)),
        new("Newsletter:Bounces", Whole(1, 1000)),
        new("Newsletter:BounceSecret", Anything),
        new("Newsletter:MailgunKey", Anything),
        new("Newsletter:Burst", Whole(1, 1_000_000)),
        new("Newsletter:BurstOfAll", Whole(1, 1_000_000)),
        new("Logging:Level", OneOf<LogEventLevel>),
    ];

    /// <summary>Sections that we share with ASP.NET Core: what we do not know there may be its own.</summary>
    private static readonly string[] Shared = ["Logging"];

    /// <summary>Options of the command line itself.</summary>
    private static readonly string[] Options = ["data", "urls"];

    /// <summary>What a command line may also say: the host's own words.</summary>
    private static readonly string[] Foreign =
    [
        "urls", "http_ports", "https_ports", "environment", "applicationName", "contentRoot", "webRoot", "startupAssembly", "hostingStartupAssemblies",
        "hostingStartupExcludeAssemblies", "preferHostingUrls", "preventHostingStartup", "captureStartupErrors", "detailedErrors", "suppressStatusMessages",
        "shutdownTimeoutSeconds", "hostBuilder", "Kestrel", "Logging", "forwardedHeaders_enabled", "AllowedHosts",
    ];

    /// <summary>Looks at every setting once, before anything is built from them, and takes an empty one for none.</summary>
    /// <param name="words">The settings of the command line. In the environment are other programs' too; on it, what is next to one of ours is misspelt.</param>
    /// <exception cref="SettingsException">Some are wrong. The message has a sentence in a line for each.</exception>
    public static void Check(IConfigurationManager settings, IReadOnlyList<string>? words = null)
    {
        var wrong = new List<string>();
        var given = settings.AsEnumerable().Where(s => s.Value is not null).ToDictionary(s => s.Key, s => s.Value!, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in given.OrderBy(g => g.Key, StringComparer.OrdinalIgnoreCase))
        {
            if (Find(name) is { } setting)
            {
                if (value.Trim().Length == 0) continue;
                foreach (var one in setting.IsList ? Parts(value) : [value])
                    if (setting.Wrong(one) is { } why) wrong.Add($"The setting {setting.Name} is “{one}”; {why}");
            }
            else if (IsOurs(name) || IsMisspelt(name)) wrong.Add($"There is no setting {name}.{Nearest(name)}");
        }
        foreach (var (name, value) in new ConfigurationBuilder().AddCommandLine([.. words ?? []]).Build().AsEnumerable())
        {
            // A host in a test hands on the names of sections, with nothing in them.
            if (string.IsNullOrEmpty(value) || Find(name) is not null || IsForeign(name)) continue;
            // A plain word may be the host's own, unless it is next to one of ours: --dta would serve another folder.
            if (IsOurs(name) || IsMisspelt(name) || Options.Concat(Names).Any(n => Distance(name, n) <= 2)) wrong.Add($"There is no setting {name}.{Nearest(name)}");
        }
        if (wrong.Count > 0) throw new SettingsException(string.Join('\n', wrong.Distinct()));
        // Compose files hand on variables that nobody has set.
        settings.AddInMemoryCollection(given.Where(g => g.Value.Trim().Length == 0 && Find(g.Key) is not null).Select(g => KeyValuePair.Create(g.Key, (string?)null)));
    }

    /// <summary>A setting given as a list, or as one line with semicolons.</summary>
    public static string[] List(this IConfiguration settings, string name) =>
        settings.GetSection(name).Get<string[]>() is { Length: > 0 } listed ? [.. listed.SelectMany(Parts)] : Parts(settings[name] ?? "");

    /// <summary>The names of all settings, as README.md has them.</summary>
    internal static IEnumerable<string> Names => Known.Select(k => k.Name);

    private static string[] Parts(string line) => line.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static Setting? Find(string name) => Array.Find(Known, k => k.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
        || k.IsList && name.StartsWith(k.Name + ":", StringComparison.OrdinalIgnoreCase) && int.TryParse(name.AsSpan(k.Name.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _));

    private static string Section(string name) => name.Split(':')[0];

    /// <summary>A name below one of our sections. A plain variable such as DATA or SITE is somebody else's.</summary>
    private static bool IsOurs(string name) => name.Contains(':', StringComparison.Ordinal)
        && Known.Any(k => k.Name.Contains(':', StringComparison.Ordinal) && Section(k.Name).Equals(Section(name), StringComparison.OrdinalIgnoreCase))
        && !Shared.Contains(Section(name), StringComparer.OrdinalIgnoreCase);

    private static bool IsForeign(string name) => Foreign.Contains(Section(name), StringComparer.OrdinalIgnoreCase)
        || name.StartsWith("OTEL_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("DOTNET_", StringComparison.OrdinalIgnoreCase);

    /// <summary>Such as Stmp:Host or Logging:Levle: below a section that is not ours alone, and yet next to one of our names.</summary>
    private static bool IsMisspelt(string name) => name.Contains(':', StringComparison.Ordinal)
        && Known.Any(k => Distance(Section(name), Section(k.Name)) <= 2 && Distance(name, k.Name) <= (IsForeign(name) ? 2 : 3));

    private static string Nearest(string name)
    {
        if (Options.FirstOrDefault(o => Distance(name, o) <= 2) is { } option) return $" Is --{option} meant?";
        var nearest = Names.MinBy(n => Distance(name, n))!;
        return Distance(name, nearest) <= Math.Max(3, name.Length / 3) ? $" Is {nearest} meant?" : " README.md has them all.";
    }

    /// <summary>How many letters are wrong, missing, too many or in the place of their neighbours, whatever their case.</summary>
    private static int Distance(string a, string b)
    {
        // Longer than any of ours, it is near none of them.
        if (Math.Abs(a.Length - b.Length) > 20) return int.MaxValue;
        (a, b) = (a.ToUpperInvariant(), b.ToUpperInvariant());
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }

    private static string? Anything(string _) => null;

    private static string? YesOrNo(string value) => bool.TryParse(value, out _) ? null : "it can be true or false.";

    private static Func<string, string?> Whole(int least, int most) => value =>
        int.TryParse(value, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most
            ? null : FormattableString.Invariant($"it can be a whole number from {least} to {most}.");

    private static string? Seconds(string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var n) && n is >= 0.05 and <= 300 ? null : "it can be a number of seconds from 0.05 to 300.";

    private static string? OneOf<T>(string value) where T : struct, Enum =>
        Enum.GetNames<T>().Contains(value.Trim(), StringComparer.OrdinalIgnoreCase) ? null : $"it can be {string.Join(", ", Enum.GetNames<T>())}.";

    private static string? Address(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0 ? null : "it has to be an address with http:// or https://.";

    private static string? Contact(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "mailto" or "https" or "http" or "tel" ? null : "it has to be an address such as mailto:security@lantern.example or https://….";

    private static string? SiteUrl(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0
        && uri.AbsolutePath == "/" && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0 && !value.Any(c => char.IsWhiteSpace(c) || c is '?' or '#')
            ? null : "it has to be the address readers use, with http:// or https:// and without a path, such as https://lantern.example.";

    private static string? HostName(string value) =>
        value == "*" || Uri.CheckHostName(value.StartsWith("*.", StringComparison.Ordinal) ? value[2..] : value.Trim('[', ']')) is not UriHostNameType.Unknown
            ? null : "it has to be a host name alone, such as lantern.example or *.lantern.example, without http:// and without a port.";

    private static string? HostAndPort(string value) =>
        value.LastIndexOf(':') is > 0 and var colon && int.TryParse(value.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
        && Uri.CheckHostName(value[..colon].Trim('[', ']')) is not UriHostNameType.Unknown
            ? null : "it has to be host:port, such as 127.0.0.1:9000.";

    private static string? MailServer(string value) =>
        Uri.CheckHostName(value.Trim('[', ']')) is not UriHostNameType.Unknown ? null : "it has to be a host name alone, such as mail.lantern.example; the port is Smtp:Port.";

    private static string? Sender(string value) =>
        MailboxAddress.TryParse(value, out var from) && Subscriber.IsAddress(from.Address) ? null : "it has to be a mail address such as The Lantern <desk@lantern.example>.";

    private static string? Proxy(string value) =>
        KnownProxies.TryParse(value, out _) ? null : "it has to be an IP address, a network such as 172.30.80.0/24, or the word loopback or private.";
}

/// <summary>Settings that the program cannot start with; the message says which and why, a line each.</summary>
internal sealed class SettingsException(string message) : Exception(message);
