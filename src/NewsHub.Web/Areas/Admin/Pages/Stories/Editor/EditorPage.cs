using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Reading;
using NewsHub.Core.Settings;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Pages.Sections;
using NewsHub.Web.Areas.Admin.Pages.Stories.Acts;
using NewsHub.Web.Areas.Admin.Pages.Stories.Notes;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Editor;

/// <summary>What the pages for a new story and for one that exists have in common: the form, and what a script is
/// told after an autosave.</summary>
[KeepsForm]
public abstract class EditorPage(Newsroom room) : NewsroomPage(room)
{
    [BindProperty]
    public Manuscript Manuscript { get; set; } = new();

    /// <summary>The revision that the typed text goes on from; 0 before the first.</summary>
    [BindProperty]
    public int Base { get; set; }

    /// <summary>The slug when the page was shown. It is in no revision: only one that was changed here is chosen, so that no old form
    /// undoes a colleague's.</summary>
    [BindProperty]
    public string? SlugWas { get; set; }

    /// <summary>The place on the front of an edition that is being made, <c>12 Lead</c>; empty for none. Chosen only where
    /// it was changed here.</summary>
    [BindProperty]
    public string? Slot { get; set; }

    [BindProperty]
    public string? SlotWas { get; set; }

    /// <summary>The name of a section that is made with the story's next save; empty for none.</summary>
    [BindProperty]
    public string? NewSection { get; set; }

    /// <summary>Null before the first save.</summary>
    public Story? Story { get; protected set; }
    public virtual bool MaySave => true;
    public IReadOnlyList<PrintCheck> Checks { get; protected set; } = [];

    public IReadOnlyList<SectionLine> Sections { get; private set; } = [];

    /// <summary>Who may make a section, by name, where the paper has none and whoever is here may not.</summary>
    public IReadOnlyList<string> WhoMakesSections { get; private set; } = [];

    /// <summary>Names to choose from.</summary>
    public IReadOnlyList<(string Slug, string Name)> Authors { get; private set; } = [];
    public IReadOnlyList<string> TagNames { get; private set; } = [];
    public IReadOnlyList<string> PictureFiles { get; private set; } = [];
    public IReadOnlyList<(int Number, string Title)> Editions { get; private set; } = [];

    /// <summary>The lead picture as it is typed, where the library has it.</summary>
    public PictureUse? LeadPicture { get; private set; }

    /// <summary>What colleagues say of the story.</summary>
    public StoryNotes Notes { get; private set; } = null!;

    public bool MayPlace => Me.May(Act.ComposeEdition);

    public bool MayMakeSection => Me.May(Act.ChangeSection);

    /// <summary>
    /// The form's numbers of bylines: those there are and two more, for whoever has no script; with one they are taken out until asked for.
    /// </summary>
    public int BylineRows => Manuscript.Bylines.Count + 2;

