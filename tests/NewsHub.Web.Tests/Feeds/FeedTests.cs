using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.AspNetCore.Hosting;
using NewsHub.Core.Store;
using NewsHub.Core.Text;
using NewsHub.Web.Tests.Rates;

namespace NewsHub.Web.Tests.Feeds;

public sealed class FeedTests(SamplePaper paper)
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Content = "http://purl.org/rss/1.0/modules/content/";

    private static string[] Lists =>
        ["/", "/technology/", "/opinion/", "/live/", "/authors/jun-seo/", "/tags/north-korea/", "/editions/27/"];

    public static TheoryData<string> EveryList => [.. Lists];

    /// <summary>A feed's stories by headline, with what stays of each, when it last changed, and its text.</summary>
    private static Dictionary<string, (string Id, string Changed, string Text, string Url)> Read(string path, string text)
    {
        if (path.EndsWith(".json", StringComparison.Ordinal))
            return JsonDocument.Parse(text).RootElement.GetProperty("items").EnumerateArray().ToDictionary(
                i => i.GetProperty("title").GetString()!, i => (i.GetProperty("id").GetString()!,
                    (i.TryGetProperty("date_modified", out var changed) ? changed : i.GetProperty("date_published")).GetString()!,
                    (i.TryGetProperty("content_html", out var html) ? html : i.GetProperty("content_text")).GetString()!,
                    i.GetProperty("url").GetString()!));
        var root = XDocument.Parse(text).Root!;
        return path.EndsWith("atom.xml", StringComparison.Ordinal)
            ? root.Elements(Atom + "entry").ToDictionary(
                e => e.Element(Atom + "title")!.Value, e => (e.Element(Atom + "id")!.Value, e.Element(Atom + "updated")!.Value,
                    (e.Element(Atom + "content") ?? e.Element(Atom + "summary"))!.Value,
                    e.Element(Atom + "link")!.Attribute("href")!.Value))
            : root.Descendants("item").ToDictionary(e => e.Element("title")!.Value,
                e => (e.Element("guid")!.Value, (e.Element(Atom + "updated") ?? e.Element("pubDate"))!.Value,
                    (e.Element(Content + "encoded") ?? e.Element("description"))!.Value, e.Element("link")!.Value));
    }

    [Theory, MemberData(nameof(EveryList))]
    public async Task Every_list_has_its_feed_in_three_forms_that_tell_the_same_stories(string list)
    {
        var told = new List<(string[] Headlines, string[] Ids)>();
        foreach (var (file, type) in new[]
        {
            ("feed.xml", "application/rss+xml"),
            ("atom.xml", "application/atom+xml"),
            ("feed.json", "application/feed+json"),
        })
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
    public async Task What_is_no_list_has_no_feed(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await paper.GetAsync(path)).Status);

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

    [Trait("Needs", "time")]
    [Theory]
    [InlineData("/feed.xml")]
    [InlineData("/harbour/atom.xml")]
    [InlineData("/authors/ada-night/feed.json")]
    [InlineData("/editions/1/feed.xml")]
    [InlineData("/sitemap.xml")]
    [InlineData("/sitemaps/pages.xml")]
    [InlineData("/sitemaps/news.xml")]
    [InlineData("/sitemaps/2025-06.xml")]
    public async Task A_program_that_knows_dates_alone_is_told_when_nothing_has_changed_and_when_something_has(string path)
    {
        using var made = new MadeUpPaper()
            .Story("2025-06-30", "boats", "Boats are back")
            .Story("2025-06-30", "nets", "Nets are out")
            .Edition(1, "2025-06-30", "2025-06-30-boats", "2025-06-30-nets");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        lantern.Time.Advance(TimeSpan.FromMinutes(5));
        var first = await lantern.GetAsync(path);
        var date = DateTimeOffset.ParseExact(first.Header("Last-Modified")!, "R", CultureInfo.InvariantCulture);
        Assert.InRange(date, DateTimeOffset.UnixEpoch, lantern.Time.GetUtcNow());

        // Rendered or kept, the answer is the same.
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(HttpStatusCode.NotModified, await AskAsync(date));
            Assert.Equal(HttpStatusCode.NotModified, await AskAsync(date.AddDays(1)));
            Assert.Equal(HttpStatusCode.OK, await AskAsync(date.AddSeconds(-1)));
            Assert.Equal(HttpStatusCode.OK, await AskAsync("yesterday"));
            // The tag is the stronger word.
            Assert.Equal(HttpStatusCode.OK, await AskAsync(date.AddDays(1), "\"another\""));
            Assert.Equal(HttpStatusCode.NotModified, await AskAsync(date.AddDays(-1), first.Header("ETag")));
        }

        // A story that goes takes its own date along: the feed changed all the same.
        lantern.Time.Advance(TimeSpan.FromMinutes(5));
        await lantern.FromElsewhereAsync(db => Desk.ChangeAsync(db, "/harbour/2025/06/30/boats",
            (s, _) => s.Withdraw("Wrong.", "Wrong.", Desk.Editor, lantern.Time.GetUtcNow())));
        await NewsHubApp.EventuallyAsync(async () => await AskAsync(date) == HttpStatusCode.OK, "it is told that something went");

        Task<HttpStatusCode> AskAsync(object since, string? tag = null) =>
            StatusAsync(lantern, path, since is DateTimeOffset at ? at.ToString("R", CultureInfo.InvariantCulture) : (string)since, tag);
    }

    private static async Task<HttpStatusCode> StatusAsync(NewsHubApp app, string path, string since, string? tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("If-Modified-Since", since);
        if (tag is not null) request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        using var answer = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
        if (answer.StatusCode is HttpStatusCode.NotModified)
            Assert.Empty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        return answer.StatusCode;
    }

    [Fact]
    public async Task A_standfirst_that_looks_like_HTML_is_shown_as_it_was_written_by_readers_that_take_it_for_HTML()
    {
        const string words = "Rates < 5% but > 2%; use <script>alert(1)</script> and <head>; AT&T &amp; co.";
        using var made = new MadeUpPaper().Write("stories/2025-06-30-signs.md", $"""
            ---
            headline: "<3 for libraries: the <head> & <b>bold</b> AT&T &amp;"
            standfirst: "{words}"
            section: harbour
            kind: news
            bylines:
              - author: ada-night
            published: 2025-06-30T12:00:00Z
            ---
            Plain.
            """);
        await using var lantern = new NewsHubApp { Content = made.Folder };
        var item = XDocument.Parse((await lantern.GetAsync("/feed.xml")).Text).Descendants("item").Single();
        Assert.Equal(words, Shown(item.Element("description")!.Value));
        Assert.Contains(words, Shown(item.Element(Content + "encoded")!.Value), StringComparison.Ordinal);
        var entry = XDocument.Parse((await lantern.GetAsync("/atom.xml")).Text).Root!.Element(Atom + "entry")!;
        // Atom says of each text what it is.
        Assert.Equal(("text", words), (entry.Element(Atom + "summary")!.Attribute("type")!.Value, entry.Element(Atom + "summary")!.Value));
        Assert.Equal("html", entry.Element(Atom + "content")!.Attribute("type")!.Value);
        var json = JsonDocument.Parse((await lantern.GetAsync("/feed.json")).Text).RootElement.GetProperty("items")[0];
        Assert.Equal(words, json.GetProperty("summary").GetString());
        Assert.Contains(words, Shown(json.GetProperty("content_html").GetString()!), StringComparison.Ordinal);

        static string Shown(string html) => new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html).Body!.TextContent;
    }

    [Theory]
    [InlineData("/feed.xml")]
    [InlineData("/atom.xml")]
    [InlineData("/feed.json")]
    public async Task Links_of_every_kind_are_whole_and_what_code_and_prose_say_of_attributes_stays(string path)
    {
        const string code =
            "<img src=\"/x.jpg\" loading=\"lazy\" srcset=\"/a.jpg 2x\"> <source src=\"/y\"> <a href=\"/about\"> <a href=\"#top\">";
        const string block = "<link href=\"/feed.xml\" sizes=\"any\">";
        const string prose = "the attribute loading=\"lazy\" is good, href=\"/about\" and src=\"//x\" too";
        using var made = new MadeUpPaper().Story("2025-06-30", "code", "Code", body: $"""
            Write `{code}` in your page.

                {block}

            And {prose}. [root](/about) [note](#fn-1) [query](?x=1&y=2) [up](../07/other) [near](other/page) [proto](//example.org/x)
            [whole](https://example.org/?q=a%20b#c) [mail](mailto:ada@example.org) [letters](/tags/خبر) [none](<>)
            """);
        await using var lantern = new NewsHubApp { Content = made.Folder };
        const string page = "http://localhost:5080/harbour/2025/06/30/code";
        using var body = new AngleSharp.Html.Parser.HtmlParser()
            .ParseDocument(Read(path, (await lantern.GetAsync(path)).Text)["Code"].Text);
        Assert.Equal(code, body.QuerySelector("p code")!.TextContent);
        Assert.Equal(block, body.QuerySelector("pre code")!.TextContent.Trim());
        Assert.Contains(prose, body.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            [
                ("root", "http://localhost:5080/about"), ("note", page + "#fn-1"), ("query", page + "?x=1&y=2"),
                ("up", "http://localhost:5080/harbour/2025/06/07/other"),
                ("near", "http://localhost:5080/harbour/2025/06/30/other/page"), ("proto", "http://example.org/x"),
                ("whole", "https://example.org/?q=a%20b#c"),
                ("mail", "mailto:ada@example.org"), ("letters", "http://localhost:5080/tags/%D8%AE%D8%A8%D8%B1"), ("none", page),
            ],
            body.QuerySelectorAll("a").Select(a => (a.TextContent, a.GetAttribute("href")!)));
    }

    [Fact]
    public async Task A_body_from_right_to_left_says_so_also_where_it_is_the_papers_own_language()
    {
        using var made = new MadeUpPaper().Story("2025-06-30", "boats", "عاد الصيادون", "language: ar\ndirection: rtl");
        made.Write("site.json", """{ "name": "المنارة", "language": "ar", "timeZone": "UTC", "currency": { "base": "USD", "quotes": """
            + """["EUR"] }, "reactions": [{ "key": "glad", "label": "سعيد" }] }""");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        foreach (var path in new[] { "/feed.xml", "/atom.xml", "/feed.json" })
            Assert.StartsWith("<div lang=\"ar\" dir=\"rtl\">", Read(path, (await lantern.GetAsync(path)).Text).Single().Value.Text,
                StringComparison.Ordinal);
    }

    [Trait("Needs", "time")]
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
        await lantern.FromElsewhereAsync(db => Desk.ChangeAsync(db, "/harbour/2025/06/30/boats",
            (s, section) => s.Readdress(section, Slug.Parse("nets"), Desk.Editor, lantern.Time.GetUtcNow())));
        await NewsHubApp.EventuallyAsync(
            async () => (await lantern.GetAsync(path)).Text.Contains("2025/06/30/nets", StringComparison.Ordinal),
            "the feed tells the new address");
        var after = Assert.Single(Read(path, (await lantern.GetAsync(path)).Text));
        Assert.Equal(path == "/feed.json" ? sign : sign.Replace("\u0001", "", StringComparison.Ordinal), after.Key);
        Assert.Equal(before.Id, after.Value.Id);
        Assert.NotEqual(before.Changed, after.Value.Changed);
        await lantern.FromElsewhereAsync(db => Desk.ChangeAsync(db, "/harbour/2025/06/30/nets",
            (s, _) => s.Withdraw("Wrong.", "Wrong.", Desk.Editor, lantern.Time.GetUtcNow())));
        await NewsHubApp.EventuallyAsync(
            async () => Read(path, (await lantern.GetAsync(path)).Text).Count == 0, "the feed has let go of it");
    }

    [Fact]
    public async Task A_paper_that_wants_readers_to_come_by_tells_the_standfirst_alone()
    {
        using var made = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        foreach (var path in new[] { "/feed.xml", "/atom.xml", "/feed.json" })
            Assert.Contains("One sentence of body.", (await lantern.GetAsync(path)).Text, StringComparison.Ordinal);
        await using var brief = lantern.WithWebHostBuilder(b => b.UseSetting("Feeds:FullText", "false"));
        using var client = brief.CreateClient();
        foreach (var path in new[] { "/feed.xml", "/atom.xml", "/feed.json" })
        {
            var text = await client.GetStringAsync(path, TestContext.Current.CancellationToken);
            Assert.DoesNotContain("One sentence of body.", text, StringComparison.Ordinal);
            Assert.Contains("What boats is about.", text, StringComparison.Ordinal);
        }
    }

    [Trait("Needs", "time")]
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
        await using var lantern = plain.WithWebHostBuilder(
            b => b.UseSetting("Feeds:Hub", $"http://{hub.Host}/hub").UseSetting("Outbound:Allow:0", hub.Host));
        using var client = lantern.CreateClient();
        Assert.Contains($"http://{hub.Host}/hub", await client.GetStringAsync("/atom.xml", TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        await using (var db = plain.StoreFromElsewhere())
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
