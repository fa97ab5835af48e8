using NewsHub.Core.Events;
using NewsHub.Core.Rates;
using NewsHub.Core.Settings;
using NewsHub.Core.Store;

namespace NewsHub.Core.Tests.Rates;

public sealed class RateTests
{
    private static readonly string Ecb = RatePublisher.Ecb.Name, Cbn = RatePublisher.Cbn.Name;
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
    [InlineData("NGN", true)]
    [InlineData("XXY", false)]
    [InlineData("eur", false)]
    [InlineData("EURO", false)]
    [InlineData("ÉUR", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_currency_is_one_that_ISO_4217_knows(string? code, bool known) => Assert.Equal(known, Currency.IsKnown(code));

    [Fact]
    public async Task Change_is_against_the_published_day_before_however_long_ago()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        db.Rates.AddRange(
            new Rate(Ecb, Day.AddDays(-9), "USD", "EUR", 0.5m), new Rate(Ecb, Day.AddDays(-4), "USD", "EUR", 0.80m),
            new Rate(Ecb, Day, "USD", "EUR", 0.84m),
            new Rate(Ecb, Day.AddDays(-9), "USD", "GBP", 0.7m), new Rate(Ecb, Day, "USD", "GBP", 0.73m),
            new Rate(Cbn, Day.AddDays(-1), "USD", "EUR", 0.1m), new Rate(Ecb, Day.AddDays(3), "EUR", "USD", 1.2m));
        await db.SaveChangesAsync();

        var board = await RateBoard.ReadAsync(db, new Site { CurrencyQuotes = ["GBP", "NGN", "EUR"], RateSources = ["ecb", "cbn"] });

        Assert.Equal(("USD", Ecb, Day), (board.Base, board.Lines[0].Source, board.Newest));
        Assert.Equal(["GBP", "EUR"], board.Lines.Select(l => l.Quote));
        Assert.Equal((0.84m, 0.80m, 5m), (board.Lines[1].Value, board.Lines[1].Before, board.Lines[1].Change));
        // The pound's own day before was nine days ago.
        Assert.Equal(4.29m, board.Lines[0].Change);
        Assert.Equal((0, 2), (board.AgeInDays(Day.AddDays(-1)), board.AgeInDays(Day.AddDays(2))));
    }

    [Fact]
    public async Task A_rate_that_was_revised_within_its_day_changes_against_the_day_before()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        var today = new Rate(Ecb, Day, "USD", "EUR", 0.81m);
        db.Rates.AddRange(new Rate(Ecb, Day.AddDays(-1), "USD", "EUR", 0.80m), today);
        await db.SaveChangesAsync();
        today.Revise(0.82m);
        await db.SaveChangesAsync();
        Assert.Equal(
            2.5m, (await RateBoard.ReadAsync(db, new Site { CurrencyQuotes = ["EUR"], RateSources = ["ecb", "cbn"] })).Lines[0].Change);
    }

