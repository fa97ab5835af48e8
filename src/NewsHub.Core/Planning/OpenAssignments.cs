using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Store;

namespace NewsHub.Core.Planning;

/// <summary>What is planned and not begun: for the desk, and for the lists beside the calendar.</summary>
public static class OpenAssignments
{
    /// <summary>Wanted, and no story yet; by planned day, those without one last.</summary>
    public static IQueryable<Assignment> Open(this IQueryable<Assignment> assignments) =>
        assignments.Where(a => a.DroppedAt == null && a.StoryId == null)
            .OrderBy(a => a.PlannedDay == null)
            .ThenBy(a => a.PlannedDay)
            .ThenBy(a => a.Id);

    /// <summary>Open assignments of a member of staff; those that nobody has where that is null.</summary>
    public static IQueryable<Assignment> OpenAssignmentsOf(this NewsDb db, long? member) =>
        db.Assignments.AsNoTracking().Where(a => a.GivenTo == member).Open();
}
