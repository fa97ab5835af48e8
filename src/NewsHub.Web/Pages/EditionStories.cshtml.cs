using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Web.Http;

namespace NewsHub.Web.Pages;

/// <summary>All stories of an edition in its order: where 'More from this edition' goes on.</summary>
public sealed class EditionStoriesModel(PublishedNews news, TimeProvider clock) : ReaderPage(news, clock)
{
    public EditionStories Stories { get; private set; } = null!;
    public bool FromStart { get; private set; }

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken cancel)
    {
        var after = 0;
        if (Request.Query.TryGetValue("after", out var place)
            && (place.Count != 1 || !int.TryParse(place[0], NumberStyles.None, CultureInfo.InvariantCulture, out after)
            || after.ToString(CultureInfo.InvariantCulture) != place[0])) return BadRequest();
        if (!EditionNumber.TryParse(number, out var n) || await News.EditionStoriesAsync(n, after, cancel) is not { } stories)
            return NotFound();
        (Stories, FromStart) = (stories, after == 0);
        return Show([Topic.Edition(stories.Edition.Id), .. TopicsOf(stories.Stories.Stories)]);
    }
}
