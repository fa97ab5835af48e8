using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NewsHub.Core.Events;
using NewsHub.Web.Localization;
using NewsHub.Web.PageCache;
using NewsHub.Web.Tests.PageObjects;

namespace NewsHub.Web.Tests.Reader;

/// <summary>The paper's own words in the reader's language: chosen at the foot of a page, remembered only then, and kept
/// apart in the page cache.</summary>
public sealed class LanguageTests(SamplePaper paper)
{
    /// <summary>A page of every kind, and notices.</summary>
    private static readonly string[] Places =
    [
        "/", SamplePaper.LeadStory, SamplePaper.ArabicStory, SamplePaper.FrenchStory, "/science", "/opinion", "/live", "/breaking",
        "/analysis", "/editions", "/editions/26", "/editions/26/stories",
        "/corrections", "/feeds", "/offline", "/about", "/colophon", "/authors/jun-seo", "/tags/north-korea", "/search", "/search?q=river",
        "/search?q=zebrafoal+river", "/search?q=the&section=none", "/search?q=a&from=x&to=2025-01-01&order=z",
        "/rates", "/rates/usd-ngn", "/rates/usd-eur?span=week", "/rates/usd-eur?span=year", "/rates/usd-eur?span=all", "/rates/convert",
        "/rates/convert?amount=5&from=usd&to=jpy", "/rates/convert?amount=x&from=usd&to=jpy", "/rates/convert?amount=1&from=xxx&to=jpy",
        "/react/1", "/nothing-here", "/science?after=bad", "/error/500",
    ];

    private static async Task<Answer> AskAsync(
        NewsHubApp app, string path, string? cookie = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        using var answer = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(path, answer);
    }

    private Task<Answer> AskAsync(string path, string? cookie = null, params (string Name, string Value)[] headers) =>
        AskAsync(paper, path, cookie, headers);

