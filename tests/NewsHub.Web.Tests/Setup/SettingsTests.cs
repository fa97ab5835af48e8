using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NewsHub.Core.Mail;
using NewsHub.Core.Sharing;
using NewsHub.Core.Store;
using NewsHub.Web.Options;
using NewsHub.Web.Setup;
using Serilog.Events;

namespace NewsHub.Web.Tests.Setup;

/// <summary>Settings that cannot be meant are refused at the start, with the name and what it can be.</summary>
public sealed class SettingsTests
{
    private static ConfigurationManager Given(params (string Name, string? Value)[] settings)
    {
        var given = new ConfigurationManager();
        given.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, s.Value)));
        return given;
    }

    private static string Refused(string name, string value) =>
        Assert.Throws<SettingsException>(() => Settings.Check(Given((name, value)))).Message;

    [Theory]
    [InlineData("Smtp:Hots", "Smtp:Host")]
    [InlineData("smtp:form", "Smtp:From")]
    [InlineData("Newsletter:PerMinut", "Newsletter:PerMinute")]
    [InlineData("Newsletter:BouncesSecret", "Newsletter:BounceSecret")]
    [InlineData("Site:Ulr", "Site:Url")]
    [InlineData("PageCache:Megabyte", "PageCache:MegaBytes")]
    [InlineData("Rates:erapi2", "Rates:ErApi")]
    [InlineData("Outbound:Alow:0", "Outbound:Allow")]
    [InlineData("Proxies:Known:first", "Proxies:Known")]
    [InlineData("Stmp:Host", "Smtp:Host")]
    [InlineData("Newsletters:Batch", "Newsletter:Batch")]
    [InlineData("Logging:Levle", "Logging:Level")]
    public void A_misspelt_name_is_refused_and_the_nearest_is_named(string name, string meant)
    {
        var sentence = Refused(name, "x");
        Assert.Contains(name, sentence, StringComparison.Ordinal);
        Assert.Contains($"Is {meant} meant?", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_name_with_a_letter_wrong_missing_or_too_many_is_refused_and_found_again()
    {
        foreach (var name in Settings.Names.Where(n => n.Contains(':', StringComparison.Ordinal) && n != "Rates:er-api"))
        {
            Settings.Check(Given((name, "")));
            var at = name.IndexOf(':', StringComparison.Ordinal) + 1;
            foreach (var wrong in new[]
            {
                name.Insert(at + 1, "q"), name.Remove(name.Length - 1), name[..at] + "q" + name[(at + 1)..], name + "x",
            })
                if (!Settings.Names.Contains(wrong, StringComparer.OrdinalIgnoreCase))
                    Assert.Contains($"There is no setting {wrong}. Is ", Refused(wrong, "1"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(
        "Site:Url", "lantern.example", "https://lantern.example/paper", "ftp://lantern.example", "https://", "https://lantern.example?x=1",
        "https://lantern.example/#top", "https://me@lantern.example", "https://lantern example", "javascript:alert(1)")]
    [InlineData("AllowedHosts", "https://lantern.example", "lantern.example:443", "lantern.example/x", "a b")]
    [InlineData("Proxies:Known", "proxy", "10.0.0.0/33", "10.0.0", "10.0.0.256", "10.0.0.0/8/8", "2001:db8::/129", "10.0.0.0/-1", "1")]
    [InlineData("PageCache:MegaBytes", "-1", "many", "1.5", "99999999999")]
    [InlineData("Live:Burst", "0", "-5", "1e3")]
    [InlineData("Live:Streams", "-1", "x")]
    [InlineData(
        "Media:S3:Endpoint", "objects.lantern.example", "https://objects.lantern.example/bucket", "ftp://x", "https://me:x@y",
        "http://x?y")]
    [InlineData("Media:S3:Bucket", "ab", "Pictures", "-pictures", "a/b", "under_score")]
    [InlineData("Media:S3:Region", "eu central", "-")]
    [InlineData("Media:S3:PathStyle", "no", "1")]
    [InlineData("Media:PublicUrl", "pictures.lantern.example", "/media", "https://x/?y", "https://x; script-src *", "https://a,b")]
    [InlineData("Rates:Refresh", "no", "0", "yes")]
    [InlineData("Rates:Ecb", "www.ecb.europa.eu", "file:///etc/passwd", "x")]
    [InlineData("Rates:er-api", "x")]
    [InlineData("Outbound:Seconds", "0", "-1", "soon", "NaN", "1e9", "301")]
    [InlineData("Outbound:Allow:0", "127.0.0.1", "127.0.0.1:0", "http://127.0.0.1:80", "host:99999")]
    [InlineData("Feeds:Hub", "hub.example", "/hub")]
    [InlineData("Security:Contact", "security@lantern.example", "x")]
    [InlineData("Smtp:Host", "smtp://mail.example", "mail.example:587", "mail example")]
    [InlineData("Smtp:Port", "0", "65536", "smtp")]
    [InlineData(
        "Smtp:From", "The Lantern", "lantern.example", "@lantern.example", "desk@", "a@b.example, c@d.example", "The Lantern <desk>")]
    [InlineData("Smtp:Tls", "yes", "1", "auto, none", "ssl")]
    [InlineData("Newsletter:Batch", "0", "1001", "x")]
    [InlineData("Newsletter:Lease", "0", "-1")]
    [InlineData("Logging:Level", "Loud", "3")]
    public void A_value_that_it_cannot_have_is_refused_and_what_it_can_have_is_said(string name, params string[] values)
    {
        foreach (var value in values)
        {
            var sentence = Refused(name, value);
            Assert.StartsWith(
                $"The setting {name.Replace(":0", "", StringComparison.Ordinal)} is “{value}”; it ", sentence, StringComparison.Ordinal);
            Assert.EndsWith(".", sentence, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(
        "Site:Url", "https://lantern.example", "http://localhost:5080/", "https://news.lantern.example:8443", "https://münchen.example",
        "http://[::1]:5080")]
    [InlineData("AllowedHosts", "*", "lantern.example; *.lantern.example;127.0.0.1;[::1]", "")]
    [InlineData("Proxies:Known", "10.1.2.3", "172.30.80.0/24; 2001:db8::/32", "172.30.80.7/24", "loopback", "private; 203.0.113.9", "::1")]
    [InlineData("Outbound:Allow", "127.0.0.1:9000; relay:80", "[::1]:9000")]
    [InlineData("Smtp:From", "desk@lantern.example", "The Lantern <desk@lantern.example>", "\"Lantern, The\" <desk@lantern.example>")]
    [InlineData("Smtp:Tls", "auto", "STARTTLS", "implicit", "None")]
    [InlineData("Outbound:Seconds", "5", "0.2")]
    [InlineData("Feeds:FullText", "true", "False")]
    [InlineData("Logging:Level", "warning", "Fatal")]
    [InlineData("Security:Contact", "mailto:security@lantern.example", "https://lantern.example/contact")]
    [InlineData("Newsletter:BounceSecret", "any: words; at all")]
    public void A_value_that_it_can_have_is_taken(string name, params string[] values)
    {
        foreach (var value in values) Settings.Check(Given((name, value)));
    }

    [Fact]
    public void What_belongs_to_others_hinders_no_start()
    {
        Settings.Check(Given(
            ("PATH", "/bin"), ("HOME", "/root"), ("DATA", "x"), ("SITE", "y"), ("Smtp", "z"), ("ALLOWED_HOSTS", "x"),
            ("ASPNETCORE_URLS", "http://+:80"), ("urls", "http://+:80"),
            ("Logging:LogLevel:Default", "Debug"), ("Logging:Console:FormatterName", "json"), ("Kestrel:Endpoints:Http:Url", "http://*:80"),
            ("Kestrel:Limits:MaxConcurrentConnections", "5"),
            ("OTEL_SERVICE_NAME", "news"), ("ConnectionStrings:Default", "x"), ("Serilog:Using:0", "x"), ("MyApp:Site:Url", "x"),
            ("DOTNET_ENVIRONMENT", "Test"), ("contentRoot", "/app")));
    }

    [Fact]
    public void On_the_command_line_a_name_that_is_next_to_one_of_ours_is_misspelt()
    {
        foreach (var words in new[] { "--Dta:Folder=x", "--datta=x", "--dta=x", "--smpt-host=x", "--ulrs=x" })
            Assert.Contains("There is no setting", Assert.Throws<SettingsException>(() => Settings.Check(Given(), [words])).Message,
                StringComparison.Ordinal);
        Settings.Check(Given(), [
            "--urls=http://+:80", "--environment=Test", "--Kestrel:Limits:MaxConcurrentConnections=5", "--Logging:LogLevel:Default=Debug",
            "--Smtp:Host=mail.example", "--http_ports=80", "--OTEL_SERVICE_NAME=x", "--RUNNING_IN_CONTAINER=true", "--Site=", "--Data=",
        ]);
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once_a_line_each()
    {
        var lines = Assert.Throws<SettingsException>(
            () => Settings.Check(Given(("Smtp:Hots", "x"), ("Smtp:Port", "y"), ("AllowedHosts", "a;b c;http://d")))).Message.Split('\n');
        Assert.Equal(4, lines.Length);
    }

    [Fact]
    public void An_object_store_is_set_as_a_whole_or_not_at_all_and_its_secret_is_never_said()
    {
        (string, string?)[] whole =
        [
            ("Media:S3:Endpoint", "https://objects.lantern.example"), ("Media:S3:Bucket", "pictures"), ("Media:S3:Key", "AKIA"),
            ("Media:S3:Secret", "very; secret"), ("Media:PublicUrl", "https://pictures.lantern.example/pictures/"),
        ];
        Settings.Check(Given(whole));
        var options = Settings.Read<S3Options>(Given(whole));
        Assert.Equal(("https://objects.lantern.example/", "pictures", "us-east-1", "very; secret", true),
            (options.Connection!.Endpoint.ToString(), options.Connection.Bucket, options.Connection.Region, options.Connection.Secret,
                options.Connection.PathStyle));
        Assert.Equal("https://pictures.lantern.example/pictures", options.PublicUrl);
        Assert.DoesNotContain("secret", options.Connection.ToString(), StringComparison.Ordinal);
        foreach (var missing in whole.SkipLast(1))
        {
            var sentence = Assert.Throws<SettingsException>(
                () => Settings.Check(Given([.. whole.Where(setting => setting != missing)]))).Message;
            Assert.Equal($"An object store needs endpoint, bucket, key and secret; not set: {missing.Item1}.", sentence);
        }
        Assert.Contains("Media:PublicUrl needs an object store",
            Assert.Throws<SettingsException>(() => Settings.Check(Given(whole[^1]))).Message, StringComparison.Ordinal);
        Assert.Null(Settings.Read<S3Options>(Given()).Connection);
    }

    [Theory]
    [InlineData("redis://me:hush@")]
    [InlineData("redis://hush@lantern.example")]
    [InlineData("redis://:hush@lantern.example/paper")]
    [InlineData("redis://:hush@lantern.example?db=1")]
    [InlineData("redis://:hush@lantern.example:99999")]
    [InlineData("http://:hush@lantern.example:6379")]
    [InlineData("lantern.example,pasword=hush")]
    [InlineData("lantern.example,ssl=hush")]
    [InlineData("lantern.example:hush")]
    [InlineData("lantern example,password=hush")]
    [InlineData("Host=lantern.example;Password=hush")]
    [InlineData("password=hush")]
    public void An_address_of_a_Redis_that_cannot_be_read_is_refused_without_saying_it(string value)
    {
        var sentence = Refused("Redis:Url", value);
        Assert.StartsWith("The setting Redis:Url cannot be used; it has to be an address such as redis://", sentence,
            StringComparison.Ordinal);
        Assert.DoesNotContain("hush", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Redis_goes_with_PostgreSQL_and_then_the_nodes_count_there()
    {
        (string, string?) redis = ("Redis:Url", "redis://:hush@lantern.example"),
            postgres = ("Store:Postgres", "Host=lantern.example;Database=lantern");
        Assert.Equal("The setting Redis:Url needs Store:Postgres beside it: one machine counts in its own memory.",
            Assert.Throws<SettingsException>(() => Counts(redis)).Message);
        Assert.IsType<RedisCounts>(Counts(redis, postgres));
        Assert.IsType<PostgresCounts>(Counts(postgres));
        Assert.Null(Counts());

        static ISharedCounts? Counts(params (string, string?)[] settings)
        {
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Item1, s.Item2)));
            builder.AddStore(patience: 1);
            return builder.Services.BuildServiceProvider().GetService<ISharedCounts>();
        }
    }

    [Fact]
    public void An_empty_setting_is_as_good_as_none()
    {
        var given = Given(("Newsletter:Batch", ""), ("Smtp:From", " "), ("Proxies:Known", ""), ("Site:Url", ""));
        Settings.Check(given);
        Assert.Equal(50, Settings.Read<NewsletterOptions>(given).Batch);
        Assert.Null(Settings.Read<SmtpOptions>(given).From);
        Assert.Empty(Settings.Read<ProxiesOptions>(given).Known);
        Assert.Equal("http://localhost:5080", Settings.Read<SiteOptions>(given).Url);
    }

    [Fact]
    public void A_list_is_one_line_or_several_settings()
    {
        Assert.Equal(["a", "b"], Settings.Read<AllowedHostsOptions>(Given(("AllowedHosts", "a; b"))).Names);
        Assert.Equal(["a", "b", "c"], Settings.Read<AllowedHostsOptions>(Given(("AllowedHosts:0", "a"), ("AllowedHosts:1", "b;c"))).Names);
    }

    [Fact]
    public void What_was_set_stands_in_the_options_class()
    {
        var smtp = Settings.Read<SmtpOptions>(Given(("smtp:port", " 25 "), ("Smtp:Tls", "starttls"), ("Smtp:Host", "mail.example")));
        Assert.Equal((25, SmtpTls.StartTls, "mail.example", null), (smtp.Port, smtp.Tls, smtp.Host, smtp.User));
        Assert.Equal(TimeSpan.FromSeconds(0.2), Settings.Read<OutboundOptions>(Given(("Outbound:Seconds", "0.2"))).Timeout);
        Assert.False(Settings.Read<FeedsOptions>(Given(("Feeds:FullText", "False"))).FullText);
        Assert.Equal(LogEventLevel.Warning, Settings.Read<LoggingOptions>(Given(("Logging:Level", "warning"))).Level);
    }

    [Fact]
    public void A_former_name_counts_where_the_name_of_today_is_not_set()
    {
        (string, string?) former = ("Rates:er-api", "http://former.example");
        Assert.Equal("http://former.example", Settings.Read<RatesOptions>(Given(former)).ErApi);
        Assert.Equal("http://former.example", Settings.Read<RatesOptions>(Given(former, ("Rates:ErApi", ""))).ErApi);
        Assert.Equal("http://today.example", Settings.Read<RatesOptions>(Given(former, ("Rates:ErApi", "http://today.example"))).ErApi);
    }

    [Fact]
    public void Every_options_class_is_read_and_each_of_its_properties_that_can_be_set_is_a_setting()
    {
        var classes = typeof(SiteOptions).Assembly.GetTypes()
            .Where(t => t.Namespace == typeof(SiteOptions).Namespace && t.Name.EndsWith("Options", StringComparison.Ordinal));
        var settable = classes.SelectMany(t => t.GetProperties()).Where(p => p.CanWrite).Select(p => $"{p.DeclaringType!.Name}.{p.Name}");
        var known = Settings.Known.Select(k => $"{k.Property.DeclaringType!.Name}.{k.Property.Name}").Distinct();
        Assert.Equal(settable.Order(StringComparer.Ordinal), known.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_number_has_a_least_and_a_most() =>
        Assert.Empty(Settings.Known.Where(k => k.Rule is null && (Default(k) is int or long or double)).Select(k => k.Name));

    [Fact]
    public void Every_default_is_a_value_that_could_be_set()
    {
        foreach (var setting in Settings.Known)
            if (Default(setting) is not (null or IReadOnlyList<string>) and var value) Settings.Check(Given((setting.Name, Said(value))));
    }

    [Fact]
    public void SETTINGS_md_tells_of_every_setting_its_default_and_what_it_is_for_and_of_no_other() =>
        Assert.Equal(
            Settings.Known.Where(k => k.Name != k.Attribute.FormerName).Select(Row),
            Rows("src/SETTINGS.md").Where(row => !IsOthers(row)));

    [Fact]
    public void The_readme_tells_of_six_settings_and_leads_to_the_others()
    {
        Assert.Equal(6, Rows("README.md").Count());
        Assert.Empty(Rows("README.md").Except(Rows("src/SETTINGS.md")));
        Assert.Contains("(src/SETTINGS.md)", File.ReadAllText(Path.Combine(Repository.Root, "README.md")), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Rows(string file) =>
        File.ReadAllLines(Path.Combine(Repository.Root, file)).Where(line => line.StartsWith("| `", StringComparison.Ordinal));

    /// <summary>Those of ASP.NET Core and of OpenTelemetry.</summary>
    private static bool IsOthers(string row) =>
        row.StartsWith("| `ASPNETCORE_", StringComparison.Ordinal) || row.StartsWith("| `OTEL_", StringComparison.Ordinal);

    private static object? Default(Setting setting) => setting.Property.GetValue(Activator.CreateInstance(setting.Property.DeclaringType!));

    private static string Said(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static string Row(Setting setting)
    {
        var usual = setting.Attribute.Otherwise ?? Default(setting) switch
        {
            null or IReadOnlyList<string> => "none",
            bool value => value ? "`true`" : "`false`",
            (int or double) and var value => Said(value),
            var value => $"`{Said(value)}`",
        };
        var former = setting.Attribute.FormerName is { } name ? $"; formerly `{name}`" : "";
        return $"| `{setting.Name}` | {usual} | {setting.Attribute.Purpose}{former} |";
    }

    [Fact]
    public void A_proxy_is_known_by_its_network_whatever_address_of_it_is_written()
    {
        Assert.True(KnownProxies.TryParse("172.30.80.1/24", out var networks));
        Assert.Equal("172.30.80.0/24", Assert.Single(networks).ToString());
        Assert.True(KnownProxies.TryParse("private", out networks));
        Assert.Contains(networks, n => n.Contains(System.Net.IPAddress.Parse("172.18.0.5")));
        Assert.DoesNotContain(networks, n => n.Contains(System.Net.IPAddress.Parse("198.51.100.7")));
    }
}
