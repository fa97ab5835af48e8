using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using NewsHub.Web.Tests.PageObjects;

namespace NewsHub.Web.Tests.Reader;

/// <summary>What holds on every page: the whole sample paper is crawled from its front, error pages are added.</summary>
public sealed partial class HouseStyleTests(SamplePaper paper)
{
    private static readonly string[] Notices =
        ["/nothing-here", "/sport/2025/01/01/never-printed", "/editions/999", "/science?after=bad", "/error/500"];

    private async Task<IReadOnlyList<PaperPage>> PagesAsync() => [.. (await WithNoticesAsync()).Select(a => new PaperPage(a.Page))];

    private async Task<List<Answer>> WithNoticesAsync()
    {
        var pages = (await paper.PagesAsync()).Where(p => p.IsPage).ToList();
        foreach (var notice in Notices) pages.Add(await paper.GetAsync(notice));
        return pages;
    }

    private async Task HoldsAsync(Func<PaperPage, Answer, string?> wrong)
    {
        var answers = await WithNoticesAsync();
        Assert.Empty(answers.Select(a => (a.Path, Wrong: wrong(new PaperPage(a.Page), a)))
            .Where(w => w.Wrong is not null)
            .Select(w => $"{w.Path}: {w.Wrong}"));
    }

    [Fact]
    public async Task Every_link_within_the_paper_leads_to_a_page()
    {
        var pages = await paper.PagesAsync();
        Assert.True(pages.Count > 100, $"The crawl found {pages.Count} pages only.");
        Assert.Empty(pages.Where(p => p.Status != HttpStatusCode.OK).Select(p => $"{p.Path} {(int)p.Status}"));
        foreach (var known in new[]
        {
            "/editions/24", "/corrections", "/about", "/colophon", "/live", "/authors/jun-seo", SamplePaper.ArabicStory,
        })
        {
            Assert.Contains(pages, p => p.Path == known);
        }
    }

    [Fact]
    public async Task Every_link_to_a_place_on_a_page_finds_it()
    {
        var pages = (await paper.PagesAsync()).Where(p => p.IsPage).ToDictionary(p => p.Path);
        var bad = from page in pages.Values
                  from link in page.Page.QuerySelectorAll("a[href*='#']")
                  let target = new Uri(new Uri(new Uri("http://localhost"), page.Path), link.GetAttribute("href")!)
                  where target.Host == "localhost"
                      && pages.TryGetValue(target.PathAndQuery, out var other)
                      && other.Page.GetElementById(Uri.UnescapeDataString(target.Fragment[1..])) is null
                  select $"{page.Path}: {link.GetAttribute("href")}";
        Assert.Empty(bad);
    }

    [Fact]
    public Task Every_page_has_exactly_one_h1() =>
        HoldsAsync((page, _) => page.All("h1").Count() == 1 ? null : $"{page.All("h1").Count()} h1");

    [Fact]
    public Task Headings_leave_no_level_out() => HoldsAsync((page, _) =>
    {
        var outline = page.Outline;
        if (outline[0] != 1) return $"starts with h{outline[0]}";
        var gap = Enumerable.Range(1, outline.Count - 1).FirstOrDefault(i => outline[i] > outline[i - 1] + 1);
        return gap == 0
            ? null
            : $"h{outline[gap - 1]} is followed by h{outline[gap]} “{page.All("h1, h2, h3, h4, h5, h6").ElementAt(gap).Words()}”";
    });

    [Fact]
    public Task Every_page_has_a_title_a_description_and_a_language() => HoldsAsync((page, _) =>
        page.Title.Length < 5 ? "title" : string.IsNullOrWhiteSpace(page.Description) ? "description"
        : page.Document.DocumentElement.GetAttribute("lang") != "en" ? "lang" : page.Title.Contains(
            "E-News", StringComparison.Ordinal) ? null : "the paper's name is not in the title");

