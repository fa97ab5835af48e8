using NewsHub.Web.Tests.PageObjects;

namespace NewsHub.Web.Tests.Reader;

public sealed class TickerTests(SamplePaper paper)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/sport")]
    [InlineData(SamplePaper.LeadStory)]
    [InlineData(SamplePaper.ArabicStory)]
    public async Task Nine_pairs_run_twice_and_the_second_copy_is_not_read_aloud(string path)
    {
        var ticker = new PaperPage(await paper.ParseAsync(path)).Ticker!;
        string[] pairs =
            ["EUR 0.85", "GBP 0.73", "JPY 143.67", "CAD 1.36", "AUD 1.52", "CHF 0.79", "CNY 7.16", "INR 85.67", "NGN 1,530.38"];
        Assert.Equal(2, ticker.Runs.Count);
        Assert.All(ticker.Runs, run => Assert.Equal(pairs, run.Pairs));
        Assert.All(ticker.Runs, run => Assert.All(run.Bases, b => Assert.Equal("USD 1.00", b)));
        Assert.Equal([false, true], ticker.Runs.Select(r => r.IsHidden));
    }

    [Fact]
    public async Task Changes_are_against_the_published_day_before_and_are_told_in_words_too()
    {
        var run = (await paper.FrontAsync()).Ticker!.Runs[0];
        // EUR 0.8496 → 0.8487, GBP 0.7279 → 0.7281.
        Assert.Equal("▼down 0.11%", run.Changes[0]);
        Assert.Equal("▲up 0.03%", run.Changes[1]);
    }

    [Fact]
    public async Task Rates_tell_their_day_and_source_and_own_up_to_their_age()
    {
        Assert.Equal("As of 1 July 2025, Sample rates", (await paper.FrontAsync()).Ticker!.AsOf);
        using var made = new MadeUpPaper().Write("rates.json", """{ "source": "The bank", "base": "USD", "days": [{ "date": "2025-06-27","""
            + """ "rates": { "EUR": 0.85, "JPY": 5000.4, "NGN": 1500 } }] }""");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        var ticker = (await lantern.FrontAsync()).Ticker!;
        Assert.True(ticker.IsStale);
        Assert.Equal("Rates of 27 June 2025, The bank", ticker.AsOf);
        // Only the currencies that the settings name, in their order; no change where there is no day before.
        Assert.Equal(["EUR 0.85", "JPY 5,000"], ticker.Runs[0].Pairs);
        Assert.All(ticker.Runs[0].Changes, Assert.Null);
    }

    [Fact]
    public async Task Without_rates_there_is_no_ticker_and_the_page_is_whole()
    {
        using var made = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back").Edition(1, "2025-06-30", "2025-06-30-boats");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        foreach (var path in new[] { "/", "/harbour", "/harbour/2025/06/30/boats", "/editions/1", "/nothing-here" })
        {
            var answer = await lantern.GetAsync(path);
            var page = new PaperPage(answer.Page);
            Assert.Null(page.Ticker);
            Assert.DoesNotContain("ticker-run", answer.Text, StringComparison.Ordinal);
            Assert.NotNull(page.Headline);
            Assert.NotNull(page.One("footer.colophon"));
        }
    }

    [Fact]
    public async Task The_pause_button_has_a_name_and_is_no_form_that_posts()
    {
        var front = await paper.FrontAsync();
        var pause = front.One(".ticker-pause input")!;
        Assert.Equal("Pause the exchange rates", pause.GetAttribute("aria-label"));
        Assert.Equal("checkbox", pause.GetAttribute("type"));
        Assert.Null(front.One(".ticker form"));
    }
}
