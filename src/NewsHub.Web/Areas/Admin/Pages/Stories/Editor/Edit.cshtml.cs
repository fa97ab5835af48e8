using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Planning;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Http;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Editor;

/// <summary>The editor: one page a story. Saving makes a revision; readers see none of it until someone publishes.</summary>
[RequiresAct(Act.Read)]
[BodyLimit(RequestBodies.Story)]
public sealed class EditModel(Newsroom room, IPresence presence) : EditorPage(room)
{
    /// <summary>How often two texts are merged anew because a third came meanwhile.</summary>
    private const int MostTries = 3;

    private IReadOnlyDictionary<SectionId, string> _slugs = new Dictionary<SectionId, string>();

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>What was chosen where a colleague and I changed the same; see <see cref="Merge"/>.</summary>
    [BindProperty]
    public IList<TypedAnswer> Answers { get; set; } = [];

    /// <summary>What was edited in place of a paragraph that has changed since.</summary>
    [BindProperty]
    public IList<string?> Unplaced { get; set; } = [];

    /// <summary>What was typed beside a text that was saved since; null where there is none.</summary>
    public StoryMerge? Merge { get; private set; }

    /// <summary>The assignment that became the story; null where it began without one.</summary>
    public Assignment? Assignment { get; private set; }

    /// <summary>Who else has the story open.</summary>
    public IReadOnlyList<string> Colleagues { get; private set; } = [];

