using System.Globalization;

namespace NewsHub.Core.Events;

/// <summary>
/// Local dates and times as people type them, in a named zone. Where the clocks change, one typed time is two instants or none: that is
/// never guessed, but asked back.
/// </summary>
public static class WallClock
{
    private static readonly string[] Forms =
        ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm:ss.FFF"];

    /// <param name="typed">As a <c>datetime-local</c> field sends it: <c>2026-03-29T02:30</c>.</param>
    /// <param name="offset">Which of the <see cref="LocalReading.Choices"/> is meant, where there were any;
    /// ignored where there are none.</param>
    public static LocalReading Read(string? typed, TimeZoneInfo zone, string? offset = null)
    {
        if (string.IsNullOrWhiteSpace(typed)) return new(null, "Enter a date and a time.", []);
        if (!DateTime.TryParseExact(typed.Trim(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return new(null, "Enter a date and a time such as 2026-03-29 18:30.", []);
        // Beyond these years sums of days and offsets leave the calendar.
        if (local.Year is < 1900 or > 2999) return new(null, "Enter a year between 1900 and 2999.", []);
        var (twice, skipped) = (zone.IsAmbiguousTime(local), zone.IsInvalidTime(local));
        if (!twice && !skipped) return new(At(local, zone.GetUtcOffset(local)), null, []);
        // A skipped time is read by the clock from before the change, which leads past the gap, or by the one from
        // after it, which leads before it.
        List<TimeSpan> offsets = twice
            ? [.. zone.GetAmbiguousTimeOffsets(local).OrderDescending()]
            : [OffsetBeside(local, zone, 1), OffsetBeside(local, zone, -1)];
        List<LocalChoice> choices = [.. offsets.Select((o, i) => Choice(local, o, zone, twice, first: i == 0))];
        if (choices.Find(c => c.Offset == offset) is { } chosen) return new(chosen.At, null, choices);
        var when = local.ToString("HH:mm 'on' d MMM yyyy", CultureInfo.InvariantCulture);
        return new(null, twice
            ? $"The clocks go back that night, so {when} comes twice in {zone.Id}. Choose which you mean."
            : $"The clocks go forward then: there is no {when} in {zone.Id}. Choose what you mean.", choices);
    }

    /// <summary>An instant as a <c>datetime-local</c> field takes it; <see cref="Read"/> with
    /// <see cref="OffsetOf"/> reads it back.</summary>
    public static string Write(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The offset from UTC in force at an instant: <c>+01:00</c>.</summary>
    public static string OffsetOf(DateTimeOffset at, TimeZoneInfo zone) => Write(zone.GetUtcOffset(at));

    /// <summary>A zone at an instant, for people: “Europe/London, UTC+1”.</summary>
    public static string Name(TimeZoneInfo zone, DateTimeOffset at)
    {
        var offset = zone.GetUtcOffset(at);
        if (offset == TimeSpan.Zero) return zone.Id is "UTC" ? "UTC" : $"{zone.Id}, UTC";
        return string.Create(CultureInfo.InvariantCulture, $"{zone.Id}, UTC{(offset < TimeSpan.Zero ? '−' : '+')}{Math.Abs(offset.Hours)}"
            + $"{(offset.Minutes == 0 ? "" : $":{Math.Abs(offset.Minutes):00}")}");
    }

    private static LocalChoice Choice(DateTime local, TimeSpan offset, TimeZoneInfo zone, bool twice, bool first)
    {
        var at = At(local, offset);
        var shown = TimeZoneInfo.ConvertTime(at, zone);
        var words = (twice, first) switch
        {
            (true, true) => "the first time, before the clocks go back",
            (true, false) => "the second time, after the clocks have gone back",
            (false, true) => "before the clocks go forward",
            (false, false) => "after the clocks have gone forward",
        };
        return new(Write(offset), at,
            string.Create(CultureInfo.InvariantCulture, $"{shown:d MMM yyyy, HH:mm} (UTC{Write(shown.Offset)}): {words}"));
    }

    /// <summary>The offset in force on one side of a gap. Gaps are of minutes to a day.</summary>
    private static TimeSpan OffsetBeside(DateTime local, TimeZoneInfo zone, int step)
    {
        var beside = local;
        while (zone.IsInvalidTime(beside)) beside = beside.AddMinutes(step);
        return zone.GetUtcOffset(beside);
    }

    private static DateTimeOffset At(DateTime local, TimeSpan offset) =>
        new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), offset).ToUniversalTime();

    private static string Write(TimeSpan offset) => string.Create(
        CultureInfo.InvariantCulture, $"{(offset < TimeSpan.Zero ? '-' : '+')}{Math.Abs(offset.Hours):00}:{Math.Abs(offset.Minutes):00}");
}

/// <summary>What a typed time means.</summary>
/// <param name="At">The instant (UTC); null when it is not known yet.</param>
/// <param name="Problem">A sentence that says why not.</param>
/// <param name="Choices">The instants that can be meant, the earlier first, where the clocks change; empty elsewhere.</param>
public sealed record LocalReading(DateTimeOffset? At, string? Problem, IReadOnlyList<LocalChoice> Choices);

/// <param name="Offset">What the field sends back for this one: <c>+01:00</c>.</param>
/// <param name="Words">The time it comes to, and on which side of the change that is.</param>
public sealed record LocalChoice(string Offset, DateTimeOffset At, string Words);
