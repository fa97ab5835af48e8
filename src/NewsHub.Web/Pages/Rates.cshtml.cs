using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Rates;
using NewsHub.Core.Reading;

namespace NewsHub.Web.Pages;

/// <summary>The board of rates, and the converter.</summary>
public sealed class RatesModel(PublishedNews news, TimeProvider clock) : ReaderPage(news, clock)
{
    public RateBoard Board => News.Snapshot.Rates;

    /// <summary>The last weeks of each currency.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<decimal>> Recent { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        Recent = await News.RecentRatesAsync(cancel);
        return Show();
    }
}
