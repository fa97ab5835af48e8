using System.Globalization;
using System.Xml;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Core.Stories;
using NewsHub.Web.Followers;
using NewsHub.Web.Localization;
using NewsHub.Web.Options;
using NewsHub.Web.PageCache;

namespace NewsHub.Web.Feeds;

/// <summary>
/// Every page of the paper for search engines: an index, a sitemap for each month of stories (a month that is over hardly changes, and
/// stays kept), one for all else, and one of the last two days' news.
/// </summary>
internal static class Sitemaps
{
    private const string Name = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private const string News = "http://www.google.com/schemas/sitemap-news/0.9";
    private static readonly TimeSpan NewsLasts = TimeSpan.FromDays(2);

    public static void MapSitemaps(this IEndpointRouteBuilder app)
    {
        app.MapGet("/sitemap.xml", async (
            HttpContext context, PublishedNews news, LastChange last, SiteOptions site, TimeProvider clock) =>
        {
            var months = await news.MonthsAsync(context.RequestAborted);
            // A sitemap without an address is none: where nothing is news, there is no sitemap of news.
            var newsUntil = months.Count > 0 ? months[0] + NewsLasts : DateTimeOffset.MinValue;
            var isNews = newsUntil > clock.GetUtcNow();
            context.CachePage([Topic.SiteWide, Topic.Latest], isNews ? newsUntil : null);
            last.Tell(context, isNews ? default : newsUntil);
            return Write("sitemapindex", Name, xml =>
            {
                foreach (var file in (string[])[
                    "/sitemaps/pages.xml",
                    .. isNews ? ["/sitemaps/news.xml"] : Array.Empty<string>(),
                    .. months.Select(m => m.UtcDateTime.ToString("'/sitemaps/'yyyy-MM'.xml'", CultureInfo.InvariantCulture)),
                ])
                {
                    xml.WriteStartElement("sitemap", Name);
                    xml.WriteElementString("loc", Name, site.Url + file);
                    xml.WriteEndElement();
                }
            });
        });
        app.MapGet("/sitemaps/{month:regex(^[0-9]{{4}}-[0-9]{{2}}$)}.xml", async (
            string month, HttpContext context, PublishedNews news, LastChange last, SiteOptions site) =>
        {
            if (!DateOnly.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
                || first.Year is < 1000 or > 9998) return Results.NotFound();
            var stories = await news.OfMonthAsync(first, context.RequestAborted);
            if (stories.Count == 0) return Results.NotFound();
            // What changes in it is a story of the paper's: the list of all tells.
            context.CachePage([Topic.SiteWide, Topic.Latest]);
            last.Tell(context);
            return Write("urlset", Name, xml =>
            {
                foreach (var story in stories) Url(xml, site.Url + Print.Href(story.Address), story.ChangedAt);
            });
        });
        app.MapGet("/sitemaps/pages.xml", async (HttpContext context, PublishedNews news, LastChange last, SiteOptions site) =>
        {
            var others = await news.OtherPagesAsync(context.RequestAborted);
            context.CachePage([Topic.SiteWide, Topic.Latest, Topic.Editions]);
            last.Tell(context);
            var paper = news.Snapshot;
            string[] pages =
            [
                "/",
                .. paper.Sections.Select(s => s.Address),
                .. Enum.GetValues<Kind>().Where(k => k is not Kind.News).Select(k => $"/{Print.Class(k)}"),
                "/editions", "/corrections", .. paper.Pages.Select(p => p.Address), "/search", "/feeds",
                .. paper.Rates.Lines.Count > 0 ? paper.Rates.Lines
                    .SelectMany(l => new[] { RateWords.Address(paper.Rates.Base, l.Quote), RateWords.Address(l.Quote, paper.Rates.Base) })
                    .Prepend("/rates") : [],
                .. others,
            ];
            return Write("urlset", Name, xml =>
            {
                foreach (var page in pages.Take(PublishedNews.MostInSitemap)) Url(xml, site.Url + Print.Href(page), null);
            });
        });
        app.MapGet("/sitemaps/news.xml", async (
            HttpContext context, PublishedNews news, LastChange last, SiteOptions site, TimeProvider clock) =>
        {
            var stories = await news.SinceAsync(clock.GetUtcNow() - NewsLasts, context.RequestAborted);
            // The oldest of them is news no longer than that.
            context.CachePage([Topic.SiteWide, Topic.Latest], stories.Count > 0 ? stories[^1].PublishedAt + NewsLasts : null);
            // It also changes by the clock alone, and when it last did is not kept.
            last.Tell(context, clock.GetUtcNow());
            return Write("urlset", Name, xml =>
            {
                xml.WriteAttributeString("xmlns", "news", null, News);
                // The schema wants one address at least. One without the words of news is no news, and leads to what there is.
                if (stories.Count == 0) Url(xml, site.Url + "/", null);
                foreach (var story in stories)
                {
                    xml.WriteStartElement("url", Name);
                    xml.WriteElementString("loc", Name, site.Url + Print.Href(story.Address));
                    xml.WriteStartElement("news", News);
                    xml.WriteStartElement("publication", News);
                    xml.WriteElementString("name", News, news.Snapshot.Site.Name);
                    xml.WriteElementString("language", News, LanguageOf(story.Language));
                    xml.WriteEndElement();
                    xml.WriteElementString("publication_date", News, Print.Iso(story.PublishedAt));
                    xml.WriteElementString("title", News, story.Headline);
                    xml.WriteEndElement();
                    xml.WriteEndElement();
                }
            });
        });
    }

    private static IResult Write(string root, string name, Action<XmlWriter> write) => Results.Bytes(PlainXml.Document(xml =>
    {
        xml.WriteStartElement(root, name);
        write(xml);
        xml.WriteEndElement();
    }), "application/xml; charset=utf-8");

    private static void Url(XmlWriter xml, string url, DateTimeOffset? changed)
    {
        xml.WriteStartElement("url", Name);
        xml.WriteElementString("loc", Name, url);
        if (changed is { } at) xml.WriteElementString("lastmod", Name, Print.Iso(at));
        xml.WriteEndElement();
    }

    /// <summary>Of two letters, but for the two kinds of Chinese.</summary>
    private static string LanguageOf(string tag) => tag.StartsWith("zh", StringComparison.OrdinalIgnoreCase)
        ? tag.Contains("tw", StringComparison.OrdinalIgnoreCase) || tag.Contains("hant", StringComparison.OrdinalIgnoreCase)
            ? "zh-tw"
            : "zh-cn"
        : tag.Split('-')[0].ToLowerInvariant();
}
