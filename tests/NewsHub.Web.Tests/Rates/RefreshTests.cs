using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NewsHub.Core.Events;
using NewsHub.Core.Rates;
using NewsHub.Web.Tests.Commands;
using NewsHub.Web.Tests.PageObjects;

namespace NewsHub.Web.Tests.Rates;

/// <summary>Sources over real HTTP, from the network to the ticker.</summary>
public sealed class RefreshTests : IAsyncDisposable
{
    private static readonly string[] All = ["ecb", "cbn", "er-api"];
    private readonly MadeUpPaper _paper = new MadeUpPaper().Write("site.json", """
        { "name": "The Lantern", "subtitle": "News", "timeZone": "UTC", "currency": {
            "base": "USD", "quotes": ["EUR", "GBP", "NGN", "JPY"], "sources": ["ecb", "cbn", "er-api", "file"], "hours": [7, 17] } }
        """).Write("rates.json", """{ "source": "The bank", "base": "USD", "days": [{ "date": "2025-06-30", "rates": { "EUR": """
            + """0.8, "GBP": 0.7, "NGN": 1500, "JPY": 140 } }] }""");
    private Led? _app;

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        _paper.Dispose();
    }

    private sealed class Led(Dictionary<string, string> settings) : NewsHubApp
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            foreach (var (name, value) in settings) builder.UseSetting(name, value);
        }
    }

    private NewsHubApp App(Dictionary<string, string> settings) => _app = new Led(settings) { Content = _paper.Folder };

    private static async Task<IReadOnlyList<SourceReport>> RefreshAsync(NewsHubApp app, params string[] keys)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var asking = scope.ServiceProvider
            .GetRequiredService<RateRefresh>()
            .RunAsync(keys.Length > 0 ? keys : All, Actor.Clock, TestContext.Current.CancellationToken);
        // Patience and pauses go by the paper's clock, which runs as fast as the network's here.
        while (!asking.IsCompleted)
        {
            app.Time.Advance(TimeSpan.FromMilliseconds(20));
            await Task.WhenAny(asking, Task.Delay(20, TestContext.Current.CancellationToken));
        }
        return await asking;
    }

    private static async Task<IReadOnlyList<string>> TickerAsync(NewsHubApp app) => (await app.FrontAsync()).Ticker!.Runs[0].Pairs;

    [Fact]
    public async Task Three_sources_over_http_make_one_board_in_the_order_of_the_settings()
    {
        await using var stub = await RateStub.OpenAsync();
        var app = App(stub.Settings);
        Assert.Equal(["EUR 0.80", "GBP 0.70", "NGN 1,500.00", "JPY 140.00"], await TickerAsync(app));
        var reports = await RefreshAsync(app);
        Assert.All(reports, r => Assert.True(r.Succeeded, r.Sentence));
        await NewsHubApp.EventuallyAsync(
            async () => (await TickerAsync(app)).SequenceEqual(["EUR 0.80", "GBP 0.68", "NGN 1,500.50", "JPY 140.50"]),
            "the ticker shows the new rates");
        // Of its publishers, the one that asks for it is linked, once that a key comes to, on every page.
        var front = await app.FrontAsync();
        Assert.Equal("As of 1 July 2025, European Central Bank, Central Bank of Nigeria, ExchangeRate-API", front.Ticker!.AsOf);
        Assert.All(front.All(".ticker [aria-hidden='true'] a"), a => Assert.Equal("-1", a.GetAttribute("tabindex")));
        Assert.NotNull(front.One(".ticker > .ticker-asof a[href='https://www.exchangerate-api.com']"));
    }

    public static TheoryData<string> Worst =>
        ["hangs", "drips", "cut", "refused", "error", "html", "garbage", "swells", "moved", "absurd", "future"];

    [Trait("Needs", "time")]
    [Theory]
    [MemberData(nameof(Worst))]
    public async Task Whatever_a_source_does_the_board_stays_its_age_shows_and_the_others_are_heard(string fault)
    {
        await using var stub = await RateStub.OpenAsync();
        var settings = stub.Settings;
        switch (fault)
        {
            case "hangs": stub.Hangs("/ecb"); break;
            case "drips": stub.Drips("/ecb", "text/xml"); break;
            case "cut": stub.Cuts("/ecb", "text/xml"); break;
            case "refused": settings["Rates:ecb"] = $"http://{settings["Outbound:Allow:1"] = RateStub.Closed()}/ecb"; break;
            case "error": stub.Says("/ecb", "text/xml", "busy", 503); break;
            case "html": stub.Says("/ecb", "text/html", "<h1>Hello</h1>"); break;
            case "garbage": stub.Says("/ecb", "text/xml", "\0\u0001 no ratés"); break;
            case "swells": stub.Swells("/ecb", "text/xml"); break;
            case "moved": stub.Does("/ecb", c => { c.Response.Redirect("/cbn"); return Task.CompletedTask; }); break;
            case "absurd": stub.Says("/ecb", "text/xml", RateStub.Ecb(new DateOnly(2025, 7, 1), "NaN", "-1")); break;
            case "future": stub.Says("/ecb", "text/xml", RateStub.Ecb(new DateOnly(2031, 7, 1), "1.25", "0.85")); break;
        }
        var app = App(settings);
        var reports = await RefreshAsync(app, "ecb", "cbn");
        Assert.Equal([false, true], reports.Select(r => r.Succeeded));
        Assert.EndsWith(".", reports[0].Sentence, StringComparison.Ordinal);
        Assert.True(fault != "moved" || stub.Asked("/cbn") == 1, "The redirect was followed.");
        await NewsHubApp.EventuallyAsync(
            async () => (await TickerAsync(app)).SequenceEqual(["EUR 0.80", "GBP 0.70", "NGN 1,500.50", "JPY 140.00"]),
            "the ticker shows what was there, and the other source's rate");
        app.Time.Advance(TimeSpan.FromDays(3));
        var ticker = (await app.FrontAsync()).Ticker!;
        Assert.True(ticker.IsStale);
        Assert.StartsWith("Rates of 30 June to 1 July 2025", ticker.AsOf, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_jump_is_held_and_readers_keep_the_rate_before()
    {
        await using var stub = await RateStub.OpenAsync();
        stub.Says("/cbn", "application/json", RateStub.Cbn(new DateOnly(2025, 7, 1), "15"));
        var app = App(stub.Settings);
        Assert.Contains("waits for an editor", (await RefreshAsync(app, "cbn"))[0].Sentence, StringComparison.Ordinal);
        Assert.Equal("NGN 1,500.00", (await TickerAsync(app))[2]);
        Assert.Equal(15, await app.FromElsewhereAsync(db => db.HeldRates.Select(h => h.Value).SingleAsync()));
    }

    [Fact]
    public async Task Private_addresses_are_not_asked_whatever_they_are_called()
    {
        await using var stub = await RateStub.OpenAsync();
        var settings = stub.Settings;
        settings["Outbound:Allow:0"] = "elsewhere:80";
        settings["Rates:cbn"] = $"http://localhost:{stub.Host.Split(':')[1]}/cbn";
        settings["Rates:er-api"] = $"http://[::ffff:127.0.0.1]:{stub.Host.Split(':')[1]}/er/USD";
        var reports = await RefreshAsync(App(settings));
        Assert.All(reports, r => Assert.Contains("is no public address", r.Sentence, StringComparison.Ordinal));
        Assert.Equal((0, 0, 0), (stub.Asked("/ecb"), stub.Asked("/cbn"), stub.Asked("/er/USD")));
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task The_job_asks_soon_after_a_start_at_the_hours_of_the_settings_and_again_where_it_failed()
    {
        await using var stub = await RateStub.OpenAsync();
        stub.Says("/cbn", "application/json", "no", 500);
        var settings = stub.Settings;
        settings["Rates:Refresh"] = "true";
        // The clock runs ahead here: what is quick must not look slow by it.
        settings["Outbound:Seconds"] = "120";
        var app = App(settings);
        await app.FrontAsync();
        // At three in the afternoon.
        await AskedAsync(app, stub, ecb: 1, cbn: 1);
        app.Time.Advance(TimeSpan.FromMinutes(31));
        await AskedAsync(app, stub, ecb: 1, cbn: 2);
        stub.Says("/cbn", "application/json", RateStub.Cbn(new DateOnly(2025, 7, 1), "1500.5"));
        app.Time.Advance(TimeSpan.FromMinutes(90));
        await AskedAsync(app, stub, ecb: 2, cbn: 3);
        app.Time.Advance(TimeSpan.FromHours(2));
        app.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(2, stub.Asked("/ecb"));
    }

    /// <summary>Rounds in which each source was asked; tries within a round are one.</summary>
    private static async Task AskedAsync(NewsHubApp app, RateStub stub, int ecb, int cbn)
    {
        await NewsHubApp.EventuallyAsync(async () =>
        {
            app.Time.Advance(TimeSpan.FromSeconds(1));
            var reports = await app.FromElsewhereAsync(db => db.SourceReports.AsNoTracking().ToListAsync());
            return stub.Asked("/ecb") >= ecb
                && stub.Asked("/cbn") >= cbn
                && reports.Count == 4
                && reports.All(r => app.Time.GetUtcNow() - r.AskedAt < TimeSpan.FromHours(3));
        }, $"the sources were asked {ecb} and {cbn} times");
    }

    [Fact]
    [NeedsProcess]
    public async Task The_command_tells_what_each_source_brought_and_fails_where_one_did()
    {
        await using var stub = await RateStub.OpenAsync();
        var data = Directory.CreateTempSubdirectory("newshub-rates-");
        try
        {
            var environment = stub.Settings.ToDictionary(s => s.Key.Replace(":", "__", StringComparison.Ordinal), s => s.Value);
            // No source is slow here: a program that has just started may be, on a busy machine.
            environment["Outbound__Seconds"] = "60";
            Assert.Equal(0, (await Commands.Program.RunAsync(["import", _paper.Folder, "--data", data.FullName], environment)).Code);
            var all = await Commands.Program.RunAsync(
                ["rates", "refresh", "--source", "ecb", "--source", "cbn", "--data", data.FullName], environment);
            Assert.True(all.Code == 0, all.Errors);
            Assert.Contains("ecb      ok      2 of 4 currencies of 1 Jul 2025; 2 new or changed.", all.Output, StringComparison.Ordinal);
            stub.Says("/cbn", "application/json", "{}");
            var failed = await Commands.Program.RunAsync(["rates", "refresh", "--source", "cbn", "--data", data.FullName], environment);
            Assert.Equal(1, failed.Code);
            Assert.Contains(
                "cbn      failed  What the Central Bank of Nigeria sent is no list of rates.", failed.Output, StringComparison.Ordinal);
            var unknown = await Commands.Program.RunAsync(["rates", "refresh", "--source", "fed", "--data", data.FullName], environment);
            Assert.Equal((1, "There is no source 'fed'. There are ecb, cbn, er-api, file."), (unknown.Code, unknown.Errors.Trim()));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }
}
