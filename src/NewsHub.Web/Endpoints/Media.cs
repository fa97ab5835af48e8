using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Store;
using NewsHub.Web.Http;
using NewsHub.Web.Options;
using NewsHub.Web.PageCache;

namespace NewsHub.Web.Endpoints;

/// <summary>
/// Renditions of pictures. An address names the bytes for good, so browsers never ask twice; but for one that was removed from the
/// server. Texts, feeds and mails keep these addresses for good, so they stay ours where an object store is public: then what is made is
/// there, and they lead to it (decision 0032).
/// </summary>
internal static class Media
{
    public static void MapMedia(this IEndpointRouteBuilder app) =>
        app.MapGet("/media/{key}/{name}", async (
            string key, string name, PictureProcessor pictureProcessor, NewsDb db, S3Options s3, SharedCacheHeaders shared,
            HttpContext context) =>
        {
            if (!IsKey(key) || !Rendition.TryParse(key, name, out var rendition)) return Results.NotFound();
            // A picture that is removed from the server goes from a cache in front of it, too.
            shared.Name(context.Response.Headers, Topic.Picture(key));
            if (s3.PublicUrl is { } elsewhere && await pictureProcessor.PathOfAsync(rendition!, context.RequestAborted) is { } path)
            {
                // It may be removed from the server, and the setting may change.
                context.Response.Headers.CacheControl = "public, max-age=300";
                if (rendition!.Format == "jpg") NewsHeaders.MayBeTakenAnywhere(context);
                return Results.Redirect($"{elsewhere}/{path}");
            }
            if (await pictureProcessor.OpenAsync(rendition!, context.RequestAborted) is { } ready)
            {
                MayBeKept(context, rendition!);
                return Results.Stream(ready, rendition!.ContentType, entityTag: Tag(rendition));
            }
            return await InLineAsync(context, async asker =>
            {
                byte[]? bytes = null;
                if (await db.Pictures.AsNoTracking().FirstOrDefaultAsync(p => p.Key == key, context.RequestAborted) is { } picture)
                    bytes = await pictureProcessor.RenderAsync(picture, rendition!, asker, context.RequestAborted);
                // An old page, or someone else's, may ask for a width that nobody wanted while the address was the picture's.
                bytes ??= await pictureProcessor.RenderFormerAsync(rendition!, asker, context.RequestAborted);
                if (bytes is not null)
                {
                    MayBeKept(context, rendition!);
                    return Results.Bytes(bytes, rendition!.ContentType, entityTag: Tag(rendition));
                }
                if (!await pictureProcessor.IsRemovedAsync(key)) return Results.NotFound();
                // Kept for a moment only: an administrator may lift it.
                context.Response.Headers.CacheControl = "public, max-age=300";
                return Results.Text("This picture was removed.", statusCode: StatusCodes.Status410Gone);
            });
        });

    /// <summary>
    /// For what waits in the line of renditions: who does not fit into it is told when to come again, and who goes away leaves it.
    /// </summary>
    public static async Task<IResult> InLineAsync(HttpContext context, Func<string, Task<IResult>> ask)
    {
        try
        {
            return await ask(context.Connection.RemoteIpAddress?.ToString() ?? "");
        }
        catch (QueueFullException full)
        {
            context.NeverKeep();
            context.Response.Headers.RetryAfter = Math.Ceiling(full.RetryAfter.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
            return Results.Text(
                "Many pictures are being made. Ask again in a moment.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to read an answer.
            return Results.Empty;
        }
        catch (OperationCanceledException)
        {
            // The program stops.
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static void MayBeKept(HttpContext context, Rendition rendition)
    {
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        // What the newsletter and the feeds carry is shown within other people's pages; the newer formats are for ours alone.
        if (rendition.Format == "jpg") NewsHeaders.MayBeTakenAnywhere(context);
    }

    private static EntityTagHeaderValue Tag(Rendition rendition) => new($"\"{rendition.Key}-{rendition.Width}\"");

    private static bool IsKey(string key) => key.Length == 20 && key.All(char.IsAsciiHexDigitLower);
}
