using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using NewsHub.Core.Events;
using NewsHub.Core.Rates;
using NewsHub.Core.Settings;
using NewsHub.Core.Store;

namespace NewsHub.Core.Tests.Rates;

public sealed class RateRefreshTests : IAsyncLifetime
{
    private static readonly DateOnly Day = new(2025, 7, 1);
    private readonly FakeTimeProvider _clock = new(Copy.Noon);
    private TestStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await TestStore.OpenAsync();
        await using var db = _store.Db();
        db.Sites.Add(new Site { CurrencyQuotes = ["EUR", "NGN"], RateSources = ["ecb", "cbn"] });
        await db.SaveChangesAsync();
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private sealed class FixedSource(string key, Func<RateSheet> tell) : IRateSource
    {
        public string Key => key;

        public Task<RateSheet> FetchAsync(CancellationToken cancel) => Task.FromResult(tell());
    }

    private static FixedSource Ecb(params (DateOnly Day, string Text)[] euros) =>
        new("ecb", () => new RateSheet(RatePublisher.Ecb.Name, "USD", false, [.. euros.Select(e => new RateFigure(e.Day, "EUR", e.Text))]));

    private static readonly FixedSource Broken = new("cbn", () => throw new RateSourceException("It hung up."));

    private async Task<IReadOnlyList<SourceReport>> RefreshAsync(params IRateSource[] sources)
    {
        await using var db = _store.Db();
        return await new RateRefresh(db, sources, _clock).RunAsync(null, Actor.Clock);
    }

    [Fact]
    public async Task One_source_that_fails_changes_nothing_but_its_own_report()
    {
        var reports = await RefreshAsync(Ecb((Day, "0.85")), Broken);
        Assert.Equal([("ecb", true), ("cbn", false)], reports.Select(r => (r.Key, r.Succeeded)));
        Assert.Equal("It hung up.", reports[1].Sentence);
        Assert.Equal((Copy.Noon, null), (reports[0].BroughtAt, reports[1].BroughtAt));
        await using var db = _store.Db();
        Assert.Equal(0.85m, (await db.Rates.SingleAsync()).Value);
        var told = await db.Events.SingleAsync();
        Assert.Equal((Act.ChangeRates, Topic.SiteWide, "rates:ecb"), (told.Act, Assert.Single(told.Topics), told.Subject.ToString()));
    }

    [Fact]
    public async Task The_same_sheet_again_is_no_news_and_a_revised_one_is()
    {
        await RefreshAsync(Ecb((Day, "0.85")));
        Assert.Contains("nothing new", (await RefreshAsync(Ecb((Day, "0.85"))))[0].Sentence, StringComparison.Ordinal);
        await using (var db = _store.Db()) Assert.Equal(1, await db.Events.CountAsync());
        await RefreshAsync(Ecb((Day, "0.86")));
        await using var after = _store.Db();
        Assert.Equal((0.86m, 2), ((await after.Rates.SingleAsync()).Value, await after.Events.CountAsync()));
    }

    [Fact]
    public async Task A_jump_waits_for_an_editor_once_and_a_refused_one_does_not_come_back()
    {
        await RefreshAsync(Ecb((Day.AddDays(-1), "0.85")));
        await RefreshAsync(Ecb((Day, "1.85")));
        await RefreshAsync(Ecb((Day, "1.85")));
        await using var db = _store.Db();
        var held = await db.HeldForEditors().SingleAsync();
        Assert.Equal((1.85m, 0.85m, 117.6m), (held.Value, held.Before, held.Jump));
        Assert.Equal(0.85m, (await RateBoard.ReadAsync(db, await db.Sites.SingleAsync())).Lines[0].Value);

        db.Refuse(held, new Actor("Ada"), Copy.Noon);
        await db.SaveChangesAsync();
        await RefreshAsync(Ecb((Day, "1.85")));
        Assert.Equal(0, await db.HeldForEditors().CountAsync());
        Assert.Equal(1, await db.HeldRates.CountAsync());
    }

    [Fact]
    public async Task An_accepted_jump_is_published_and_is_what_the_next_rate_is_compared_with()
    {
        await RefreshAsync(Ecb((Day.AddDays(-1), "0.85")));
        await RefreshAsync(Ecb((Day, "1.85")));
        await using (var db = _store.Db())
        {
            await db.AcceptAsync(await db.HeldForEditors().SingleAsync(), new Actor("Ada"), Copy.Noon);
            await db.SaveChangesAsync();
        }
        await RefreshAsync(Ecb((Day.AddDays(1), "1.9")));
        await using var after = _store.Db();
        Assert.Equal([0.85m, 1.85m, 1.9m], await after.Rates.OrderBy(r => r.Date).Select(r => r.Value).ToListAsync());
        Assert.Equal(0, await after.HeldRates.CountAsync());
    }

    [Fact]
    public async Task A_sheet_that_brings_an_accepted_jump_again_with_the_days_around_it_is_not_held_again()
    {
        (DateOnly, string)[] days = [(Day.AddDays(-1), "0.85"), (Day, "1.85"), (Day.AddDays(1), "1.9")];
        await RefreshAsync(Ecb(days));
        await using (var db = _store.Db())
        {
            Assert.Equal(2, await db.HeldForEditors().CountAsync());
            foreach (var held in await db.HeldForEditors().ToListAsync()) await db.AcceptAsync(held, new Actor("Ada"), Copy.Noon);
            await db.SaveChangesAsync();
        }
        Assert.Contains("nothing new", (await RefreshAsync(Ecb(days)))[0].Sentence, StringComparison.Ordinal);
        await using var after = _store.Db();
        Assert.Equal(0, await after.HeldRates.CountAsync());
    }

    [Fact]
    public async Task A_source_that_is_new_is_compared_with_what_others_said_lately_and_not_with_last_year()
    {
        await using (var db = _store.Db())
        {
            db.Rates.AddRange(
                new Rate("A file", Day.AddDays(-20), "USD", "EUR", 0.5m), new Rate("A file", Day.AddDays(-400), "USD", "NGN", 460));
            await db.SaveChangesAsync();
        }
        var source = new FixedSource(
            "cbn", () => new RateSheet(RatePublisher.Cbn.Name, "USD", false, [new(Day, "EUR", "0.85"), new(Day, "NGN", "1530")]));
        var report = Assert.Single(await RefreshAsync(source));
        Assert.Contains("1 jumped by more than 20 % and waits for an editor.", report.Sentence, StringComparison.Ordinal);
        await using var after = _store.Db();
        Assert.Equal(("EUR", "NGN"),
            ((await after.HeldRates.SingleAsync()).Quote, (await after.Rates.SingleAsync(r => r.Source == RatePublisher.Cbn.Name)).Quote));
    }

    [Fact]
    public async Task A_source_that_there_is_not_is_named_with_those_that_there_are()
    {
        await using var db = _store.Db();
        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => new RateRefresh(db, [Broken], _clock).RunAsync(["fed"], Actor.CommandLine));
        Assert.Equal("There is no source 'fed'. There are cbn.", refused.Message);
    }
}
