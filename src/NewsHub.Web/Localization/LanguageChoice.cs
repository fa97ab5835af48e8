using NewsHub.Web.Http;

namespace NewsHub.Web.Localization;

/// <summary>The reader's choice of a language, by a link at the foot of every page; then back to that page.</summary>
internal static class LanguageChoice
{
    public static void MapLanguageChoice(this IEndpointRouteBuilder app) => app.MapGet("/language/{tag}", (
        string tag, HttpContext context, Languages languages) =>
    {
        if (Texts.Of(tag) is not { } chosen) return Results.NotFound();
        context.NeverKeep();
        context.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        var headers = context.Request.Headers;
        var back = Back(context.Request);
        // Only a press on a link of ours is a choice, or an address that somebody typed: not what another site leads
        // to, nor what is fetched ahead.
        var isOurs = headers.TryGetValue("Sec-Fetch-Site", out var from) ? from == "same-origin" || from == "none" : back is not null;
        if (!isOurs || headers.ContainsKey("Sec-Purpose")) return Results.StatusCode(StatusCodes.Status403Forbidden);
        languages.Remember(context, chosen);
        return Results.LocalRedirect(back ?? "/");
    });

    /// <summary>The page that the link stood on, as the browser tells it; null where it is none of ours. So no page's bytes need to
    /// hold its own address.</summary>
    internal static string? Back(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Referer.ToString(), UriKind.Absolute, out var page) && page.Authority == request.Host.Value
        && page.PathAndQuery is var path && !path.StartsWith(
            "//", StringComparison.Ordinal) && !path.StartsWith("/language/", StringComparison.OrdinalIgnoreCase) ? path : null;
}
