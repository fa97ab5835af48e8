using System.Globalization;
using NewsHub.Core.Events;
using NewsHub.Web.Options;

namespace NewsHub.Web.PageCache;

/// <summary>
/// What a cache in front of the paper is told of an answer: for how long it may keep it, and under which topics it will be asked to drop
/// it. It is said in headers that only such a cache reads (Surrogate-Control, CDN-Cache-Control of RFC 9213) and takes out: in
/// Cache-Control, caches that nobody can purge would follow it, too.
/// </summary>
internal sealed class SharedCacheHeaders(CdnOptions options, TimeProvider clock)
{
    /// <summary>While the cache asks for a page again, it may show the one that it has, in seconds.</summary>
    private const int StaleWhileAsking = 30;

    /// <summary>While the paper does not answer, it may show the page that it has, in seconds: a day.</summary>
    private const int StaleWhileAway = 86_400;

    /// <summary>Varnish takes 8 KB in a header.</summary>
    private const int LongestTopics = 7000;

    private readonly string _control = string.Create(CultureInfo.InvariantCulture,
        $"max-age={options.Seconds}, stale-while-revalidate={StaleWhileAsking}, stale-if-error={StaleWhileAway}");

    /// <summary>What is to be set on each answer with a page; null where no such cache is there, or it must not keep this one.</summary>
    /// <param name="until">When the page ends of itself.</param>
    public Action<IHeaderDictionary>? For(IEnumerable<Topic> topics, DateTimeOffset? until)
    {
        if (Topics(topics) is not { } named) return null;
        return headers =>
        {
            // Such a cache would keep it for longer than it is true.
            if (until is { } end && end - clock.GetUtcNow() < TimeSpan.FromSeconds(options.Seconds)) return;
            headers[named.Name] = named.Value;
            headers[options.Kind is CdnKind.Cloudflare ? "CDN-Cache-Control" : "Surrogate-Control"] = _control;
        };
    }

    /// <summary>Names the topics of an answer that anyone may keep by its own headers, such as a picture.</summary>
    public void Name(IHeaderDictionary headers, params IEnumerable<Topic> topics)
    {
        if (Topics(topics) is { } named) headers[named.Name] = named.Value;
    }

    private (string Name, string Value)? Topics(IEnumerable<Topic> topics)
    {
        var (name, between) = options.Kind switch
        {
            CdnKind.Varnish => ("xkey", ' '),
            CdnKind.Fastly => ("Surrogate-Key", ' '),
            CdnKind.Cloudflare => ("Cache-Tag", ','),
            _ => ("", ' '),
        };
        if (name.Length == 0) return null;
        var value = string.Join(between, topics);
        return value.Length is 0 or > LongestTopics ? null : (name, value);
    }
}
