using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace NewsHub.Web.Http;

/// <summary>The security headers of every answer, built once: pages, assets, media, errors, 304s and hits of the cache alike.</summary>
internal sealed class NewsHeaders
{
    private const string Policy = "Content-Security-Policy";
    private static readonly StringValues Https = "max-age=63072000";

    /// <summary>How the read API can be asked.</summary>
    public const string ApiMethods = "GET, HEAD, OPTIONS";

    /// <summary>Other sites' pages may read it, without cookies: there is nothing in it that is one reader's.</summary>
    private static readonly KeyValuePair<string, StringValues>[] ForAnyone =
    [
        new("Cross-Origin-Resource-Policy", "cross-origin"),
        new("Access-Control-Allow-Origin", "*"),
        new("Access-Control-Allow-Methods", ApiMethods),
        new("Access-Control-Allow-Headers", "*"),
        new("Access-Control-Expose-Headers", "ETag, Last-Modified"),
        new("Access-Control-Max-Age", "86400"),
        new("X-Robots-Tag", "noindex"),
    ];

    private readonly KeyValuePair<string, StringValues>[] _headers;
    private readonly Func<object, Task> _setAgain;
    private readonly string _pictures;

    /// <param name="inlineScript">The one script that stands in pages, for what must happen before the first paint; null where there is
    /// none. It is named by its hash, so cached pages need no nonce.</param>
    /// <param name="pictures">The address, with its path, that pictures may come from besides ours; null where there is none.</param>
    public NewsHeaders(string? inlineScript, string? pictures = null)
    {
        _pictures = pictures is null ? "" : " " + new Uri(pictures).GetLeftPart(UriPartial.Authority);
        var first = inlineScript is null
            ? ""
            : $" 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(inlineScript)))}'";
        _headers =
        [
            new(Policy, $"default-src 'none'; script-src 'self'{first}; style-src 'self'; img-src 'self' data:{_pictures}; font-src "
                + "'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri "
                + "'none'; frame-ancestors 'none'"),
            new("Cross-Origin-Opener-Policy", "same-origin"),
            // Object stores do not say whose pages may show what they have, and that is what this policy asks for.
            new("Cross-Origin-Embedder-Policy", pictures is null ? "require-corp" : "unsafe-none"),
            new("Cross-Origin-Resource-Policy", "same-origin"),
            new("Referrer-Policy", "strict-origin-when-cross-origin"),
            new("X-Content-Type-Options", "nosniff"),
            new("X-Frame-Options", "DENY"),
            new("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
        ];
        _setAgain = context =>
        {
            var response = ((HttpContext)context).Response;
            if (!response.Headers.ContainsKey(Policy)) Copy((HttpContext)context);
            return Task.CompletedTask;
        };
    }

    /// <summary>Set at once, so that a page may say otherwise, and again at the start if an error handler swept them away.</summary>
    public void Set(HttpContext context)
    {
        Copy(context);
        context.Response.OnStarting(_setAgain, context);
    }

    /// <summary>For the newsroom, which shows proofs of its own pages in a frame.</summary>
    public static void MayFrameItself(HttpContext context)
    {
        var sent = context.Response.Headers;
        sent[Policy] = sent[Policy]
            .ToString()
            .Replace("frame-ancestors 'none'", "frame-src 'self'; frame-ancestors 'self'", StringComparison.Ordinal)
            .Replace("img-src 'self' data:", "img-src 'self' data: blob:", StringComparison.Ordinal);
        sent.XFrameOptions = "SAMEORIGIN";
    }

    /// <summary>For what is made to be shown elsewhere: feeds, and the pictures in them.</summary>
    public static void MayBeTakenAnywhere(HttpContext context)
    {
        context.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        context.Response.Headers.AccessControlAllowOrigin = "*";
    }

    /// <summary>For the look at a mail: it may carry its own styles, and do nothing.</summary>
    public void IsMail(HttpContext context)
    {
        context.Response.Headers[Policy] = $"default-src 'none'; style-src 'unsafe-inline'; img-src 'self'{_pictures}; base-uri 'none'; "
            + "form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-popups";
        context.Response.Headers.XFrameOptions = "SAMEORIGIN";
    }

    /// <summary>Whether this very header is on every answer, and needs no keeping.</summary>
    public bool Sets(string name, StringValues value) =>
        Array.Exists(_headers, header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase) && header.Value == value)
        || name.Equals("Strict-Transport-Security", StringComparison.OrdinalIgnoreCase);

    private void Copy(HttpContext context)
    {
        var sent = context.Response.Headers;
        foreach (var header in _headers) sent[header.Key] = header.Value;
        if (context.Request.Path.StartsWithSegments(ApiPath.Root))
            foreach (var header in ForAnyone) sent[header.Key] = header.Value;
        if (context.Request.IsHttps) sent.StrictTransportSecurity = Https;
    }
}
