using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Core.Stories;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Http;
using NewsHub.Web.PageCache;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Editor;

/// <summary>The story as readers will see it: its newest text, or what stands in the editor's form and is not saved. Number 0 is a
/// story that has not begun.</summary>
[InPaperLanguage]
[RequiresAct(Act.Read)]
[BodyLimit(RequestBodies.Story)]
public sealed class ProofModel(Newsroom room) : NewsroomPage(room)
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty]
    public Manuscript Manuscript { get; set; } = new();

    /// <summary>One revision instead of the newest.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Revision { get; set; }

    public ArticleView Article { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (Id == 0) return await SetAsync(null, cancel);
        if (await Db.LoadForEditingAsync(new StoryId(Id), cancel, Revision is { } n ? [n] : []) is not { } story) return NotFound();
        var revision = Revision is { } number ? story.Revisions.FirstOrDefault(r => r.Number == number) : story.Newest();
        if (revision is null) return NotFound();
        Article = Proof.Of(story, revision, Room.Snapshot, Room.Now);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var story = Id == 0 ? null : await Db.LoadForEditingAsync(new StoryId(Id), cancel);
        return story is null && Id != 0 ? NotFound() : await SetAsync(story, cancel);
    }

    private async Task<IActionResult> SetAsync(Story? story, CancellationToken cancel)
    {
        var copy = await Manuscript.SetAsync(Db, keepTags: false, cancel);
        Article = story is null
            ? Proof.Of(copy.Text, copy.Body, Room.Snapshot, Room.Now)
            : Proof.Of(story, copy.Text, copy.Body, Room.Snapshot, Room.Now);
        return Page();
    }
}
