using System.Net;
using AngleSharp.Dom;

[assembly: AssemblyFixture(typeof(NewsHub.Web.Tests.SamplePaper))]

namespace NewsHub.Web.Tests;

/// <summary>The repository's sample paper, served once for all tests that only read it.</summary>
public sealed class SamplePaper : NewsHubApp
{
    public const string LeadStory = "/technology/2025/07/01/us-breaks-up-ring-that-put-north-korean-coders-on-american-payrolls";
    public const string ArabicStory = "/world/2025/06/29/petition-writer-of-tripoli";
    public const string FrenchStory = "/culture/2025/06/05/dernier-projectionniste";
    public const string LongHeadline = "/politics/2025/06/26/harbour-act-of-1847-repealed";

    public const string WidePicture = "/science/2025/06/07/nuthatches-cross-the-watershed";
    public const string FullPicture = "/science/2025/06/20/interview-the-woman-who-counts-nuthatches";

    private readonly Lazy<Task<IReadOnlyList<Answer>>> _pages;

    public SamplePaper() => _pages = new(CrawlAsync);

    /// <summary>Every page that a reader can come to from the front by following links, query and all.</summary>
    internal Task<IReadOnlyList<Answer>> PagesAsync() => _pages.Value;

    /// <summary>The addresses of this site that a page links to, without fragments.</summary>
    internal static IEnumerable<string> LinksOf(Answer page) => page.Page.QuerySelectorAll("a[href]")
        .Select(a => a.GetAttribute("href")!)
        // Links that hand a story on lead out of the paper: EngagementTests. Those that choose a language lead back: LanguageTests.
        .Where(h => !h.StartsWith('#')
            && !h.StartsWith("/share/", StringComparison.Ordinal)
            && !h.StartsWith("/language/", StringComparison.Ordinal)
            && (h.StartsWith('/') || h.StartsWith('?')))
        .Select(h => new Uri(new Uri(new Uri("http://localhost"), page.Path), h).PathAndQuery)
        .Distinct();

    private async Task<IReadOnlyList<Answer>> CrawlAsync()
    {
        var seen = new HashSet<string> { "/" };
        var ahead = new Queue<string>(seen);
        var pages = new List<Answer>();
        while (ahead.TryDequeue(out var path))
        {
            var page = await GetAsync(path);
            pages.Add(page);
            if (!page.IsPage || page.Status != HttpStatusCode.OK) continue;
            foreach (var link in LinksOf(page).Where(seen.Add)) ahead.Enqueue(link);
        }
        return pages;
    }
}
