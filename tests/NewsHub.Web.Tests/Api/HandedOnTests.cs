using NewsHub.Core.Events;
using NewsHub.Core.Rates;

namespace NewsHub.Web.Tests.Api;

/// <summary>What a publisher of rates does not let us hand on is in no answer, and what a body says is usable elsewhere.</summary>
public sealed class HandedOnTests : IAsyncDisposable
{
    private readonly ApiRoom _room = new(paper => paper
        .Write("rates.json", $$"""{ "source": "{{RatePublisher.OpenEr.Name}}", "base": "USD", "days": [{ "date": "2025-06-25", "rates": """
            + $$"""{ "EUR": 0.8123, "JPY": 141.77 } }] }""")
        .Story("2025-06-29", "money", "What it costs",
            body: "It costs {fx 50 USD EUR}. See [the boats](/harbour/2025/06/26/boats) and [others](https://example.org/x)."));

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task Rates_of_a_publisher_that_forbids_it_are_left_out_and_named()
    {
        Assert.Contains("0.81", (await _room.App.GetAsync("/rates")).Text, StringComparison.Ordinal);
        var rates = await _room.JsonAsync("/api/v1/rates");
        Assert.Equal(0, rates.GetProperty("items").GetArrayLength());
        Assert.Equal(["EUR", "JPY"], rates.GetProperty("leftOut").EnumerateArray().Select(c => c.GetString()));
        await _room.App.FromElsewhereAsync(async db =>
        {
            db.PinnedRates.Add(new PinnedRate(
                new RatePin("USD", "EUR", 0.9m, "holiday", new DateOnly(2025, 7, 1)), Desk.Editor, _room.App.Time.GetUtcNow()));
            db.Rates.Add(new Rate(RatePublisher.Cbn.Name, new DateOnly(2025, 7, 1), "USD", "JPY", 142m));
            db.Events.Add(new NewsEvent(Act.ChangeRates, Actor.Clock, _room.App.Time.GetUtcNow(), [Topic.SiteWide]));
            return await db.SaveChangesAsync();
        });
        await NewsHubApp.EventuallyAsync(async () => (await _room.JsonAsync("/api/v1/rates")).GetProperty("items").GetArrayLength() > 0,
            "a rate that may be handed on is there");
        var now = await _room.JsonAsync("/api/v1/rates");
        var pinned = now.GetProperty("items").EnumerateArray().Single(r => r.GetProperty("currency").GetString() == "EUR");
        Assert.Equal((0.9m, true), (pinned.GetProperty("rate").GetDecimal(), pinned.GetProperty("setByHand").GetBoolean()));
        Assert.Equal("USD", now.GetProperty("base").GetString());
        Assert.DoesNotContain(RatePublisher.OpenEr.Name, now.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Money_in_a_body_stands_with_the_rate_of_its_day_where_that_may_be_handed_on()
    {
        await using var room = new ApiRoom(paper => paper
            .Write("rates.json", """{ "source": "A bank", "base": "USD", "days": [{ "date": "2025-06-25", "rates": { "EUR": 0.8 } }, """
                + """{ "date": "2025-06-30", "rates": { "EUR": 0.9 } }] }""")
            .Story("2025-06-29", "money", "What it costs", body: "It costs {fx 50 USD EUR}."));
        var self = (await room.JsonAsync("/api/v1/stories?limit=1")).GetProperty("items")[0].GetProperty("self").GetString()!;
        var body = (await room.JsonAsync(new Uri(self).PathAndQuery)).GetProperty("bodyHtml").GetString()!;
        Assert.Contains(
            "EUR\u00a040.00 at the rate of <time datetime=\"2025-06-25\">25 June 2025</time>, A bank)", body, StringComparison.Ordinal);
        Assert.DoesNotContain("45.00", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Money_in_a_body_is_without_rates_that_may_not_be_handed_on_and_links_are_absolute()
    {
        var story = (await _room.JsonAsync("/api/v1/stories?limit=1")).GetProperty("items")[0];
        var body = (await _room.JsonAsync(new Uri(story.GetProperty("self").GetString()!).PathAndQuery))
            .GetProperty("bodyHtml")
            .GetString()!;
        Assert.Contains("USD\u00a050</data>", body.Replace("&nbsp;", "\u00a0", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("EUR\u00a0", body.Replace("&nbsp;", "\u00a0", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain(RatePublisher.OpenEr.Name, body, StringComparison.Ordinal);
        Assert.Contains($"href=\"{ApiRoom.Site}/harbour/2025/06/26/boats\"", body, StringComparison.Ordinal);
        Assert.Contains("href=\"https://example.org/x\"", body, StringComparison.Ordinal);
    }
}