    public override bool MaySave => Story!.State is not StoryState.Spiked && Me.May(Act.Save, Story);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await OpenAsync(cancel)) return NotFound();
        Base = Story!.WorkingRevision;
        Manuscript = Typed(Story.Newest());
        SlugWas = Story.Slug?.Value;
        Slot = SlotWas = await SlotOfAsync(Story.Id, cancel);
        await LoadAsync(cancel);
        await presence.OpenAsync(Id, Me.Id, Base, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var (typed, goesOnFrom) = (Manuscript, Base);
        for (var tries = 1; ; tries++)
        {
            if (await MergeAsync(cancel) is { } asked) return asked;
            if (await SaveAsync(cancel) is { } answer) return answer;
            // Somebody saved after the two texts had been merged: they are merged once more, from what was typed.
            Db.ChangeTracker.Clear();
            (Manuscript, Base, Merge) = (typed, goesOnFrom, null);
            if (tries < MostTries) continue;
            if (!await OpenAsync(cancel)) return NotFound();
            await LoadAsync(cancel);
            return Redisplay("Colleagues are saving this story at this moment. Nothing was saved: press Save once more.",
                status: StatusCodes.Status409Conflict);
        }
    }

    /// <summary>From the script, every few seconds of change. It never publishes, and stops at somebody else's text.</summary>
    public async Task<IActionResult> OnPostAutosaveAsync(CancellationToken cancel)
    {
        await RenderAheadAsync(cancel);
        await using var tx = await Db.Database.BeginTransactionAsync(cancel);
        if (!await OpenAsync(cancel)) return NotFound();
        var story = Story!;
        if (!Me.May(Act.Save, story)) return NotKept(StatusCodes.Status403Forbidden, "You can no longer edit this story.");
        if (await OthersSinceAsync(cancel) is { } other)
            return NotKept(StatusCodes.Status409Conflict, $"{other} has saved another text since.");
        if (await SetAsync(cancel, autosave: true) is not { } copy) return NotKept();
        var newest = story.Newest();
        int? elsewhere = newest.Number > Base && !newest.Says(copy.Text, copy.Body) ? newest.Number : null;
        try
        {
            Choose(story, copy);
            newest = story.Save(copy.Text, copy.Body, Me.Actor, Room.Now, autosave: true, goesOnFrom: await GoesOnFromAsync(cancel));
            await Db.SaveChangesAsync(cancel);
            await tx.CommitAsync(cancel);
        }
        catch (RefusedException refused)
        {
            return NotKept(StatusCodes.Status409Conflict, refused.Message);
        }
        return Kept(story, newest, await Db.CheckForPrintAsync(newest, cancel), elsewhere);
    }

    /// <summary>
    /// From the script, when someone comes back to this window: what hinders the story now, after what was done
    /// elsewhere, as in the library.
    /// </summary>
    public async Task<IActionResult> OnGetChecksAsync(CancellationToken cancel)
    {
        if (!await OpenAsync(cancel)) return NotFound();
        var story = Story!;
        var newest = story.Newest();
        return Kept(story, newest, await Db.CheckForPrintAsync(newest, cancel));
    }

    /// <summary>From the script: whether a text that a window left in the browser is in the history.</summary>
    public async Task<IActionResult> OnPostKnownAsync(CancellationToken cancel) =>
        new JsonResult(new { revision = await KnownAsync(new StoryId(Id), cancel) });

    /// <summary>From the script, every ten seconds: I am here; who else is, and has anyone saved?</summary>
    public async Task<IActionResult> OnPostPresenceAsync(CancellationToken cancel)
    {
        var others = await presence.StayAsync(Id, Me.Id, Me.Name, cancel);
        var story = new StoryId(Id);
        var newest = await Db.Revisions
            .AsNoTracking()
            .Where(r => r.StoryId == story)
            .OrderByDescending(r => r.Number)
            .Select(r => new { r.Number, r.By })
            .FirstOrDefaultAsync(cancel);
        return new JsonResult(
            new { others, newest = newest?.Number, by = newest is null || newest.By == Me.Actor ? null : newest.By.Name });
    }

    public async Task<IActionResult> OnPostLeaveAsync(CancellationToken cancel)
    {
        await presence.LeaveAsync(Id, Me.Id, cancel);
        return StatusCode(StatusCodes.Status204NoContent);
    }

    /// <summary>What was typed, and the newest text, which is saved or checked in its place where that is chosen
    /// or somebody else's.</summary>
    private async Task RenderAheadAsync(CancellationToken cancel)
    {
        Manuscript.RenderBody(Db);
        await Db.RenderAheadAsync(new StoryId(Id), cancel);
    }

    /// <summary>Null where somebody else's text came meanwhile, and nothing was saved.</summary>
    private async Task<IActionResult?> SaveAsync(CancellationToken cancel)
    {
        await RenderAheadAsync(cancel);
        await using var tx = await Db.Database.BeginTransactionAsync(cancel);
        if (!await OpenAsync(cancel)) return NotFound();
        var story = Story!;
        if (!Me.May(Act.Save, story))
        {
            // Nothing is written: what the page shows is looked up while others may write.
            await tx.RollbackAsync(cancel);
            // Sent again after its answer was lost, it may have been saved while it could be.
            var known = await KnownAsync(story.Id, cancel);
            await LoadAsync(cancel);
            return Redisplay(known is null
                ? "You cannot edit this story now, and nothing was saved. What you typed is below, so that you can copy it."
                : $"You cannot edit this story now. The text below is saved as revision {known}.",
                status: StatusCodes.Status403Forbidden);
        }
        if (await OthersSinceAsync(cancel) is not null) return null;
        if (await SetAsync(cancel, makesSection: true) is not { } copy)
        {
            await tx.RollbackAsync(cancel);
            await LoadAsync(cancel);
            return Redisplay();
        }
        var newest = story.Newest();
        var elsewhere = newest.Number > Base && Base > 0 && !newest.Says(copy.Text, copy.Body);
        // What nobody has read as a whole does not go out by the clock.
        var intoSchedule = Me.May(Act.Schedule, story) && Merge is null or { HasAnswers: true };
        try
        {
            Choose(story, copy);
            story.Save(copy.Text, copy.Body, Me.Actor, Room.Now, goesOnFrom: await GoesOnFromAsync(cancel), intoSchedule: intoSchedule);
            await PlaceAsync(story, cancel);
            await Db.SaveChangesAsync(cancel);
            await tx.CommitAsync(cancel);
        }
        catch (RefusedException refused)
        {
            // What was half done is not shown as if it were so.
            await tx.RollbackAsync(CancellationToken.None);
            Db.ChangeTracker.Clear();
            await OpenAsync(cancel);
            await LoadAsync(cancel);
            return Redisplay(refused.Message, (Slot ?? "") == (SlotWas ?? "") ? "" : nameof(Slot));
        }
        Flash = "Saved.";
        if (Merge is { } merge) Flash += $" {merge.Said()}";
        if (story.HasTextOutsideSchedule)
            Flash += " It is not scheduled: the scheduled text will be published unless a publisher schedules this one.";
        if (story.State is StoryState.Live) Flash += " Readers still see the live text until this one is published.";
        if (elsewhere) Flash += $" Another window of yours saved revision {newest.Number} in the meantime: it is in the history.";
        return Redirect($"/admin/stories/{Id}");
    }

    /// <summary>Where somebody else saved since: puts the two texts together. Null where what is typed now can be saved; else what is
    /// asked, or the newer text where nothing was typed.</summary>
    private async Task<IActionResult?> MergeAsync(CancellationToken cancel)
    {
        if (await OthersSinceAsync(cancel) is not { } other || !await OpenAsync(cancel) || Story is null) return null;
        // Who may not save is told so by the save.
        if (!Me.May(Act.Save, Story)) return null;
        var newest = Story.Newest();
        var before = Story.Revisions.FirstOrDefault(r => r.Number == Base);
        var merge = ManuscriptMerge.Of(before is null ? null : Typed(before), Manuscript, Typed(newest));
        if (merge.IsMineUnchanged && Answers.Count == 0 && IsRestUnchanged)
        {
            Flash = "A colleague saved a newer text; this is it.";
            return Redirect($"/admin/stories/{Id}");
        }
        var name = newest.By == Me.Actor ? $"You, after {other}" : other;
        Merge = new StoryMerge(merge, newest, name, [.. Answers.OfType<TypedAnswer>()], Unplaced.OfType<string>());
        if (!Merge.IsAnswered)
        {
            await LoadAsync(cancel);
            return Ask(other);
        }
        (Manuscript, Base) = (Merge.Merged(), newest.Number);
        ModelState.Clear();
        Db.ChangeTracker.Clear();
        return null;
    }

    private PageResult Ask(string other)
    {
        Manuscript.Bylines = [.. Manuscript.Bylines.Where(b => !string.IsNullOrWhiteSpace(b.Author))];
        ModelState.Clear();
        var problem = $"{other} has saved another text since you opened this one. Nothing is lost: both are below.";
        if (Merge!.HasAnswers)
        {
            foreach (var line in Merge.Lines.Where(l => l.Problem is not null))
                ModelState.AddModelError(line.Name(nameof(TypedAnswer.Choice)), line.Problem!);
            problem = Merge.NewlyUnplaced.Count == 0
                ? ""
                : "What you edited belongs to a paragraph that has changed since."
                    + " It is below: put it where it belongs, and save once more.";
        }
        if (problem.Length > 0) ModelState.AddModelError("", problem);
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private bool IsRestUnchanged =>
        (Slot ?? "") == (SlotWas ?? "")
        && (TypedText.Line(Manuscript.Slug) ?? "") == (SlugWas ?? "")
        && string.IsNullOrWhiteSpace(NewSection);

    /// <summary>The text in whose place an autosave goes: none where a colleague has it open, since theirs is merged by means of
    /// it.</summary>
    private async Task<int?> GoesOnFromAsync(CancellationToken cancel) =>
        await presence.IsOpenElsewhereAsync(Id, Me.Id, Base, cancel) ? null : Base;

    private async Task<bool> OpenAsync(CancellationToken cancel)
    {
        _slugs = await Room.SectionSlugsAsync(cancel);
        return (Story = await Db.LoadForEditingAsync(new StoryId(Id), cancel, Base)) is not null;
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        Checks = await Db.CheckForPrintAsync(Story!.Newest(), cancel);
        StoryId? story = new(Id);
        Assignment = await Db.Assignments.AsNoTracking().FirstOrDefaultAsync(a => a.StoryId == story, cancel);
        Colleagues = await presence.StayAsync(Id, Me.Id, Me.Name, cancel);
    }

    // One's own texts are no conflict: each window's are kept under numbers of their own. Who else saved last, by name.
    private async Task<string?> OthersSinceAsync(CancellationToken cancel)
    {
        var (story, mine) = (new StoryId(Id), Me.Actor);
        return (await Db.Revisions
            .Where(r => r.StoryId == story && r.Number > Base && r.By != mine)
            .OrderByDescending(r => r.Number)
            .Select(r => r.By)
            .FirstOrDefaultAsync(cancel)).Name;
    }

    private Manuscript Typed(Revision revision) =>
        Manuscript.From(revision.Text, _slugs.GetValueOrDefault(revision.Text.Section, ""), Story!.Slug);
}
