using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NewsHub.Core.Events;
using NewsHub.Web.Http;
using NewsHub.Web.Localization;
using NewsHub.Web.Options;

namespace NewsHub.Web.PageCache;

/// <summary>
/// The page cache's settings and rules, all in this file: which addresses are keys, which query keys vary a page,
/// how a page opts in, and what readers' browsers are told.
/// </summary>
public static class Caching
{
    /// <summary>The query keys that vary a reader page, in the order of the key. All others neither vary it nor reach memory.</summary>
    private static readonly string[] PageKeys = ["after", "order", "span", "year"];

    /// <summary>Those of the read API. There a key that is not known is a fault that must be told: the cache steps aside for it.</summary>
    private static readonly string[] ApiKeys = ["after", "author", "kind", "limit", "section", "tag"];

    /// <summary>Browsers keep the page and ask each time whether it still stands, so a correction shows at the next request.</summary>
    internal const string CacheControl = "public, max-age=0, must-revalidate";

    /// <summary>The same of a page in a language that this reader chose: no cache that others share may keep it.</summary>
    internal const string ChosenCacheControl = "private, max-age=0, must-revalidate";

    private const int LongestPath = 512;
    private const int LongestValue = 128;

    public static WebApplicationBuilder AddPageCache(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<BackgroundCompressor>();
        builder.Services.TryAddSingleton(new NewsHeaders(inlineScript: null));
        builder.Services.TryAddSingleton<SharedCacheHeaders>();
        builder.Services.TryAddSingleton(services => new PageCacheStore(
            services.GetRequiredService<PageCacheOptions>(), services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<BackgroundCompressor>(), services.GetRequiredService<IMeterFactory>()));
        return builder;
    }

    /// <summary>Goes right after <c>UseNewsSecurity</c> and before an explicit <c>UseRouting</c>: a hit meets neither
    /// routing nor endpoints.</summary>
    public static WebApplication UsePageCache(this WebApplication app)
    {
        app.UseMiddleware<PageCacheMiddleware>();
        return app;
    }

    /// <summary>
    /// Opts the page being rendered in: stored if it is a 200, 301, 308 or 410 without a cookie, until one of
    /// <paramref name="topics"/> is evicted or <paramref name="until"/> comes. Called before the first byte is written;
    /// several calls add up, the earliest end wins. Does nothing where the cache has stepped aside.
    /// </summary>
    public static void CachePage(this HttpContext context, IEnumerable<Topic> topics, DateTimeOffset? until = null)
    {
        ArgumentNullException.ThrowIfNull(topics);
        context.Features.Get<RenderCapture>()?.OptIn(topics, until);
    }

    /// <summary>
    /// The key of a reader page, or null where the cache steps aside. The path counts in lower case and without a last
    /// slash, as the router reads it. Scheme and host are left out: a page's own links come from settings, never from the request.
    /// </summary>
    internal static string? Key(HttpRequest request)
    {
        var path = request.Path.Value;
        // A question mark here came as %3F, and must not pass for a query.
        if (string.IsNullOrEmpty(path) || path.Length > LongestPath || path.Contains('?', StringComparison.Ordinal)) return null;
        path = PagePath.Fold(path);
        if (!request.QueryString.HasValue) return path;
        if (ApiPath.IsBelow(path)) return WithQuery(path, request.QueryString.Value!, ApiKeys, strict: true);
        return IsWhole(path) ? path : WithQuery(path, request.QueryString.Value!, PageKeys, strict: false);
    }

    /// <summary>
    /// Under what a page is kept in a chosen language; in the paper's own it is the key itself. A key begins with a slash, so that no
    /// address poses as one of these, and languages are few, so that no cookie makes memory grow.
    /// </summary>
    internal static string InLanguage(string key, Texts? chosen) => chosen is null ? key : $"{chosen.Tag}:{key}";

    /// <summary>The front and the articles have no further pages: no query varies them, however many are tried.</summary>
    private static bool IsWhole(string path) => path.Length == 1 || path.AsSpan().Count('/') == 5;

    // Query keys are read without regard to case, as model binding reads them.
    private static int Known(ReadOnlySpan<char> name, string[] known)
    {
        for (var i = 0; i < known.Length; i++)
            if (name.Equals(known[i], StringComparison.OrdinalIgnoreCase)) return i;
        return -1;
    }

    private static string? WithQuery(string path, string query, string[] known, bool strict)
    {
        string?[]? values = null;
        foreach (var pair in new QueryStringEnumerable(query))
        {
            var at = Known(pair.DecodeName().Span, known);
            if (at < 0 && strict) return null;
            if (at < 0) continue;
            values ??= new string?[known.Length];
            // Said twice, a key means whatever the page makes of it: no key of ours.
            if (values[at] is not null || pair.EncodedValue.Length > LongestValue) return null;
            values[at] = pair.DecodeValue().ToString();
        }

        if (values is null) return path;
        var key = new StringBuilder(path);
        var mark = '?';
        for (var i = 0; i < known.Length; i++)
        {
            // A form sends its empty fields too, and the API takes them for not said.
            if (values[i] is not { } value || strict && value.Length == 0) continue;
            key.Append(mark).Append(known[i]).Append('=').Append(Uri.EscapeDataString(value));
            mark = '&';
        }

        return key.ToString();
    }
}
