using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Publishing;
using NewsHub.Core.Stories;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Acts;

/// <summary>Makes the newest text the one that readers see: a first publication, or the update of a live story.</summary>
[RequiresAct(Act.Publish)]
public sealed class PublishModel(Newsroom room) : ActPage(room, Act.Publish)
{
    /// <summary>Whether there is nothing to publish: a page gone back to, or a second click.</summary>
    public bool IsOut => Story.State is StoryState.Live && Story.LiveRevision == Story.WorkingRevision;

    public Task<IActionResult> OnPostAsync(CancellationToken cancel) =>
        DoAsync(
            story => Db.PublishAsync(story, story.Newest(), Me.Actor, Room.Now, cancel: cancel), "Published. Readers see it now.", cancel);
}
