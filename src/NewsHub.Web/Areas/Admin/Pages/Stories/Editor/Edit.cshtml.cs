using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Http;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Editor;

/// <summary>The editor: one page a story. Saving makes a revision; readers see none of it until someone publishes.</summary>
[RequiresAct(Act.Read)]
[BodyLimit(RequestBodies.Story)]
public sealed class EditModel(Newsroom room, Presence presence) : EditorPage(room)
{
    private IReadOnlyDictionary<SectionId, string> _slugs = new Dictionary<SectionId, string>();

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>Fields of which, in a conflict, the other text's are taken.</summary>
    [BindProperty]
    public IList<string> Theirs { get; set; } = [];

    /// <summary>In a conflict: the text that was saved since, and how it differs from what was typed.</summary>
    public Revision? Other { get; private set; }
    public string OtherName { get; private set; } = "";
    public IReadOnlyList<(string Field, string Mine, string Their)> Differences { get; private set; } = [];

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
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
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
                ? "This story is not yours to change now, and nothing was saved. What you typed is below, to be copied."
                : $"This story is not yours to change now. The text below is saved: it is revision {known}.",
                status: StatusCodes.Status403Forbidden);
        }
        if (await OthersSinceAsync(cancel) is { } other)
        {
            await tx.RollbackAsync(cancel);
            Show(other);
            Base = story.WorkingRevision;
            ModelState.Remove(nameof(Base));
            Checks = await Db.CheckForPrintAsync(story.Newest(), cancel);
            Colleagues = presence.Stay(Id, Me.Id, Me.Name);
            return Redisplay($"{other} has saved another text since you opened this one. Nothing is lost: both are below.",
                status: StatusCodes.Status409Conflict);
        }
        foreach (var field in Theirs.Intersect(Manuscript.FieldNames)) Manuscript.Take(field, Typed(story.Newest()));
        if (await SetAsync(cancel, makesSection: true) is not { } copy)
        {
            await tx.RollbackAsync(cancel);
            await LoadAsync(cancel);
            return Redisplay();
        }
        var newest = story.Newest();
        var elsewhere = newest.Number > Base && Base > 0 && !newest.Says(copy.Text, copy.Body);
        try
        {
            Choose(story, copy);
            story.Save(copy.Text, copy.Body, Me.Actor, Room.Now, goesOnFrom: Base, intoSchedule: Me.May(Act.Schedule, story));
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
        if (story.HasTextOutsideSchedule)
            Flash += " It is not in the schedule: the text that was scheduled goes out, until someone who may publish takes this one in.";
        if (story.State is StoryState.Live) Flash += " Readers go on seeing the text that is live until this one is published.";
        if (elsewhere) Flash += $" Another window of yours had saved revision {newest.Number} meanwhile: it stands in the history.";
        return Redirect($"/admin/stories/{Id}");
    }

    /// <summary>From the script, every few seconds of change. It never publishes, and stops at somebody else's text.</summary>
    public async Task<IActionResult> OnPostAutosaveAsync(CancellationToken cancel)
    {
        await RenderAheadAsync(cancel);
        await using var tx = await Db.Database.BeginTransactionAsync(cancel);
        if (!await OpenAsync(cancel)) return NotFound();
        var story = Story!;
        if (!Me.May(Act.Save, story)) return NotKept(StatusCodes.Status403Forbidden, "This story is no longer yours to change.");
        if (await OthersSinceAsync(cancel) is { } other)
            return NotKept(StatusCodes.Status409Conflict, $"{other} has saved another text since.");
        if (await SetAsync(cancel, autosave: true) is not { } copy) return NotKept();
        var newest = story.Newest();
        int? elsewhere = newest.Number > Base && !newest.Says(copy.Text, copy.Body) ? newest.Number : null;
        try
        {
            Choose(story, copy);
            newest = story.Save(copy.Text, copy.Body, Me.Actor, Room.Now, autosave: true, goesOnFrom: Base);
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
        var others = presence.Stay(Id, Me.Id, Me.Name);
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

    public IActionResult OnPostLeave()
    {
        presence.Leave(Id, Me.Id);
        return StatusCode(StatusCodes.Status204NoContent);
    }

    /// <summary>What was typed, and the newest text, which is saved or checked in its place where that is chosen
    /// or somebody else's.</summary>
    private async Task RenderAheadAsync(CancellationToken cancel)
    {
        Manuscript.RenderBody(Db);
        await Db.RenderAheadAsync(new StoryId(Id), cancel);
    }

    private async Task<bool> OpenAsync(CancellationToken cancel)
    {
        _slugs = await Room.SectionSlugsAsync(cancel);
        return (Story = await Db.LoadForEditingAsync(new StoryId(Id), cancel)) is not null;
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        Checks = await Db.CheckForPrintAsync(Story!.Newest(), cancel);
        Colleagues = presence.Stay(Id, Me.Id, Me.Name);
    }

    // One's own texts are no conflict: each window's are kept under numbers of their own. Who else saved last, by name.
    private async Task<string?> OthersSinceAsync(CancellationToken cancel)
    {
        var (story, mine) = (Story!.Id, Me.Actor);
        return (await Db.Revisions
            .Where(r => r.StoryId == story && r.Number > Base && r.By != mine)
            .OrderByDescending(r => r.Number)
            .Select(r => r.By)
            .FirstOrDefaultAsync(cancel)).Name;
    }

    // Beside it goes the newest text, whoever's it is: what is saved now comes on top of that.
    private void Show(string other)
    {
        Other = Story!.Newest();
        OtherName = Other.By == Me.Actor ? $"You, after {other}" : other;
        Manuscript.Bylines = [.. Manuscript.Bylines.Where(b => !string.IsNullOrWhiteSpace(b.Author))];
        Differences = [.. WordDiff.Fields(Manuscript, Typed(Other))];
    }

    private Manuscript Typed(Revision revision) =>
        Manuscript.From(revision.Text, _slugs.GetValueOrDefault(revision.Text.Section, ""), Story!.Slug);
}
