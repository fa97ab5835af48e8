using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Staff;
using NewsHub.Core.Stories;

namespace NewsHub.Web.Areas.Admin;

/// <summary>An editorial act on one story: a page that says what will happen and asks once. A page of its own for each.</summary>
public abstract class ActPage(Newsroom room, Act act) : NewsroomPage(room)
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>The story's version when the page was shown: what has changed since is not acted upon unseen.</summary>
    [BindProperty]
    public int Version { get; set; }

    public Story Story { get; private set; } = null!;

    /// <summary>The newest text.</summary>
    public Revision Copy => Story.Newest();

    public virtual async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await OpenAsync(cancel) is { } refused) return refused;
        Version = Story.Version;
        return Page();
    }

    /// <summary>Loads the story; an answer where it is not there or not this person's.</summary>
    protected async Task<IActionResult?> OpenAsync(CancellationToken cancel)
    {
        if (await Db.StoryAtWorkAsync(new StoryId(Id), cancel) is not { } story) return NotFound();
        Story = story;
        return Me.May(act, story) ? null : NotYours();
    }

    /// <summary>Does the act, saves, and goes back to the story. A second click of the same person finds it done and is led there too.</summary>
    protected async Task<IActionResult> DoAsync(Func<Story, Task> doing, string said, CancellationToken cancel)
    {
        if (await OpenAsync(cancel) is { } refused) return refused;
        if (Story.Version != Version)
        {
            var last = await Db.Events.AsNoTracking().Where(e => e.StoryId == Story.Id).OrderByDescending(e => e.Id).FirstOrDefaultAsync(cancel);
            if (last is not null && last.By == Me.Actor && (last.Act == act || act is Act.Publish && last.Act is Act.Update)) return Done(said);
            Version = Story.Version;
            ModelState.Clear();
            return Again($"{last?.By.Name ?? "Someone"} has changed this story since you opened this page. This is how it is now.", status: StatusCodes.Status409Conflict);
        }
        return await TryAsync(async () =>
        {
            try
            {
                await doing(Story);
                await Db.SaveChangesAsync(cancel);
            }
            catch (Exception e) when (e is RefusedException or DbUpdateConcurrencyException)
            {
                // The page that says so shows the story as the store has it.
                Db.ChangeTracker.Clear();
                if (await OpenAsync(cancel) is { } gone) return gone;
                Version = Story.Version;
                ModelState.Remove(nameof(Version));
                throw;
            }
            return Done(said);
        });
    }

    private RedirectResult Done(string said)
    {
        Said = said;
        return Redirect($"/admin/stories/{Id}");
    }
}
