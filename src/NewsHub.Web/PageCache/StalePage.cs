using Microsoft.AspNetCore.Http.Features;

namespace NewsHub.Web.PageCache;

/// <summary>A page as it was, for when the store does not say how it is.</summary>
internal sealed class StalePage(CachedResponse answer, IHttpResponseBodyFeature body)
{
    /// <summary>Whether it was sent in place of the page that could not be made.</summary>
    public bool IsSent { get; private set; }

    /// <summary>Sends it, and says that it is old (RFC 9211). No cache in front keeps it.</summary>
    public Task SendAsync(HttpContext context)
    {
        IsSent = true;
        context.Features.Set(body);
        context.Response.Clear();
        var bytes = answer.Start(context);
        context.Response.Headers["Cache-Status"] = "NewsHub; hit; detail=stale";
        return bytes.IsEmpty ? Task.CompletedTask : CachedResponse.SendAsync(context, bytes);
    }
}
