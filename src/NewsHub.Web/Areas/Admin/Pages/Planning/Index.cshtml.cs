using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Planning;
using NewsHub.Core.Stories;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Planning;

/// <summary>The planning calendar, by week or month: what is wished for, what is promised, what waits for somebody or for a
/// day.</summary>
[RequiresAct(Act.Read)]
public sealed class IndexModel(Newsroom room, TimeProvider clock) : NewsroomPage(room)
{
    /// <summary>As many as a list beside the calendar shows.</summary>
    private const int MostBeside = 50;

    /// <summary>As many as a day of a month shows.</summary>
    private const int MostOfDay = 6;

    [BindProperty(SupportsGet = true)]
    public string? View { get; set; }

    /// <summary>yyyy-MM-dd: any day of the period; empty for today.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Day { get; set; }

    /// <summary>What was moved last, and from which day: <c>12 2026-12-01</c>. Said once, on the page that comes next.</summary>
    [TempData]
    public string? Moved { get; set; }

    public CalendarPeriod Period { get; private set; } = null!;
    public DateOnly Today { get; private set; }
    public IReadOnlyList<CalendarDay> Days { get; private set; } = [];

    /// <summary>Some of the period is left out.</summary>
    public bool HasMore { get; private set; }
    public Beside NotGiven { get; private set; } = Beside.None;
    public Beside WithoutDay { get; private set; } = Beside.None;
    public Beside Dropped { get; private set; } = Beside.None;

    /// <summary>The assignment that was moved a moment ago, and the day on which it stood (null for none).</summary>
    public (Assignment Assignment, DateOnly? From)? Undo { get; private set; }

    /// <summary>Whether whoever is here may move anything.</summary>
    public bool MayMove => Me.May(Act.ChangeAssignment);

    /// <param name="More">How many are not shown.</param>
    public sealed record CalendarDay(DateOnly Date, IReadOnlyList<CalendarEntry> Entries, int More, bool ClocksChange);

    /// <param name="Count">How many there are; those that are shown may be fewer.</param>
    public sealed record Beside(int Count, IReadOnlyList<CalendarEntry> Entries)
    {
        public static readonly Beside None = new(0, []);
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        Today = Room.Snapshot.Today(clock);
        var isDay = CalendarPeriod.TryDay(Day, out var day);
        Period = new CalendarPeriod(View == "month", isDay ? day : Today);
        await ReadAsync(cancel);
        if (isDay || string.IsNullOrEmpty(Day)) return Page();
        return Redisplay($"The calendar has days from {AssignmentPlan.FirstYear} to {AssignmentPlan.LastYear}, such as 2026-11-30. "
            + "This is today.");
    }

    /// <summary>The time of an entry in the paper's zone; with its offset on a day on which the clocks change.</summary>
    public string Clock(DateTimeOffset at, CalendarDay day)
    {
        var time = FormattableString.Invariant($"{Room.Snapshot.Local(at):HH:mm}");
        return day.ClocksChange ? $"{time} {Room.Snapshot.ZoneAt(at)}" : time;
    }

    private async Task ReadAsync(CancellationToken cancel)
    {
        var sources = new CalendarSources(Room, Period);
        var entries = (await sources.ReadAsync(cancel)).ToLookup(e => e.Day);
        HasMore = sources.HasMore;
        var shown = Period.IsMonth ? MostOfDay : int.MaxValue;
        Days = [.. Period.Days.Select(day =>
        {
            var ofDay = entries[day].ToList();
            var (start, end) = (Room.Snapshot.StartOf(day), Room.Snapshot.StartOf(day.AddDays(1)));
            return new CalendarDay(day, [.. ofDay.Take(shown)], Math.Max(0, ofDay.Count - shown), end - start != TimeSpan.FromDays(1));
        })];
        NotGiven = await BesideAsync(Db.OpenAssignmentsOf(null), cancel);
        WithoutDay = await BesideAsync(Db.Assignments
            .Where(a => a.DroppedAt == null && a.PlannedDay == null && (a.StoryId == null || Db.Stories.Any(s => s.Id == a.StoryId
                && (s.State == StoryState.Draft || s.State == StoryState.Filed || s.State == StoryState.Scheduled))))
            .OrderByDescending(a => a.Id), cancel);
        Dropped = await BesideAsync(Db.Assignments.Where(a => a.DroppedAt != null).OrderByDescending(a => a.DroppedAt), cancel);
        await ReadUndoAsync(cancel);
    }

    private async Task<Beside> BesideAsync(IQueryable<Assignment> assignments, CancellationToken cancel)
    {
        var lines = await AssignmentLine.Of(Db, assignments.Take(MostBeside + 1)).ToListAsync(cancel);
        var count = lines.Count <= MostBeside ? lines.Count : await assignments.CountAsync(cancel);
        return new Beside(count, [.. lines.Take(MostBeside).Select(l => l.Entry(Room, withDay: true))]);
    }

    private async Task ReadUndoAsync(CancellationToken cancel)
    {
        if (Moved?.Split(' ') is not [var number, var from] || !long.TryParse(number, out var id) || !MayMove) return;
        if (await Db.Assignments.AsNoTracking().FirstOrDefaultAsync(a => a.Id == id && a.DroppedAt == null, cancel) is { } moved)
            Undo = (moved, CalendarPeriod.TryDay(from, out var day) ? day : null);
    }
}
