using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Core.Stories;

namespace NewsHub.Web.Pages;

/// <summary>All stories of a kind: breaking news, analysis, opinion, live.</summary>
public sealed class KindModel(PublishedNews news, TimeProvider clock) : ReaderPage(news, clock)
{
    public Kind Kind { get; private set; }
    public StoryPage Stories { get; private set; } = StoryPage.Empty;
    public bool FromStart { get; private set; }

    public async Task<IActionResult> OnGetAsync(string kind, CancellationToken cancel)
    {
        if (!TryReadPlace(out var after)) return BadRequest();
        (Kind, FromStart) = (Enum.Parse<Kind>(kind, ignoreCase: true), after is null);
        Stories = await News.KindAsync(Kind, after, cancel);
        return Show(Topic.List(ListOf.Kind, (long)Kind));
    }
}
