using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Staff;
using NewsHub.Core.Stories;

namespace NewsHub.Web.Areas.Admin.Pages;

/// <summary>What needs me now.</summary>
[Needs(Act.Read)]
public sealed class IndexModel(Newsroom room) : NewsroomPage(room)
{
    private const int Most = 20;

    /// <summary>Only those with something in them.</summary>
    public List<(string Name, IReadOnlyList<StoryLine> Stories)> Piles { get; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        var me = Me.Id;
        await PileAsync("Returned to you", Db.Stories.Where(s => s.OwnerId == me && s.State == StoryState.Draft && s.ReturnNote != null), cancel);
        if (Me.May(Act.Approve)) await PileAsync("Filed", Db.Stories.Where(s => s.State == StoryState.Filed && (s.FiledTo == null || s.FiledTo == me)), cancel);
        await PileAsync("Your drafts", Db.Stories.Where(s => s.OwnerId == me && s.State == StoryState.Draft && s.ReturnNote == null), cancel);
        return Page();
    }

    private async Task PileAsync(string name, IQueryable<Story> stories, CancellationToken cancel)
    {
        var lines = await StoryLine.Of(Db, stories.OrderByDescending(s => s.ChangedAt).Take(Most)).ToListAsync(cancel);
        if (lines.Count > 0) Piles.Add((name, lines));
    }
}
