using System.Net;
using NewsHub.Web.Tests.PageObjects;

namespace NewsHub.Web.Tests.Rates;

public sealed class RatePagesTests(SamplePaper paper)
{
    [Fact]
    public async Task The_board_has_every_currency_with_its_change_day_and_source_and_leads_to_its_own_page()
    {
        var page = new PaperPage(await paper.ParseAsync("/rates"));
        var rows = page.All(".rates-board tbody tr").ToList();
        Assert.Equal(9, rows.Count);
        Assert.Equal("NGN Nigerian naira 1,530.381 ▼down 0.14% 1 July 2025 Sample rates", Cells(rows[8]));
        Assert.Equal("/rates/usd-ngn", rows[8].QuerySelector("a")!.GetAttribute("href"));
        Assert.All(rows, r => Assert.NotNull(r.QuerySelector("svg.spark[aria-hidden='true'] polyline")));
        Assert.Equal("USD 1 is NGN 1,530.38", page.One(".converter output")!.Words());
        Assert.Equal("/rates/usd-eur", (await paper.FrontAsync()).One(".ticker a")!.GetAttribute("href"));
    }

    private static string Cells(AngleSharp.Dom.IElement row) =>
        string.Join(' ', row.QuerySelectorAll("th, td").Select(c => c.Words()).Where(w => w.Length > 0));

