using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NewsHub.Core.Reading;

namespace NewsHub.Web.Tests.Setup;

/// <summary>No endpoint answers HEAD by itself: the program's one middleware does for all that answer GET.</summary>
public sealed partial class HeadTests(SamplePaper paper)
{
    /// <summary>Headers that say when, to whom or how an answer was sent, so that no two of them are the same.</summary>
    private static readonly HashSet<string> OfOneAnswer = new(StringComparer.OrdinalIgnoreCase) { "Date", "Set-Cookie", "Content-Length" };

    [Trait("Needs", "time")]
    [Fact]
    public async Task Every_endpoint_that_answers_GET_answers_HEAD_with_the_same_status_and_headers_and_no_body()
    {
        var found = 0;
        foreach (var (path, _) in Readable())
        {
            // Whatever is made for the first that asks, a picture or a kept page, is there for both.
            await paper.GetAsync(path);
            var (got, head) = (await paper.GetAsync(path), await paper.SendAsync(HttpMethod.Head, path));
            Assert.Equal((path, got.Status, Headers(got), ""), (path, head.Status, Headers(head), head.Text));
            if (got.Status is HttpStatusCode.OK) found++;
        }
        Assert.True(found > 40, $"Only {found} addresses were filled in so that there is something.");
    }

    [Fact]
    public async Task Whoever_sends_a_form_to_what_can_only_be_read_is_told_of_HEAD_too()
    {
        foreach (var (path, _) in Readable().Where(e => !e.Sends && !e.Path.StartsWith("/admin", StringComparison.Ordinal)))
        {
            var answer = await paper.SendAsync(HttpMethod.Post, path);
            var allowed = path.StartsWith("/api/", StringComparison.Ordinal) ? "GET, HEAD, OPTIONS" : "GET, HEAD";
            Assert.Equal((path, HttpStatusCode.MethodNotAllowed, allowed), (path, answer.Status, answer.Header("Allow")));
        }
    }

    /// <summary>An address of every endpoint that answers GET, and whether the same address takes a form.</summary>
    private List<(string Path, bool Sends)> Readable()
    {
        _ = paper.Client;
        return
        [
            .. paper.Services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>()
                .SelectMany(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"],
                    (e, method) => (Path: Filled(e.RoutePattern.RawText!), Method: method))
                .GroupBy(e => e.Path, e => e.Method)
                .Where(methods => methods.Contains("GET"))
                .Select(methods => (methods.Key, methods.Contains("POST"))),
        ];
    }

    private string Filled(string route)
    {
        var address = "/" + route.TrimStart('/');
        if (address is "/{section}/{year:int}/{month:int}/{day:int}/{slug}") return SamplePaper.LeadStory;
        var isOf = (string part) => address.Contains(part, StringComparison.Ordinal);
        return Parameter().Replace(address, match => match.Value.Trim('{', '}').Split(':')[0] switch
        {
            "section" or "list" or "slug" => isOf("authors/") ? "jun-seo" : isOf("tags/") ? "north-korea" : "science",
            "colours" => "1a4f8b-7fb2ee",
            "kind" => "opinion",
            "name" => isOf("media/") ? "320.jpg" : isOf("try/") ? "story" : "about",
            "number" => "27",
            "from" => "usd",
            "to" => "ngn",
            "year" => "2025",
            "month" => isOf("sitemaps/") ? "2025-06" : "7",
            "day" or "id" or "story" or "entry" or "entryid" or "link" => "1",
            "key" => isOf("cards/paper") ? paper.Services.GetRequiredService<SiteSnapshot.Current>().Now.Card.Key : "0123456789abcdef0123",
            "code" => "404",
            "tag" => "fr",
            "token" => "none",
            "way" => "x",
            _ => throw new InvalidOperationException($"Nobody has said what to ask of {match.Value} in {route}."),
        });
    }

    private static string Headers(Answer answer) => string.Join('\n', answer.Headers
        .Where(h => !OfOneAnswer.Contains(h.Key)).OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"{h.Key}: {h.Value}"));

    [GeneratedRegex(@"\{[^{}]*(\([^)]*\))?[^{}]*\}")]
    private static partial Regex Parameter();
}
