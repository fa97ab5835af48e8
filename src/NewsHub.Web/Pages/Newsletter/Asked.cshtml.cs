using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Reading;

namespace NewsHub.Web.Pages.Newsletter;

/// <summary>What everyone is told who typed an address, whoever's it is.</summary>
public sealed class AskedModel(PublishedNews news, TimeProvider clock) : ReaderPage(news, clock)
{
    public IActionResult OnGet() => Show();
}
