using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Web.Pages.Shared;

namespace NewsHub.Web.Pages;

/// <summary>Stories on one subject, across sections.</summary>
public sealed class TagModel(PublishedNews news, TimeProvider clock) : ReaderPage(news, clock)
{
    public TagView Tag { get; private set; } = null!;
    public bool FromStart { get; private set; }

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (!TryReadPlace(out var after)) return BadRequest();
        if (await News.TagAsync(slug, after, cancel) is not { } tag) return NotFound();
        // Merged: its stories are there now.
        if (tag.Slug != slug)
        {
            HttpContext.LeadTo($"/tags/{tag.Slug}");
            return new EmptyResult();
        }
        (Tag, FromStart) = (tag, after is null);
        return Show(Topic.List(ListOf.Tag, tag.Id));
    }
}
