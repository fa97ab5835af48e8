using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Web.Areas.Admin.Pages.Planning;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Acts;

/// <summary>An act that promises a time. The planning calendar leads here when such a time is moved to another day: this page is the
/// question before it moves.</summary>
public abstract class TimedActPage(Newsroom room, Act act) : ActPage(room, act)
{
    /// <summary>The day to which it was moved on the calendar, in the paper's zone; empty where somebody came another way.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Day { get; set; }

    /// <summary>When the promise stands as it is; null where there is none yet.</summary>
    public abstract DateTimeOffset? Promised { get; }

    public bool IsFromCalendar => CalendarPeriod.TryDay(Day, out _);

    /// <summary>Where somebody came from.</summary>
    public string Back => IsFromCalendar ? $"/admin/planning?day={Day}" : $"/admin/stories/{Id}";

    /// <summary>The promised time of day on the day to which it was moved; null where it was not.</summary>
    protected TypedTime? Moved()
    {
        if (!CalendarPeriod.TryDay(Day, out var day) || Promised is not { } promised) return null;
        var paper = Room.Snapshot;
        var local = FormattableString.Invariant($"{day:yyyy-MM-dd}T{paper.Local(promised):HH:mm}");
        return new TypedTime { Local = local, Zone = paper.Site.TimeZone };
    }
}
