using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Web.Options;

namespace NewsHub.Web.Pages;

/// <summary>What programs can read here, told to people, with a form to try each call.</summary>
public sealed class ApiGuideModel(PublishedNews news, TimeProvider clock, SiteOptions site) : ReaderPage(news, clock)
{
    public string Site => site.Url;
    public SiteSnapshot Paper => News.Snapshot;

    /// <summary>One to try with; null in an empty paper.</summary>
    public StoryCard? Example { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        Example = (await News.StoriesAsync([], null, 1, cancel)).Stories is [var newest, ..] ? newest : null;
        return Show([Topic.Latest, .. Example is { } story ? TopicsOf([story]) : []]);
    }
}
