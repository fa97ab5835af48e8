using Microsoft.AspNetCore.Mvc.ModelBinding;
using NewsHub.Core.Events;

namespace NewsHub.Web.Areas.Admin.Shared;

/// <summary>A date and time in a form, in the zone of whoever types it. Where that is no one instant, the form
/// comes back and asks.</summary>
public sealed class TypedTime
{
    /// <summary>As a <c>datetime-local</c> field sends it.</summary>
    public string? Local { get; set; }

    /// <summary>Which of two instants is meant, where the clocks change.</summary>
    public string? Offset { get; set; }

    /// <summary>The zone that the form named, by which what was typed is read even if the account's has changed meanwhile.</summary>
    public string? Zone { get; set; }

    public TimeZoneInfo ZoneOr(TimeZoneInfo otherwise) =>
        Zone is { Length: > 0 } && TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out var zone) ? zone : otherwise;

    public IReadOnlyList<LocalChoice> Choices(TimeZoneInfo otherwise) => WallClock.Read(Local, ZoneOr(otherwise), Offset).Choices;

    public static TypedTime From(DateTimeOffset at, TimeZoneInfo zone) =>
        new() { Local = WallClock.Write(at, zone), Offset = WallClock.OffsetOf(at, zone), Zone = zone.Id };

    /// <summary>The instant; null, and a problem at the field, where it cannot be told.</summary>
    public DateTimeOffset? Read(TimeZoneInfo otherwise, ModelStateDictionary problems, string field)
    {
        var reading = WallClock.Read(Local, ZoneOr(otherwise), Offset);
        if (reading.Problem is { } problem) problems.AddModelError($"{field}.{nameof(Local)}", problem);
        return reading.At;
    }
}
