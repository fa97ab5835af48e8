using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Staff;
using NewsHub.Core.Stories;

namespace NewsHub.Web.Areas.Admin.Pages.Stories;

/// <summary>A story begins: a draft with its first text, on the desk of whoever wrote it.</summary>
[Needs(Act.Start)]
public sealed class NewModel(Newsroom room) : NewsroomPage(room)
{
    [BindProperty]
    public Manuscript Manuscript { get; set; } = new();

    public void OnGet() => Manuscript.Section = Room.Masthead.Sections.Count > 0 ? Room.Masthead.Sections[0].Slug : null;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var copy = await Manuscript.SetAsync(Db, cancel);
        foreach (var problem in copy.Problems) ModelState.AddModelError($"{nameof(Manuscript)}.{problem.Field}", problem.Message);
        if (copy.Problems.Count > 0) return Again();
        var story = new Story(copy.Text, copy.Body, Me.Actor, Room.Now, Me.Id);
        if (copy.Slug is { } slug) story.Choose(slug);
        Db.Stories.Add(story);
        await Db.SaveChangesAsync(cancel);
        Said = "Saved as a draft.";
        return Redirect($"/admin/stories/{story.Id}");
    }
}
