using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Http;

namespace NewsHub.Web.Areas.Admin.Pages.Editions;

/// <summary>The editions: those being made, then those that are out, newest first.</summary>
[RequiresAct(Act.ComposeEdition)]
public sealed class IndexModel(Newsroom room) : NewsroomPage(room)
{
    private const int PageSize = 30;

    public IReadOnlyList<Line> Making { get; private set; } = [];
    public IReadOnlyList<Line> Out { get; private set; } = [];

    /// <summary>Where the next page starts; null at the end.</summary>
    public int? Next { get; private set; }

    /// <summary>Not the first page.</summary>
    public bool Further { get; private set; }

    /// <param name="Missed">Why the clock could not publish it at its time.</param>
    public sealed record Line(
        int Number, DateOnly Date, string Title, DateTimeOffset? PublishedAt, DateTimeOffset? ScheduledFor, string? Missed, int Stories,
        string? Lead);

    /// <param name="before">The last number of the page before.</param>
    public async Task<IActionResult> OnGetAsync(string? before, CancellationToken cancel)
    {
        var after = int.MaxValue;
        if (before is not null && !EditionNumber.TryParse(before, out after)) return BadRequest();
        Further = before is not null;
        if (!Further) Making = await Lines(Db.Editions.Where(e => e.PublishedAt == null).OrderBy(e => e.Number)).ToListAsync(cancel);
        var lines = await Lines(Db.Editions.Where(e => e.PublishedAt != null && e.Number < after)
            .OrderByDescending(e => e.Number)
            .Take(PageSize + 1)).ToListAsync(cancel);
        Out = [.. lines.OrderByDescending(l => l.Number).Take(PageSize)];
        if (lines.Count > PageSize) Next = Out[^1].Number;
        return Page();
    }

    private IQueryable<Line> Lines(IQueryable<Edition> editions) =>
        editions.AsNoTracking().Select(e => new Line(
            e.Number, e.Date, e.Title, e.PublishedAt, e.ScheduledFor, e.MissedBecause, e.Slots.Count,
            (from slot in Db.FrontSlots
             where slot.EditionId == e.Id && slot.Place == SlotKind.Lead
             join s in Db.Stories on slot.StoryId equals s.Id
             join r in Db.Revisions on new { s.Id, Number = s.LiveRevision ?? s.WorkingRevision } equals new { Id = r.StoryId, r.Number }
             select r.Text.Headline).FirstOrDefault()));
}
