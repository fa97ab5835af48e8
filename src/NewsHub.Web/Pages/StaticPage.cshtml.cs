using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Reading;

namespace NewsHub.Web.Pages;

/// <summary>The paper about itself: about, colophon and any other page.</summary>
public sealed class StaticPageModel(PublishedNews news, TimeProvider clock) : ReaderPage(news, clock)
{
    public PageView House { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string name, CancellationToken cancel)
    {
        if (await News.PageAsync(name, cancel) is not { } house) return NotFound();
        House = house;
        return Show();
    }
}
