using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Planning;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Http;

namespace NewsHub.Web.Areas.Admin.Pages.Planning;

/// <summary>One assignment: what it asks for, and what can be done with it.</summary>
[RequiresAct(Act.Read)]
public sealed class AssignmentModel(Newsroom room) : AssignmentPage(room)
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>The assignment's version when the page was shown.</summary>
    [BindProperty]
    public int Version { get; set; }

    /// <summary>What was moved last; see <see cref="IndexModel.Moved"/>.</summary>
    [TempData]
    public string? Moved { get; set; }

    public AssignmentLine Line { get; private set; } = null!;
    public Assignment Assignment { get; private set; } = null!;

    /// <summary>What somebody else saved meanwhile, where that is not what is typed here.</summary>
    public AssignmentInput? Saved { get; private set; }

    public bool MayChange => Assignment.DroppedAt is null && Me.May(Act.ChangeAssignment, Assignment);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return NotFound();
        await ShowAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return NotFound();
        if (!Me.May(Act.ChangeAssignment, Assignment)) return Forbidden();
        if (await Input.ReadAsync(Room, ModelState, Assignment.GivenTo, cancel) is not var (plan, to)) return Redisplay();
        return await DoAsync(Act.ChangeAssignment, assignment => [
            assignment.Change(plan, Me.Actor, Room.Now), assignment.Give(to?.Id, to?.Name, Me.Actor, Room.Now)], "Saved.", cancel,
            Version);
    }

    public Task<IActionResult> OnPostTakeAsync(CancellationToken cancel) => DoAsync(Act.TakeAssignment,
        assignment => [assignment.Take(Me.Id, Me.Actor, Room.Now)], "The assignment is yours.", cancel);

    public Task<IActionResult> OnPostDropAsync(CancellationToken cancel) => DoAsync(Act.DropAssignment,
        assignment => [assignment.Drop(Me.Actor, Room.Now)], "Dropped. You can revive it.", cancel);

    public Task<IActionResult> OnPostReviveAsync(CancellationToken cancel) => DoAsync(Act.ReviveAssignment,
        assignment => [assignment.Revive(Me.Actor, Room.Now)], "Revived.", cancel);

    /// <summary>It becomes a story. Whoever comes second is led to the story of the first.</summary>
    public async Task<IActionResult> OnPostStartAsync(CancellationToken cancel)
    {
        await using var tx = await Db.Database.BeginTransactionAsync(cancel);
        if (!await FindAsync(cancel)) return NotFound();
        if (Assignment.StoryId is { } begun)
        {
            Flash = "This assignment is a story already: this one.";
            return Redirect($"/admin/stories/{begun}");
        }
        if (!Me.May(Act.StartAssignment, Assignment)) return Forbidden();
        try
        {
            var story = await Db.StartAsync(Assignment, Me, Room.Now, cancel);
            await tx.CommitAsync(cancel);
            Flash = $"The story is started, a draft of {(Assignment.GivenTo == Me.Id ? "yours" : Line.Who)}.";
            return Redirect($"/admin/stories/{story}");
        }
        catch (RefusedException refused)
        {
            await tx.RollbackAsync(cancel);
            return await ShowAgainAsync(refused.Message, cancel);
        }
    }

    /// <summary>Another planned day, from the calendar: by its script, which is told in a line, or by its form.</summary>
    /// <param name="day">yyyy-MM-dd; empty for none.</param>
    /// <param name="view">What the calendar showed, and of which day.</param>
    public async Task<IActionResult> OnPostMoveAsync(string? day, string? view, string? shown, CancellationToken cancel)
    {
        var isScript = UploadsAttribute.AsksAsScript(Request);
        var typed = TypedText.Line(day);
        DateOnly? to = CalendarPeriod.TryDay(typed, out var date) ? date : null;
        var from = await Db.Assignments.Where(a => a.Id == Id).Select(a => a.PlannedDay).FirstOrDefaultAsync(cancel);
        var answer = await DoAsync(Act.ChangeAssignment, assignment =>
        {
            if (typed is not null && to is null) throw new RefusedException(
                $"Enter a date such as 2026-11-30, from {AssignmentPlan.FirstYear} to {AssignmentPlan.LastYear}.");
            return [assignment.MoveTo(to, Me.Actor, Room.Now)];
        }, "", cancel, Version);
        if (answer is not RedirectResult) return isScript ? Problem(answer) : answer;
        var said = $"{Assignment.Slug} {(to is { } there ? $"is planned for {Newsroom.Day(there)}" : "has no planned day now")}.";
        Flash = null;
        if (isScript) return new JsonResult(new { said });
        (Flash, Moved) = (said, from == to ? null : FormattableString.Invariant($"{Id} {from:yyyy-MM-dd}"));
        var period = new CalendarPeriod(view == "month", CalendarPeriod.TryDay(shown, out var seen) ? seen : to ?? from ?? default);
        // A link that an address names has the focus, so that one may go on from there.
        return Redirect(FormattableString.Invariant($"{period.Address}#a{Id}-link"));
    }

    private IActionResult Problem(IActionResult answer)
    {
        if (answer is not PageResult) return answer;
        var title = ModelState.Values.SelectMany(v => v.Errors).FirstOrDefault()?.ErrorMessage;
        return new JsonResult(new { title }) { StatusCode = Response.StatusCode, ContentType = "application/problem+json" };
    }

    /// <summary>Does something to the assignment, and shows it as it then is.</summary>
    /// <param name="seen">The version that whoever does it has seen; null where it does not matter.</param>
    private async Task<IActionResult> DoAsync(
        Act act, Func<Assignment, IReadOnlyList<NewsEvent?>> doing, string said, CancellationToken cancel, int? seen = null)
    {
        Db.ChangeTracker.Clear();
        await using var tx = await Db.Database.BeginTransactionAsync(cancel);
        if (!await FindAsync(cancel)) return NotFound();
        // Who comes too late to take it is told who has it.
        if (act is not Act.TakeAssignment && !Me.May(act, Assignment)) return Forbidden();
        if (seen is { } version && version != Assignment.Version)
        {
            await tx.RollbackAsync(cancel);
            return await OvertakenAsync(cancel);
        }
        try
        {
            Db.Events.AddRange(doing(Assignment).OfType<NewsEvent>());
            await Db.SaveChangesAsync(cancel);
            await tx.CommitAsync(cancel);
        }
        catch (RefusedException refused)
        {
            await tx.RollbackAsync(cancel);
            return await ShowAgainAsync(refused.Message, cancel);
        }
        Flash = said;
        return Redirect(FormattableString.Invariant($"/admin/planning/{Id}"));
    }

    private async Task<bool> FindAsync(CancellationToken cancel)
    {
        if (await Db.Assignments.FirstOrDefaultAsync(a => a.Id == Id, cancel) is not { } assignment) return false;
        Assignment = assignment;
        Line = await AssignmentLine.Of(Db, Db.Assignments.Where(a => a.Id == Id)).SingleAsync(cancel);
        return true;
    }

    private async Task ShowAsync(CancellationToken cancel)
    {
        Version = Assignment.Version;
        Input = await AssignmentInput.FromAsync(Assignment, Room, cancel);
    }

    /// <summary>The page as the store has it, with the reason why something was not done.</summary>
    private async Task<IActionResult> ShowAgainAsync(string problem, CancellationToken cancel)
    {
        Db.ChangeTracker.Clear();
        if (!await FindAsync(cancel)) return NotFound();
        if (problem == Assignment.IsTaken && Line.Who is { } who) problem = $"{who} has this assignment already.";
        ModelState.Clear();
        // What was typed is kept, where the form was sent.
        if (Input.Slug is null) await ShowAsync(cancel);
        return Redisplay(problem, status: StatusCodes.Status409Conflict);
    }

    private async Task<IActionResult> OvertakenAsync(CancellationToken cancel)
    {
        Version = Assignment.Version;
        ModelState.Clear();
        Saved = await AssignmentInput.FromAsync(Assignment, Room, cancel);
        if (Input.Slug is null) Input = Saved;
        var last = await Db.Events.AsNoTracking()
            .Where(e => e.Subject == EventSubject.Assignment(Id))
            .OrderByDescending(e => e.Id)
            .FirstOrDefaultAsync(cancel);
        var who = last is null ? "Someone" : last.By == Me.Actor ? "You, in another window," : last.By.Name;
        return Redisplay($"{who} changed this assignment since you opened this page. Nothing was saved: what is saved now stands beside "
            + "what you typed.", status: StatusCodes.Status409Conflict);
    }
}
