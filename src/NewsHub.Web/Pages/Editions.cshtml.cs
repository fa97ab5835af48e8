using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;

namespace NewsHub.Web.Pages;

/// <summary>The archive: a year at a time, by month.</summary>
public sealed class EditionsModel(PublishedNews news, TimeProvider clock) : ReaderPage(news, clock)
{
    public ArchiveView Archive { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        int? year = null;
        if (Request.Query.TryGetValue("year", out var text))
        {
            if (text.Count != 1
                || text[0] is not { Length: 4 } digits
                || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var asked))
            {
                return BadRequest();
            }
            year = asked;
        }
        if (await News.ArchiveAsync(year, cancel) is not { } archive) return NotFound();
        Archive = archive;
        return Show(Topic.Editions);
    }
}