    [Fact]
    public async Task No_two_pages_share_a_title_or_a_canonical_address()
    {
        var pages =
            (await paper.PagesAsync()).Where(p => p.IsPage).Select(p => new PaperPage(p.Page)).Where(p => p.Canonical is not null).ToList();
        Assert.Empty(pages.GroupBy(p => p.Title).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.Empty(pages.GroupBy(p => p.Canonical).Where(g => g.Count() > 1).Select(g => g.Key));
    }

    [Fact]
    public Task A_page_is_either_canonical_or_hidden_from_search_engines() => HoldsAsync((page, answer) =>
    {
        if (answer.Status != HttpStatusCode.OK)
            return page is { Canonical: null, IsHiddenFromSearch: true } ? null : "an error page that may be indexed";
        if (answer.Path.Contains("after=", StringComparison.Ordinal)
            || answer.Path.Contains("span=", StringComparison.Ordinal)
            || answer.Path.Contains("/updates", StringComparison.Ordinal))
        {
            return page is { Canonical: null, IsHiddenFromSearch: true } ? null : "a stretch of a list that may be indexed";
        }
        return page is { Canonical: { } own, IsHiddenFromSearch: false } && own == "http://localhost:5080" + answer.Path
            ? null
            : $"canonical is {page.Canonical}";
    });

    [Fact]
    public Task The_canonical_address_comes_from_the_settings() => HoldsAsync((page, _) =>
        page.Canonical?.StartsWith("http://localhost:5080/", StringComparison.Ordinal) != false ? null : page.Canonical);

    [Fact]
    public Task Every_page_has_its_landmarks_and_the_skip_link_comes_first() => HoldsAsync((page, _) =>
    {
        var first = page.Document.Body!.FirstElementChild!;
        if (first.GetAttribute("href") != "#main" || page.Document.GetElementById("main")?.LocalName != "main") return "skip link";
        if (page.All("body > header").Count() != 1 || page.All("main").Count() != 1 || page.All("body > footer").Count() != 1)
            return "header, main, footer";
        return page.All("nav").All(n => n.HasAttribute("aria-label") || n.HasAttribute("aria-labelledby")) ? null : "a nav without a name";
    });

    [Fact]
    public Task Landmarks_and_labels_name_what_is_there() => HoldsAsync((page, _) =>
    {
        foreach (var element in page.All("[aria-labelledby]"))
            if (element.GetAttribute("aria-labelledby")!.Split(' ').Any(id => page.Document.GetElementById(id) is null))
                return element.GetAttribute("aria-labelledby");
        return page.All("[id]").GroupBy(e => e.Id).FirstOrDefault(g => g.Count() > 1)?.Key;
    });

    [Fact]
    public Task Times_are_UTC_instants_or_plain_days() => HoldsAsync((page, _) =>
        page.All("time").Select(t => t.GetAttribute("datetime")).FirstOrDefault(t => t is null
            || !(DateOnly.TryParseExact(t, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly _)
                || DateTime.TryParseExact(
                    t, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime _)))
        is { } bad ? $"time {bad}" : page.All("time:not([datetime])").Any() ? "a time without its instant" : null);

    [Fact]
    public Task No_page_sets_a_cookie() => HoldsAsync((_, answer) => answer.Header("Set-Cookie"));

    [Fact]
    public Task Nothing_loads_from_elsewhere() => HoldsAsync((page, _) =>
        page.All("[src], [srcset], [poster], link[href], object[data], iframe")
            // Addresses of this very page, which nobody loads.
            .Where(e => e.GetAttribute("rel") is not ("canonical" or "expect") && !e.HasAttribute("hreflang"))
            .SelectMany(e => new[]
            {
                e.GetAttribute("src"),
                e.GetAttribute("poster"),
                e.GetAttribute("data"),
                e.LocalName == "link" ? e.GetAttribute("href") : null,
            }
                .Concat(e.GetAttribute("srcset")?.Split(',').Select(s => s.Trim()) ?? []))
            .FirstOrDefault(a => a is not null && (!a.StartsWith('/') || a.StartsWith("//", StringComparison.Ordinal))));

    [Fact]
    public Task No_page_carries_inline_styles_or_handlers_and_one_known_script_only() => HoldsAsync((page, answer) =>
    {
        if (page.All("style, [style]").FirstOrDefault() is { } styled) return styled.OuterHtml;
        if (page.All("*").FirstOrDefault(e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.Ordinal))) is { } handled)
            return handled.OuterHtml;
        var inline = page.All("script:not([src], [type='application/ld+json'])").ToList();
        if (inline.Count != 1) return $"{inline.Count} inline scripts";
        var hash = Convert.ToBase64String(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(inline[0].TextContent)));
        return answer.Header("Content-Security-Policy")!.Contains($"'sha256-{hash}'", StringComparison.Ordinal)
            ? null
            : "the policy does not know the inline script";
    });

    [Fact]
    public Task Every_page_carries_the_security_headers() => HoldsAsync((_, answer) =>
        new[]
        {
            "Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy",
            "Cross-Origin-Embedder-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy",
        }
            .FirstOrDefault(h => answer.Header(h) is null));

    [Fact]
    public async Task Every_asset_a_page_names_is_there_for_good_and_is_what_the_page_says_it_is()
    {
        var assets = (await PagesAsync())
            .SelectMany(p => p.All("script[src], link[href]"))
            .Where(e => e.GetAttribute("rel") != "canonical" && !e.HasAttribute("hreflang"))
            .Select(e => (Address: e.GetAttribute("src") ?? e.GetAttribute("href")!, Integrity: e.GetAttribute("integrity")))
            .Distinct()
            .ToList();
        Assert.Contains(assets, a => a.Address.EndsWith(".css", StringComparison.Ordinal));
        foreach (var (address, integrity) in assets)
        {
            using var answer = await paper.Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, address);
            var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            if (integrity is not null)
                Assert.Equal(integrity, "sha384-" + Convert.ToBase64String(System.Security.Cryptography.SHA384.HashData(bytes)));
            if (Fingerprinted().IsMatch(address))
                Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Reader_pages_hold_no_form_that_posts_but_for_reactions_and_the_newsletter_and_no_token()
    {
        foreach (var page in await PagesAsync())
        {
            Assert.Empty(page.All(
                "form[method]:not(.react, .subscribe), form[action]:not(.react, .subscribe, .converter, .ask), input[type=hidden]"));
            Assert.DoesNotContain("RequestVerificationToken", page.Document.DocumentElement.OuterHtml, StringComparison.Ordinal);
        }
    }

    [GeneratedRegex(@"^/assets/.+\.[0-9a-f]{8}\.\w+$")]
    private static partial Regex Fingerprinted();
}
