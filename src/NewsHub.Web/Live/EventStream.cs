using Microsoft.AspNetCore.Http.Features;

namespace NewsHub.Web.Live;

/// <summary>An answer of server-sent events, as long as its tab is open.</summary>
internal static class EventStream
{
    public const string ContentType = "text/event-stream";

    public static bool IsAskedFor(HttpContext context) => context.Request.Headers.Accept == ContentType;

    /// <param name="retry">How long the browser waits before it comes back, in milliseconds.</param>
    /// <param name="all">What the tab is told first; then what follows after <paramref name="news"/>.</param>
    /// <param name="stop">Ends it from this side.</param>
    public static async Task WriteAsync(
        HttpContext context, int retry, byte[] all, StreamPlace.News news, CancellationToken stop = default)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stop);
        try
        {
            context.Response.ContentType = ContentType;
            context.Response.Headers["X-Accel-Buffering"] = "no";
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await context.Response.WriteAsync($"retry: {retry}\n", over.Token);
            for (var bytes = all; ; bytes = news.Bytes)
            {
                await context.Response.Body.WriteAsync(bytes, over.Token);
                await context.Response.Body.FlushAsync(over.Token);
                if (news.IsLast) return;
                news = await news.Next.Task.WaitAsync(over.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The tab was closed, or hidden, or has had its time.
        }
    }
}