    [Fact]
    public async Task An_empty_store_has_an_empty_board()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        Assert.Same(RateBoard.Empty, await RateBoard.ReadAsync(db, new Site { CurrencyQuotes = ["EUR"], RateSources = ["ecb", "cbn"] }));
    }

    [Fact]
    public async Task A_rate_keeps_every_digit()
    {
        await using var store = await TestStore.OpenAsync();
        await using (var db = store.Db())
        {
            db.Rates.Add(new Rate(Cbn, Day, "USD", "NGN", 1530.380123456789m));
            await db.SaveChangesAsync();
        }
        await using var read = store.Db();
        Assert.Equal(1530.380123456789m,
            (await RateBoard.ReadAsync(read, new Site { CurrencyQuotes = ["NGN"], RateSources = ["ecb", "cbn"] })).Lines[0].Value);
    }

    [Fact]
    public async Task The_first_source_counts_until_it_has_been_silent_for_longer_than_a_long_weekend()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        db.Rates.AddRange(new Rate(Ecb, Day.AddDays(-4), "USD", "EUR", 0.80m), new Rate("Others", Day, "USD", "EUR", 0.90m),
            new Rate("Others", Day, "USD", "GBP", 0.7m), new Rate(Ecb, Day.AddDays(-5), "USD", "GBP", 0.6m));
        await db.SaveChangesAsync();
        var board = await RateBoard.ReadAsync(db, new Site { CurrencyQuotes = ["EUR", "GBP"], RateSources = ["ecb", "file"] });
        Assert.Equal([(0.80m, Ecb), (0.7m, "Others")], board.Lines.Select(l => (l.Value, l.Source)));
        Assert.Equal((Day.AddDays(-4), Day, 4), (board.Oldest, board.Newest, board.AgeInDays(Day)));
        Assert.Equal(0.7m / 0.80m, board.Cross("EUR", "GBP"));
        Assert.Null(board.Cross("EUR", "NGN"));
    }

    [Fact]
    public async Task A_rate_that_was_pinned_stands_before_any_source_and_says_so_until_it_is_taken_off()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        var site = new Site { CurrencyQuotes = ["EUR"], RateSources = ["ecb"] };
        db.Rates.Add(new Rate(Ecb, Day, "USD", "EUR", 0.8m));
        await db.PinAsync(new RatePin("USD", "EUR", 0.9m, "The bank is closed", Day), new Actor("Ada"), Copy.Noon);
        await db.SaveChangesAsync();
        var line = Assert.Single((await RateBoard.ReadAsync(db, site)).Lines);
        Assert.Equal((0.9m, true, null, ""), (line.Value, line.IsPinned, line.Change, line.Source));
        await db.PinAsync(new RatePin("USD", "EUR", 0.95m, "Still", Day), new Actor("Ada"), Copy.Noon);
        await db.SaveChangesAsync();
        db.Unpin(db.PinnedRates.Single(), new Actor("Ada"), Copy.Noon);
        await db.SaveChangesAsync();
        Assert.Equal(0.8m, (await RateBoard.ReadAsync(db, site)).Lines[0].Value);
        Assert.Equal(3, db.Events.Count());
        await Assert.ThrowsAsync<RefusedException>(() => db.PinAsync(new RatePin("USD", "USD", 1, "no", Day), new Actor("Ada"), Copy.Noon));
        await Assert.ThrowsAsync<RefusedException>(() => db.PinAsync(new RatePin("USD", "EUR", 0, "no", Day), new Actor("Ada"), Copy.Noon));
    }

    [Fact]
    public async Task History_follows_the_source_that_counted_on_each_day_and_crosses_two_currencies()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        var site = new Site { CurrencyQuotes = ["EUR", "NGN"], RateSources = ["ecb", "cbn"] };
        for (var day = -9; day <= 0; day++)
        {
            // The first source is silent for the last days; the second one publishes daily.
            if (day <= -7) db.Rates.Add(new Rate(Ecb, Day.AddDays(day), "USD", "EUR", 0.5m));
            db.Rates.Add(new Rate(Cbn, Day.AddDays(day), "USD", "EUR", 0.6m));
            db.Rates.Add(new Rate(Cbn, Day.AddDays(day), "USD", "NGN", 1200));
        }
        await db.SaveChangesAsync();
        store.Sql.Clear();
        var euros = await db.HistoryAsync(site, "USD", "EUR", null);
        Assert.Single(store.Sql.Commands);
        if (!TestStore.IsPostgres)
            Assert.Contains("IX_Rates_Base_Quote_Date", string.Join('\n', store.Plan(store.Sql.Commands[0])), StringComparison.Ordinal);
        Assert.Equal([0.5m, 0.5m, 0.5m, 0.6m, 0.6m, 0.6m], euros.Select(p => p.Value));
        Assert.Equal([2400m, 2400m, 2400m], (await db.HistoryAsync(site, "EUR", "NGN", null)).Take(3).Select(p => p.Value));
        Assert.Equal(3, (await db.HistoryAsync(site, "EUR", "NGN", Day.AddDays(-2))).Count);
        Assert.Equal((2m, Day.AddDays(-8), Ecb),
            await db.OnAsync(site, "EUR", "USD", Day.AddDays(-8)) is { } on ? (on.Value, on.Day, on.Source) : default);
        Assert.Null(await db.OnAsync(site, "EUR", "USD", Day.AddDays(-10)));
        Assert.Empty(await db.HistoryAsync(site, "USD", "GBP", null));
    }

    [Theory]
    [InlineData("50", 50)]
    [InlineData("1,250.50", 1250.50)]
    [InlineData("1,250", 1250)]
    [InlineData("1250,50", 1250.50)]
    [InlineData("1\u202f250,5", 1250.5)]
    [InlineData("1,250,000", 1250000)]
    [InlineData(" 1 250 ", 1250)]
    [InlineData(".5", 0.5)]
    public void An_amount_is_read_as_people_write_it(string text, double amount)
    {
        Assert.True(Currency.TryReadAmount(text, out var read));
        Assert.Equal((decimal)amount, read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("fifty")]
    [InlineData("NaN")]
    [InlineData("1e9")]
    [InlineData("1000000000001")]
    [InlineData("99999999999999999999999999999999999999999999")]
    public void What_is_no_amount_is_refused(string? text) => Assert.False(Currency.TryReadAmount(text, out _));

    [Theory]
    [InlineData(76519.07, "NGN", "NGN 76,519.07")]
    [InlineData(7342.6, "JPY", "JPY 7,343")]
    [InlineData(1.2345, "KWD", "KWD 1.235")]
    [InlineData(0.0006534, "USD", "USD 0.00065")]
    public void Amounts_have_the_decimals_of_their_currency(double amount, string code, string written) =>
        Assert.Equal(written, Currency.Amount((decimal)amount, code));

    [Theory]
    [InlineData(1530.3814, "1,530.381")]
    [InlineData(143.6694, "143.669")]
    [InlineData(1.3629, "1.3629")]
    [InlineData(0.8487, "0.84870")]
    [InlineData(0.00065343, "0.00065343")]
    [InlineData(25974.5, "25,974.50")]
    public void A_pairs_page_shows_more_digits_than_the_ticker(double rate, string written) =>
        Assert.Equal(written, Currency.ForPair((decimal)rate));
}
