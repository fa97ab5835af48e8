using NewsHub.Core.Rates;

namespace NewsHub.Core.Tests.Rates;

public sealed class RateTests
{
    private static readonly DateOnly Day = new(2025, 7, 1);

    [Theory]
    [InlineData("1530.384", "1,530.38")]
    [InlineData("143.67", "143.67")]
    [InlineData("0.8487", "0.85")]
    [InlineData("7.16", "7.16")]
    [InlineData("85.665", "85.67")]
    [InlineData("5000", "5,000.00")]
    [InlineData("5000.01", "5,000")]
    [InlineData("25974.5", "25,975")]
    [InlineData("1", "1.00")]
    public void The_ticker_writes_a_rate_by_its_magnitude(string rate, string written) =>
        Assert.Equal(written, Currency.ForTicker(decimal.Parse(rate, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("EUR", true)]
    [InlineData("eur", false)]
    [InlineData("EURO", false)]
    [InlineData("ÉUR", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_currency_is_three_capital_letters(string? code, bool known) => Assert.Equal(known, Currency.IsCode(code));

    [Fact]
    public async Task Change_is_against_the_published_day_before_however_long_ago()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        db.Rates.AddRange(
            new Rate("ECB", Day.AddDays(-9), "USD", "EUR", 0.5m), new Rate("ECB", Day.AddDays(-4), "USD", "EUR", 0.80m), new Rate("ECB", Day, "USD", "EUR", 0.84m),
            new Rate("ECB", Day.AddDays(-9), "USD", "GBP", 0.7m), new Rate("ECB", Day, "USD", "GBP", 0.73m),
            new Rate("CBN", Day.AddDays(-1), "USD", "EUR", 0.1m), new Rate("ECB", Day.AddDays(3), "EUR", "USD", 1.2m));
        await db.SaveChangesAsync();

        var board = await RateBoard.ReadAsync(db, "USD", ["GBP", "NGN", "EUR"]);

        Assert.Equal(("USD", "ECB", Day), (board.Base, board.Source, board.Date));
        Assert.Equal(["GBP", "EUR"], board.Lines.Select(l => l.Quote));
        Assert.Equal((0.84m, 0.80m, 5m), (board.Lines[1].Value, board.Lines[1].Before, board.Lines[1].Change));
        Assert.Null(board.Lines[0].Change);
        Assert.Equal((0, 2), (board.AgeInDays(Day.AddDays(-1)), board.AgeInDays(Day.AddDays(2))));
    }

    [Fact]
    public async Task A_rate_that_was_revised_within_its_day_changes_against_the_day_before()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        var today = new Rate("ECB", Day, "USD", "EUR", 0.81m);
        db.Rates.AddRange(new Rate("ECB", Day.AddDays(-1), "USD", "EUR", 0.80m), today);
        await db.SaveChangesAsync();
        today.Revise(0.82m);
        await db.SaveChangesAsync();
        Assert.Equal(2.5m, (await RateBoard.ReadAsync(db, "USD", ["EUR"])).Lines[0].Change);
    }

    [Fact]
    public async Task An_empty_store_has_an_empty_board()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        Assert.Same(RateBoard.Empty, await RateBoard.ReadAsync(db, "USD", ["EUR"]));
    }

    [Fact]
    public async Task A_rate_keeps_every_digit()
    {
        await using var store = await TestStore.OpenAsync();
        await using (var db = store.Db())
        {
            db.Rates.Add(new Rate("CBN", Day, "USD", "NGN", 1530.380123456789m));
            await db.SaveChangesAsync();
        }
        await using var read = store.Db();
        Assert.Equal(1530.380123456789m, (await RateBoard.ReadAsync(read, "USD", ["NGN"])).Lines[0].Value);
    }
}
