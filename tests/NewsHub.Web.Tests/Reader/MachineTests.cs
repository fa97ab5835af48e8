using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using NewsHub.Core.Events;

namespace NewsHub.Web.Tests.Reader;

/// <summary>What the paper says of itself to machines: search engines, networks, programs that look at well-known addresses.</summary>
public sealed class MachineTests(SamplePaper paper)
{
    private static readonly XNamespace Sitemap = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private static readonly XNamespace News = "http://www.google.com/schemas/sitemap-news/0.9";

    private static IReadOnlyList<string> Locs(string xml) =>
        [.. XDocument.Parse(xml).Descendants(Sitemap + "loc").Select(l => new Uri(l.Value).PathAndQuery)];

    private static async Task<List<JsonElement>> ThingsAsync(NewsHubApp app, string path)
    {
        var script = Assert.Single((await app.ParseAsync(path)).QuerySelectorAll("script[type='application/ld+json']"));
        return [.. JsonDocument.Parse(script.TextContent).RootElement.GetProperty("@graph").EnumerateArray()];
    }

    private static JsonElement One(IEnumerable<JsonElement> things, string type) => Assert.Single(things, t => Types(t).Contains(type));

    private static string[] Types(JsonElement thing) => thing.GetProperty("@type") is { ValueKind: JsonValueKind.Array } several
        ? [.. several.EnumerateArray().Select(t => t.GetString()!)]
        : [thing.GetProperty("@type").GetString()!];

    [Fact]
    public async Task Every_page_that_a_reader_comes_to_by_links_is_in_a_sitemap_or_asks_not_to_be()
    {
        var index = await paper.GetAsync("/sitemap.xml");
        Assert.StartsWith("application/xml", index.Header("Content-Type"), StringComparison.Ordinal);
        var listed = new HashSet<string>();
        foreach (var map in Locs(index.Text))
        {
            var answer = await paper.GetAsync(map);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            foreach (var page in Locs(answer.Text)) listed.Add(page);
        }
        foreach (var page in listed) Assert.Equal(HttpStatusCode.OK, (await paper.GetAsync(page)).Status);
        var missing = (await paper.PagesAsync()).Where(p => p.IsPage
            && p.Status is HttpStatusCode.OK
            && p.Page.QuerySelector("link[rel=canonical]")?.GetAttribute("href") is { } canonical
            && new Uri(canonical).PathAndQuery == p.Path)
            .Select(p => p.Path).Where(p => !listed.Contains(p)
                && !p.EndsWith("/stories", StringComparison.Ordinal)
                && !p.Contains('?', StringComparison.Ordinal)
                && p is not ("/offline" or "/newsletter" or "/api")).ToList();
        Assert.Empty(missing);
    }

    [Fact]
    public async Task A_sitemap_of_news_holds_the_last_two_days_and_those_alone()
    {
        using var made = new MadeUpPaper().Story("2025-06-30", "new", "New & <strange>").Story("2025-06-29", "old", "Old").Edition(
            1, "2025-06-30", "2025-06-30-new");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        Assert.Contains("/sitemaps/news.xml", Locs((await lantern.GetAsync("/sitemap.xml")).Text));
        var url = Assert.Single(XDocument.Parse((await lantern.GetAsync("/sitemaps/news.xml")).Text).Root!.Elements());
        Assert.Equal("New & <strange>", url.Descendants(News + "title").Single().Value);
        Assert.Equal(
            ("The Lantern", "en"), (url.Descendants(News + "name").Single().Value, url.Descendants(News + "language").Single().Value));
        Assert.Equal("2025-06-30T12:00:00Z", url.Descendants(News + "publication_date").Single().Value);
        // Nothing happens, and yet it is news no longer.
        lantern.Time.Advance(TimeSpan.FromDays(2));
        // A sitemap has one address at least (its schema says so); this one then has the front page, which is not said to be news.
        var empty = await lantern.GetAsync("/sitemaps/news.xml");
        Assert.Equal((HttpStatusCode.OK, "/"), (empty.Status, Assert.Single(Locs(empty.Text))));
        Assert.Empty(XDocument.Parse(empty.Text).Descendants(News + "news"));
        Assert.DoesNotContain("/sitemaps/news.xml", Locs((await lantern.GetAsync("/sitemap.xml")).Text));
    }

