using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;

namespace NewsHub.Web.Pages;

/// <summary>The public log of corrections.</summary>
public sealed class CorrectionsModel(PublishedNews news, TimeProvider clock) : ReaderPage(news, clock)
{
    public CorrectionPage Log { get; private set; } = null!;
    public bool FromStart { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!TryReadPlace(out var after)) return BadRequest();
        (Log, FromStart) = (await News.CorrectionsAsync(after, cancel), after is null);
        return Show(Topic.Corrections);
    }
}
