using System.Net;
using NewsHub.Web.Tests.PageObjects;

namespace NewsHub.Web.Tests.Reader;

public sealed class OfflinePageTests(SamplePaper paper)
{
    [Fact]
    public async Task The_worker_is_a_script_at_the_root_that_is_asked_for_each_time_and_that_the_policy_allows()
    {
        var answer = await paper.GetAsync("/sw.js");
        Assert.Equal((HttpStatusCode.OK, "text/javascript; charset=utf-8", "no-cache"),
            (answer.Status, answer.Header("Content-Type"), answer.Header("Cache-Control")));
        Assert.Contains("worker-src 'self'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.NotNull(answer.Header("ETag"));
    }

    [Fact]
    public async Task What_the_worker_takes_in_beforehand_is_there()
    {
        var named = System.Text.RegularExpressions.Regex.Matches((await paper.GetAsync("/sw.js")).Text, "new URL\\(\"([^\"]+)\"")
            .Select(m => m.Groups[1].Value)
            .ToList();
        Assert.Equal(8, named.Count);
        foreach (var address in named) Assert.Equal((address, HttpStatusCode.OK), (address, (await paper.GetAsync(address)).Status));
        // All that the page itself names is among it, but for what a browser has in its own drawer.
        var page = (await paper.GetAsync("/offline")).Page;
        Assert.Empty(page.QuerySelectorAll("script[src], link[rel=stylesheet], link[rel=preload]")
            .Select(e => e.GetAttribute("src") ?? e.GetAttribute("href")!)
            .Except(named));
    }

    [Fact]
    public async Task The_page_of_last_resort_carries_nothing_of_the_day()
    {
        var page = new PaperPage(await paper.ParseAsync("/offline"));
        Assert.Null(page.Ticker);
        Assert.Empty(page.All("time"));
        Assert.Empty(page.All(".breaking"));
        Assert.True(page.One(".kept button")!.HasAttribute("hidden"));
    }

    [Fact]
    public async Task A_page_for_readers_is_there_to_be_read_from_every_footer() =>
        Assert.NotNull((await paper.ParseAsync("/science")).QuerySelector("footer a[href='/offline']"));
}
