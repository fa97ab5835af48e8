using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NewsHub.Core.Editing;
using NewsHub.Core.Publishing;
using NewsHub.Core.Reading;
using NewsHub.Web.PageCache;

namespace NewsHub.Web.Tests.Reader;

/// <summary>
/// No word of a story is anywhere before it is published, nor after it is withdrawn, and none of an assignment ever. A stranger asks for
/// all that the program knows and all that one could guess, follows every link, twice; the sight of one sentinel is a failure.
/// </summary>
public sealed partial class LeakTests
{
    /// <summary>As long as the sentinels' stem: what an address that nobody ever thought of answers.</summary>
    private const string Never = "zebrafoal";

    [Trait("Needs", "time")]
    [Fact]
    public async Task No_word_of_an_unpublished_or_withdrawn_story_is_to_be_found_and_each_word_of_a_published_one_is()
    {
        await using var paper = await Sentinels.SetAsync();
        var seeds = Seeds(paper);
        Assert.True(seeds.Count > 1000, $"Only {seeds.Count} addresses to begin with.");

        var first = await CrawlAsync(paper, seeds);
        AssertTight(Leaks(paper, first));
        Assert.True(first.Count(a => a.Status is HttpStatusCode.OK && a.IsPage) > 60, "The crawl saw next to nothing.");
        Assert.True(first.Exists(a => a.Path == Sentinels.Live && a.Text.Contains("Pilots wait for the tide", StringComparison.Ordinal)),
            "The crawl did not see the live text of the story with a working copy.");
        Assert.True(paper.App.Services.GetRequiredService<PageCacheStore>().Count > 40,
            "Next to nothing is kept, so nothing was asked of what is.");
        // Now from what is kept.
        AssertTight(Leaks(paper, await CrawlAsync(paper, seeds, sends: false)));

        // The teeth: the same walk finds the same words once they are out, those and no others.
        await paper.ChangeAsync("draft", (db, story) => db.PublishAsync(story, story.Newest(), Desk.Editor, paper.App.Time.GetUtcNow()));
        await paper.ShowsAsync("/harbour", "xylophantdraftheadline");
        var after = await CrawlAsync(paper, seeds, sends: false);
        var address = "/harbour/2025/07/01/xylophantdraftslug";
        foreach (var path in new[] { "/", "/harbour", "/analysis", "/tags/xylophantdrafttag", "/authors/quillfeather-draft", address })
            Assert.True(Finds(path, "xylophantdraftheadline"), $"{path} does not show what was published.");
        Assert.True(after.Exists(a => a.Path == "/xylophantdraftformer/address" && a.Header("Location") == address),
            "The former address does not lead to the published story.");
        foreach (var place in new[]
        {
            "kicker", "headline", "standfirst", "body", "pullquote", "figurealt", "figurecaption", "role", "dateline", "alt", "owncaption",
            "credit", "tag", "slug", "seotitle", "seodescription",
        })
        {
            Assert.True(Finds(address, $"xylophantdraft{place}"), $"The published story does not show its {place}.");
        }
        Assert.True(Finds(address, paper.PictureKeys[0]), "The published story does not show its picture.");
        AssertTight(Leaks(paper, after, published: "draft"));

        bool Finds(string path, string word) => after.Exists(a => a.Path == path && a.Text.Contains(word, StringComparison.Ordinal));
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task An_unpublished_story_answers_as_one_that_was_never_thought_of()
    {
        await using var paper = await Sentinels.SetAsync();
        var different = new List<(string, string)>();
        foreach (var address in Seeds(paper).Where(s => s.Contains(Sentinels.Stem, StringComparison.Ordinal)
            && !s.StartsWith(Sentinels.Withdrawn, StringComparison.OrdinalIgnoreCase)))
        {
            var (asked, never) = (await paper.App.GetAsync(address),
                await paper.App.GetAsync(address.Replace(Sentinels.Stem, Never, StringComparison.Ordinal)));
            if (Shown(asked) != Shown(never))
                different.Add(
                    (address, $"answered {(int)asked.Status}, and what there never was {(int)never.Status}; or they differ in words"));
        }
        AssertTight(different);

        var gone = await paper.App.GetAsync(Sentinels.Withdrawn);
        Assert.Equal((HttpStatusCode.Gone, true), (gone.Status, gone.Text.Contains("It was not true.", StringComparison.Ordinal)));
        var editions = await Task.WhenAll(new[] { Sentinels.Unpublished, 4711 }.Select(n => paper.App.GetAsync($"/editions/{n}")));
        Assert.Equal(Shown(editions[1]), Shown(editions[0]));

        static string Shown(Answer answer) => string.Join('\n', answer.Headers
            .Where(h => h.Key is not "Date")
            .OrderBy(h => h.Key, StringComparer.Ordinal)
            .Select(h => $"{h.Key}: {h.Value}")
            .Prepend($"{(int)answer.Status}")
            .Append(answer.Text))
            .Replace(Sentinels.Stem, Never, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// Whoever holds a rendition's address gets the picture: proofs and preview links need it, and the address can be known only
    /// to someone who was shown it, or who has the very file. What must hold is that no page tells it (the crawl looks for the
    /// keys) and that it says no word itself.
    /// </summary>
    [Fact]
    public async Task The_address_of_an_unpublished_picture_says_nothing_of_it_and_neither_do_its_headers()
    {
        await using var paper = await Sentinels.SetAsync();
        foreach (var address in paper.PictureNames.Take(6))
        {
            var answer = await paper.App.GetAsync(address);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.DoesNotContain(Sentinels.Stem, address, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(answer.Headers, h => h.Value.Contains(Sentinels.Stem, StringComparison.OrdinalIgnoreCase));
        }
        foreach (var name in paper.Stories.Keys)
            Assert.Equal(HttpStatusCode.NotFound,
                (await paper.App.GetAsync($"/media/{paper.PictureKeys[0]}/{Sentinels.Stem}{name}file.jpg")).Status);
    }

    private static void AssertTight(IEnumerable<(string Where, string What)> leaks)
    {
        var all = leaks.Distinct().ToList();
        var told = all.GroupBy(l => l.What, l => l.Where)
            .Select(g => $"{string.Join(", ", g.Take(5))}{(g.Count() > 5 ? $" and {g.Count() - 5} more" : "")} {g.Key}");
        Assert.True(all.Count == 0, $"{all.Count} leaks:\n{string.Join('\n', told)}");
    }

    /// <summary>Asks for each address by GET and by HEAD, follows what it finds, and sends things to where one began.</summary>
    private static async Task<List<Answer>> CrawlAsync(Sentinels paper, IReadOnlyCollection<string> seeds, bool sends = true)
    {
        var answers = new List<Answer>();
        var seen = new HashSet<string>(seeds);
        var read = new HashSet<string>();
        var ahead = new Queue<string>(seen);
        while (ahead.TryDequeue(out var path))
        {
            var answer = await AskAsync(HttpMethod.Get, path);
            await AskAsync(HttpMethod.Head, path);
            // Of the notices, which are thousands and the same, one is enough.
            if (!read.Add(answer.Text) && answer.Header("Location") is null) continue;
            foreach (var link in LinksOf(answer).Where(seen.Add)) ahead.Enqueue(link);
        }
        foreach (var path in seeds.Where(s => sends && !s.Contains('?', StringComparison.Ordinal)))
        {
            await AskAsync(HttpMethod.Post, path);
            await AskAsync(HttpMethod.Options, path);
        }
        return answers;

        async Task<Answer> AskAsync(HttpMethod method, string path)
        {
            var answer = await paper.App.SendAsync(method, path);
            answers.Add(answer);
            return answer;
        }
    }

    private static IEnumerable<string> LinksOf(Answer answer)
    {
        var links = answer.Header("Location") is { } location ? [location] : Enumerable.Empty<string>();
        if (answer.IsPage)
            links = links.Concat(answer.Page
                .QuerySelectorAll("a[href], link[href], script[src], form[action]")
                .Select(e => e.GetAttribute("href") ?? e.GetAttribute("src") ?? e.GetAttribute("action")!));
        var here = new Uri(new Uri("http://localhost"), answer.Path);
        return links.Where(l => !l.StartsWith('#'))
            .Select(l => Uri.TryCreate(here, l, out var to) ? to : here)
            .Where(to => to.Host is "localhost")
            .Select(to => to.PathAndQuery);
    }

    /// <summary>Each sight of a sentinel, an echo of the address that was asked for included: no page of this paper repeats one. Pictures
    /// themselves are a test of their own.</summary>
    private static IEnumerable<(string Where, string What)> Leaks(Sentinels paper, IEnumerable<Answer> answers, string? published = null)
    {
        var keys = paper.PictureKeys.Where((_, i) => paper.Stories.Keys.ElementAt(i) != published).ToList();
        var clean = new HashSet<string>(StringComparer.Ordinal);
        foreach (var answer in answers)
        {
            if (paper.PictureNames.Contains(answer.Path.Split('?')[0])) continue;
            var all = string.Join('\n', answer.Headers.Select(h => $"{h.Key}: {h.Value}").Append(answer.Text));
            // The notices are thousands, and the same.
            if (clean.Contains(all)) continue;
            // A search prints what it was asked, and that alone is no word of a story: each has letters behind the stem.
            if (answer.Path.StartsWith("/search?q=", StringComparison.Ordinal)) all = Asked().Replace(all, "");
            var seen = Words()
                .Matches(all)
                .Select(m => m.Value.ToLowerInvariant())
                .Where(w => published is null || !w[Sentinels.Stem.Length..].StartsWith(published, StringComparison.Ordinal))
                .Concat(Authors().Matches(all).Select(m => m.Groups[1].Value.ToLowerInvariant())
                    .Where(a => a != published && !answer.Path.StartsWith($"/authors/{Sentinels.AuthorStem}-{a}",
                        StringComparison.OrdinalIgnoreCase)).Select(a => $"the author of the {a} story"))
                .Concat(keys.Where(k => all.Contains(k, StringComparison.Ordinal)).Select(k => $"the picture {k}"))
                .Concat(paper.Previews
                    .Where(l => !answer.Path.StartsWith(l, StringComparison.Ordinal) && all.Contains(l, StringComparison.Ordinal))
                    .Select(_ => "a preview link"))
                .Distinct().ToList();
            if (seen.Count > 0) yield return ($"{answer.Path} ({(int)answer.Status})", $"shows {string.Join(", ", seen)}");
            else if ((int)answer.Status >= 400) clean.Add(all);
        }
    }

    /// <summary>Every endpoint with all that could be asked of it, and what programs like this one are wont to have.</summary>
    private static List<string> Seeds(Sentinels paper)
    {
        var now = paper.App.Time.GetUtcNow();
        string[] slugs = [.. paper.Stories.Keys.SelectMany(
            n => new[] { $"{Sentinels.Stem}{n}tag", $"{Sentinels.Stem}{n}slug", $"{Sentinels.AuthorStem}-{n}" }),
            $"{Sentinels.Stem}assignmentopenslug", $"{Sentinels.Stem}assignmentstartedslug", "boats", "ada-night"];
        string[] ids = ["1", $"{paper.Stories["draft"]}", $"{paper.Stories["embargoed"]}", $"{paper.Stories["withdrawn"]}"];
        var cursors = paper.Stories.Values
            .SelectMany(id => new[] { new Cursor(now.AddSeconds(1), id.Value), new Cursor(now.AddDays(9), id.Value + 1) })
            .Select(c => $"?after={c}")
            .ToList();
        var seeds = new List<string>();
        foreach (var endpoint in paper.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>())
        {
            var route = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            var filled = route switch
            {
                "/media/{key}/{name}" =>
                    paper.PictureNames.Take(3).Concat(paper.PictureKeys.Select(k => $"/media/{k}/{Sentinels.Stem}draftfile.jpg")),
                "/{section}/{year:int}/{month:int}/{day:int}/{slug}" => paper.ArticleAddresses.Append(Sentinels.Live),
                "/{section}/{year:int}/{month:int}/{day:int}/{slug}/updates/{entry:long?}" =>
                    paper.ArticleAddresses.Append(Sentinels.Live).SelectMany(a => (string[])[$"{a}/updates", $"{a}/updates/1"]),
                "/preview/{token}" => paper.Previews.Concat(paper.Previews.Select(p => p[..^2])),
                _ => Fill(route),
            };
            string[] asked = route.StartsWith("/admin", StringComparison.Ordinal) ? ["", "?handler=Autosave"]
                : route.Contains("{slug}", StringComparison.Ordinal)
                    || route.StartsWith("/media", StringComparison.Ordinal)
                    || route.StartsWith("/preview", StringComparison.Ordinal) ? ["", "?after=0"]
                : ["", "?after=0", "?after=bad", "?year=2031", "?year=x", $"?q={Sentinels.Stem}", .. cursors];
            // Each address as it is; each query at two of its route: the first, an unpublished story's if it takes one, and the last.
            seeds.AddRange(filled);
            seeds.AddRange(from query in asked from path in new[] { filled.First(), filled.Last() } select path + query);
        }
        seeds.AddRange(paper.ArticleAddresses.SelectMany(a => new[] { a.ToUpperInvariant(), a + "/" }));
        seeds.AddRange(cursors.SelectMany(c => new[] { $"/tags/boats{c}", $"/authors/ada-night{c}" }));
        seeds.AddRange([
            $"/{Sentinels.Stem}draftformer/address",
            $"/{Sentinels.Stem}draftformer/address/",
            $"/search?q={Sentinels.Stem}",
            "/sitemap.xml",
            "/robots.txt",
            "/humans.txt",
            .. slugs.SelectMany(
                slug => new[] { $"/api/v1/stories?tag={slug}", $"/api/v1/stories?author={slug}", $"/api/v1/search?author={slug}" }),
            "/export",
            "/export.zip",
            "/content/stories",
            "/data/news.db",
            "/news.db",
            "/openapi/v1.json",
            .. paper.Stories.Keys.Select(n => $"/media/{Sentinels.Stem}{n}file.jpg")]);
        return [.. seeds.Distinct()];

        IEnumerable<string> Fill(string route)
        {
            IEnumerable<string> filled = [route];
            foreach (var parameter in Parameters().Matches(route).Select(m => m.Value).Distinct())
            {
                var name = parameter.Trim('{', '}').Split(':')[0];
                string[] values = name switch
                {
                    "section" => ["harbour", "hill", $"{Sentinels.Stem}draftslug"],
                    "colours" => ["1a4f8b-7fb2ee"],
                    "kind" => ["breaking", "analysis", "opinion", "live"],
                    "name" => ["about", "colophon", "code-of-conduct"],
                    "slug" => slugs,
                    "list" => [.. slugs, "harbour", "hill", "analysis", "opinion", "live"],
                    "number" => ["1", $"{Sentinels.Unpublished}", "0", "x"],
                    "entry" or "entryid" => ["1"],
                    "from" => ["usd", "xyl"],
                    "to" => ["eur", "xyl"],
                    "month" => ["2025-06", "2025-07", "2031-01"],
                    "key" => ["0123456789abcdef"],
                    "code" => ["404", "410", "500"],
                    "id" or "story" => ids,
                    "tag" => ["fr", "de"],
                    "way" => ["x", "copy"],
                    "link" => ["1", "2", "3"],
                    _ => throw new InvalidOperationException($"Nobody has said what to ask of {parameter} in {route}."),
                };
                filled = filled.SelectMany(_ => values, (path, value) => path.Replace(parameter, value, StringComparison.Ordinal));
            }
            return filled.ToList();
        }
    }

    [GeneratedRegex(Sentinels.Stem + "[a-z]*", RegexOptions.IgnoreCase)]
    private static partial Regex Words();

    [GeneratedRegex(Sentinels.Stem + "(?![a-z])", RegexOptions.IgnoreCase)]
    private static partial Regex Asked();

    [GeneratedRegex(Sentinels.AuthorStem + "[ -]([a-z]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Authors();

    [GeneratedRegex(@"\{[^{}]*(\([^)]*\))?[^{}]*\}")]
    private static partial Regex Parameters();
}
