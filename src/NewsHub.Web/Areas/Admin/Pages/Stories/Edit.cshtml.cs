using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Staff;
using NewsHub.Core.Stories;

namespace NewsHub.Web.Areas.Admin.Pages.Stories;

/// <summary>The editor: one page a story. Saving makes a revision; readers see none of it until someone publishes.</summary>
[Needs(Act.Read)]
public sealed class EditModel(Newsroom room, Presence presence) : EditorPage(room)
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>Fields of which, in a conflict, the other text's are taken.</summary>
    [BindProperty]
    public IList<string> Theirs { get; set; } = [];

    /// <summary>In a conflict: the text that was saved since, and how it differs from what was typed.</summary>
    public Revision? Other { get; private set; }
    public IReadOnlyList<(string Field, string Mine, string Their)> Differences { get; private set; } = [];

    /// <summary>Who else has the story open.</summary>
    public IReadOnlyList<string> Colleagues { get; private set; } = [];

    public override bool MaySave => Story!.State is not StoryState.Spiked && Me.May(Act.Save, Story);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await OpenAsync(cancel)) return NotFound();
        Base = Story!.WorkingRevision;
        Manuscript = Typed(Story.Newest());
        await FurnishAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await using var turn = await Db.Database.BeginTransactionAsync(cancel);
        if (!await OpenAsync(cancel)) return NotFound();
        var story = Story!;
        if (!Me.May(Act.Save, story)) return NotYours();
        if (await OthersSinceAsync(cancel))
        {
            Show(story.Newest());
            Base = story.WorkingRevision;
            ModelState.Remove(nameof(Base));
            return Again($"{Other!.By.Name} has saved another text since you opened this one. Nothing is lost: both are below.", status: StatusCodes.Status409Conflict);
        }
        foreach (var field in Theirs.Intersect(Manuscript.FieldNames)) Manuscript.Take(field, Typed(story.Newest()));
        if (await SetAsync(cancel) is not { } copy)
        {
            await FurnishAsync(cancel);
            return Again();
        }
        try
        {
            if (story.Address is null) story.Choose(copy.Slug);
            // Sent twice, it is saved once.
            if (story.Newest() is not { Autosaved: false } newest || newest.By != Me.Actor || !NewModel.Same(newest.Text, copy.Text))
                story.Save(copy.Text, copy.Body, Me.Actor, Room.Now, goesOnFrom: Base);
            await Db.SaveChangesAsync(cancel);
            await turn.CommitAsync(cancel);
        }
        catch (RefusedException refused)
        {
            await FurnishAsync(cancel);
            return Again(refused.Message);
        }
        Said = story.State is StoryState.Live ? "Saved. Readers go on seeing the text that is live until this one is published." : "Saved.";
        return Redirect($"/admin/stories/{Id}");
    }

    /// <summary>From the script, every few seconds of change. It never publishes, and stops at somebody else's text.</summary>
    public async Task<IActionResult> OnPostAutosaveAsync(CancellationToken cancel)
    {
        await using var turn = await Db.Database.BeginTransactionAsync(cancel);
        if (!await OpenAsync(cancel)) return NotFound();
        var story = Story!;
        if (!Me.May(Act.Save, story)) return NotKept(StatusCodes.Status403Forbidden, "This story is no longer yours to change.");
        if (await OthersSinceAsync(cancel)) return NotKept(StatusCodes.Status409Conflict, $"{story.Newest().By.Name} has saved another text since.", story.Newest().By.Name);
        if (await SetAsync(cancel) is not { } copy) return NotKept(StatusCodes.Status400BadRequest, ModelState.Values.SelectMany(v => v.Errors).First().ErrorMessage);
        var newest = story.Newest();
        try
        {
            if (story.Address is null && copy.Slug is not null) story.Choose(copy.Slug);
            if (!NewModel.Same(newest.Text, copy.Text)) newest = story.Save(copy.Text, copy.Body, Me.Actor, Room.Now, autosave: true, goesOnFrom: Base);
            await Db.SaveChangesAsync(cancel);
            await turn.CommitAsync(cancel);
        }
        catch (RefusedException refused)
        {
            return NotKept(StatusCodes.Status409Conflict, refused.Message);
        }
        return Kept(story, newest, await Db.CheckForPrintAsync(newest, cancel));
    }

    /// <summary>From the script, every ten seconds: I am here; who else is, and has anyone saved?</summary>
    public async Task<IActionResult> OnPostPresenceAsync(CancellationToken cancel)
    {
        var others = presence.Stay(Id, Me.Id, Me.Name);
        var story = new StoryId(Id);
        var newest = await Db.Revisions.AsNoTracking().Where(r => r.StoryId == story).OrderByDescending(r => r.Number).Select(r => new { r.Number, r.By }).FirstOrDefaultAsync(cancel);
        return new JsonResult(new { others, newest = newest?.Number, by = newest is null || newest.By == Me.Actor ? null : newest.By.Name });
    }

    public IActionResult OnPostLeave()
    {
        presence.Leave(Id, Me.Id);
        return StatusCode(StatusCodes.Status204NoContent);
    }

    private async Task<bool> OpenAsync(CancellationToken cancel) => (Story = await Db.StoryAtWorkAsync(new StoryId(Id), cancel)) is not null;

    private async Task FurnishAsync(CancellationToken cancel)
    {
        Checks = await Db.CheckForPrintAsync(Story!.Newest(), cancel);
        Colleagues = presence.Stay(Id, Me.Id, Me.Name);
    }

    // One's own texts are no conflict: each window's are kept under numbers of their own.
    private Task<bool> OthersSinceAsync(CancellationToken cancel)
    {
        var (story, mine) = (Story!.Id, Me.Actor);
        return Db.Revisions.AnyAsync(r => r.StoryId == story && r.Number > Base && r.By != mine, cancel);
    }

    private void Show(Revision other)
    {
        Other = other;
        Manuscript.Bylines = [.. Manuscript.Bylines.Where(b => !string.IsNullOrWhiteSpace(b.Author))];
        Differences = [.. WordDiff.Fields(Manuscript, Typed(other))];
    }

    private Manuscript Typed(Revision revision) =>
        Manuscript.From(revision.Text, Room.Masthead.Sections.FirstOrDefault(s => s.Id == revision.Text.Section)?.Slug ?? "", Story!.Slug);
}
