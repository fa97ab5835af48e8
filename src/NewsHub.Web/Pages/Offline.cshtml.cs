using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Reading;

namespace NewsHub.Web.Pages;

/// <summary>What a reader sees when the network does not answer and the page was not kept. Kept itself for long, it
/// carries nothing of the day.</summary>
public sealed class OfflineModel(PublishedNews news, TimeProvider clock) : ReaderPage(news, clock)
{
    public IActionResult OnGet() => Show();
}