    [Theory]
    [InlineData("/sitemaps/2025-13.xml")]
    [InlineData("/sitemaps/1999-01.xml")]
    [InlineData("/sitemaps/0000-00.xml")]
    [InlineData("/sitemaps/9999-12.xml")]
    public async Task A_month_without_stories_has_no_sitemap(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await paper.GetAsync(path)).Status);

    [Fact]
    public async Task A_withdrawn_story_leaves_the_sitemap_at_once()
    {
        using var made = new MadeUpPaper().Story("2025-06-30", "new", "New").Story("2025-06-29", "old", "Old");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        Assert.Equal(2, Locs((await lantern.GetAsync("/sitemaps/2025-06.xml")).Text).Count);
        await lantern.FromElsewhereAsync(db => Desk.ChangeAsync(db, "/harbour/2025/06/29/old",
            (s, _) => s.Withdraw("Wrong.", "Wrong.", Desk.Editor, lantern.Time.GetUtcNow())));
        await NewsHubApp.EventuallyAsync(
            async () => Locs((await lantern.GetAsync("/sitemaps/2025-06.xml")).Text).Count == 1, "the sitemap lets go of it");
    }

    [Fact]
    public async Task Robots_are_told_where_the_sitemap_is_and_what_is_not_for_them()
    {
        var robots = (await paper.GetAsync("/robots.txt")).Text.Split('\n');
        Assert.Contains("Sitemap: http://localhost:5080/sitemap.xml", robots);
        Assert.Contains("Disallow: /admin", robots);
    }

    [Fact]
    public async Task Whoever_found_a_hole_is_told_whom_to_tell()
    {
        var text = (await paper.GetAsync("/.well-known/security.txt")).Text;
        Assert.Contains("Contact: http://localhost:5080/about", text, StringComparison.Ordinal);
        Assert.Contains("Expires: 2026-01-01T00:00:00Z", text, StringComparison.Ordinal);
        Assert.Equal("/admin/account/password", (await paper.GetAsync("/.well-known/change-password")).Header("Location"));
    }

    [Fact]
    public async Task A_story_says_who_wrote_it_when_where_it_belongs_and_what_was_wrong_with_it()
    {
        var things = await ThingsAsync(paper, SamplePaper.LeadStory);
        var story = One(things, "NewsArticle");
        Assert.Equal("http://localhost:5080" + SamplePaper.LeadStory, story.GetProperty("url").GetString());
        Assert.NotEmpty(story.GetProperty("author").EnumerateArray());
        Assert.NotEmpty(story.GetProperty("correction").EnumerateArray());
        Assert.True(story.GetProperty("headline").GetString()!.Length <= 110);
        var crumbs = One(things, "BreadcrumbList")
            .GetProperty("itemListElement")
            .EnumerateArray()
            .Select(c => c.GetProperty("name").GetString())
            .ToList();
        Assert.Equal("E-News", crumbs[0]);
        Assert.Equal("Technology", crumbs[1]);
        Assert.Equal(story.GetProperty("publisher").GetProperty("@id").GetString(),
            One(things, "NewsMediaOrganization").GetProperty("@id").GetString());
    }

    [Theory]
    [InlineData("/", "WebSite")]
    [InlineData("/technology", "CollectionPage")]
    [InlineData("/opinion", "CollectionPage")]
    [InlineData("/tags/north-korea", "CollectionPage")]
    [InlineData("/authors/jun-seo", "ProfilePage")]
    [InlineData("/editions/27", "PublicationIssue")]
    [InlineData("/sport/2025/06/29/volta-cup-final-live", "LiveBlogPosting")]
    [InlineData("/business/2025/07/01/fake-colleagues-real-ones", "OpinionNewsArticle")]
    [InlineData(SamplePaper.LongHeadline, "NewsArticle")]
    public async Task Each_kind_of_page_says_what_it_is_and_how_it_looks_where_it_is_passed_on(string path, string type)
    {
        One(await ThingsAsync(paper, path), type);
        var page = await paper.ParseAsync(path);
        foreach (var property in new[] { "og:title", "og:description", "og:type", "og:site_name", "og:image:alt" })
            Assert.NotEqual("", Meta(property));
        Assert.Equal("http://localhost:5080" + path, Meta("og:url"));
        Assert.Equal("http://localhost:5080" + path, Assert.Single(page.QuerySelectorAll("link[rel=canonical]")).GetAttribute("href"));
        Assert.Equal("summary_large_image", page.QuerySelector("meta[name='twitter:card']")!.GetAttribute("content"));
        using var picture = await paper.Client.GetAsync(new Uri(Meta("og:image")).PathAndQuery, TestContext.Current.CancellationToken);
        Assert.Equal("image/jpeg", picture.Content.Headers.ContentType!.MediaType);
        Assert.True((await picture.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length is > 5_000 and < 600_000);

        string Meta(string property) => page.QuerySelector($"meta[property='{property}']")!.GetAttribute("content")!;
    }

    [Fact]
    public async Task A_headline_that_would_end_the_script_ends_nothing()
    {
        using var made = new MadeUpPaper().Story("2025-06-30", "sharp", "</script><script>alert(1)</script> & </title>");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        var page = await lantern.ParseAsync("/harbour/2025/06/30/sharp");
        Assert.Equal("</script><script>alert(1)</script> & </title>",
            One(await ThingsAsync(lantern, "/harbour/2025/06/30/sharp"), "NewsArticle").GetProperty("headline").GetString());
        Assert.DoesNotContain(page.QuerySelectorAll("script"), s => s.TextContent.StartsWith("alert", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_card_is_drawn_for_a_live_story_and_for_no_other()
    {
        using var made = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back").Story("2025-06-29", "arabic", "بيروت");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        var draft = await lantern.FromElsewhereAsync(async db => (await Desk.DraftAsync(db, "Secret", lantern.Time.GetUtcNow())).Id);
        Assert.Equal(HttpStatusCode.NotFound, (await lantern.GetAsync($"/cards/{draft}-0123456789abcdef.jpg")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await lantern.GetAsync("/cards/999-0123456789abcdef.jpg")).Status);
        var card = new Uri((await lantern.ParseAsync("/harbour/2025/06/30/boats"))
            .QuerySelector("meta[property='og:image']")!
            .GetAttribute("content")!).PathAndQuery;
        Assert.StartsWith("/cards/", card, StringComparison.Ordinal);
        Assert.Contains("immutable", (await lantern.GetAsync(card)).Header("Cache-Control"), StringComparison.Ordinal);
        // With an old headline's address comes the card of now, and is not kept for good.
        Assert.DoesNotContain(
            "immutable", (await lantern.GetAsync(card[..^20] + "0000000000000000.jpg")).Header("Cache-Control"), StringComparison.Ordinal);
        // What the face cannot set is left out rather than drawn as boxes.
        Assert.Equal(HttpStatusCode.OK, (await lantern.GetAsync(new Uri((await lantern.ParseAsync("/harbour/2025/06/29/arabic"))
            .QuerySelector("meta[property='og:image']")!
            .GetAttribute("content")!).PathAndQuery)).Status);
    }

    [Fact]
    public async Task A_story_in_another_language_says_so()
    {
        var page = await paper.ParseAsync(SamplePaper.FrenchStory);
        Assert.Equal("fr", page.QuerySelector("link[rel=alternate][hreflang]")!.GetAttribute("hreflang"));
        Assert.Equal("fr", One(await ThingsAsync(paper, SamplePaper.FrenchStory), "NewsArticle").GetProperty("inLanguage").GetString());
    }
}
