using System.Text.Json.Serialization;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Core.Settings;
using NewsHub.Web.Assets;
using NewsHub.Web.PageCache;

namespace NewsHub.Web.Endpoints;

/// <summary>What a phone calls the paper on its home screen: kept like a page, until the settings change.</summary>
internal static class Manifest
{
    private sealed record Icon(
        string Src,
        string Type,
        string Sizes,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Purpose = null);

    public static void MapManifest(this IEndpointRouteBuilder app) =>
        app.MapGet("/manifest.webmanifest", (SiteSnapshot.Current snapshot, AssetStore assetStore, HttpContext context) =>
        {
            context.CachePage([Topic.SiteWide]);
            var site = snapshot.Now.Site;
            return Results.Json(new Dictionary<string, object>
            {
                ["name"] = site.Name,
                ["short_name"] = site.Name,
                ["description"] = site.Subtitle,
                ["lang"] = site.Language,
                ["id"] = "/",
                ["start_url"] = "/",
                ["display"] = "minimal-ui",
                ["background_color"] = "#fcfaf5",
                ["theme_color"] = "#161513",
                ["icons"] = new Icon[]
                {
                    new(assetStore.Url("img/favicon.svg"), "image/svg+xml", "any"),
                    new(assetStore.Url("img/icon-192.png"), "image/png", "192x192"),
                    new(assetStore.Url("img/icon-512.png"), "image/png", "512x512", "any maskable"),
                },
            }, contentType: "application/manifest+json");
        });
}
