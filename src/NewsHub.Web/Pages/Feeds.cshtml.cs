using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Reading;
using NewsHub.Core.Stories;
using NewsHub.Web.Localization;

namespace NewsHub.Web.Pages;

/// <summary>The feeds of the paper in one list, for people.</summary>
public sealed class FeedsModel(PublishedNews news, TimeProvider clock) : ReaderPage(news, clock)
{
    public IReadOnlyList<(string Name, string Page)> Lists { get; private set; } = [];

    public IActionResult OnGet()
    {
        Lists =
        [
            (Texts.Now["search.whole"], "/"),
            .. News.Snapshot.LatestEdition is { } latest
                ? [(Texts.Now["edition.latest"], latest.Address)]
                : Array.Empty<(string, string)>(),
            .. News.Snapshot.Sections.Select(s => (s.Name, s.Address)),
            .. Enum.GetValues<Kind>().Where(k => k is not Kind.News).Select(k => (Print.Title(k), $"/{Print.Class(k)}")),
        ];
        return Show();
    }
}
