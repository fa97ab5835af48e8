using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Reading;
using NewsHub.Web.Http;

namespace NewsHub.Web.Endpoints;

/// <summary>
/// Cards for sharing, of live stories and of the paper itself. An address names what is on the card, so it stays as it is.
/// </summary>
internal static class Cards
{
    public static void MapCards(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cards/paper-{key}.jpg", (string key, HttpContext context, PublishedNews news, PictureProcessor pictureProcessor) =>
            SendAsync(context, pictureProcessor, news.Snapshot.Card, key));
        app.MapGet("/cards/{id:long}-{key}.jpg",
            async (long id, string key, HttpContext context, PublishedNews news, PictureProcessor pictureProcessor) =>
                await news.HeadlineAsync(new StoryId(id), context.RequestAborted) is { } story
                    ? await SendAsync(context, pictureProcessor, news.Snapshot.CardOf(story.Headline, story.Section), key)
                    : Results.NotFound());
    }

    private static Task<IResult> SendAsync(HttpContext context, PictureProcessor pictureProcessor, ShareCard card, string key) =>
        Media.InLineAsync(context, async asker =>
        {
            var bytes = await pictureProcessor.RenderAsync(card, asker, context.RequestAborted);
            // Who comes with an older address gets what is true now, and keeps it for an hour.
            NewsHeaders.MayBeTakenAnywhere(context);
            context.Response.Headers.CacheControl = key == card.Key ? "public, max-age=31536000, immutable" : "public, max-age=3600";
            return Results.Bytes(bytes, "image/jpeg");
        });
}
