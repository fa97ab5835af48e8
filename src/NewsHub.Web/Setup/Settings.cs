using NewsHub.Web.Options;

namespace NewsHub.Web.Setup;

/// <summary>
/// Makes the options classes from what was set, and says what cannot be meant. A new setting is a property of one of them, and a row in
/// src/SETTINGS.md.
/// The framework would read its <c>IOptions</c> when they are first asked for and look at them when the host starts. By then much is
/// built from them and the store is open; and a name that nobody reads would be passed over in silence. Here all is looked at before
/// anything is built, and all that is wrong is said at once. Whoever needs a setting takes the options class itself.
/// </summary>
internal static class Settings
{
    private static readonly Type[] Classes =
    [
        typeof(FolderOptions), typeof(StoreOptions), typeof(RedisOptions), typeof(SiteOptions), typeof(AllowedHostsOptions),
        typeof(ProxiesOptions), typeof(PageCacheOptions), typeof(CdnOptions), typeof(LiveOptions), typeof(SearchOptions),
        typeof(MediaOptions), typeof(S3Options), typeof(RatesOptions), typeof(OutboundOptions), typeof(FeedsOptions),
        typeof(SecurityOptions), typeof(WebhooksOptions), typeof(SmtpOptions), typeof(NewsletterOptions), typeof(LoggingOptions),
    ];

    /// <summary>Every setting of this program.</summary>
    internal static readonly IReadOnlyList<Setting> Known = [.. Classes.SelectMany(Setting.Of)];

    /// <summary>Sections that we share with ASP.NET Core: what we do not know there may be its own.</summary>
    private static readonly string[] Shared = ["Logging"];

    /// <summary>Options of the command line itself.</summary>
    private static readonly string[] LineOptions = ["data", "urls"];

    /// <summary>What a command line may also say: the host's own words.</summary>
    private static readonly string[] Foreign =
    [
        "urls", "http_ports", "https_ports", "environment", "applicationName", "contentRoot", "webRoot", "startupAssembly",
        "hostingStartupAssemblies", "hostingStartupExcludeAssemblies", "preferHostingUrls", "preventHostingStartup", "captureStartupErrors",
        "detailedErrors", "suppressStatusMessages", "shutdownTimeoutSeconds", "hostBuilder", "Kestrel", "Logging",
        "forwardedHeaders_enabled", "AllowedHosts",
    ];

    /// <summary>Looks at all settings, before anything is built from them, and gives the options classes to whoever takes them.</summary>
    /// <param name="words">The settings of the command line.</param>
    /// <exception cref="SettingsException">Some are wrong.</exception>
    public static void AddSettings(this IHostApplicationBuilder builder, IReadOnlyList<string>? words = null)
    {
        Check(builder.Configuration, words);
        foreach (var type in Classes) builder.Services.AddSingleton(type, Read(type, builder.Configuration));
    }

    /// <summary>An options class, for what is built before there is anybody to ask for it. An empty setting counts as none.</summary>
    public static T Read<T>(IConfiguration given) => (T)Read(typeof(T), given);

    private static object Read(Type type, IConfiguration given)
    {
        var options = Activator.CreateInstance(type)!;
        foreach (var setting in Known.Where(k => k.Property.DeclaringType == type)) setting.Set(options, given);
        return options;
    }

    /// <summary>Looks at every setting once.</summary>
    /// <param name="words">
    /// The settings of the command line. In the environment are other programs' too; on it, what is next to one of ours is misspelt.
    /// </param>
    /// <exception cref="SettingsException">Some are wrong. The message has a sentence in a line for each.</exception>
    public static void Check(IConfiguration settings, IReadOnlyList<string>? words = null)
    {
        var wrong = new List<string>();
        foreach (var (name, value) in settings.AsEnumerable().OrderBy(s => s.Key, StringComparer.OrdinalIgnoreCase))
        {
            // A host in a test hands on the names of sections, with nothing in them.
            if (value is null || value.Length == 0 && IsSection(name)) continue;
            if (Find(name) is { } setting)
            {
                // Compose files hand on variables that nobody has set.
                if (string.IsNullOrWhiteSpace(value)) continue;
                foreach (var one in setting.Values(value))
                    if (setting.Wrong(one) is { } why)
                        wrong.Add(setting.Attribute.IsSecret
                            ? $"The setting {setting.Name} cannot be used; {why}"
                            : $"The setting {setting.Name} is “{one}”; {why}");
            }
            else if (IsOurs(name) || IsMisspelt(name)) wrong.Add(Unknown(name));
        }
        foreach (var (name, value) in new ConfigurationBuilder().AddCommandLine([.. words ?? []]).Build().AsEnumerable())
        {
            // A host in a test hands on the names of sections, with nothing in them.
            if (string.IsNullOrEmpty(value) || Find(name) is not null || IsForeign(name)) continue;
            // A plain word may be the host's own, unless it is next to one of ours: --dta would serve another folder.
            if (IsOurs(name) || IsMisspelt(name) || LineOptions.Concat(Names).Any(n => Distance(name, n) <= 2)) wrong.Add(Unknown(name));
        }
        // Each can be meant: do they go together?
        if (wrong.Count == 0)
            foreach (var type in Classes.Where(type => type.IsAssignableTo(typeof(IValidatedOptions))))
                if (((IValidatedOptions)Read(type, settings)).Wrong() is { } why) wrong.Add(why);
        if (wrong.Count > 0) throw new SettingsException(string.Join('\n', wrong.Distinct()));
    }

    /// <summary>The names of all settings, former ones too.</summary>
    internal static IEnumerable<string> Names => Known.Select(k => k.Name);

    private static Setting? Find(string name) => Known.FirstOrDefault(k => k.IsCalled(name));

    private static string Section(string name) => name.Split(':')[0];

    /// <summary>Such as Media:S3, below which there are settings.</summary>
    private static bool IsSection(string name) => Names.Any(n => n.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));

    /// <summary>A name below one of our sections. A plain variable such as DATA or SITE is somebody else's.</summary>
    private static bool IsOurs(string name) => name.Contains(':', StringComparison.Ordinal)
        && Known.Any(k => k.Name.Contains(':', StringComparison.Ordinal)
            && Section(k.Name).Equals(Section(name), StringComparison.OrdinalIgnoreCase))
        && !Shared.Contains(Section(name), StringComparer.OrdinalIgnoreCase);

    private static bool IsForeign(string name) => Foreign.Contains(Section(name), StringComparer.OrdinalIgnoreCase)
        || name.StartsWith("OTEL_", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("DOTNET_", StringComparison.OrdinalIgnoreCase);

    /// <summary>Such as Stmp:Host or Logging:Levle: below a section that is not ours alone, and yet next to one of our names.</summary>
    private static bool IsMisspelt(string name) => name.Contains(':', StringComparison.Ordinal)
        && Known.Any(k => Distance(Section(name), Section(k.Name)) <= 2 && Distance(name, k.Name) <= (IsForeign(name) ? 2 : 3));

    private static string Unknown(string name) => $"There is no setting {name}.{Nearest(name)}";

    private static string Nearest(string name)
    {
        if (LineOptions.FirstOrDefault(o => Distance(name, o) <= 2) is { } option) return $" Is --{option} meant?";
        var nearest = Names.MinBy(n => Distance(name, n))!;
        return Distance(name, nearest) <= Math.Max(3, name.Length / 3) ? $" Is {nearest} meant?" : " src/SETTINGS.md has them all.";
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
}

/// <summary>Settings that the program cannot start with; the message says which and why, a line each.</summary>
internal sealed class SettingsException(string message) : Exception(message);
