using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Acts;

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
        SetDefaults();
        return Page();
    }

    /// <summary>Loads the story and what the page shows beside it; an answer where it is not there or not this person's.</summary>
    protected async Task<IActionResult?> OpenAsync(CancellationToken cancel)
    {
        if (await Db.LoadForEditingAsync(new StoryId(Id), cancel) is not { } story) return NotFound();
        Story = story;
        if (!Me.May(act, story)) return Forbidden();
        await LoadAsync(cancel);
        return null;
    }

    /// <summary>What the page shows beside the story.</summary>
    protected virtual Task LoadAsync(CancellationToken cancel) => Task.CompletedTask;

    /// <summary>What stands in the fields before anyone has typed.</summary>
    protected virtual void SetDefaults() { }

    /// <summary>
    /// Does the act, saves, and goes back to the story. A second click of the same person finds it done and is led there too. Other writers
    /// wait meanwhile, so nothing that the act looked at changes under it.
    /// </summary>
    /// <param name="doing">Does it, or adds to the model's errors.</param>
    /// <param name="isDone">Whether the story is as this very form asks for; by default it is enough that this
    /// person did the act last.</param>
    /// <param name="then">Where to go; null for the story.</param>
    protected async Task<IActionResult> DoAsync(
        Func<Story, Task> doing, string said, CancellationToken cancel, Func<Story, bool>? isDone = null, string? then = null)
    {
        await Db.RenderAheadAsync(new StoryId(Id), cancel);
        await using var tx = await Db.Database.BeginTransactionAsync(cancel);
        if (await Db.LoadForEditingAsync(new StoryId(Id), cancel) is not { } story) return NotFound();
        Story = story;
        var last = story.Version == Version
            ? null
            : await Db.Events.AsNoTracking().Where(e => e.StoryId == story.Id).OrderByDescending(e => e.Id).FirstOrDefaultAsync(cancel);
        if (last is not null && last.By == Me.Actor && (last.Act == act || act is Act.Publish
            && last.Act is Act.Update) && isDone?.Invoke(story) is not false)
        {
            return Done(said, then);
        }
        if (!Me.May(act, story)) return Forbidden();
        if (story.Version != Version)
        {
            await tx.RollbackAsync(cancel);
            await LoadAsync(cancel);
            Version = story.Version;
            ModelState.Clear();
            // An autosave is in no log: the newest text tells who was last.
            var who = last is null || Copy.Autosaved && Copy.SavedAt >= last.At ? Copy.By : last.By;
            var changed = who == Me.Actor ? "You have changed this story in another window" : $"{who.Name} has changed this story";
            return Redisplay($"{changed} since you opened this page. This is how it looks now.", status: StatusCodes.Status409Conflict);
        }
        return await TryAsync(async () =>
        {
            try
            {
                await doing(story);
                if (!ModelState.IsValid) return await AsItIsAsync() ?? Redisplay();
                await Db.SaveChangesAsync(cancel);
                await tx.CommitAsync(cancel);
            }
            catch (Exception e) when (e is RefusedException or DbUpdateConcurrencyException)
            {
                if (await AsItIsAsync() is { } gone) return gone;
                throw;
            }
            return Done(said, then);
        });

        // The page that says what is wrong shows the story as the store has it.
        async Task<IActionResult?> AsItIsAsync()
        {
            await tx.RollbackAsync(cancel);
            Db.ChangeTracker.Clear();
            var answer = await OpenAsync(cancel);
            Version = Story.Version;
            return answer;
        }
    }

    /// <summary>What was said with the act can be answered among the story's notes.</summary>
    protected void AddNote(string? text)
    {
        if (text is not null)
            Db.StoryNotes.Add(new StoryNote(Story.Id, NotePart.Story, 0, "", text, Me.Actor, Me.Id, Room.Now));
    }

    private RedirectResult Done(string said, string? then)
    {
        Flash = said;
        return Redirect(then ?? $"/admin/stories/{Id}");
    }
}
