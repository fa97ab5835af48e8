using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using NewsHub.Core.Media;
using NewsHub.Core.Store;
using NewsHub.Web.Setup;

namespace NewsHub.Web.Live;

/// <summary>Renditions of pictures. An address names the bytes for good, so browsers never ask twice.</summary>
internal static class Media
{
    public static void MapMedia(this IEndpointRouteBuilder app) =>
        app.MapMethods("/media/{key}/{name}", [HttpMethods.Get, HttpMethods.Head], async (string key, string name, Darkroom darkroom, NewsDb db, HttpContext context) =>
        {
            if (!IsKey(key) || !Rendition.TryParse(key, name, out var rendition)) return Results.NotFound();
            var bytes = await darkroom.FindAsync(rendition!);
            if (bytes is null && await db.Pictures.AsNoTracking().FirstOrDefaultAsync(p => p.Key == key, context.RequestAborted) is { } picture)
                bytes = await darkroom.DevelopAsync(picture, rendition!);
            // An old page, or someone else's, may ask for a width that nobody wanted while the address was the picture's.
            bytes ??= await darkroom.DevelopFormerAsync(rendition!);
            if (bytes is null) return Results.NotFound();
            NewsHeaders.MayBeTakenAnywhere(context);
            context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return Results.Bytes(bytes, rendition!.ContentType, entityTag: new EntityTagHeaderValue($"\"{key}-{rendition.Width}\""));
        });

    private static bool IsKey(string key) => key.Length == 20 && key.All(char.IsAsciiHexDigitLower);
}
