using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Rates;
using NewsHub.Web.Tests.PageObjects;

namespace NewsHub.Web.Tests.Admin;

/// <summary>The newsroom's page of rates: by hand, from quarantine, and how the sources are.</summary>
public sealed class RatesTests : IAsyncDisposable
{
    private static readonly DateOnly Day = new(2025, 7, 1);
    private readonly ActRoom _room = new();

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    private async Task<Colleague> SetAsync()
    {
        await _room.App.FromElsewhereAsync(async db =>
        {
            db.HeldRates.Add(new HeldRate("A bank", "USD", new CheckedRate(Day, "EUR", 1.8m, 0.8m), _room.Now));
            var report = new SourceReport("ecb");
            report.Brought("9 of 9.", _room.Now.AddDays(-3));
            report.Failed("It hung up.", _room.Now);
            db.SourceReports.Add(report);
            db.Events.Add(new NewsHub.Core.Events.NewsEvent(
                Act.ChangeRates, NewsHub.Core.Events.Actor.Clock, _room.Now, [NewsHub.Core.Events.Topic.SiteWide]));
            return await db.SaveChangesAsync();
        });
        return await _room.ColleagueAsync(Role.Publisher);
    }

    private static Task<Answer> PostAsync(Colleague who, string path, params (string Name, string Value)[] fields) =>
        who.SubmitAsync("/admin/rates", fields.ToDictionary(f => f.Name, f => f.Value), $"form[action='{path}']");

    private Task ShowsAsync(params string[] pairs) => NewsHubApp.EventuallyAsync(
        async () => (await _room.App.FrontAsync()).Ticker?.Runs[0].Pairs.SequenceEqual(pairs) == true,
        $"the ticker shows {string.Join(", ", pairs)}");

    [Fact]
    public async Task What_waits_in_quarantine_is_on_the_desk_and_accepted_it_is_published()
    {
        var ada = await SetAsync();
        await ShowsAsync("EUR 0.80", "JPY 140.00");
        var desk = await ada.GetAsync("/admin");
        Assert.Contains("1 unusual rate needs your review", desk.Page.Body!.Words(), StringComparison.Ordinal);
        Assert.Contains("ecb has not answered It hung up.", desk.Page.Body!.Words(), StringComparison.Ordinal);
        var page = await ada.GetAsync("/admin/rates");
        Assert.Contains(
            "USD/EUR 1.8000 0.80000 ▲ 125.0 %",
            string.Join(' ', page.Page.QuerySelectorAll("[aria-labelledby=held] tbody tr > *").Select(c => c.Words())),
            StringComparison.Ordinal);
        Assert.Contains("Last received: 28 Jun 2025, 15:00", page.Page.QuerySelector("[aria-labelledby=sources]")!.Words(),
            StringComparison.Ordinal);
        var id = page.Page.QuerySelector("[aria-labelledby=held] input[name=id]")!.GetAttribute("value")!;
        ActRoom.LedTo("/admin/rates", await PostAsync(ada, "/admin/rates?handler=Accept", ("id", id)));
        await ShowsAsync("EUR 1.80", "JPY 140.00");
        Assert.Null((await ada.GetAsync("/admin/rates")).Page.QuerySelector("#held"));
        Assert.Equal(1.8m, await _room.App.FromElsewhereAsync(
            db => db.Rates.Where(r => r.Date == Day && r.Quote == "EUR").Select(r => r.Value).SingleAsync()));
    }

    [Fact]
    public async Task Refused_the_last_good_rate_stays()
    {
        var ada = await SetAsync();
        var id = (await ada.GetAsync("/admin/rates")).Page.QuerySelector("[aria-labelledby=held] input[name=id]")!.GetAttribute("value")!;
        ActRoom.LedTo("/admin/rates", await PostAsync(ada, "/admin/rates?handler=Refuse", ("id", id)));
        Assert.Null((await ada.GetAsync("/admin/rates")).Page.QuerySelector("#held"));
        Assert.Equal(ada.Name, await _room.App.FromElsewhereAsync(async db => (await db.HeldRates.SingleAsync()).RefusedBy!.Value.Name));
    }

    [Fact]
    public async Task A_rate_set_by_hand_is_shown_as_such_until_it_is_taken_off()
    {
        var ada = await SetAsync();
        ActRoom.LedTo("/admin/rates",
            await PostAsync(ada, "/admin/rates?handler=Pin", ("Quote", "JPY"), ("Rate", "155.5"), ("Reason", "The bank is closed")));
        await ShowsAsync("EUR 0.80", "JPY 155.50");
        Assert.Contains("set by hand", (await _room.App.FrontAsync()).Ticker!.Runs[0].Changes[1]!, StringComparison.Ordinal);
        Assert.Contains("Set by hand", (await _room.App.GetAsync("/rates")).Text, StringComparison.Ordinal);
        Assert.Contains("Set by hand by the newsroom", (await _room.App.GetAsync("/rates/usd-jpy")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("155", (await _room.App.GetAsync("/rates/usd-jpy.csv")).Text, StringComparison.Ordinal);
        ActRoom.LedTo("/admin/rates", await PostAsync(ada, "/admin/rates?handler=Unpin", ("quote", "JPY")));
        await ShowsAsync("EUR 0.80", "JPY 140.00");
    }

    [Theory]
    [InlineData("SEK", "10", "why", "Choose one of the paper's currencies", "Quote")]
    [InlineData("JPY", "many", "why", "Enter a rate", "Rate")]
    [InlineData("JPY", "-1", "why", "Enter a rate", "Rate")]
    [InlineData("JPY", "155", "", "Enter a reason", "Reason")]
    public async Task What_is_no_rate_comes_back_with_what_was_typed(string quote, string rate, string reason, string words, string field)
    {
        var ada = await SetAsync();
        var answer = await PostAsync(ada, "/admin/rates?handler=Pin", ("Quote", quote), ("Rate", rate), ("Reason", reason));
        ActRoom.Asks(answer, words, field);
        Assert.Equal(rate, answer.Page.QuerySelector("#Rate")!.GetAttribute("value"));
        Assert.Equal(0, await _room.App.FromElsewhereAsync(db => db.PinnedRates.CountAsync()));
    }
}
