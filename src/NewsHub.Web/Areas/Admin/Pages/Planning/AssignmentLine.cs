using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Planning;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Planning;

/// <summary>An assignment as lists show it.</summary>
/// <param name="Who">The name of the member of staff who has it.</param>
/// <param name="Story">The state of the story that it became.</param>
public sealed record AssignmentLine(Assignment Assignment, string? Who, StoryState? Story)
{
    public static IQueryable<AssignmentLine> Of(NewsDb db, IQueryable<Assignment> assignments) =>
        assignments.AsNoTracking().Select(a => new AssignmentLine(
            a,
            db.Staff.Where(m => m.Id == a.GivenTo).Select(m => m.Name).FirstOrDefault(),
            db.Stories.Where(s => s.Id == a.StoryId).Select(s => (StoryState?)s.State).FirstOrDefault()));

    /// <summary>How it stands, in a word: as its story does once there is one.</summary>
    public string State => Assignment.DroppedAt is not null ? "Dropped" : Story?.ToString() ?? "Not started";

    /// <summary>As the calendar and the lists beside it show it.</summary>
    /// <param name="withDay">Whether the planned day is said: not where it stands on it.</param>
    internal CalendarEntry Entry(Newsroom room, bool withDay = false)
    {
        var assignment = Assignment;
        string?[] notes =
        [
            assignment.Line,
            withDay && assignment.PlannedDay is { } day ? $"For {Newsroom.Day(day)}" : null,
            assignment.DueAt is { } due ? $"Due {room.When(due)}" : null,
        ];
        var address = FormattableString.Invariant($"/admin/planning/{assignment.Id}");
        return new CalendarEntry(CalendarKind.Assignment, FormattableString.Invariant($"a{assignment.Id}"), assignment.Slug.Value)
        {
            Day = assignment.PlannedDay,
            Href = address,
            State = State,
            Who = Who ?? "Nobody yet",
            Notes = [.. notes.OfType<string>()],
            MovesBy = room.Me.May(Act.ChangeAssignment) && assignment.DroppedAt is null ? $"{address}?handler=Move" : null,
            Version = assignment.Version,
        };
    }
}
