using System.Buffers;
using NewsHub.Core.Audience;
using NewsHub.Web.Http;

namespace NewsHub.Web.PageCache;

/// <summary>
/// Counts who comes in to read, on the page's own way: a look at a few headers and a place in a queue. Machines, pages fetched ahead or by
/// a script, and everyone who asks not to be counted (Global Privacy Control) pass uncounted.
/// </summary>
internal sealed class PageViewCounter(AudienceCounts audienceCounts, TimeProvider clock)
{
    private static readonly SearchValues<string> Machines = SearchValues.Create(
        [
            "bot", "crawl", "spider", "slurp", "preview", "headless", "curl", "wget", "python", "http", "java/", "go-", "feed", "monitor",
            "lighthouse", "scrap",
        ], StringComparison.OrdinalIgnoreCase);

    /// <summary>A program that reads, by what it calls itself; one that calls itself nothing is one too.</summary>
    public static bool IsMachine(string agent) => agent.Length == 0 || agent.AsSpan().ContainsAny(Machines);

    /// <summary>Somebody who looks at the answer, and does not mind being counted.</summary>
    public static bool IsReader(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (IsMachine(headers.UserAgent.ToString()) || HeadAnswers.IsHead(context)) return false;
        if (headers["Sec-GPC"] == "1" || headers["Sec-Purpose"].Count > 0) return false;
        // Browsers that say what an answer is for: only what comes into a window is looked at.
        // (What our worker fetches for a window has lost the word, but not that somebody goes there.)
        return headers["Sec-Fetch-Dest"] is not { Count: > 0 } use
            || use == "document"
            || use == "empty" && headers["Sec-Fetch-Mode"] == "navigate";
    }

    public void Count(HttpContext context, string key)
    {
        if (!IsReader(context)) return;
        var headers = context.Request.Headers;
        var query = key.IndexOf('?', StringComparison.Ordinal);
        audienceCounts.Count(new Visit(query < 0 ? key : key[..query], context.Connection.RemoteIpAddress, headers.UserAgent.ToString(),
            headers.Referer.ToString(), context.Request.Host.Value, clock.GetUtcNow()));
    }
}
