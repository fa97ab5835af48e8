using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using NewsHub.Web.Http;
using NewsHub.Web.Localization;

namespace NewsHub.Web.PageCache;

/// <summary>Answers from the page cache; what is not there is rendered once, however many ask.</summary>
internal sealed class PageCacheMiddleware(
    RequestDelegate next, PageCacheStore cache, NewsHeaders security, PageViewCounter? pageViewCounter = null, Languages? languages = null,
    SharedCacheHeaders? sharedCache = null)
{
    // What the writer sets itself, and what belongs to one answer only.
    private static readonly HashSet<string> NotKept = new(StringComparer.OrdinalIgnoreCase)
    {
        "Cache-Control", "Connection", "Content-Encoding", "Content-Length", "Date", "ETag", "Server", "Set-Cookie", "Transfer-Encoding",
        "Vary",
    };

    public Task InvokeAsync(HttpContext context)
    {
        // HEAD comes here as GET with a body that goes nowhere: HeadAnswers.
        if (!HttpMethods.IsGet(context.Request.Method) || Caching.Key(context.Request) is not { } key) return next(context);
        var chosen = languages?.Chosen(context.Request);
        if (cache.Find(Caching.InLanguage(key, chosen)) is { } answer)
        {
            Count(context, key, answer);
            return answer.WriteAsync(context);
        }
        return PagePath.IsNewsroom(key) || IsStream(context.Request) ? next(context) : MissAsync(context, key, chosen);
    }

    private void Count(HttpContext context, string key, CachedResponse answer)
    {
        if (answer.IsPage) pageViewCounter?.Count(context, key);
    }

    // Sockets and event streams never end of themselves: nobody may wait for one.
    private static bool IsStream(HttpRequest request) => request.Headers.Upgrade.Count > 0 || request.Headers.Accept == "text/event-stream";

    private async Task MissAsync(HttpContext context, string key, Texts? chosen)
    {
        var alone = false;
        while (true)
        {
            var cacheSlot = cache.Join(Caching.InLanguage(key, chosen), alone);
            if (cacheSlot.Stored is { } stored)
            {
                Count(context, key, stored);
                await stored.WriteAsync(context);
                return;
            }

            var pendingRender = cacheSlot.Render!;
            if (cacheSlot.Own)
            {
                await RenderAsync(context, pendingRender, chosen);
                if (pendingRender.Answer is { } made) Count(context, key, made);
                return;
            }

            var outcome = await pendingRender.Done.WaitAsync(context.RequestAborted);
            if (outcome is Outcome.Ready && !pendingRender.Touches(pendingRender.Topics, cacheSlot.Seen))
            {
                Count(context, key, pendingRender.Answer!);
                await pendingRender.Answer!.WriteAsync(context);
                return;
            }

            // Refused, each renders for himself, all at once. Abandoned, or evicted before we came: once more.
            alone = outcome is Outcome.Refused;
        }
    }

    private async Task RenderAsync(HttpContext context, PendingRender pendingRender, Texts? chosen)
    {
        var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var capture = new RenderCapture(context, body, () => LetGo(context, pendingRender));
        context.Features.Set<IHttpResponseBodyFeature>(capture);
        context.Features.Set(capture);
        var old = cache.FindStale(pendingRender.Key) is { } answer ? new StalePage(answer, body) : null;
        context.Features.Set(old);
        try
        {
            await next(context);
            if (old?.IsSent == true) return;
            var gathered = await capture.FinishAsync();
            context.Features.Set(body);
            if (gathered) await KeepAsync(context, pendingRender, capture, chosen);
        }
        finally
        {
            context.Features.Set(body);
            context.Features.Set<RenderCapture>(null);
            capture.Release();
            LetGo(context, pendingRender);
        }
    }

    private void LetGo(HttpContext context, PendingRender pendingRender)
    {
        if (pendingRender.Done.IsCompleted) return;
        // A render cut short because its reader left says nothing about the page.
        if (context.RequestAborted.IsCancellationRequested) cache.Abandon(pendingRender);
        else cache.Refuse(pendingRender);
    }

    private async Task KeepAsync(HttpContext context, PendingRender pendingRender, RenderCapture capture, Texts? chosen)
    {
        var response = context.Response;
        // A redirect to the address proper, stored under it, would lead to itself.
        var fit = response.StatusCode == StatusCodes.Status200OK || PagePath.IsCanonical(context.Request.Path.Value!);
        KeyValuePair<string, StringValues>[] headers =
            [.. response.Headers.Where(h => !NotKept.Contains(h.Key) && !security.Sets(h.Key, h.Value))];
        var answer = new CachedResponse(response.StatusCode, chosen is null ? Caching.CacheControl : Caching.ChosenCacheControl, headers,
            capture.Gathered.ToArray(), Encodings.IsText(response.ContentType))
        {
            ByCookie = chosen is not null,
            // This first answer says nothing of it: what changes while a page is made is told before it goes out.
            SharedCache = fit && chosen is null ? sharedCache?.For(capture.Topics, capture.Until) : null,
        };
        var bytes = answer.Start(context);
        // Starting runs the callbacks that may yet set a cookie; only then is the page known to be everyone's.
        await context.Response.StartAsync(context.RequestAborted);
        if (fit && response.Headers.SetCookie.Count == 0) cache.Finish(pendingRender, answer, capture.Topics, capture.Until);
        else cache.Refuse(pendingRender);
        if (!bytes.IsEmpty) await CachedResponse.SendAsync(context, bytes);
    }
}
