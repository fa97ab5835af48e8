using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Core.Planning;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Planning;

/// <summary>A new assignment. It may be given to somebody at once.</summary>
[RequiresAct(Act.PlanAssignment)]
public sealed class NewModel(Newsroom room) : AssignmentPage(room)
{
    /// <param name="day">The day that the calendar shows.</param>
    public void OnGet(string? day)
    {
        if (CalendarPeriod.TryDay(day, out _)) Input.Day = day;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await Input.ReadAsync(Room, ModelState, holder: null, cancel) is not var (plan, to)) return Redisplay();
        return await TryAsync(async () =>
        {
            await using var tx = await Db.Database.BeginTransactionAsync(cancel);
            var assignment = new Assignment(plan, Me.Actor, Room.Now);
            Db.Assignments.Add(assignment);
            await Db.SaveChangesAsync(cancel);
            Db.Events.Add(assignment.Made());
            if (assignment.Give(to?.Id, to?.Name, Me.Actor, Room.Now) is { } given) Db.Events.Add(given);
            await Db.SaveChangesAsync(cancel);
            await tx.CommitAsync(cancel);
            Flash = $"{assignment.Slug} is planned.";
            return Redirect(FormattableString.Invariant($"/admin/planning/{assignment.Id}"));
        });
    }
}
