using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Engagement;
using NewsHub.Core.Events;
using NewsHub.Core.Store;
using NewsHub.Web.Http;
using NewsHub.Web.Localization;
using NewsHub.Web.Options;
using NewsHub.Web.RateLimiting;

namespace NewsHub.Web.Live;

/// <summary>The reader who sends something in: by the cookie that is set for it, and for nothing else.</summary>
public sealed class Reader(SiteOptions site, LiveOptions options, RateLimiter limiter, EngagementQueue queue, TimeProvider clock)
{
    private string Cookie => site.IsSecure ? "__Host-reader" : "reader";

    /// <summary>What is kept of this reader for a story; null for one who never sent anything.</summary>
    public string? MarkFor(HttpContext context, StoryId story) => Key(context) is { } key ? ReaderMark.Of(key, story) : null;

    /// <summary>Why it is not listened to; null where it is.</summary>
    public async ValueTask<IResult?> RefuseAsync(HttpContext context)
    {
        context.NeverKeep();
        if (!IsFromOurPage(context.Request)) return Problem(context, StatusCodes.Status403Forbidden, Texts.Now["send.elsewhere"]);
        return await FloodAsync(context) is { } wait ? ComeBack(context, StatusCodes.Status429TooManyRequests, wait, Texts.Now["send.flood"]) : null;
    }

    /// <summary>How long one place has to wait that sent in too much; null where it did not.</summary>
    public async ValueTask<TimeSpan?> FloodAsync(HttpContext context) =>
        (await limiter.CheckAsync(new Limit($"post {Caller.Of(context)}", options.Burst, TimeSpan.FromSeconds(1))))?.Wait;

    /// <summary>Has something counted; whoever has no cookie gets one once it was.</summary>
    /// <param name="kind">The reaction; null takes it back.</param>
    /// <param name="way">By which way the story was shared; null for a reaction.</param>
    /// <returns>The story's sums, or why there are none.</returns>
    public async Task<(Tally? Tally, IResult? Refused)> SendAsync(HttpContext context, StoryId story, string? kind, string? way = null)
    {
        var known = Key(context);
        var key = known ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        try
        {
            if (await queue.EnqueueAsync(new ReaderAction(story, ReaderMark.Of(key, story), kind, way, clock.GetUtcNow())) is not { } tally)
                return (null, Problem(context, StatusCodes.Status404NotFound, Texts.Now["send.no-story"]));
            if (known is null) context.Response.Cookies.Append(Cookie, key, new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = site.IsSecure,
                Path = "/",
                IsEssential = true,
                MaxAge = TimeSpan.FromDays(400),
            });
            return (tally, null);
        }
        catch (StoreException)
        {
            Unkept.Mark(context);
            return (null, ComeBack(context, StatusCodes.Status503ServiceUnavailable, TimeSpan.FromSeconds(5), Texts.Now["send.unkept"]));
        }
    }

    /// <summary>For a script the reason as data; for a form a notice of the paper.</summary>
    public static IResult Problem(HttpContext context, int status, string title) =>
        IsScript(context.Request) ? Results.Problem(new ProblemDetails { Status = status, Title = title }) : Results.StatusCode(status);

    public static bool IsScript(HttpRequest request) =>
        request.Headers.Accept.ToString().StartsWith("application/json", StringComparison.OrdinalIgnoreCase);

    private static IResult ComeBack(HttpContext context, int status, TimeSpan wait, string title)
    {
        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Problem(context, status, title);
    }

    // Every browser of the last years says where a request comes from. Without that word it must name our own origin;
    // with neither it is no browser.
    private bool IsFromOurPage(HttpRequest request) => request.Headers.TryGetValue("Sec-Fetch-Site", out var from)
        ? from == "same-origin"
        : request.Headers.Origin is { Count: 1 } origin && (origin == $"{request.Scheme}://{request.Host}" || origin == site.Url);

    private string? Key(HttpContext context) =>
        context.Request.Cookies[Cookie] is { Length: 32 } key && key.All(char.IsAsciiHexDigitLower) ? key : null;
}
