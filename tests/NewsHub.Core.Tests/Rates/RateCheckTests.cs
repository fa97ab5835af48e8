using NewsHub.Core.Rates;

namespace NewsHub.Core.Tests.Rates;

public sealed class RateCheckTests
{
    private static readonly DateOnly Day = new(2025, 7, 1);

    private static CheckedSheet Check(RateSheet sheet, decimal? before = null, string @base = "USD", params string[] quotes) =>
        RateCheck.Check(sheet, @base, quotes.Length > 0 ? quotes : ["EUR", "GBP", "NGN"], Day, (_, _) => before, (_, _) => null);

    private static RateSheet Sheet(string @base, bool inverse, params (string Code, string Text)[] figures) =>
        new("A bank", @base, inverse, [.. figures.Select(f => new RateFigure(Day, f.Code, f.Text))]);

    [Fact]
    public void A_sheet_against_the_euro_is_crossed_to_the_papers_own_currency()
    {
        var found = Check(Sheet("EUR", false, ("USD", "1.25"), ("GBP", "0.85"), ("ISK", "140")));
        Assert.Equal([("EUR", 0.8m), ("GBP", 0.68m)], found.Good.Select(r => (r.Quote, r.Value)));
    }

    [Fact]
    public void A_sheet_in_naira_for_one_is_turned_round()
    {
        var found = Check(Sheet("NGN", true, ("USD", "1500"), ("GBP", "2000")));
        Assert.Equal([("GBP", 0.75m), ("NGN", 1500m)], found.Good.Select(r => (r.Quote, r.Value)));
        Assert.Equal(0.000666666666667m, Assert.Single(Check(Sheet("NGN", true, ("USD", "1500")), null, "NGN", "USD").Good).Value);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1,25")]
    [InlineData("")]
    [InlineData("1e400")]
    [InlineData("79228162514264337593543950335")]
    [InlineData("<script>")]
    public void What_is_no_rate_is_left_out_and_told_and_the_others_stand(string text)
    {
        var found = Check(Sheet("USD", false, ("EUR", text), ("GBP", "0.7")));
        Assert.Equal(["GBP"], found.Good.Select(r => r.Quote));
        Assert.Contains("EUR", Assert.Single(found.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.21", true)]
    [InlineData("1.20", false)]
    [InlineData("0.80", false)]
    [InlineData("0.79", true)]
    public void A_jump_of_more_than_a_fifth_is_held(string rate, bool held)
    {
        var found = Check(Sheet("USD", false, ("EUR", rate)), before: 1);
        Assert.Equal(held ? (0, 1) : (1, 0), (found.Good.Count, found.Held.Count));
        if (held) Assert.Equal(1, found.Held[0].Before);
    }

    [Fact]
    public void Of_a_sheet_of_several_days_each_is_compared_with_the_day_before()
    {
        var found = Check(new RateSheet("A bank", "USD", false, [
            .. Enumerable.Range(0, 6).Select(i => new RateFigure(Day.AddDays(i - 5), "EUR", $"1.{i}")),
            new RateFigure(Day.AddDays(1), "EUR", "3"),
        ]), before: 1);
        Assert.Equal((6, 1), (found.Good.Count, found.Held.Count));
        Assert.Equal((1.5m, Day.AddDays(1)), (found.Held[0].Before, found.Held[0].Date));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void A_day_may_be_two_days_ahead_and_no_more(int ahead, bool taken)
    {
        var sheet = new RateSheet("A bank", "USD", false, [new RateFigure(Day.AddDays(ahead), "EUR", "0.8")]);
        if (taken) Assert.Single(Check(sheet).Good);
        else Assert.Contains("ahead", Assert.Throws<RateSourceException>(() => Check(sheet)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sheet_without_the_papers_own_currency_or_without_any_that_is_wanted_is_refused()
    {
        Assert.Contains("there is no USD", Assert.Throws<RateSourceException>(() => Check(Sheet("EUR", false, ("GBP", "0.85")))).Message,
            StringComparison.Ordinal);
        Assert.Contains("has none of", Assert.Throws<RateSourceException>(() => Check(Sheet("USD", false, ("ISK", "140")))).Message,
            StringComparison.Ordinal);
    }
}
