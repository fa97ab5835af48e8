using System.Net;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Audience;
using NewsHub.Core.Events;
using NewsHub.Web.Areas.Admin.Pages.Statistics;
using NewsHub.Web.Tests.PageObjects;

namespace NewsHub.Web.Tests.Admin;

public sealed class StatisticsTests : IAsyncDisposable
{
    private const string Browser = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0";
    private const string Boats = "/harbour/2025/06/30/boats";
    private readonly ActRoom _room = new();

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    private async Task LookAsync(
        string path, string agent = Browser, HttpMethod? method = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        if (agent.Length > 0) request.Headers.TryAddWithoutValidation("User-Agent", agent);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await _room.App.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<string> CountsAsync(string so)
    {
        var counts = "";
        await NewsHubApp.EventuallyAsync(async () =>
        {
            _room.App.Time.Advance(TimeSpan.FromSeconds(10));
            counts = await _room.App.FromElsewhereAsync(async db => string.Join(' ', (await db.DayCounts
                .AsNoTracking()
                .OrderBy(c => c.Subject)
                .ToListAsync()).Select(c => $"{c.Subject}:{c.Views}/{c.Visitors}")));
            return counts == so;
        }, $"the store says {so}; it says {counts}");
        return counts;
    }

    [Fact]
    public async Task Pages_are_counted_from_the_cache_and_from_a_render_and_machines_and_whoever_asks_not_to_be_are_not()
    {
        for (var i = 0; i < 3; i++) await LookAsync(Boats);
        await LookAsync("/");
        await LookAsync("/editions/1");
        foreach (var agent in new[]
        {
            "", "Googlebot/2.1", "curl/8.5", "python-requests/2", "facebookexternalhit/1.1 preview", "HeadlessChrome",
        })
        {
            await LookAsync(Boats, agent);
        }
        await LookAsync(Boats, headers: [("Sec-GPC", "1")]);
        await LookAsync(Boats, headers: [("Sec-Purpose", "prefetch")]);
        await LookAsync(Boats, headers: [("Sec-Fetch-Dest", "empty"), ("Sec-Fetch-Mode", "cors")]);
        await LookAsync(Boats, method: HttpMethod.Head);
        foreach (var path in new[]
        {
            "/nothing", "/admin", "/healthz", "/manifest.webmanifest", "/harbour/2025/06/30/none", "/rates/convert",
        })
        {
            await LookAsync(path);
        }
        await LookAsync("/harbour", headers: [("Sec-Fetch-Dest", "document")]);
        // By the worker that keeps pages for reading offline.
        await LookAsync("/harbour", headers: [("Sec-Fetch-Dest", "empty"), ("Sec-Fetch-Mode", "navigate")]);
        // Boats are in the edition, and the front is the edition’s.
        await CountsAsync("Edition:5/1 Paper:7/1 Section:5/1 Story:3/1");
    }

    [Fact]
    public async Task The_page_of_statistics_shows_what_was_counted_to_every_colleague()
    {
        for (var i = 0; i < 3; i++) await LookAsync(Boats, headers: [("Referer", "https://www.news.example/a")]);
        await CountsAsync("Edition:3/1 Paper:3/1 Section:3/1 Story:3/1");
        var boats = await _room.App.FromElsewhereAsync(async db =>
        {
            var id = (await db.Stories.SingleAsync(s => s.Address == Boats)).Id;
            db.Reactions.Add(new NewsHub.Core.Engagement.Reaction(id, "a", "glad", _room.Now));
            db.Shares.AddRange(new NewsHub.Core.Engagement.Share(id, "a", "copy", _room.Now),
                new NewsHub.Core.Engagement.Share(id, "b", "copy", _room.Now.AddDays(-100)));
            await db.SaveChangesAsync();
            return id;
        });
        var reporter = await _room.ColleagueAsync(Role.Reporter);
        var page = await reporter.GetAsync("/admin/statistics");
        var text = page.Page.QuerySelector("main")!.Words();
        Assert.Contains("Views today 3", text, StringComparison.Ordinal);
        Assert.Equal("3 views in 28 days. Most on 1 Jul 2025: 3.", page.Page.GetElementById("days-summary")!.TextContent);
        Assert.Equal(28, page.Page.QuerySelectorAll("svg .plot-bar").Length);
        Assert.Equal("1 Jul 2025: 3 views, 1 visitors", page.Page.QuerySelector("svg .plot-bar:last-child title")!.TextContent);
        var story = page.Page.QuerySelector("[aria-labelledby=stories] tbody tr")!;
        Assert.Equal(
            "Boats are back 3 1 1 1", string.Join(' ', story.QuerySelectorAll("th, td").Select(c => c.Words()).Where(w => w.Length > 0)));
        Assert.Contains("news.example", text, StringComparison.Ordinal);
        // One reaction and one share of these days: in the section, in the edition, on the day, at the story.
        foreach (var part in new[] { "sections", "editions" })
            Assert.Equal("1 reaction, 1 share", page.Page.QuerySelector($"[aria-labelledby={part}] .note")!.Words());
        Assert.Equal("1 Jul 2025 3 1 1 1",
            string.Join(' ', page.Page.QuerySelectorAll(".plot-table tbody tr:first-child > *").Select(c => c.Words())));
        Assert.Contains("copy", (await reporter.GetAsync($"/admin/statistics/stories/{boats.Value}")).Text, StringComparison.Ordinal);
        var own = await reporter.GetAsync(story.QuerySelector("a")!.GetAttribute("href")! + "?days=7");
        Assert.Contains("3 views in 7 days", own.Text, StringComparison.Ordinal);
        Assert.Contains("news.example", own.Text, StringComparison.Ordinal);
        var csv = await reporter.GetAsync("/admin/statistics?handler=Csv&days=7");
        Assert.Equal("text/csv; charset=utf-8", csv.Header("Content-Type"));
        Assert.Equal(
            "day,address,headline,views,visitors\r\n2025-07-01,\"/harbour/2025/06/30/boats\",\"Boats are back\",3,1\r\n", csv.Text);
    }

    [Theory]
    [InlineData("/admin/statistics?days=5")]
    [InlineData("/admin/statistics?days=-1")]
    [InlineData("/admin/statistics?days=x")]
    [InlineData("/admin/statistics?handler=Csv&days=x")]
    [InlineData("/admin/statistics/stories/1?days=x")]
    public async Task Days_that_are_not_on_offer_are_refused(string path) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await (await _room.ColleagueAsync(Role.Reporter)).GetAsync(path)).Status);

    [Fact]
    public async Task Where_nothing_was_counted_the_page_says_so()
    {
        var reporter = await _room.ColleagueAsync(Role.Reporter);
        Assert.Contains("No views in these days", (await reporter.GetAsync("/admin/statistics?days=365")).Text,
            StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await reporter.GetAsync("/admin/statistics/stories/99")).Status);
    }

    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("@x", "\"'@x\"")]
    [InlineData("He said \"no\"", "\"He said \"\"no\"\"\"")]
    public void A_headline_is_no_formula_in_a_spreadsheet(string headline, string cell) => Assert.Equal(cell, IndexModel.Cell(headline));

    [Fact]
    public async Task What_waits_is_kept_when_the_program_stops()
    {
        await LookAsync(Boats);
        await using (var scope =
            Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.CreateAsyncScope(_room.App.Services))
        {
            var jobs = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetServices<
                Microsoft.Extensions.Hosting.IHostedService>(scope.ServiceProvider);
            await jobs.Single(j => j is NewsHub.Web.Jobs.SavePageViews).StopAsync(TestContext.Current.CancellationToken);
        }
        Assert.Equal(1, await _room.App.FromElsewhereAsync(
            db => db.DayCounts.Where(c => c.Subject == Subject.Story).Select(c => c.Views).SingleAsync()));
    }
}
