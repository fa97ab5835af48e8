using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Stories;

namespace NewsHub.Web.Areas.Admin;

/// <summary>What the pages for a new story and for one that exists have in common: the form, and what a script is told after an autosave.</summary>
public abstract class EditorPage(Newsroom room) : NewsroomPage(room)
{
    [BindProperty]
    public Manuscript Manuscript { get; set; } = new();

    /// <summary>The revision that the typed text goes on from; 0 before the first.</summary>
    [BindProperty]
    public int Base { get; set; }

    /// <summary>Null before the first save.</summary>
    public Story? Story { get; protected set; }
    public virtual bool MaySave => true;
    public IReadOnlyList<PrintCheck> Checks { get; protected set; } = [];

    /// <summary>Names to choose from.</summary>
    public IReadOnlyList<(string Slug, string Name)> Authors { get; private set; } = [];
    public IReadOnlyList<string> TagNames { get; private set; } = [];
    public IReadOnlyList<string> PictureFiles { get; private set; } = [];

    /// <summary>The form's numbers of bylines: those there are and two more, for whoever has no script.</summary>
    public int BylineRows => Manuscript.Bylines.Count + 2;

    public string? Wrong(string field) => ModelState.TryGetValue($"{nameof(Manuscript)}.{field}", out var state) && state.Errors.Count > 0 ? "true" : null;

    // Or it would pass for the handler of a method PAGE.
    [NonHandler]
    public override async Task OnPageHandlerExecutionAsync(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context, Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutionDelegate next)
    {
        var done = await next();
        if (done.Result is not PageResult) return;
        var cancel = HttpContext.RequestAborted;
        Authors = [.. (await Db.Authors.AsNoTracking().OrderBy(a => a.Name).ToListAsync(cancel)).Select(a => (a.Slug.Value, a.Name))];
        TagNames = await Db.Tags.AsNoTracking().Where(t => t.MergedInto == null).OrderBy(t => t.Name).Select(t => t.Name).Take(500).ToListAsync(cancel);
        PictureFiles = await Db.Pictures.AsNoTracking().Where(p => p.Hash != "" && p.RetiredAt == null).OrderByDescending(p => p.Id).Select(p => p.File).Take(500).ToListAsync(cancel);
    }

    /// <summary>Sets what was typed; false, and the problems at their fields, where it cannot be kept.</summary>
    protected async Task<TypesetCopy?> SetAsync(CancellationToken cancel)
    {
        Manuscript.Bylines = [.. Manuscript.Bylines.Where(b => !string.IsNullOrWhiteSpace(b.Author))];
        var copy = await Manuscript.SetAsync(Db, cancel: cancel);
        foreach (var problem in copy.Problems) ModelState.AddModelError($"{nameof(Manuscript)}.{problem.Field}", problem.Message);
        return copy.Problems.Count > 0 ? null : copy;
    }

    /// <summary>Whether a script's autosave asked, which wants to be told and not shown.</summary>
    protected bool IsScript => Request.Headers.XRequestedWith == "fetch";

    protected JsonResult Kept(Story story, Revision revision, IReadOnlyList<PrintCheck> checks) => new(new
    {
        id = story.Id.Value,
        @base = revision.Number,
        savedAt = TimeZoneInfo.ConvertTime(revision.SavedAt, Room.Zone).ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture),
        words = revision.Words,
        minutes = Math.Max(1, (revision.Words + 115) / 230),
        checks = checks.Select(c => new { field = c.Field, sentence = c.Sentence, hinders = c.Hinders, line = c.Line }),
    });

    protected JsonResult NotKept(int status, string title, string? by = null) => new(new { title, by }) { StatusCode = status, ContentType = "application/problem+json" };
}
