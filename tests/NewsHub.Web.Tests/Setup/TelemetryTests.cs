using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using NewsHub.Web.Followers;
using NewsHub.Web.Tests.Commands;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace NewsHub.Web.Tests.Setup;

/// <summary>What leaves the program about its own work, and what does not.</summary>
public sealed class TelemetryTests : IDisposable
{
    private const string Address = "203.0.113.77";
    private const string Agent = "SecretBrowser/7.7";
    private static readonly (string, string)[] Reader =
        [("User-Agent", Agent), ("X-Forwarded-For", Address), ("Referer", "https://secret-referer.example/")];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("newshub-telemetry-");

    private string Data => Path.Combine(_folder.FullName, "data");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    [NeedsProcess]
    public async Task A_page_read_is_a_span_with_its_route_and_without_a_word_about_the_reader()
    {
        await using var collector = await Collector.StartAsync();
        using var made = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back").Edition(1, "2025-06-30", "2025-06-30-boats");
        using (var serving = await Commands.Program.ServeAsync(Data, made.Folder, Settings(collector.Address)))
        {
            for (var i = 0; i < 2; i++)
                Assert.Equal(HttpStatusCode.OK,
                    (await serving.GetAsync("/harbour/2025/06/30/boats?email=secret-mail@example.org&secret-key", Reader)).Status);
            Assert.Equal(HttpStatusCode.OK, (await serving.GetAsync("/harbour?secret-query=1", Reader)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await serving.GetAsync("/nowhere/secret-token?secret-query=1", Reader)).Status);
            // Kept from here on, so that only a follow-up can bring the import to it.
            Assert.Equal(HttpStatusCode.OK, (await serving.GetAsync("/")).Status);
            made.Story("2025-07-01", "nets", "Nets are out");
            Assert.Equal(0, (await Commands.Program.RunAsync(["import", made.Folder, "--data", Data])).Code);
            await NewsHubApp.EventuallyAsync(
                async () => (await serving.GetAsync("/")).Text.Contains("Nets are out", StringComparison.Ordinal),
                "the import is on the front");
            // What has gathered goes out when it stops.
            Assert.Equal(0, await serving.StopAsync());
        }

        var spans = collector.Spans();
        var reads = spans.Where(s => s.Tags.GetValueOrDefault("url.path") == "/harbour/2025/06/30/boats").ToList();
        Assert.Equal(2, reads.Count);
        Assert.All(reads, read => Assert.Equal(("GET", "200"), (read.Tags["http.request.method"], read.Tags["http.response.status_code"])));
        // The second came from the page cache, before there is a route.
        var route = Assert.Single(reads, read => read.Tags.ContainsKey("http.route")).Tags["http.route"];
        Assert.Contains("{slug}", route, StringComparison.Ordinal);
        Assert.Contains(spans, s => s.Tags.GetValueOrDefault("http.response.status_code") == "404" && !s.Tags.ContainsKey("url.path"));
        Assert.Contains(spans, s => s.Name == "follow up"
            && int.Parse(s.Tags["newshub.events"], System.Globalization.CultureInfo.InvariantCulture) > 0);
        string[] told = [
            "error.type", "http.request.method", "http.response.status_code", "http.route", "network.protocol.name",
            "network.protocol.version", "newshub.events", "url.path", "url.scheme",
        ];
        Assert.Empty(spans.SelectMany(s => s.Tags.Keys).Distinct().Except(told));
        Assert.DoesNotContain("secret", collector.Everything, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Address, collector.Everything, StringComparison.Ordinal);
        foreach (var tag in new[] { "client.", "network.peer", "user_agent", "url.query" })
            Assert.DoesNotContain(tag, collector.Everything, StringComparison.Ordinal);

        var metrics = collector.Metrics();
        foreach (var name in new[]
        {
            "pagecache.hits", "pagecache.misses", "pagecache.bytes", "http.server.request.duration", "kestrel.active_connections",
            "dotnet.gc.collections", "microsoft.entityframeworkcore.queries",
        })
            Assert.Contains(name, metrics);
    }

    [Fact]
    public async Task Without_an_endpoint_nothing_is_set_up()
    {
        await using var app = new NewsHubApp { Content = Path.Combine(_folder.FullName, "none") };
        Assert.Equal(HttpStatusCode.OK, (await app.GetAsync("/healthz")).Status);
        Assert.Null(app.Services.GetService<TracerProvider>());
        Assert.Null(app.Services.GetService<MeterProvider>());
        Assert.False(FollowUps.Work.HasListeners());
    }

    [Fact]
    [NeedsProcess]
    public async Task A_collector_that_is_away_costs_readers_nothing()
    {
        using var made = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back");
        // The discard port: nobody listens.
        using var serving = await Commands.Program.ServeAsync(Data, made.Folder, Settings("http://127.0.0.1:9"));
        Assert.Equal(HttpStatusCode.OK, (await serving.GetAsync("/harbour/2025/06/30/boats")).Status);
        Assert.Equal(0, await serving.StopAsync());
    }

    [Theory]
    [NeedsProcess]
    [InlineData("collector")]
    [InlineData("collector:4317")]
    [InlineData("/v1/traces")]
    public async Task An_endpoint_that_is_no_address_is_refused_with_a_sentence(string endpoint)
    {
        var outcome = await Commands.Program.RunAsync(
            [$"--OTEL_EXPORTER_OTLP_ENDPOINT={endpoint}", "--urls", "http://127.0.0.1:0", "--data", Data]);
        Assert.Equal(
            (1, $"The setting OTEL_EXPORTER_OTLP_ENDPOINT is '{endpoint}', which is no address. Say it like http://localhost:4317.\n"),
            (outcome.Code, outcome.Errors));
    }

    [Theory]
    [NeedsProcess]
    [InlineData("Information")]
    [InlineData("Debug")]
    public async Task Logs_say_nothing_about_readers(string level)
    {
        using var made = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back").Edition(1, "2025-06-30", "2025-06-30-boats");
        using var serving = await Commands.Program.ServeAsync(Data, made.Folder, $"--Logging:Level={level}");
        foreach (var path in new[]
        {
            "/?secret-query=1", "/harbour?after=secret-cursor", "/nowhere/secret-token?secret-query=1",
            "/media/00/secret-name?secret-query=1", "/error/500?secret-query=1",
        })
        {
            await serving.GetAsync(path, Reader);
        }
        // A damaged store is a real failure of each page. Damaged by SQL: bytes written over its files may end the
        // program, which has one mapped.
        await using (var store = new SqliteConnection($"Data Source={Path.Combine(Data, "news.db")};Pooling=False"))
        {
            await store.OpenAsync(TestContext.Current.CancellationToken);
            await using var damage = store.CreateCommand();
            damage.CommandText = """
                PRAGMA writable_schema = ON;
                UPDATE sqlite_master SET rootpage = 1000000 WHERE name = 'Editions';
                PRAGMA schema_version = 1000000;
                """;
            await damage.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        Assert.Equal(HttpStatusCode.ServiceUnavailable,
            (await serving.GetAsync("/archive/secret-token?secret-query=1&after=secret-cursor", Reader)).Status);
        await serving.StopAsync();
        var said = await serving.SaidAsync();
        Assert.Contains(" ERR ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", said, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Address, said, StringComparison.Ordinal);
    }

    private static string[] Settings(string endpoint) =>
        [$"--OTEL_EXPORTER_OTLP_ENDPOINT={endpoint}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf"];
}
