using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Http;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Editor;

/// <summary>A story begins: a draft with its first text, on the desk of whoever wrote it. An autosave begins it
/// before anyone saves.</summary>
[RequiresAct(Act.Start)]
[BodyLimit(RequestBodies.Story)]
public sealed class NewModel(Newsroom room) : EditorPage(room)
{
    /// <summary>Names this form, so that it begins one story however often it is sent.</summary>
    [BindProperty]
    public string? Key { get; set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Manuscript.Language = Room.Snapshot.Site.Language;
        Key = await FormKey.NewAsync(Db, cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Manuscript.RenderBody(Db);
        // Whoever clicks twice waits here for the first click.
        await using var tx = await Db.Database.BeginTransactionAsync(cancel);
        // Begun before: sent on to the story's own page, which knows what to do with a text that comes late.
        if (await BegunAsync(cancel) is { } begun) return RedirectPreserveMethod($"/admin/stories/{begun}");
        if (await SetAsync(cancel, makesSection: true) is not { } copy) return Redisplay();
        try
        {
            var story = await BeginAsync(copy, autosave: false, cancel);
            await PlaceAsync(story, cancel);
            await Db.SaveChangesAsync(cancel);
            await tx.CommitAsync(cancel);
            Flash = "Saved as a draft.";
            return Redirect($"/admin/stories/{story.Id}");
        }
        catch (RefusedException refused)
        {
            Db.ChangeTracker.Clear();
            return Redisplay(refused.Message, nameof(Slot));
        }
    }

    public async Task<IActionResult> OnPostAutosaveAsync(CancellationToken cancel)
    {
        Manuscript.RenderBody(Db);
        await using var tx = await Db.Database.BeginTransactionAsync(cancel);
        if (await BegunAsync(cancel) is { } begun)
        {
            // An answer that was lost on its way, or a way back to this form: the script sends it again, to the story's own page.
            var newest = await Db.Revisions.Where(r => r.StoryId == begun).MaxAsync(r => r.Number, cancel);
            return new JsonResult(new { id = begun.Value, @base = newest == 1 ? 1 : 0, again = true });
        }
        if (await SetAsync(cancel, autosave: true) is not { } copy) return NotKept();
        var story = await BeginAsync(copy, autosave: true, cancel);
        await tx.CommitAsync(cancel);
        return Kept(story, story.Newest(), await Db.CheckForPrintAsync(story.Newest(), cancel));
    }

    /// <summary>From the script: whether a text that a window left in the browser has become a story's.</summary>
    public async Task<IActionResult> OnPostKnownAsync(CancellationToken cancel) =>
        new JsonResult(new { revision = await BegunAsync(cancel) is { } begun ? await KnownAsync(begun, cancel) : null });

    private async Task<StoryId?> BegunAsync(CancellationToken cancel) =>
        FormKey.After(Key) is { } after ? await Db.BegunWithAsync(Key!, after, Me.Actor, cancel) : null;

    private async Task<Story> BeginAsync(TypesetCopy copy, bool autosave, CancellationToken cancel)
    {
        var story = new Story(copy.Text, copy.Body, Me.Actor, Room.Now, Me.Id, autosave);
        if (FormKey.After(Key) is not null) story.BeganWith(Key!, Me.Actor, Room.Now);
        Choose(story, copy);
        Db.Stories.Add(story);
        await Db.SaveChangesAsync(cancel);
        return story;
    }
}
