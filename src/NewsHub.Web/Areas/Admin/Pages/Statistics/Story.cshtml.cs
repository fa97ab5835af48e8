using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Audience;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Statistics;

/// <summary>One story's readers: day by day, from where they came, what they thought of it and how they handed it on.</summary>
[RequiresAct(Act.Read)]
public sealed class StoryModel(Newsroom room) : NewsroomPage(room)
{
    public Period Period { get; private set; } = null!;
    public long Id { get; private set; }
    public string Headline { get; private set; } = "";
    public string Address { get; private set; } = "";
    public IReadOnlyList<(DateOnly Day, int Whole, int Part)> Days { get; private set; } = [];
    public IReadOnlyDictionary<DateOnly, (int Reactions, int Shares)> ByDay { get; private set; } = new Dictionary<DateOnly, (int, int)>();
    public IReadOnlyList<(string Host, int Views)> Referrers { get; private set; } = [];
    public IReadOnlyList<(string Label, int Count)> Reactions { get; private set; } = [];
    public IReadOnlyList<(string Way, int Count)> Shares { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long id, string? days, CancellationToken cancel)
    {
        if (Period.Of(days, DateOnly.FromDateTime(Room.Snapshot.Local(Room.Now).DateTime)) is not { } period) return BadRequest();
        var story = new StoryId(id);
        var known = await (
            from p in Db.StoriesEverLive()
            where p.Story.Id == story
            select new { p.Story.Address, p.Revision.Text.Headline, p.Story.Reactions }).FirstOrDefaultAsync(cancel);
        if (known is null) return NotFound();
        (Period, Id, Headline, Address) = (period, id, known.Headline, known.Address!);
        Days = await period.CountAsync(Db, Subject.Story, id, cancel);
        ByDay = Period.By<DateOnly>((await period.EngagedAsync(Db, cancel)).Where(e => e.Story == id), e => e.Day);
        Referrers = await period.ReferrersAsync(Db, story, 30, cancel);
        var labels = Room.Snapshot.Site.Reactions.ToDictionary(r => r.Key, r => r.Label);
        Reactions = [.. known.Reactions
            .Where(r => r.Value > 0)
            .OrderByDescending(r => r.Value)
            .Select(r => (labels.GetValueOrDefault(r.Key, r.Key), r.Value))];
        var shares = await Db.Shares
            .Where(s => s.StoryId == story)
            .GroupBy(s => s.Way)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToListAsync(cancel);
        Shares = [.. shares.OrderByDescending(s => s.Count).Select(s => (s.Key, s.Count))];
        return Page();
    }
}
