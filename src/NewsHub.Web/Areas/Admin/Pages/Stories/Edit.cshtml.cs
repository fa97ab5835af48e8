using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Staff;
using NewsHub.Core.Stories;

namespace NewsHub.Web.Areas.Admin.Pages.Stories;

/// <summary>The editor: one page a story. Saving makes a revision; readers see none of it until someone publishes.</summary>
[Needs(Act.Read)]
public sealed class EditModel(Newsroom room) : NewsroomPage(room)
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>The revision that the typed text goes on from.</summary>
    [BindProperty]
    public int Base { get; set; }

    [BindProperty]
    public Manuscript Manuscript { get; set; } = new();

    public Story Story { get; private set; } = null!;
    public bool MaySave => Story.State is not StoryState.Spiked && Me.May(Act.Save, Story);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await Db.StoryAtWorkAsync(new StoryId(Id), cancel) is not { } story) return NotFound();
        Story = story;
        Base = story.WorkingRevision;
        Manuscript = Manuscript.From(story.Newest().Text, SectionOf(story), story.Slug);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await Db.StoryAtWorkAsync(new StoryId(Id), cancel) is not { } story) return NotFound();
        Story = story;
        if (!Me.May(Act.Save, story)) return NotYours();
        // Someone else's text since: neither may be lost.
        if (await Db.Revisions.AnyAsync(r => r.StoryId == story.Id && r.Number > Base && r.By != Me.Actor, cancel))
            return Again("Someone has saved another text since you opened this one.", status: StatusCodes.Status409Conflict);
        var copy = await Manuscript.SetAsync(Db, cancel);
        foreach (var problem in copy.Problems) ModelState.AddModelError($"{nameof(Manuscript)}.{problem.Field}", problem.Message);
        if (copy.Problems.Count > 0) return Again();
        return await TryAsync(async () =>
        {
            if (story.Address is null) story.Choose(copy.Slug);
            story.Save(copy.Text, copy.Body, Me.Actor, Room.Now);
            await Db.SaveChangesAsync(cancel);
            Said = "Saved.";
            return Redirect($"/admin/stories/{Id}");
        });
    }

    private string SectionOf(Story story) => Room.Masthead.Sections.FirstOrDefault(s => s.Id == story.Newest().Text.Section)?.Slug ?? "";
}
