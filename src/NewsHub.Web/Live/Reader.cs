using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Engagement;
using NewsHub.Core.Stories;
using NewsHub.Web.Areas.Admin.Door;
using NewsHub.Web.Setup;

namespace NewsHub.Web.Live;

/// <summary>The reader who sends something in: by the cookie that is set for it, and for nothing else.</summary>
internal sealed class Reader(IConfiguration settings, Doorkeeper keeper)
{
    private readonly string _site = settings.SiteUrl();
    private readonly bool _secure = settings.SiteUrl().StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>So many at once from one place, and one more a second.</summary>
    private readonly int _burst = settings.GetValue("Live:Burst", 60);

    private string Cookie => _secure ? "__Host-reader" : "reader";

    /// <summary>What is kept of this reader for a story; null for one who never sent anything.</summary>
    public string? MarkFor(HttpContext context, StoryId story) => Key(context) is { } key ? ReaderMark.Of(key, story) : null;

    /// <summary>The same; who has no cookie gets one.</summary>
    public string MarkOrMakeFor(HttpContext context, StoryId story)
    {
        if (Key(context) is { } known) return ReaderMark.Of(known, story);
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        context.Response.Cookies.Append(Cookie, key, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = _secure, Path = "/", IsEssential = true, MaxAge = TimeSpan.FromDays(400) });
        return ReaderMark.Of(key, story);
    }

    /// <summary>Why it is not listened to; null where it is.</summary>
    public IResult? Refuse(HttpContext context)
    {
        Caching.NeverKeep(context);
        if (!IsFromOurPage(context.Request)) return Problem(StatusCodes.Status403Forbidden, "Only this paper's own pages can send that.");
        return Flood(context);
    }

    /// <summary>Too much from one place; null where it is not.</summary>
    public IResult? Flood(HttpContext context)
    {
        if (keeper.Refuses(new Allowance($"post {Caller.Of(context)}", _burst, TimeSpan.FromSeconds(1))) is not { } refusal) return null;
        context.Response.Headers.RetryAfter = Math.Ceiling(refusal.Wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Problem(StatusCodes.Status429TooManyRequests, "That was too much at once. Try again in a moment.");
    }

    /// <summary>A script wants data; a form wants a page.</summary>
    public static bool IsScript(HttpRequest request) => request.Headers.Accept.ToString().StartsWith("application/json", StringComparison.OrdinalIgnoreCase);

    public static IResult Problem(int status, string title) => Results.Problem(new ProblemDetails { Status = status, Title = title });

    // Every browser of the last years says where a request comes from. Without that word it must name our own origin; with neither it is no browser.
    private bool IsFromOurPage(HttpRequest request) => request.Headers.TryGetValue("Sec-Fetch-Site", out var site)
        ? site == "same-origin"
        : request.Headers.Origin is { Count: 1 } origin && (origin == $"{request.Scheme}://{request.Host}" || origin == _site.TrimEnd('/'));

    private string? Key(HttpContext context) => context.Request.Cookies[Cookie] is { Length: 32 } key && key.All(char.IsAsciiHexDigitLower) ? key : null;
}
