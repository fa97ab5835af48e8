using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;

namespace NewsHub.Web.Pages;

/// <summary>An author and all that they have signed.</summary>
public sealed class AuthorModel(PublishedNews news, TimeProvider clock) : ReaderPage(news, clock)
{
    public AuthorView Author { get; private set; } = null!;
    public bool FromStart { get; private set; }

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (!TryReadPlace(out var after)) return BadRequest();
        if (await News.AuthorAsync(slug, after, cancel) is not { } author) return NotFound();
        (Author, FromStart) = (author, after is null);
        return Show(Topic.List(ListOf.Author, author.Id));
    }
}
