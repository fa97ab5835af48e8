using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editions;
using NewsHub.Core.Media;
using NewsHub.Core.Staff;
using NewsHub.Core.Stories;

namespace NewsHub.Web.Areas.Admin;

/// <summary>What the pages for a new story and for one that exists have in common: the form, and what a script is told after an autosave.</summary>
[KeepsTyped]
public abstract class EditorPage(Newsroom room) : NewsroomPage(room)
{
    [BindProperty]
    public Manuscript Manuscript { get; set; } = new();

    /// <summary>The revision that the typed text goes on from; 0 before the first.</summary>
    [BindProperty]
    public int Base { get; set; }

    /// <summary>The slug when the page was shown. It is in no revision: only one that was changed here is chosen, so that no old form undoes a colleague's.</summary>
    [BindProperty]
    public string? SlugWas { get; set; }

    /// <summary>The place on the front of an edition that is being made, <c>12 Lead</c>; empty for none. Chosen only where it was changed here.</summary>
    [BindProperty]
    public string? Slot { get; set; }

    [BindProperty]
    public string? SlotWas { get; set; }

    /// <summary>Null before the first save.</summary>
    public Story? Story { get; protected set; }
    public virtual bool MaySave => true;
    public IReadOnlyList<PrintCheck> Checks { get; protected set; } = [];

    /// <summary>Names to choose from.</summary>
    public IReadOnlyList<(string Slug, string Name)> Authors { get; private set; } = [];
    public IReadOnlyList<string> TagNames { get; private set; } = [];
    public IReadOnlyList<string> PictureFiles { get; private set; } = [];
    public IReadOnlyList<(int Number, string Title)> Editions { get; private set; } = [];

    /// <summary>The lead picture as it is typed, where the library has it.</summary>
    public PictureUse? LeadPicture { get; private set; }

    public bool MayPlace => Me.May(Act.ComposeEdition);

    /// <summary>The form's numbers of bylines: those there are and two more, for whoever has no script.</summary>
    public int BylineRows => Manuscript.Bylines.Count + 2;

    public string? Wrong(string field) => ModelState.TryGetValue($"{nameof(Manuscript)}.{field}", out var state) && state.Errors.Count > 0 ? "true" : null;

    /// <summary>For <c>aria-describedby</c>: the list of problems, where the field is in it.</summary>
    public string? WrongBy(string field) => Wrong(field) is null ? null : "problems";

    // Or it would pass for the handler of a method PAGE.
    [NonHandler]
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var done = await next();
        if (done.Result is not PageResult) return;
        var cancel = HttpContext.RequestAborted;
        Authors = [.. (await Db.Authors.AsNoTracking().OrderBy(a => a.Name).ToListAsync(cancel)).Select(a => (a.Slug.Value, a.Name))];
        TagNames = await Db.Tags.AsNoTracking().Where(t => t.MergedInto == null).OrderBy(t => t.Name).Select(t => t.Name).Take(500).ToListAsync(cancel);
        PictureFiles = await Db.Pictures.AsNoTracking().Where(p => p.Hash != "" && p.RetiredAt == null).OrderByDescending(p => p.Id).Select(p => p.File).Take(500).ToListAsync(cancel);
        Editions = [.. (await Db.Editions.AsNoTracking().Where(e => e.PublishedAt == null).OrderBy(e => e.Number).Select(e => new { e.Number, e.Title }).Take(8).ToListAsync(cancel)).Select(e => (e.Number, e.Title))];
        if (Manuscript.Picture?.Trim() is { Length: > 0 } file) LeadPicture = Db.PictureToPrint(file);
    }

    /// <summary>Where the story stands on a front that is being made, as the form says it.</summary>
    protected async Task<string> SlotOfAsync(StoryId story, CancellationToken cancel)
    {
        var slot = await (from e in Db.Editions where e.PublishedAt == null join s in Db.FrontSlots on e.Id equals s.EditionId where s.StoryId == story orderby e.Number select new { e.Number, s.Place }).FirstOrDefaultAsync(cancel);
        return slot is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{slot.Number} {slot.Place}");
    }

    /// <summary>Sets what was typed; null, and the problems at their fields, where it cannot be kept.</summary>
    protected async Task<TypesetCopy?> SetAsync(CancellationToken cancel)
    {
        Manuscript.Bylines = [.. Manuscript.Bylines.Where(b => !string.IsNullOrWhiteSpace(b.Author))];
        var copy = await Manuscript.SetAsync(Db, cancel: cancel);
        foreach (var problem in copy.Problems) ModelState.AddModelError($"{nameof(Manuscript)}.{problem.Field}", problem.Message);
        return copy.Problems.Count > 0 ? null : copy;
    }

    /// <summary>Chooses the address's last word, where this form changed it.</summary>
    protected void Choose(Story story, TypesetCopy copy)
    {
        if (story.Address is null && (Manuscript.Slug?.Trim() ?? "") != (SlugWas ?? "")) story.Choose(copy.Slug);
    }

    /// <summary>Gives the story its place on a front that is being made, where this form changed it.</summary>
    /// <exception cref="RefusedException">Another has the place, or the edition is out.</exception>
    protected async Task PlaceAsync(Story story, CancellationToken cancel)
    {
        if (!MayPlace || (Slot ?? "") == (SlotWas ?? "")) return;
        foreach (var (typed, leave) in new[] { (SlotWas, true), (Slot, false) })
        {
            if (string.IsNullOrEmpty(typed)) continue;
            var words = typed.Split(' ');
            if (words.Length != 2 || !int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !Enum.TryParse<Place>(words[1], out var place) || !Enum.IsDefined(place)
                || await Db.EditionAtWorkAsync(number, cancel) is not { } edition) throw new RefusedException("That edition is not there any more. Choose a place once more.");
            // It came out since: what stands on it is the board's business.
            if (leave && edition.PublishedAt is not null) continue;
            var before = edition.Order;
            edition.Put(story.Id, leave ? null : place);
            if (edition.Order != before) Room.Note(Act.ComposeEdition, string.Create(CultureInfo.InvariantCulture, $"edition:{number}"), $"Story {story.Id} {(leave ? "left the front" : $"came in at {place}")}.", before, edition.Order);
        }
    }

    protected JsonResult Kept(Story story, Revision revision, IReadOnlyList<PrintCheck> checks, int? elsewhere = null) => new(new
    {
        id = story.Id.Value,
        @base = revision.Number,
        savedAt = TimeZoneInfo.ConvertTime(revision.SavedAt, Room.Zone).ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        slug = story.Slug?.Value ?? "",
        elsewhere,
        checks = checks.Select(c => new { field = c.Field, sentence = c.Sentence, hinders = c.Hinders, line = c.Line }),
    });

    protected JsonResult NotKept(int status, string title) => new(new { title }) { StatusCode = status, ContentType = "application/problem+json" };

    /// <summary>What a script is told of a text that cannot be kept.</summary>
    protected JsonResult NotKept() => NotKept(StatusCodes.Status400BadRequest, ModelState.Values.SelectMany(v => v.Errors).First().ErrorMessage);
}
