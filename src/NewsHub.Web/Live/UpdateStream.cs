using System.Globalization;
using NewsHub.Core.Engagement;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Web.Http;
using NewsHub.Web.Options;
using NewsHub.Web.PageCache;
using NewsHub.Web.RateLimiting;

namespace NewsHub.Web.Live;

/// <summary>
/// What is new on a page that is being looked at: as a stream of events, or once, as JSON. Whoever asks is counted as a reader of
/// the story. Of a reader there is the number that the browser made up, and for as long as it counts the address, so that one
/// place cannot take all streams.
/// </summary>
internal sealed class UpdateStream(
    LiveUpdates updates, CurrentReaders currentReaders, RateLimits limits, IServiceScopeFactory scopes, LiveOptions options)
{
    /// <summary>Milliseconds until a browser comes back.</summary>
    private const int Retry = 5000;

    private readonly StreamLimit<string> _open = new(options.Streams, options.StreamsFromOneAddress);

    public async Task AnswerAsync(HttpContext context, string? story, string? reader)
    {
        StoryId? about = null;
        if (!string.IsNullOrEmpty(story))
        {
            if (!long.TryParse(story, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id == 0)
            {
                await Results.Problem(statusCode: StatusCodes.Status400BadRequest, title: "A story is named by its number.")
                    .ExecuteAsync(context);
                return;
            }
            about = new StoryId(id);
        }
        ulong who = 0;
        if (!string.IsNullOrEmpty(reader)
            && !(reader.Length == 16 && ulong.TryParse(reader, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out who)))
        {
            await Results.Problem(statusCode: StatusCodes.Status400BadRequest,
                title: "A reader is a random number of 16 hexadecimal digits.").ExecuteAsync(context);
            return;
        }
        if (await limits.UpdatesAsync(context) is { } wait)
        {
            RateLimits.SetRetryAfter(context, wait);
            await Results.Problem(statusCode: StatusCodes.Status429TooManyRequests, title: "What is new was asked for too often from here.")
                .ExecuteAsync(context);
            return;
        }
        if (about is { } named && !await IsLiveAsync(named, context.RequestAborted))
        {
            await Results.Problem(statusCode: StatusCodes.Status404NotFound, title: "There is no story with that number.")
                .ExecuteAsync(context);
            return;
        }
        // Who gives no number asks, and does not read.
        var counts = who != 0 && !PageViewCounter.IsMachine(context.Request.Headers.UserAgent.ToString());
        context.NeverKeep();
        var from = Caller.Of(context);
        if (!EventStream.IsAskedFor(context))
        {
            if (counts) currentReaders.See(about, who, from);
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(updates.Now(about), context.RequestAborted);
            return;
        }
        if (!_open.Take(from))
        {
            context.Response.Headers.RetryAfter = "30";
            await Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, title: "More are reading than can be told at once.")
                .ExecuteAsync(context);
            return;
        }
        if (counts) currentReaders.Open(about, who, from);
        var (all, news) = updates.Subscribe(about);
        try
        {
            await EventStream.WriteAsync(context, Retry, all, news);
        }
        finally
        {
            updates.Unsubscribe(about);
            if (counts) currentReaders.Close(about, who, from);
            _open.Give(from);
        }
    }

    /// <summary>Asked in a scope of its own: a stream must not hold a connection to the store for as long as it is open.</summary>
    private async Task<bool> IsLiveAsync(StoryId story, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PublishedNews>().IsLiveAsync(story, cancel);
    }
}
