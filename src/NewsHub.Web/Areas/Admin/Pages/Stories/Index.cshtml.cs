using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Staff;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Stories;

/// <summary>Every story of the house: searched, filtered, sorted, and worked on by the dozen.</summary>
[RequiresAct(Act.Read)]
public sealed class IndexModel(Newsroom room) : NewsroomPage(room)
{
    [BindProperty(SupportsGet = true, Name = "")]
    public StoryList List { get; set; } = new();

    public StoryListPage Found { get; private set; } = new([], null, null);
    public IReadOnlyList<StaffMember> Owners { get; private set; } = [];
    public IReadOnlyList<(string Slug, string Name)> Authors { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        Owners = await Db.Staff.AsNoTracking().OrderBy(s => s.Name).ToListAsync(cancel);
        Authors = [.. (await Db.Authors.AsNoTracking().OrderBy(a => a.Name).Select(a => new { a.Slug, a.Name }).ToListAsync(cancel))
            .Select(a => (a.Slug.Value, a.Name))];
        if (!ModelState.IsValid) return Redisplay();
        if (await List.ReadAsync(Db, Room.Zone, Room.Now, cancel) is not { } found)
            return Redisplay("That page of the list does not exist. Start from the beginning.");
        Found = found;
        return Page();
    }
}
