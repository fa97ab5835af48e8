using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Web.Http;

namespace NewsHub.Web.Pages;

/// <summary>An edition as it was composed, with the way to its neighbours.</summary>
public sealed class EditionModel(PublishedNews news, TimeProvider clock) : ReaderPage(news, clock)
{
    public FrontView Front { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken cancel)
    {
        if (!EditionNumber.TryParse(number, out var n) || await News.EditionAsync(n, cancel) is not { } front) return NotFound();
        Front = front;
        return Show([Topic.Edition(front.Edition.Id), Topic.Editions, .. TopicsOf(front.Stories)]);
    }
}
