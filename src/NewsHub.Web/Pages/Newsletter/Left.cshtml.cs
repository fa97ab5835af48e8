using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Reading;

namespace NewsHub.Web.Pages.Newsletter;

/// <summary>That one has left, and what became of the address.</summary>
public sealed class LeftModel(PublishedNews news, TimeProvider clock) : ReaderPage(news, clock)
{
    public IActionResult OnGet() => Show();
}
