using Microsoft.Extensions.Time.Testing;
using NewsHub.Core.Rates;
using NewsHub.Core.Reading;
using NewsHub.Core.Settings;
using NewsHub.Core.Store;

namespace NewsHub.Core.Tests.Reading;

public sealed class SiteSnapshotTests
{
    private static SiteSnapshot In(string zone) => new(new Site { TimeZone = zone }, [], null, RateBoard.Empty);

    private static FakeTimeProvider At(string utc) =>
        new(DateTimeOffset.Parse(utc + "Z", System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("Africa/Lagos", "2025-07-01T22:59:59", "2025-07-01", "2025-07-01T23:00:00")]
    [InlineData("Africa/Lagos", "2025-07-01T23:00:00", "2025-07-02", "2025-07-02T23:00:00")]
    [InlineData("UTC", "2025-12-31T23:59:59", "2025-12-31", "2026-01-01T00:00:00")]
    [InlineData("Europe/Berlin", "2025-03-30T12:00:00", "2025-03-30", "2025-03-30T22:00:00")]
    [InlineData("Europe/Berlin", "2025-10-26T12:00:00", "2025-10-26", "2025-10-26T23:00:00")]
    [InlineData("America/New_York", "2025-11-02T05:30:00", "2025-11-02", "2025-11-03T05:00:00")]
    [InlineData("Africa/Cairo", "2025-04-24T12:00:00", "2025-04-24", "2025-04-24T22:00:00")]
    [InlineData("America/Santiago", "2025-09-06T12:00:00", "2025-09-06", "2025-09-07T04:00:00")]
    [InlineData("America/Havana", "2025-11-01T12:00:00", "2025-11-01", "2025-11-02T04:00:00")]
    [InlineData("America/Havana", "2025-11-02T05:30:00", "2025-11-02", "2025-11-03T05:00:00")]
    [InlineData("Asia/Kolkata", "2025-07-01T18:29:00", "2025-07-01", "2025-07-01T18:30:00")]
    [InlineData("Nowhere/Land", "2025-07-01T12:00:00", "2025-07-01", "2025-07-02T00:00:00")]
    public void The_day_and_its_end_are_those_of_the_papers_zone(string zone, string utc, string today, string end)
    {
        var clock = At(utc);
        Assert.Equal(DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture), In(zone).Today(clock));
        Assert.Equal(At(end).GetUtcNow(), In(zone).EndOfDay(clock));
    }

    [Fact]
    public void A_day_ends_when_the_next_one_begins_all_year_round()
    {
        foreach (var zone in new[]
        {
            "Africa/Cairo", "America/Havana", "America/Santiago", "Asia/Beirut", "Australia/Lord_Howe", "Africa/Lagos", "America/Sao_Paulo",
            "Pacific/Chatham", "Europe/London",
        })
        {
            var siteSnapshot = In(zone);
            for (var at = new DateTimeOffset(2017, 1, 1, 0, 20, 0, TimeSpan.Zero); at.Year < 2019; at = at.AddHours(1))
            {
                var clock = new FakeTimeProvider(at);
                var (today, end) = (siteSnapshot.Today(clock), siteSnapshot.EndOfDay(clock));
                Assert.True(end > at, $"{zone} {at:O}");
                Assert.Equal(today, siteSnapshot.Today(new FakeTimeProvider(end.AddTicks(-1))));
                Assert.Equal(today.AddDays(1), siteSnapshot.Today(new FakeTimeProvider(end)));
            }
        }
    }

    [Theory]
    [InlineData("UTC", "2025-07-01T12:00:00", "UTC")]
    [InlineData("Africa/Lagos", "2025-07-01T12:00:00", "UTC+1")]
    [InlineData("Europe/London", "2025-07-01T12:00:00", "UTC+1")]
    [InlineData("Europe/London", "2025-01-01T12:00:00", "UTC")]
    [InlineData("America/St_Johns", "2025-01-01T12:00:00", "UTC−3:30")]
    [InlineData("America/New_York", "2025-03-09T06:59:59", "UTC−5")]
    [InlineData("America/New_York", "2025-03-09T07:00:00", "UTC−4")]
    [InlineData("Asia/Kathmandu", "2025-07-01T12:00:00", "UTC+5:45")]
    public void An_instant_is_printed_with_the_offset_of_its_own_time(string zone, string utc, string printed) =>
        Assert.Equal(printed, In(zone).ZoneAt(At(utc).GetUtcNow()));

    [Fact]
    public async Task An_empty_store_has_a_name_for_the_nameplate()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        var current = new SiteSnapshot.Current();
        await current.ReadAsync(db);
        Assert.Equal("E-News", current.Now.Site.Name);
        Assert.Null(current.Now.LatestEdition);
        Assert.Same(RateBoard.Empty, current.Now.Rates);
    }
}
