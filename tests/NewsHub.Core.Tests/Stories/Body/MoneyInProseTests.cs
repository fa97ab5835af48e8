using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Publishing;
using NewsHub.Core.Rates;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;

namespace NewsHub.Core.Tests.Stories.Body;

public sealed class MoneyInProseTests
{
    private static readonly DateOnly Day = new(2025, 7, 1);
    private static readonly RateBoard Board = new(
        "USD", [new RateLine("NGN", 1600, null, "A & B", Day.AddDays(9)), new RateLine("EUR", 0.8m, null, "A & B", Day.AddDays(9))]);

    private static string Set(string markdown) => HouseMarkdown.Render(markdown, _ => null).Html;

    [Fact]
    public void An_amount_is_set_as_data_and_counts_as_words()
    {
        Assert.Equal(
            "<p>It cost <data class=\"fx\" value=\"1250.50 USD NGN\">USD&nbsp;1,250.50</data>.</p>", Set("It cost {fx 1,250.50 USD NGN}."));
        Assert.Equal(
            "<p><strong>Only <data class=\"fx\" value=\"50 EUR NGN\">EUR&nbsp;50</data></strong></p>", Set("**Only {fx 50 EUR NGN}**"));
    }

    [Theory]
    [InlineData("{fx 50 USD}", "Write money as")]
    [InlineData("{fx fifty USD NGN}", "'fifty' is not an amount")]
    [InlineData("{fx 50 USD XXY}", "'XXY' is not a currency code")]
    [InlineData("{fx 50 USD USD}", "the same")]
    public void What_is_wrong_with_it_is_told_with_its_line_and_hinders_printing(string typed, string words)
    {
        var body = HouseMarkdown.Render($"One.\n\nTwo {typed} three.", _ => null);
        var problem = Assert.Single(body.Problems);
        Assert.Equal((3, true), (problem.Line, problem.Hinders));
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        Assert.Contains(typed, body.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void In_code_and_where_it_does_not_end_it_is_text()
    {
        Assert.Equal("<p><code>{fx 50 USD NGN}</code> {fx 50 USD</p>", Set("`{fx 50 USD NGN}` {fx 50 USD"));
        Assert.Equal("<p>{f} {fx}</p>", Set("{f} {fx}"));
    }

    [Fact]
    public void What_is_written_by_hand_is_worth_no_more()
    {
        Assert.Equal("<p><data class=\"fx\" value=\"5 USD NGN\">USD&nbsp;5</data></p>",
            Set("<data value=\"5 USD NGN\" class=\"x\" onclick=\"y()\" title=\"z\">a <b>million</b></data>"));
        Assert.Equal("<p>a million</p>", Set("<data value=\"x\">a million</data>"));
    }

    [Fact]
    public void It_is_printed_at_the_days_own_rate_and_at_the_boards_beside_it()
    {
        var frozen = new Dictionary<string, FrozenRate> { ["USD NGN"] = new(1530.3814m, Day, "Bank <1>") };
        var printed = MoneyInProse.Print(Set("{fx 50 USD NGN}"), frozen, Board, Day.AddDays(9));
        Assert.Contains(">USD&nbsp;50</data> <span class=\"fx-then\">(NGN\u00a076,519 at the rate of <time datetime=\"2025-07-01\">1 July "
            + "2025</time>, Bank &lt;1&gt;; NGN\u00a080,000 today)</span>", printed, StringComparison.Ordinal);
        Assert.Contains("; NGN\u00a080,000 at that of <time datetime=\"2025-07-10\">10 July 2025</time>)",
            MoneyInProse.Print(Set("{fx 50 USD NGN}"), frozen, Board, Day.AddDays(20)), StringComparison.Ordinal);
        // Of the board's own day there is nothing more to say; without a board the frozen rate still stands.
        Assert.DoesNotContain("; ", MoneyInProse.Print(
            Set("{fx 50 USD NGN}"),
            new Dictionary<string, FrozenRate> { ["USD NGN"] = new(1600, Day.AddDays(9), "A") },
            Board,
            Day.AddDays(9)), StringComparison.Ordinal);
        Assert.Contains(
            "(NGN\u00a076,519 at", MoneyInProse.Print(Set("{fx 50 USD NGN}"), frozen, RateBoard.Empty, Day), StringComparison.Ordinal);
        Assert.Contains("(EUR\u00a00.80 at the rate of <time datetime=\"2025-07-10\">10 July 2025</time>, A &amp; B)",
            MoneyInProse.Print(Set("{fx 1 USD EUR}"), null, Board, Day), StringComparison.Ordinal);
        Assert.Equal(Set("{fx 1 GBP EUR}"), MoneyInProse.Print(Set("{fx 1 GBP EUR}"), null, Board, Day));
    }

    [Fact]
    public async Task The_rate_of_the_first_publication_is_kept_through_corrections_and_whatever_the_rates_do()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        var copy = await Copy.SetAsync(db);
        db.Rates.Add(new Rate("A bank", Day, "USD", "NGN", 1530));
        var story = copy.Draft(body: "It cost {fx 50 USD NGN}.");
        db.Stories.Add(story);
        await db.SaveChangesAsync();
        // Nobody publishes money whose rate was not looked up.
        Assert.Contains("looked up", Assert.Throws<RefusedException>(() => copy.Publish(story)).Message, StringComparison.Ordinal);
        await db.PublishAsync(story, story.Newest(), Copy.Editor, Copy.Noon);
        await db.SaveChangesAsync();
        Assert.Equal(new FrozenRate(1530, Day, "A bank"), story.Newest().Money!["USD NGN"]);

        (await db.Rates.SingleAsync()).Revise(1700);
        db.Rates.Add(new Rate("A bank", Day.AddDays(30), "USD", "NGN", 2000));
        await db.SaveChangesAsync();
        story.Save(copy.Text(body: "It cost {fx 50 USD NGN}, or {fx 7 NGN USD}, or {fx 7 NGN JPY}."),
            Copy.Render("It cost {fx 50 USD NGN}, or {fx 7 NGN USD}, or {fx 7 NGN JPY}."), Copy.Editor, Copy.Noon.AddDays(40));
        await db.PublishAsync(story, story.Newest(), Copy.Editor, Copy.Noon.AddDays(40));
        await db.SaveChangesAsync();
        var money = story.Newest().Money!;
        Assert.Equal((1530m, Day, 2), (money["USD NGN"].Rate, money["NGN USD"].Day, money.Count));
        Assert.Equal(Currency.Round(1 / 1700m, 12), money["NGN USD"].Rate);
    }
}
