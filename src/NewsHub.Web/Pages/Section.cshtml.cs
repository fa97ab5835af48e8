using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;

namespace NewsHub.Web.Pages;

/// <summary>A section's front and, from a place on, its older stories.</summary>
public sealed class SectionModel(PublishedNews news, TimeProvider clock) : ReaderPage(news, clock)
{
    public SectionLine Section { get; private set; } = null!;
    public StoryPage Stories { get; private set; } = StoryPage.Empty;
    public bool FromStart { get; private set; }

    public async Task<IActionResult> OnGetAsync(string section, CancellationToken cancel)
    {
        if (News.Snapshot.Section(section) is not { } known) return NotFound();
        if (!TryReadPlace(out var after)) return BadRequest();
        (Section, FromStart) = (known, after is null);
        Stories = await News.SectionAsync(known, after, cancel);
        return Show(Topic.List(ListOf.Section, known.Id.Value));
    }
}
