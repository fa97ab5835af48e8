namespace NewsHub.Web.Areas.Admin.Pages.Planning;

/// <summary>What an entry of the calendar is, in the order in which those of a day stand that have no time.</summary>
public enum CalendarKind
{
    Edition,
    Assignment,
    Embargo,
    Schedule,
    Bulletin,
}

/// <summary>Something that stands on a day of the calendar, or waits beside it for one.</summary>
/// <param name="Key">The id of its element.</param>
/// <param name="Name">What it is called: a slug, a headline, an edition's number.</param>
public sealed record CalendarEntry(CalendarKind Kind, string Key, string Name)
{
    /// <summary>In the paper's own zone; null while it has none.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Where it has a time, and not only a day (UTC).</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Its page in the newsroom; null for whoever may not see that.</summary>
    public string? Href { get; init; }

    /// <summary>How it stands: “Draft”, “In progress”.</summary>
    public string? State { get; init; }

    /// <summary>Who has it, or whose story it is.</summary>
    public string? Who { get; init; }

    /// <summary>What else is to be said of it, a line each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Where its form to move it goes; null where whoever is here may not.</summary>
    public string? MovesBy { get; init; }

    /// <summary>Of an assignment: when the page was shown.</summary>
    public int Version { get; init; }

    /// <summary>It was promised: before it moves, its act asks.</summary>
    public bool IsPromise => Kind is CalendarKind.Schedule or CalendarKind.Embargo;

    public string Word => Kind switch
    {
        CalendarKind.Assignment => "Planned",
        CalendarKind.Schedule => "Scheduled",
        CalendarKind.Embargo => "Embargo ends",
        CalendarKind.Edition => "Edition",
        _ => "Newsletter",
    };
}
