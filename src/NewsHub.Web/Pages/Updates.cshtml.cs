using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Web.Pages.Shared;

namespace NewsHub.Web.Pages;

/// <summary>The entries of a live story: further pages, the other order, and one entry by itself.</summary>
public sealed class UpdatesModel(PublishedNews news, TimeProvider clock) : ReaderPage(news, clock)
{
    /// <summary>What follows a live story's address.</summary>
    public const string Tail = "/updates";

    public LiveStory Story { get; private set; } = null!;
    public EntryPage Entries { get; private set; } = null!;

    /// <summary>Shown by itself; null for a page of them.</summary>
    public EntryLine? Alone { get; private set; }
    public bool OldestFirst { get; private set; }
    public bool FromStart { get; private set; }

    public async Task<IActionResult> OnGetAsync(long? entry, CancellationToken cancel)
    {
        var path = Request.Path.Value!;
        var address = path[..path.LastIndexOf(Tail, StringComparison.OrdinalIgnoreCase)];
        if (!TryReadPlace(out var after)) return BadRequest();
        if (Request.Query.TryGetValue("order", out var order))
        {
            if (order != "oldest" && order != "newest") return BadRequest();
            OldestFirst = order == "oldest";
        }
        if (await News.LiveStoryAsync(address, cancel) is not { } story)
        {
            if (await News.FormerAsync(address, cancel) is not { } now) return NotFound();
            HttpContext.LeadTo(now + path[address.Length..]);
            return new EmptyResult();
        }
        (Story, FromStart) = (story, after is null);
        if (story.IsWithdrawn)
        {
            Response.StatusCode = StatusCodes.Status410Gone;
            return Show(Topic.Story(story.Id));
        }
        if (entry is { } id)
        {
            // A deleted entry answers as one that never was.
            if (await News.EntryAsync(story.Id, id, cancel) is not { } alone) return NotFound();
            Alone = alone;
            Entries = new EntryPage([alone], null);
        }
        else Entries = await News.EntriesAsync(story.Id, after, OldestFirst, cancel);
        return Show(Topic.Story(story.Id));
    }
}
