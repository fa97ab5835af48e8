using NewsHub.Core.Settings;

namespace NewsHub.Web.Assets;

/// <summary>
/// The style sheet of a paper with an accent colour of its own: two colours, on light paper and on dark. Its address names both, so what
/// stands there never changes, and a page that a browser has kept keeps its colour.
/// </summary>
public static class AccentSheet
{
    public static string Address(string accent) => $"/accent/{accent[1..]}-{Accent.ForDark(accent)[1..]}.css";

    public static void MapAccentSheet(this IEndpointRouteBuilder app) =>
        app.MapGet("/accent/{colours}.css", (string colours, HttpContext context) =>
        {
            if (colours.Split('-') is not [var light, var dark] || !Accent.IsColour('#' + light) || !Accent.IsColour('#' + dark))
                return Results.NotFound();
            context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return Results.Text($"@layer tokens{{:root{{--signal:light-dark(#{light},#{dark})}}}}\n", "text/css; charset=utf-8");
        });
}
