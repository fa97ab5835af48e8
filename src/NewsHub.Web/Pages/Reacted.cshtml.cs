using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Web.Http;
using NewsHub.Web.Live;

namespace NewsHub.Web.Pages;

/// <summary>One's own reaction, for whoever has no script: said, to be changed or taken back. The one reader page that is not the same for
/// everybody, and so is kept by nobody.</summary>
public sealed class ReactedModel(PublishedNews news, Reader reader) : PageModel
{
    public ReactedView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long story, CancellationToken cancel)
    {
        HttpContext.NeverKeep();
        var id = new StoryId(story);
        if (await news.ReactedAsync(id, reader.MarkFor(HttpContext, id), cancel) is not { } view) return NotFound();
        View = view;
        return Page();
    }
}
