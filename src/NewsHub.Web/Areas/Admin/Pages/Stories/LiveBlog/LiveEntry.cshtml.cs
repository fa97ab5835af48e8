using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Publishing;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Http;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.LiveBlog;

/// <summary>An entry that has gone out, put right.</summary>
[RequiresAct(Act.EditEntry), KeepsForm]
[BodyLimit(RequestBodies.Story)]
public sealed class LiveEntryModel(Newsroom room) : NewsroomPage(room)
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public long EntryId { get; set; }

    [BindProperty]
    public Manuscript Manuscript { get; set; } = new();

    [BindProperty]
    public bool IsKey { get; set; }

    /// <summary>The entry's version when the page was shown.</summary>
    [BindProperty]
    public int Version { get; set; }

    public LiveEntry Entry { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await ReadAsync(cancel)) return NotFound();
        (Manuscript.Headline, Manuscript.Body, IsKey, Version) = (Entry.Headline, Entry.Text, Entry.IsKey, Entry.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var text = TypedText.Lines(Manuscript.Body) ?? "";
        Db.RenderBody(text);
        await using var tx = await Db.Database.BeginTransactionAsync(cancel);
        if (!await ReadAsync(cancel)) return NotFound();
        if (Entry.Version != Version)
        {
            Version = Entry.Version;
            ModelState.Remove(nameof(Version));
            return Redisplay("A colleague has changed this entry too: their text is below yours. Save again to replace it.",
                status: StatusCodes.Status409Conflict);
        }
        return await TryAsync(async () =>
        {
            try
            {
                var words = new LiveEntryText(TypedText.Line(Manuscript.Headline), text, IsKey);
                await Db.EditEntryAsync(Entry, words, Me.Actor, Room.Now, cancel);
                await tx.CommitAsync(cancel);
            }
            catch (RefusedException)
            {
                Db.ChangeTracker.Clear();
                throw;
            }
            Flash = "Saved. Readers see that it was edited.";
            return Redirect($"/admin/stories/{Id}/live#sent");
        });
    }

    private async Task<bool> ReadAsync(CancellationToken cancel)
    {
        var story = new StoryId(Id);
        if (await Db.LiveEntries.SingleOrDefaultAsync(e => e.StoryId == story && e.Id == EntryId, cancel) is not { } entry) return false;
        Entry = entry;
        return true;
    }
}
