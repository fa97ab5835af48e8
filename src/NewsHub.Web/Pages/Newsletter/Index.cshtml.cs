using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Reading;

namespace NewsHub.Web.Pages.Newsletter;

/// <summary>What the newsletter is, and where one signs up. The same for everybody, so kept: what one reader typed wrong is shown by
/// <c>Live/SignUps</c>.</summary>
public sealed class IndexModel(PublishedNews news, TimeProvider clock) : ReaderPage(news, clock)
{
    public IActionResult OnGet() => Show();
}
