using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.AspNetCore.Hosting;
using NewsHub.Core.Stories;
using NewsHub.Web.Tests.Rates;

namespace NewsHub.Web.Tests.Reader;

public sealed class FeedTests(SamplePaper paper)
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Content = "http://purl.org/rss/1.0/modules/content/";

    private static string[] Lists => ["/", "/technology/", "/opinion/", "/live/", "/authors/jun-seo/", "/tags/north-korea/", "/editions/27/"];

    public static TheoryData<string> EveryList => [.. Lists];

    /// <summary>A feed's stories by headline, with what stays of each, when it last changed, and its text.</summary>
    private static Dictionary<string, (string Id, string Changed, string Text, string Url)> Read(string path, string text)
    {
        if (path.EndsWith(".json", StringComparison.Ordinal))
            return JsonDocument.Parse(text).RootElement.GetProperty("items").EnumerateArray().ToDictionary(i => i.GetProperty("title").GetString()!, i => (i.GetProperty("id").GetString()!,
                (i.TryGetProperty("date_modified", out var changed) ? changed : i.GetProperty("date_published")).GetString()!,
                (i.TryGetProperty("content_html", out var html) ? html : i.GetProperty("content_text")).GetString()!, i.GetProperty("url").GetString()!));
        var root = XDocument.Parse(text).Root!;
        return path.EndsWith("atom.xml", StringComparison.Ordinal)
            ? root.Elements(Atom + "entry").ToDictionary(e => e.Element(Atom + "title")!.Value, e => (e.Element(Atom + "id")!.Value, e.Element(Atom + "updated")!.Value,
                (e.Element(Atom + "content") ?? e.Element(Atom + "summary"))!.Value, e.Element(Atom + "link")!.Attribute("href")!.Value))
            : root.Descendants("item").ToDictionary(e => e.Element("title")!.Value, e => (e.Element("guid")!.Value, (e.Element(Atom + "updated") ?? e.Element("pubDate"))!.Value,
                (e.Element(Content + "encoded") ?? e.Element("description"))!.Value, e.Element("link")!.Value));
    }

    [Theory, MemberData(nameof(EveryList))]
    public async Task Every_list_has_its_feed_in_three_forms_that_tell_the_same_stories(string list)
    {
        var told = new List<(string[] Headlines, string[] Ids)>();
        foreach (var (file, type) in new[] { ("feed.xml", "application/rss+xml"), ("atom.xml", "application/atom+xml"), ("feed.json", "application/feed+json") })
        {
            var answer = await paper.GetAsync(list + file);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.StartsWith(type, answer.Header("Content-Type"), StringComparison.Ordinal);
            var stories = Read(file, answer.Text);
            Assert.NotEmpty(stories);
            Assert.All(stories.Values, s => Assert.StartsWith("http://localhost:5080/", s.Url, StringComparison.Ordinal));
            // Nothing in it leads to nowhere once it is read elsewhere.
            Assert.All(stories.Values, s => Assert.DoesNotMatch("(src|href|srcset)=\"[/#]", s.Text));
            told.Add(([.. stories.Keys], [.. stories.Values.Select(s => s.Id)]));
        }
        Assert.Equal(told[0].Headlines, told[1].Headlines);
        Assert.Equal(told[0].Headlines, told[2].Headlines);
        Assert.Equal(told[0].Ids, told[1].Ids);
        Assert.Equal(told[0].Ids, told[2].Ids);
    }

    [Theory, MemberData(nameof(EveryList))]
    public async Task A_page_names_the_feed_of_its_list(string list)
    {
        var page = await paper.ParseAsync(list.Length > 1 ? list.TrimEnd('/') : list);
        var feeds = page.QuerySelectorAll("link[rel=alternate][type='application/rss+xml']").Select(l => l.GetAttribute("href")).ToList();
        Assert.Equal(list + "feed.xml", feeds[0]);
        Assert.Contains("/feed.xml", feeds);
    }

    [Theory]
    [InlineData("/nowhere/feed.xml")]
    [InlineData("/news/feed.xml")]
    [InlineData("/authors/nobody/atom.xml")]
    [InlineData("/tags/nothing/feed.json")]
    [InlineData("/editions/99/feed.xml")]
    [InlineData("/editions/0/feed.xml")]
    [InlineData("/editions/x/feed.xml")]
    public async Task What_is_no_list_has_no_feed(string path) => Assert.Equal(HttpStatusCode.NotFound, (await paper.GetAsync(path)).Status);

    [Theory]
    [InlineData("/feed")]
    [InlineData("/rss")]
    [InlineData("/rss.xml")]
    public async Task Usual_addresses_lead_to_it(string path)
    {
        var answer = await paper.GetAsync(path);
        Assert.Equal((HttpStatusCode.MovedPermanently, "/feed.xml"), (answer.Status, answer.Header("Location")));
    }

    [Fact]
    public async Task A_program_that_has_it_already_gets_no_second_copy_and_HEAD_is_answered()
    {
        var first = await paper.GetAsync("/feed.xml");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/feed.xml");
        request.Headers.TryAddWithoutValidation("If-None-Match", first.Header("ETag"));
        using var again = await paper.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        var head = await paper.SendAsync(HttpMethod.Head, "/feed.xml");
        Assert.Equal((HttpStatusCode.OK, ""), (head.Status, head.Text));
        Assert.Equal("cross-origin", first.Header("Cross-Origin-Resource-Policy"));
    }

    [Theory]
    [InlineData("/feed.xml")]
    [InlineData("/atom.xml")]
    [InlineData("/feed.json")]
    public async Task A_story_stays_the_same_one_through_a_new_text_and_a_new_address_and_goes_when_it_is_withdrawn(string path)
    {
        using var made = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        var before = Read(path, (await lantern.GetAsync(path)).Text)["Boats are back"];
        lantern.Time.Advance(TimeSpan.FromMinutes(5));
        const string sign = "Boats \u0001& <b>nets</b> ]]> \"out\"";
        await lantern.FromElsewhereAsync(db => Desk.UpdateAsync(db, "/harbour/2025/06/30/boats", sign, lantern.Time.GetUtcNow()));
        await lantern.FromElsewhereAsync(db => Desk.ChangeAsync(db, "/harbour/2025/06/30/boats", (s, section) => s.Readdress(section, Slug.Parse("nets"), Desk.Editor, lantern.Time.GetUtcNow())));
        await NewsHubApp.EventuallyAsync(async () => (await lantern.GetAsync(path)).Text.Contains("2025/06/30/nets", StringComparison.Ordinal), "the feed tells the new address");
        var after = Assert.Single(Read(path, (await lantern.GetAsync(path)).Text));
        Assert.Equal(path == "/feed.json" ? sign : sign.Replace("\u0001", "", StringComparison.Ordinal), after.Key);
        Assert.Equal(before.Id, after.Value.Id);
        Assert.NotEqual(before.Changed, after.Value.Changed);
        await lantern.FromElsewhereAsync(db => Desk.ChangeAsync(db, "/harbour/2025/06/30/nets", (s, _) => s.Withdraw("Wrong.", "Wrong.", Desk.Editor, lantern.Time.GetUtcNow())));
        await NewsHubApp.EventuallyAsync(async () => Read(path, (await lantern.GetAsync(path)).Text).Count == 0, "the feed has let go of it");
    }

    [Fact]
    public async Task A_paper_that_wants_readers_to_come_by_tells_the_standfirst_alone()
    {
        using var made = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        foreach (var path in new[] { "/feed.xml", "/atom.xml", "/feed.json" }) Assert.Contains("One sentence of body.", (await lantern.GetAsync(path)).Text, StringComparison.Ordinal);
        await using var brief = lantern.WithWebHostBuilder(b => b.UseSetting("Feeds:FullText", "false"));
        using var client = brief.CreateClient();
        foreach (var path in new[] { "/feed.xml", "/atom.xml", "/feed.json" })
        {
            var text = await client.GetStringAsync(path, TestContext.Current.CancellationToken);
            Assert.DoesNotContain("One sentence of body.", text, StringComparison.Ordinal);
            Assert.Contains("What boats is about.", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_hub_of_the_settings_is_named_and_told_what_has_changed()
    {
        await using var hub = await RateStub.OpenAsync();
        var told = new TaskCompletionSource<IReadOnlyList<string?>>();
        hub.Does("/hub", async context =>
        {
            var form = await context.Request.ReadFormAsync();
            if (form["hub.mode"] == "publish") told.TrySetResult([.. form["hub.url"]]);
            context.Response.StatusCode = 204;
        });
        using var made = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back");
        await using var plain = new NewsHubApp { Content = made.Folder };
        await using var lantern = plain.WithWebHostBuilder(b => b.UseSetting("Feeds:Hub", $"http://{hub.Host}/hub").UseSetting("Outbound:Allow:0", hub.Host));
        using var client = lantern.CreateClient();
        Assert.Contains($"http://{hub.Host}/hub", await client.GetStringAsync("/atom.xml", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await using (var db = new NewsHub.Core.Store.NewsDb((Microsoft.EntityFrameworkCore.DbContextOptions<NewsHub.Core.Store.NewsDb>)
            NewsHub.Core.Store.SqliteStore.UseSqliteStore(new Microsoft.EntityFrameworkCore.DbContextOptionsBuilder<NewsHub.Core.Store.NewsDb>(), Path.Combine(plain.Data, "news.db")).Options))
            await Desk.PublishAsync(db, "Just in", plain.Time.GetUtcNow());
        await NewsHubApp.EventuallyAsync(() =>
        {
            // The waiting and the time that an answer may take are both by this clock.
            plain.Time.Advance(TimeSpan.FromMilliseconds(50));
            return Task.FromResult(told.Task.IsCompleted);
        }, "the hub is told");
        var urls = await told.Task;
        Assert.Contains("http://localhost:5080/feed.xml", urls);
        Assert.Contains("http://localhost:5080/harbour/atom.xml", urls);
    }
}