    [Theory]
    [InlineData("", 5, "The figures, each published day")]
    [InlineData("?span=week", 6, "The figures, each published day")]
    [InlineData("?span=year", 40, "The figures, the last of each week")]
    [InlineData("?span=all", 16, "The figures, the last of each month")]
    public async Task A_pair_has_a_plot_that_is_told_in_words_and_the_same_figures_in_a_table(string query, int atLeast, string caption)
    {
        var page = new PaperPage(await paper.ParseAsync($"/rates/usd-ngn{query}"));
        Assert.Equal("US dollar to Nigerian naira", page.Headline);
        Assert.Equal(query.Length > 0, page.IsHiddenFromSearch);
        var plot = page.One("svg[role=img]")!;
        Assert.Equal("plot-title plot-summary", plot.GetAttribute("aria-labelledby"));
        Assert.Equal("USD in NGN", page.Document.GetElementById("plot-title")!.TextContent);
        Assert.Contains("to 1,530.381 on 1 July 2025", page.Document.GetElementById("plot-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(caption, page.One(".plot-table summary")!.Words());
        var rows = page.All(".plot-table tbody tr").ToList();
        Assert.True(rows.Count >= atLeast, $"{rows.Count} rows");
        Assert.StartsWith("1 July 2025 1,530.381", Cells(rows[0]), StringComparison.Ordinal);
        Assert.Single(page.All(".spans [aria-current]"));
        Assert.True(page.All("svg.plot-field text").Count() is > 2 and < 12);
    }

    [Fact]
    public async Task Two_currencies_of_which_neither_is_the_papers_own_are_crossed()
    {
        var page = new PaperPage(await paper.ParseAsync("/rates/eur-ngn"));
        // 1530.3814 / 0.8487
        Assert.Equal("NGN 1,803.207", page.One(".pair-rate b")!.Words());
        Assert.Equal("EUR to NGN, with its history",
            new PaperPage(await paper.ParseAsync("/rates/convert?amount=2&from=eur&to=ngn")).One(".lede a")!.Words());
    }

    [Theory]
    [InlineData("/rates/usd-usd", HttpStatusCode.NotFound)]
    [InlineData("/rates/usd-xxx", HttpStatusCode.NotFound)]
    [InlineData("/rates/usd-sek", HttpStatusCode.NotFound)]
    [InlineData("/rates/usd", HttpStatusCode.NotFound)]
    [InlineData("/rates/usd-ngn.csv?span=decade", HttpStatusCode.BadRequest)]
    [InlineData("/rates/usd-ngn?span=decade", HttpStatusCode.BadRequest)]
    [InlineData("/rates/usd-ngn?span=", HttpStatusCode.BadRequest)]
    [InlineData("/rates/usd-sek.csv", HttpStatusCode.NotFound)]
    public async Task What_there_is_not_is_said_to_be_none(string path, HttpStatusCode status) =>
        Assert.Equal(status, (await paper.GetAsync(path)).Status);

    [Theory]
    [InlineData("50", "USD", "NGN", "USD 50 is NGN 76,519.07")]
    [InlineData("1,250.50", "usd", "jpy", "USD 1,250.50 is JPY 179,659")]
    [InlineData("10", "NGN", "USD", "NGN 10 is USD 0.01")]
    [InlineData("1", "NGN", "USD", "NGN 1 is USD 0.00065")]
    [InlineData("3", "GBP", "GBP", "GBP 3 is GBP 3.00")]
    public async Task The_converter_is_a_plain_form(string amount, string from, string to, string answer)
    {
        var asked = await paper.GetAsync($"/rates/convert?amount={Uri.EscapeDataString(amount)}&from={from}&to={to}");
        Assert.Equal((HttpStatusCode.OK, "no-store"), (asked.Status, asked.Header("Cache-Control")));
        Assert.Equal((answer, answer), (asked.Page.QuerySelector("h1")!.Words(), asked.Page.QuerySelector("output")!.Words()));
    }

    [Theory]
    [InlineData("amount=fifty&from=USD&to=NGN", "“fifty” is no amount")]
    [InlineData("amount=-5&from=USD&to=NGN", "“-5” is no amount")]
    [InlineData("from=USD&to=NGN", "is no amount")]
    [InlineData("amount=5&from=SEK&to=NGN", "“SEK” is no currency of this page")]
    [InlineData("amount=5&from=USD", "is no currency of this page")]
    [InlineData("amount=%3Cscript%3E&from=USD&to=NGN", "“<script>” is no amount")]
    public async Task What_cannot_be_converted_comes_back_as_it_was_typed_with_what_is_wrong(string query, string words)
    {
        var asked = await paper.GetAsync($"/rates/convert?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, asked.Status);
        Assert.Contains(words, asked.Page.QuerySelector("output")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>”", asked.Text, StringComparison.Ordinal);
        if (query.Contains("fifty", StringComparison.Ordinal))
            Assert.Equal("fifty", asked.Page.QuerySelector("#amount")!.GetAttribute("value"));
    }

    [Fact]
    public async Task The_download_is_the_history_and_answers_HEAD_alike()
    {
        var csv = await paper.GetAsync("/rates/usd-ngn.csv?span=week");
        Assert.Equal(("text/csv; charset=utf-8", "attachment; filename=\"usd-ngn.csv\""),
            (csv.Header("Content-Type"), csv.Header("Content-Disposition")));
        Assert.StartsWith(
            "date,from,to,rate,source\r\n2025-06-24,USD,NGN,1548.215,\"Sample rates\"\r\n", csv.Text, StringComparison.Ordinal);
        Assert.Equal(7, csv.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        var head = await paper.SendAsync(HttpMethod.Head, "/rates/usd-ngn.csv?span=week");
        Assert.Equal((csv.Status, csv.Header("Content-Type"), ""), (head.Status, head.Header("Content-Type"), head.Text));
    }

    [Fact]
    public async Task What_a_publisher_forbids_to_hand_on_is_shown_with_its_link_and_in_no_download()
    {
        using var made = new MadeUpPaper().Write("rates.json", """
            [{ "source": "ExchangeRate-API", "base": "USD", "days": [
                 { "date": "2025-06-30", "rates": { "EUR": 0.8 } }, { "date": "2025-07-01", "rates": { "EUR": 0.9 } }] },
             { "source": "A bank", "base": "USD", "days": [{ "date": "2025-07-01", "rates": { "JPY": 140 } }] }]
            """);
        await using var lantern = new NewsHubApp { Content = made.Folder };
        var page = new PaperPage(await lantern.ParseAsync("/rates/usd-eur"));
        Assert.NotNull(page.One(".pair-head a[href='https://www.exchangerate-api.com']"));
        Assert.NotNull(page.One("svg.plot-field"));
        Assert.Null(page.One("a[href*='.csv']"));
        Assert.Equal("date,from,to,rate,source\r\n", (await lantern.GetAsync("/rates/usd-eur.csv")).Text);
        Assert.Equal("date,from,to,rate,source\r\n", (await lantern.GetAsync("/rates/jpy-eur.csv")).Text);
        Assert.Contains("140", (await lantern.GetAsync("/rates/usd-jpy.csv")).Text, StringComparison.Ordinal);
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task Without_rates_the_page_says_so()
    {
        using var made = new MadeUpPaper();
        await using var lantern = new NewsHubApp { Content = made.Folder };
        Assert.Contains("No rates yet", (await lantern.GetAsync("/rates")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await lantern.GetAsync("/rates/usd-eur")).Status);
        Assert.Contains(
            "There are no rates yet", (await lantern.GetAsync("/rates/convert?amount=1&from=USD&to=EUR")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Money_in_a_story_stands_at_the_rate_of_its_day()
    {
        var text = (await paper.ArticleAsync("/business/2025/06/17/naira-calm-importers-own-rate")).One(".fx-then")!.Words();
        Assert.Matches(@"^\(NGN 29,\d{3},\d{3} at the rate of 17 June 2025, Sample rates; NGN 29,077,247 today\)$", text);
    }
}