    // Or it would pass for the handler of a method PAGE.
    [NonHandler]
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var done = await next();
        if (done.Result is not PageResult) return;
        var cancel = HttpContext.RequestAborted;
        var sections = await Db.Sections.AsNoTracking().OrderBy(s => s.Position).ThenBy(s => s.Id).ToListAsync(cancel);
        Sections = [.. sections.Select(s => new SectionLine(s.Id, s.Slug.Value, s.Name, s.Description))];
        if (Sections.Count == 0 && !MayMakeSection)
        {
            WhoMakesSections = await Db.Staff
                .AsNoTracking()
                .Where(m => m.ClosedAt == null && (m.Role == Role.Publisher || m.Role == Role.Administrator))
                .OrderBy(m => m.Name).Select(m => m.Name).Take(5).ToListAsync(cancel);
        }
        Authors = [.. (await Db.Authors.AsNoTracking().OrderBy(a => a.Name).ToListAsync(cancel)).Select(a => (a.Slug.Value, a.Name))];
        TagNames = await Db.Tags
            .AsNoTracking()
            .Where(t => t.MergedInto == null)
            .OrderBy(t => t.Name)
            .Select(t => t.Name)
            .Take(500)
            .ToListAsync(cancel);
        PictureFiles = await Db.Pictures
            .AsNoTracking()
            .Where(p => p.Hash != "" && p.RetiredAt == null)
            .OrderByDescending(p => p.Id)
            .Select(p => p.File)
            .Take(500)
            .ToListAsync(cancel);
        Editions = [.. (await Db.Editions
            .AsNoTracking()
            .Where(e => e.PublishedAt == null)
            .OrderBy(e => e.Number)
            .Select(e => new { e.Number, e.Title })
            .Take(8)
            .ToListAsync(cancel)).Select(e => (e.Number, e.Title))];
        Notes = await StoryNotes.OfAsync(Story, Room, cancel);
        if (TypedText.Line(Manuscript.Picture) is { } file) LeadPicture = Db.PictureToPrint(file);
    }

    /// <summary>Where the story stands on a front that is being made, as the form says it.</summary>
    protected async Task<string> SlotOfAsync(StoryId story, CancellationToken cancel)
    {
        var slot = await (
            from e in Db.Editions
            where e.PublishedAt == null
            join s in Db.FrontSlots on e.Id equals s.EditionId
            where s.StoryId == story
            orderby e.Number
            select new { e.Number, s.Place }).FirstOrDefaultAsync(cancel);
        return slot is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{slot.Number} {slot.Place}");
    }

    /// <summary>Sets what was typed; null, and the problems at their fields, where it cannot be kept.</summary>
    /// <param name="autosave">Somebody may be in mid-word: no tag is made of what stands there.</param>
    /// <param name="makesSection">Whether a section that was asked for is made: by hand, never by an autosave.</param>
    protected async Task<TypesetCopy?> SetAsync(CancellationToken cancel, bool autosave = false, bool makesSection = false)
    {
        Manuscript.Bylines = [.. Manuscript.Bylines.Where(b => !string.IsNullOrWhiteSpace(b.Author))];
        var copy = await Manuscript.SetAsync(Db, keepTags: !autosave, cancel);
        foreach (var problem in copy.Problems) ModelState.AddModelError($"{nameof(Manuscript)}.{problem.Field}", problem.Message);
        if (copy.Problems.Count > 0) return null;
        if (!makesSection || string.IsNullOrWhiteSpace(NewSection) || !MayMakeSection) return copy;
        var section = await Room.MakeSectionAsync(
            NewSection, null, null, (_, wrong) => ModelState.AddModelError(nameof(NewSection), wrong), cancel);
        if (section is null) return null;
        await Db.SaveChangesAsync(cancel);
        return copy with { Text = copy.Text with { Section = section.Id } };
    }

    /// <summary>The revision of a story that says what was typed; null where none does.</summary>
    protected async Task<int?> KnownAsync(StoryId story, CancellationToken cancel)
    {
        var copy = await Manuscript.SetAsync(Db, keepTags: false, cancel);
        if (copy.Problems.Count > 0) return null;
        var slugs = await Room.SectionSlugsAsync(cancel);
        var typed = InOrder(copy.Text);
        var texts = Db.Revisions.AsNoTracking().Where(r => r.StoryId == story).OrderByDescending(r => r.Number).Take(200);
        await foreach (var revision in texts.AsAsyncEnumerable().WithCancellation(cancel))
            if (!WordDiff.Fields(typed, InOrder(revision.Text)).Any()) return revision.Number;
        return null;

        Manuscript InOrder(StoryText text) => Manuscript.From(text, slugs.GetValueOrDefault(text.Section, ""), null);
    }

    /// <summary>Chooses the address's last word, where this form changed it.</summary>
    /// <exception cref="RefusedException">The story is scheduled, and this person may not decide what goes out.</exception>
    protected void Choose(Story story, TypesetCopy copy)
    {
        if (story.Address is not null || (TypedText.Line(Manuscript.Slug) ?? "") == (SlugWas ?? "")) return;
        if (story.State is StoryState.Scheduled && !Me.May(Act.Schedule, story)) throw new RefusedException(
            "The story is scheduled, so only a publisher can change its address. Restore the old address to save your text.");
        story.ChooseSlug(copy.Slug);
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
            if (words.Length != 2
                || !int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || !Enum.TryParse<SlotKind>(words[1], out var slotKind)
                || !Enum.IsDefined(slotKind)
                || await Db.LoadEditionForEditingAsync(number, cancel) is not { } edition)
                throw new RefusedException("That edition no longer exists. Choose a place again.");
            // It came out since: what stands on it is the board's business.
            if (leave && edition.PublishedAt is not null) continue;
            var before = edition.Order;
            edition.Put(story.Id, leave ? null : slotKind);
            if (edition.Order != before)
                Room.Note(Act.ComposeEdition, EventSubject.Edition(number),
                    $"Story {story.Id} {(leave ? "left the front" : $"came in at {slotKind}")}.", before, edition.Order);
        }
    }

    protected JsonResult Kept(Story story, Revision revision, IReadOnlyList<PrintCheck> checks, int? elsewhere = null) => new(new
    {
        id = story.Id.Value,
        @base = revision.Number,
        savedAt = Room.Moment(revision.SavedAt, seconds: true),
        slug = story.Slug?.Value ?? "",
        elsewhere,
        checks = checks.Select(c => new
        {
            field = c.Field,
            sentence = c.Sentence,
            hinders = c.Hinders,
            line = c.Line,
            picture = c.Picture is { } picture ? string.Create(CultureInfo.InvariantCulture, $"/admin/media/{picture}") : null,
        }),
        acts = StoryAct.Offered(story, Room)
            .Select(a => new { address = $"/admin/stories/{story.Id}/{a.Path}", name = a.Name, first = a.First }),
        standing = StoryStanding.Of(story, Room),
        live = story.LiveRevision,
    });

    protected JsonResult NotKept(int status, string title) =>
        new(new { title }) { StatusCode = status, ContentType = "application/problem+json" };

    /// <summary>What a script is told of a text that cannot be kept.</summary>
    protected JsonResult NotKept() =>
        NotKept(StatusCodes.Status400BadRequest, ModelState.Values.SelectMany(v => v.Errors).First().ErrorMessage);
}
