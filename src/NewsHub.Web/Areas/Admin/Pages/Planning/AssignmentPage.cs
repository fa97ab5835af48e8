using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Staff;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Planning;

/// <summary>What the form of a new assignment and that of one that exists have in common: what can be chosen in it.</summary>
public abstract class AssignmentPage(Newsroom room) : NewsroomPage(room)
{
    /// <summary>As many editions as can be chosen from.</summary>
    private const int MostEditions = 20;

    [BindProperty]
    public AssignmentInput Input { get; set; } = new();

    public IReadOnlyList<(string Value, string Name)> Colleagues { get; private set; } = [];
    public IReadOnlyList<(string Value, string Name)> Sections { get; private set; } = [];
    public IReadOnlyList<(string Value, string Name)> Editions { get; private set; } = [];

    // Or it would pass for the handler of a method PAGE.
    [NonHandler]
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var done = await next();
        if (done.Result is not PageResult) return;
        var cancel = HttpContext.RequestAborted;
        Colleagues = [.. (await ColleaguesAsync(cancel)).Select(m => (
            m.Id.ToString(CultureInfo.InvariantCulture), m.ClosedAt is null ? m.Name : $"{m.Name} (account closed)"))];
        Sections = [.. (await Db.Sections.AsNoTracking().OrderBy(s => s.Position).ThenBy(s => s.Id).ToListAsync(cancel))
            .Select(s => (s.Slug.Value, s.Name))];
        var chosen = int.TryParse(Input.Edition, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        Editions = [.. (await Db.Editions.AsNoTracking()
            .Where(e => e.PublishedAt == null || e.Number == chosen)
            .OrderBy(e => e.Number != chosen)
            .ThenBy(e => e.Number)
            .Select(e => new { e.Number, e.Title })
            .Take(MostEditions)
            .ToListAsync(cancel)).Select(e => (e.Number.ToString(CultureInfo.InvariantCulture), $"No. {e.Number} {e.Title}"))];
    }

    /// <summary>Whose account is open, and whoever is chosen already.</summary>
    private Task<List<StaffMember>> ColleaguesAsync(CancellationToken cancel)
    {
        var chosen = long.TryParse(Input.GivenTo, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
        return Db.Staff.AsNoTracking().Where(m => m.ClosedAt == null || m.Id == chosen).OrderBy(m => m.Name).ToListAsync(cancel);
    }
}
