using NewsHub.Core.Events;

namespace NewsHub.Core.Tests.Events;

/// <summary>Times as people type them, where clocks change and where they do not.</summary>
public sealed class WallClockTests
{
    private static TimeZoneInfo Zone(string name) => TimeZoneInfo.FindSystemTimeZoneById(name);

    private static string? Utc(DateTimeOffset? at) =>
        at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("Africa/Lagos", "2026-07-01T18:30", "2026-07-01 17:30")]
    [InlineData("Africa/Lagos", "2026-03-29T02:30", "2026-03-29 01:30")]
    [InlineData("Europe/London", "2026-01-15T09:00", "2026-01-15 09:00")]
    [InlineData("Europe/London", "2026-07-15T09:00:00", "2026-07-15 08:00")]
    [InlineData("America/New_York", "2026-07-04 00:00", "2026-07-04 04:00")]
    [InlineData("Asia/Kathmandu", "2061-01-01T00:00", "2060-12-31 18:15")]
    public void A_time_that_comes_once_is_that_instant(string zone, string typed, string utc)
    {
        var reading = WallClock.Read(typed, Zone(zone));
        Assert.Equal((utc, null), (Utc(reading.At), reading.Problem));
        Assert.Empty(reading.Choices);
    }

    [Theory]
    [InlineData("Europe/London", "2026-10-25T01:30", "2026-10-25 00:30", "2026-10-25 01:30")]
    [InlineData("America/New_York", "2026-11-01T01:00", "2026-11-01 05:00", "2026-11-01 06:00")]
    [InlineData("America/Havana", "2026-11-01T00:30", "2026-11-01 04:30", "2026-11-01 05:30")]
    public void An_hour_that_comes_twice_is_asked_about(string zone, string typed, string first, string second) =>
        AsksWhich(zone, typed, first, second, "comes twice");

    [Theory]
    [InlineData("Europe/London", "2026-03-29T01:30", "2026-03-29 00:30", "2026-03-29 01:30")]
    [InlineData("America/New_York", "2026-03-08T02:15", "2026-03-08 06:15", "2026-03-08 07:15")]
    // Here the hour that is left out is the first of the day.
    [InlineData("Africa/Cairo", "2026-04-24T00:00", "2026-04-23 21:00", "2026-04-23 22:00")]
    [InlineData("America/Havana", "2026-03-08T00:30", "2026-03-08 04:30", "2026-03-08 05:30")]
    public void An_hour_that_is_left_out_is_asked_about(string zone, string typed, string before, string after) =>
        AsksWhich(zone, typed, before, after, "there is no");

    private static void AsksWhich(string zone, string typed, string first, string second, string says)
    {
        var asked = WallClock.Read(typed, Zone(zone));
        Assert.Null(asked.At);
        Assert.Contains(says, asked.Problem!, StringComparison.Ordinal);
        Assert.Contains(zone, asked.Problem!, StringComparison.Ordinal);
        Assert.Equal([first, second], asked.Choices.Select(c => Utc(c.At)));
        foreach (var choice in asked.Choices)
        {
            var answered = WallClock.Read(typed, Zone(zone), choice.Offset);
            Assert.Equal((choice.At, null), (answered.At!.Value, answered.Problem));
        }
        // An answer to another question answers nothing.
        Assert.Null(WallClock.Read(typed, Zone(zone), "+09:00").At);
    }

    [Fact]
    public void Which_of_two_is_meant_is_told_by_where_it_lies()
    {
        var fall = WallClock.Read("2026-10-25T01:30", Zone("Europe/London")).Choices;
        Assert.Equal([
            "25 Oct 2026, 01:30 (UTC+01:00): the first time, before the clocks go back",
            "25 Oct 2026, 01:30 (UTC+00:00): the second time, after the clocks have gone back",
        ], fall.Select(c => c.Words));
        var spring = WallClock.Read("2026-03-29T01:30", Zone("Europe/London")).Choices;
        Assert.Equal([
            "29 Mar 2026, 00:30 (UTC+00:00): before the clocks go forward",
            "29 Mar 2026, 02:30 (UTC+01:00): after the clocks have gone forward",
        ], spring.Select(c => c.Words));
    }

    [Theory]
    [InlineData("Africa/Lagos")]
    [InlineData("Europe/London")]
    [InlineData("America/New_York")]
    [InlineData("Africa/Cairo")]
    [InlineData("Australia/Lord_Howe")]
    public void Every_instant_of_a_year_is_read_back_as_it_was_written(string name)
    {
        var zone = Zone(name);
        for (var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero); at.Year == 2026; at = at.AddMinutes(15))
            Assert.Equal(at, WallClock.Read(WallClock.Write(at, zone), zone, WallClock.OffsetOf(at, zone)).At);
    }

    [Theory]
    [InlineData(null, "Enter a date and a time.")]
    [InlineData(" ", "Enter a date and a time.")]
    [InlineData("tomorrow", "Enter a date and a time such as 2026-03-29 18:30.")]
    [InlineData("2026-02-30T10:00", "Enter a date and a time such as 2026-03-29 18:30.")]
    [InlineData("9999-12-31T23:59", "Enter a year between 1900 and 2999.")]
    [InlineData("0001-01-01T00:00", "Enter a year between 1900 and 2999.")]
    public void What_is_no_time_is_told_in_a_sentence(string? typed, string problem) =>
        Assert.Equal(
            (null, problem), (WallClock.Read(typed, Zone("America/New_York")).At, WallClock.Read(typed, Zone("America/New_York")).Problem));

    [Theory]
    [InlineData("Africa/Lagos", "2026-07-01T00:00:00Z", "Africa/Lagos, UTC+1")]
    [InlineData("Europe/London", "2026-01-01T00:00:00Z", "Europe/London, UTC")]
    [InlineData("America/St_Johns", "2026-01-01T00:00:00Z", "America/St_Johns, UTC−3:30")]
    public void A_zone_says_its_name_and_its_offset(string zone, string at, string words) =>
        Assert.Equal(words, WallClock.Name(Zone(zone), DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)));
}