    [Theory]
    [InlineData("en", "ltr")]
    [InlineData("fr", "ltr")]
    [InlineData("ar", "rtl")]
    [InlineData("ha", "ltr")]
    public async Task Every_page_says_its_language_and_direction_and_is_whole_in_it(string tag, string direction)
    {
        foreach (var place in Places)
        {
            var usual = await AskAsync(place);
            var answer = await AskAsync(place, $"lang={tag}");
            var html = answer.Page.DocumentElement;
            Assert.True((usual.Status, tag, direction, tag) == (answer.Status, html.GetAttribute("lang"), html.GetAttribute("dir"),
                answer.Header("Content-Language")), $"{place} in {tag}: {answer.Status}");
            var page = new PaperPage(answer.Page);
            Assert.Single(page.All("h1"));
            Assert.DoesNotContain("{", page.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
            Assert.Equal(Texts.All.Count, page.All(".languages a").Count());
            Assert.Equal(tag, page.One(".languages a[aria-current]")!.GetAttribute("lang"));
        }
    }

    [Fact]
    public async Task Each_language_is_offered_in_its_own_words()
    {
        var links = new PaperPage((await AskAsync("/")).Page).All(".languages a").ToList();
        Assert.Equal(["English", "Français", "العربية", "Hausa"], links.Select(a => a.Words()));
        Assert.All(links, a => Assert.Equal((a.GetAttribute("lang"), $"/language/{a.GetAttribute("lang")}"),
            (a.GetAttribute("hreflang"), a.GetAttribute("href"))));
    }

    [Fact]
    public async Task A_choice_is_remembered_and_leads_back_to_the_page_it_was_made_on()
    {
        var answer = await AskAsync(
            "/language/fr", null, ("Sec-Fetch-Site", "same-origin"), ("Referer", "http://localhost/science?after=1-2"));
        Assert.Equal((HttpStatusCode.Redirect, "/science?after=1-2", "no-store"),
            (answer.Status, answer.Header("Location"), answer.Header("Cache-Control")));
        Assert.StartsWith(
            "lang=fr; max-age=34560000; path=/; samesite=lax; httponly", answer.Header("Set-Cookie"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_comes_back_to_the_papers_own_language_is_forgotten()
    {
        var back = await AskAsync("/language/en", "lang=fr", ("Sec-Fetch-Site", "same-origin"));
        Assert.Contains("lang=; expires=Thu, 01 Jan 1970", back.Header("Set-Cookie"), StringComparison.Ordinal);
        Assert.Null((await AskAsync("/language/en", null, ("Sec-Fetch-Site", "same-origin"))).Header("Set-Cookie"));
    }

    [Theory]
    [InlineData("https://evil.example/page", "/")]
    [InlineData("http://localhost//evil.example", "/")]
    [InlineData("http://localhost/language/ar", "/")]
    [InlineData("no address", "/")]
    [InlineData("http://localhost/rates/usd-ngn", "/rates/usd-ngn")]
    public async Task A_choice_leads_back_to_a_page_of_this_paper_only(string from, string to)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/language/fr");
        request.Headers.TryAddWithoutValidation("Referer", from);
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var answer = await paper.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(to, answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Another_site_or_a_browser_that_fetches_ahead_chooses_nothing()
    {
        foreach (var answer in new[]
        {
            await AskAsync("/language/fr", null, ("Sec-Fetch-Site", "cross-site")),
            await AskAsync("/language/fr", null, ("Sec-Fetch-Site", "same-site")),
            await AskAsync("/language/fr", null, ("Sec-Fetch-Site", "same-origin"), ("Sec-Purpose", "prefetch")),
            await AskAsync("/language/fr"),
            await AskAsync("/language/fr", null, ("Referer", "https://evil.example/")),
        })
            Assert.Equal((HttpStatusCode.Forbidden, null), (answer.Status, answer.Header("Set-Cookie")));
        // A browser of old says only where it comes from.
        Assert.Equal(HttpStatusCode.Redirect, (await AskAsync("/language/fr", null, ("Referer", "http://localhost/science"))).Status);
    }

    [Fact]
    public async Task There_is_no_language_but_ours()
    {
        foreach (var tag in new[] { "de", "xx", "fr-CA" })
            Assert.Equal((HttpStatusCode.NotFound, null), ((await AskAsync(
                $"/language/{tag}", null, ("Sec-Fetch-Site", "same-origin"))) is var a ? (a.Status, a.Header("Set-Cookie")) : default));
    }

    [Fact]
    public async Task Who_has_not_chosen_gets_the_same_bytes_whatever_else_the_browser_says()
    {
        var usual = await AskAsync("/science");
        foreach (var cookie in new[]
        {
            "lang=en", "lang=de", "lang=FR", "lang=", "lang", "lang=fr-CA", "xlang=fr", "lang=frx", "a=lang=fr; b=c",
            "theme=dark; reader=1", ";;; =", "__Host-lang=fr",
        })
        {
            var answer = await AskAsync("/science", cookie);
            Assert.True((usual.Text, usual.Header("ETag"), "Accept-Encoding", "public, must-revalidate, max-age=0") == (
                answer.Text, answer.Header("ETag"), answer.Header("Vary"), answer.Header("Cache-Control")), cookie);
        }
        var asked = await AskAsync("/science", null, ("Accept-Language", "ar, fr;q=0.9"));
        Assert.Equal(usual.Text, asked.Text);
        Assert.Null(asked.Header("Set-Cookie"));
    }

    [Fact]
    public async Task A_page_in_a_chosen_language_is_kept_beside_the_others_and_no_shared_cache_may_keep_it()
    {
        await using var app = new NewsHubApp();
        var cache = app.Services.GetRequiredService<PageCacheStore>();
        var english = await AskAsync(app, "/science");
        var (count, misses) = (cache.Count, cache.Misses);
        var french = await AskAsync(app, "/science", "theme=dark; lang=fr");
        Assert.Equal((count + 1, misses + 1), (cache.Count, cache.Misses));
        var again = await AskAsync(app, "/science?utm_source=x", "lang=fr; x=y");
        Assert.Equal((french.Text, count + 1, misses + 1), (again.Text, cache.Count, cache.Misses));
        Assert.Equal(english.Text, (await AskAsync(app, "/science")).Text);
        Assert.NotEqual(english.Header("ETag"), french.Header("ETag"));
        Assert.Equal(("must-revalidate, max-age=0, private", "Accept-Encoding, Cookie", "fr"),
            (again.Header("Cache-Control"), again.Header("Vary"), again.Header("Content-Language")));
        // A browser that holds the English page is not told that it still stands.
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(app, "/science", "lang=fr", ("If-None-Match", english.Header("ETag")!))).Status);
        Assert.Equal(
            HttpStatusCode.NotModified, (await AskAsync(app, "/science", "lang=fr", ("If-None-Match", french.Header("ETag")!))).Status);
        // An eviction is about the page in every language.
        cache.Evict([Topic.SiteWide]);
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public async Task Files_for_machines_are_in_the_papers_own_language_whatever_was_chosen()
    {
        foreach (var file in new[]
        {
            "/rss.xml", "/opinion/atom.xml", "/feed.json", "/sitemap.xml", "/manifest.webmanifest", "/rates/usd-eur.csv", "/robots.txt",
        })
        {
            var (usual, chosen) = (await AskAsync(file), await AskAsync(file, "lang=fr"));
            Assert.True((usual.Status, usual.Text, usual.Header("Cache-Control"), usual.Header("Vary")) == (
                chosen.Status, chosen.Text, chosen.Header("Cache-Control"), chosen.Header("Vary")), file);
        }
    }

    [Fact]
    public async Task No_flood_of_cookies_makes_the_cache_grow()
    {
        await using var app = new NewsHubApp();
        var cache = app.Services.GetRequiredService<PageCacheStore>();
        await AskAsync(app, "/science");
        var count = cache.Count;
        for (var c = 'a'; c <= 'z'; c++) await AskAsync(app, "/science", $"lang=x{c}");
        Assert.Equal(count, cache.Count);
        foreach (var texts in Texts.All) await AskAsync(app, "/science", $"lang={texts.Tag}");
        Assert.Equal(count + Texts.All.Count - 1, cache.Count);
    }

    [Fact]
    public async Task No_address_poses_as_a_page_in_another_language()
    {
        var french = await AskAsync("/science", "lang=fr");
        foreach (var path in new[] { "/fr:/science", "/fr%3A%2Fscience", "//fr:/science" })
            Assert.NotEqual(french.Text, (await AskAsync(path)).Text);
    }

    [Fact]
    public async Task A_paper_in_French_is_French_by_itself_and_English_for_whoever_asks()
    {
        using var made = new MadeUpPaper().Story("2025-06-30", "boats", "Les bateaux sont là", "language: fr");
        made.Write("site.json", (await File.ReadAllTextAsync(Path.Combine(made.Folder, "site.json"), TestContext.Current.CancellationToken))
            .Replace("\"name\"", "\"language\": \"fr\", \"name\"", StringComparison.Ordinal));
        await using var lantern = new NewsHubApp { Content = made.Folder };
        const string story = "/harbour/2025/06/30/boats";
        var french = await AskAsync(lantern, story);
        Assert.Equal(("fr", "public, must-revalidate, max-age=0"),
            (french.Page.DocumentElement.GetAttribute("lang"), french.Header("Cache-Control")));
        Assert.Null(french.Page.QuerySelector(".story")!.GetAttribute("lang"));
        Assert.Contains(
            "Publié le 30 juin 2025 à 12:00 UTC", french.Page.QuerySelector(".dateline")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(french.Text, (await AskAsync(lantern, story, "lang=fr")).Text);
        var english = await AskAsync(lantern, story, "lang=en");
        Assert.Equal(
            ("en", "fr"), (english.Page.DocumentElement.GetAttribute("lang"), english.Page.QuerySelector(".story")!.GetAttribute("lang")));
        Assert.Contains(
            "Published 30 June 2025, 12:00 UTC", english.Page.QuerySelector(".dateline")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("en", (await AskAsync(lantern, "/admin/sign-in")).Page.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task A_story_keeps_its_own_language_and_direction_in_every_page()
    {
        var inEnglish = (await AskAsync(SamplePaper.ArabicStory)).Page.QuerySelector(".story")!;
        Assert.Equal(("ar", "rtl"), (inEnglish.GetAttribute("lang"), inEnglish.GetAttribute("dir")));
        Assert.Equal(("en", "ltr"),
            (inEnglish.QuerySelector(".story-foot")!.GetAttribute("lang"), inEnglish.QuerySelector(".story-foot")!.GetAttribute("dir")));
        var inArabic = (await AskAsync(SamplePaper.ArabicStory, "lang=ar")).Page.QuerySelector(".story")!;
        Assert.Equal((null, null, null),
            (inArabic.GetAttribute("lang"), inArabic.GetAttribute("dir"), inArabic.QuerySelector(".story-foot")!.GetAttribute("dir")));
        var lead = (await AskAsync(SamplePaper.LeadStory, "lang=ar")).Page;
        Assert.Equal(("en", "ltr", "rtl"), (lead.QuerySelector(".story")!.GetAttribute("lang"),
            lead.QuerySelector(".story")!.GetAttribute("dir"), lead.QuerySelector(".story-foot")!.GetAttribute("dir")));
        var french = (await AskAsync(SamplePaper.FrenchStory, "lang=ar")).Page.QuerySelector(".story")!;
        Assert.Equal(("fr", "ltr"), (french.GetAttribute("lang"), french.GetAttribute("dir")));
        // What the settings say is in the paper's own language, and says so.
        Assert.All(lead.QuerySelectorAll(".sections li:not(.kind), .subtitle, .nameplate, .reaction span"),
            e => Assert.Equal(("en", "ltr"), (e.Closest("[lang]")!.GetAttribute("lang"), e.Closest("[dir]")!.GetAttribute("dir"))));
    }

    [Fact]
    public async Task An_Arabic_page_speaks_Arabic()
    {
        var page = new PaperPage((await AskAsync(SamplePaper.LeadStory, "lang=ar")).Page);
        Assert.Equal("بقلم Amara Okafor in Newark و Jun Seo in Seoul", page.One(".bylines")!.Words().Replace('\u00a0', ' '));
        Assert.Contains("نُشر في 1 يوليو 2025، 08:10 بتوقيت غرينتش", page.One(".dateline")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("لا مشاركات", page.One(".engagement .shares")!.Words());
        // The script that goes on counting has every form that it may need.
        Assert.All(Plurals.Of("ar"), form => Assert.NotNull(page.One(".engagement .readers")!.GetAttribute($"data-{form}")));
        Assert.Equal("الثلاثاء، 1 يوليو 2025", page.One(".folio time")!.Words());
        Assert.Equal("EUR 0.85", string.Join(' ', page.One(".ticker-pairs li a")!.Words().Split(' ')[2..4]));
    }

    [Fact]
    public async Task Errors_and_what_is_sent_in_are_answered_in_the_readers_language()
    {
        Assert.Equal(
            "Cette page n’est pas dans le journal", (await AskAsync("/nothing-here", "lang=fr")).Page.QuerySelector("h1")!.TextContent);
        using var request =
            new HttpRequestMessage(HttpMethod.Post, "/react/1") { Content = new FormUrlEncodedContent([new("kind", "nothing")]) };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        request.Headers.Add("Accept", "application/json");
        request.Headers.Add("Cookie", "lang=fr");
        using var answer = await paper.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Contains(
            "Cette réaction n",
            System.Text.RegularExpressions.Regex.Unescape(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)),
            StringComparison.Ordinal);
    }
}
