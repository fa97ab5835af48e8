using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;

namespace NewsHub.Web.Pages;

/// <summary>The front page: the latest edition and what came after it.</summary>
public sealed class FrontModel(PublishedNews news, TimeProvider clock) : ReaderPage(news, clock)
{
    /// <summary>Null while the paper has no edition.</summary>
    public FrontView? Front { get; private set; }

    /// <summary>The newest stories, where there is no edition to show.</summary>
    public StoryPage Latest { get; private set; } = StoryPage.Empty;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        Front = await News.FrontAsync(cancel);
        if (Front is null) Latest = await News.LatestAsync(cancel);
        return Front is null ? Show(Topic.Latest) : Show([Topic.Latest, Topic.Edition(Front.Edition.Id), .. TopicsOf(Front.Stories)]);
    }
}
