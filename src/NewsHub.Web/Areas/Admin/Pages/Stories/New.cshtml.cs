using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Staff;
using NewsHub.Core.Stories;

namespace NewsHub.Web.Areas.Admin.Pages.Stories;

/// <summary>A story begins: a draft with its first text, on the desk of whoever wrote it. An autosave begins it before anyone saves.</summary>
[Needs(Act.Start)]
public sealed class NewModel(Newsroom room, FormKeys keys) : EditorPage(room)
{
    /// <summary>Names this form, so that it begins one story however often it is sent.</summary>
    [BindProperty]
    public string? Key { get; set; }

    public void OnGet()
    {
        Manuscript.Section = Room.Masthead.Sections.Count > 0 ? Room.Masthead.Sections[0].Slug : null;
        Manuscript.Language = Room.Masthead.Site.Language;
        Key = FormKeys.New();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await BeginAsync(autosave: false, cancel) is not { } begun) return Again();
        Said = "Saved as a draft.";
        return Redirect($"/admin/stories/{begun.Story.Id}");
    }

    public async Task<IActionResult> OnPostAutosaveAsync(CancellationToken cancel)
    {
        if (await BeginAsync(autosave: true, cancel) is not { } begun) return NotKept(StatusCodes.Status400BadRequest, ModelState.Values.SelectMany(v => v.Errors).First().ErrorMessage);
        return Kept(begun.Story, begun.Revision, await Db.CheckForPrintAsync(begun.Revision, cancel));
    }

    private async Task<(Story Story, Revision Revision)?> BeginAsync(bool autosave, CancellationToken cancel)
    {
        // Whoever clicks twice waits here for the first click.
        await using var turn = await Db.Database.BeginTransactionAsync(cancel);
        if (await SetAsync(cancel) is not { } copy) return null;
        var now = Room.Now;
        if (keys.Find(Me.Id, Key) is { } id && await Db.StoryAtWorkAsync(new StoryId(id), cancel) is { } begun && Me.May(Act.Save, begun))
        {
            var newest = begun.Newest();
            if (newest.Autosaved == autosave && Same(newest.Text, copy.Text)) return (begun, newest);
            var next = begun.Save(copy.Text, copy.Body, Me.Actor, now, autosave, newest.Number);
            await Db.SaveChangesAsync(cancel);
            await turn.CommitAsync(cancel);
            return (begun, next);
        }
        var story = new Story(copy.Text, copy.Body, Me.Actor, now, Me.Id, autosave);
        if (copy.Slug is { } slug) story.Choose(slug);
        Db.Stories.Add(story);
        await Db.SaveChangesAsync(cancel);
        await turn.CommitAsync(cancel);
        keys.Keep(Me.Id, Key, story.Id.Value);
        return (story, story.Newest());
    }

    internal static bool Same(StoryText a, StoryText b) =>
        System.Text.Json.JsonSerializer.Serialize(a) == System.Text.Json.JsonSerializer.Serialize(b);
}
