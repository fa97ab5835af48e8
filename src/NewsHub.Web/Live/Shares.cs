using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Web.Http;
using NewsHub.Web.Options;

namespace NewsHub.Web.Live;

/// <summary>Handing a story on: links that lead to the usual networks and count, and the word of a script that
/// something else was used.</summary>
internal static class Shares
{
    /// <summary>Where each network takes a text and a link. Nothing but these is ever led to.</summary>
    private static readonly Dictionary<string, (string Name, string Address)> Networks = new(StringComparer.Ordinal)
    {
        ["whatsapp"] = ("WhatsApp", "https://wa.me/?text={words}%20{link}"),
        ["x"] = ("X", "https://x.com/intent/post?text={words}&url={link}"),
        ["facebook"] = ("Facebook", "https://www.facebook.com/sharer/sharer.php?u={link}"),
        ["linkedin"] = ("LinkedIn", "https://www.linkedin.com/sharing/share-offsite/?url={link}"),
        ["bluesky"] = ("Bluesky", "https://bsky.app/intent/compose?text={words}%20{link}"),
        ["telegram"] = ("Telegram", "https://t.me/share/url?url={link}&text={words}"),
    };

    /// <summary>What a script says was used.</summary>
    private static readonly string[] Ways = ["sheet", "copy", "email"];

    /// <summary>The links of the box at a story, by their names.</summary>
    public static IEnumerable<(string Way, string Name)> Links => Networks.Select(n => (n.Key, n.Value.Name));

    /// <summary>A mail that the reader's own program sends.</summary>
    public static string EmailLink(string headline, string address) =>
        $"mailto:?subject={Uri.EscapeDataString(headline)}&body={Uri.EscapeDataString(address)}";

    public static void MapShares(this IEndpointRouteBuilder app)
    {
        app.MapGet("/share/{story:long}/{way}", LeadAsync);
        app.MapPost("/share/{story:long}/{way}", CountAsync).DisableAntiforgery();
    }

    private static async Task<IResult> LeadAsync(
        long story, string way, HttpContext context, Reader reader, PublishedNews news, SiteOptions site)
    {
        if (!Networks.TryGetValue(way, out var network)
            || await news.ReactedAsync(new StoryId(story), null, context.RequestAborted) is not { } shared) return Results.NotFound();
        context.NeverKeep();
        context.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        // A person's press on a link of ours says so. Whoever fetches ahead, crawls, or was sent here by another
        // site is led on and not counted.
        var headers = context.Request.Headers;
        if (headers["Sec-Fetch-Site"] == "same-origin"
            && headers["Sec-Fetch-User"] == "?1"
            && !headers.ContainsKey("Sec-Purpose")
            && await reader.FloodAsync(context) is null)
        {
            // The reader wants to share: that it may not be counted is ours to bear, and nothing to wait for.
            await reader.SendAsync(context, shared.Id, null, way);
            context.Response.Headers.RetryAfter = default;
        }
        var link = Uri.EscapeDataString(site.AddressOf(shared.Address));
        return Results.Redirect(network.Address
            .Replace("{words}", Uri.EscapeDataString(shared.Headline), StringComparison.Ordinal)
            .Replace("{link}", link, StringComparison.Ordinal));
    }

    private static async Task<IResult> CountAsync(long story, string way, HttpContext context, Reader reader)
    {
        if (await reader.RefuseAsync(context) is { } refused) return refused;
        if (!Ways.Contains(way) && !Networks.ContainsKey(way))
            return Reader.Problem(context, StatusCodes.Status400BadRequest, "There is no such way to share.");
        var (tally, unkept) = await reader.SendAsync(context, new StoryId(story), null, way);
        return unkept ?? Results.Json(new { shares = tally!.Shares, reactions = tally.Reactions });
    }
}
