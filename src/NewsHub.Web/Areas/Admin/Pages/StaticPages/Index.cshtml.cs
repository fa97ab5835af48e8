using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.StaticPages;

/// <summary>The pages about the paper, in the order of its footer.</summary>
[RequiresAct(Act.ChangePage)]
public sealed class IndexModel(Newsroom room) : NewsroomPage(room)
{
    public IReadOnlyList<StaticPage> Lines { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancel) => ReadAsync(cancel);

    /// <summary>One place up or down.</summary>
    public async Task<IActionResult> OnPostMoveAsync(string? slug, bool down, CancellationToken cancel)
    {
        await ReadAsync(cancel);
        var lines = Lines.ToList();
        var at = lines.FindIndex(p => p.Slug.Value == slug);
        var to = down ? at + 1 : at - 1;
        if (at < 0) return NotFound();
        if (to >= 0 && to < lines.Count) (lines[at], lines[to]) = (lines[to], lines[at]);
        return await OrderAsync(lines, cancel);
    }

    /// <summary>The whole order, as it was dragged; a page that it does not name stays behind the others.</summary>
    public async Task<IActionResult> OnPostOrderAsync(List<string> order, CancellationToken cancel)
    {
        await ReadAsync(cancel);
        return await OrderAsync(
            [.. Lines.OrderBy(p => order.IndexOf(p.Slug.Value) is var place and >= 0 ? place : int.MaxValue)], cancel);
    }

    private async Task<IActionResult> OrderAsync(List<StaticPage> lines, CancellationToken cancel)
    {
        var (before, after) = (string.Join(", ", Lines.Select(p => p.Slug)), string.Join(", ", lines.Select(p => p.Slug)));
        foreach (var (place, page) in lines.Index()) page.Place(place, page.OutsideFooter);
        if (before != after) Room.Note(Act.ChangePage, EventSubject.Pages, "order", before, after, Topic.SiteWide);
        await Db.SaveChangesAsync(cancel);
        Flash = "Saved. The footer of every page shows them in this order.";
        return Redirect("/admin/pages");
    }

    private async Task ReadAsync(CancellationToken cancel) =>
        Lines = await Db.StaticPages.OrderBy(p => p.Position).ThenBy(p => p.Slug).ToListAsync(cancel);
}
