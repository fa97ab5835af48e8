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

/// <summary>The desk of a live story: a short form, and under it what has gone out, newest first. Made for one hand and no time.</summary>
[RequiresAct(Act.AddEntry), KeepsForm]
[BodyLimit(RequestBodies.Story)]
public sealed class LiveModel(Newsroom room) : NewsroomPage(room)
{
    private const int Shown = 100;

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>Of it only the headline and the body: an ended session then keeps what was typed as it does for a story.</summary>
    [BindProperty]
    public Manuscript Manuscript { get; set; } = new();

    [BindProperty]
    public bool IsKey { get; set; }

    [BindProperty]
    public bool IsPinned { get; set; }

    /// <summary>Names this form, so that it publishes one entry however often it is sent.</summary>
    [BindProperty]
    public string? Key { get; set; }

    public string Headline { get; private set; } = "";
    public string Address { get; private set; } = "";
    public IReadOnlyList<LiveEntry> Entries { get; private set; } = [];

    private StoryId Story => new(Id);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await ReadAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await ReadAsync(cancel)) return NotFound();
        return await TryAsync(async () =>
        {
            var (headline, text, form) = (TypedText.Line(Manuscript.Headline), TypedText.Lines(Manuscript.Body) ?? "",
                Key is { Length: > 0 and <= 60 } key ? key : Guid.NewGuid().ToString("N"));
            Db.RenderBody(text);
            // Whoever clicks twice waits here for the first click, and finds its entry.
            await using var tx = await Db.Database.BeginTransactionAsync(cancel);
            await Db.AddEntryAsync(Story, new LiveEntryText(headline, text, IsKey), form, Me.Actor, Room.Now, IsPinned, cancel);
            await tx.CommitAsync(cancel);
            Flash = "Published. Open pages show it within seconds.";
            return Redirect($"/admin/stories/{Id}/live");
        });
    }

    public Task<IActionResult> OnPostPinAsync(long entry, bool pinned, CancellationToken cancel) =>
        DoAsync(entry, e => Db.PinEntryAsync(e, pinned, Me.Actor, Room.Now, cancel),
            pinned ? "Pinned above the others." : "No longer pinned.", cancel);

    public Task<IActionResult> OnPostDeleteAsync(long entry, bool deleted, CancellationToken cancel) =>
        DoAsync(entry, e => Db.DeleteEntryAsync(e, deleted, Me.Actor, Room.Now, cancel),
            deleted ? "Deleted. You can restore it below." : "Restored.", cancel);

    private async Task<IActionResult> DoAsync(long id, Func<LiveEntry, Task> act, string said, CancellationToken cancel)
    {
        if (await Db.LiveEntries.SingleOrDefaultAsync(e => e.StoryId == Story && e.Id == id, cancel) is not { } entry) return NotFound();
        if (!await ReadAsync(cancel)) return NotFound();
        return await TryAsync(async () =>
        {
            await using var tx = await Db.Database.BeginTransactionAsync(cancel);
            await act(entry);
            await tx.CommitAsync(cancel);
            Flash = said;
            return Redirect($"/admin/stories/{Id}/live#sent");
        });
    }

    private async Task<bool> ReadAsync(CancellationToken cancel)
    {
        Key ??= Guid.NewGuid().ToString("N");
        var story = await (
            from p in Db.LiveStories()
            where p.Story.Id == Story && p.Revision.Text.Kind == Kind.Live
            select new { p.Story.Address, p.Revision.Text.Headline }).FirstOrDefaultAsync(cancel);
        if (story is null) return false;
        (Address, Headline) = (story.Address!, story.Headline);
        Entries = await Db.LiveEntries
            .AsNoTracking()
            .Where(e => e.StoryId == Story)
            .OrderByDescending(e => e.At)
            .ThenByDescending(e => e.Id)
            .Take(Shown)
            .ToListAsync(cancel);
        return true;
    }
}
