using System.Globalization;
using System.Xml;
using NewsHub.Core.Reading;
using NewsHub.Core.Stories;
using NewsHub.Web.Localization;

namespace NewsHub.Web.Feeds;

/// <summary>RSS 2.0, with the usual additions: where it is itself, who wrote, the whole text, the picture.</summary>
internal static class Rss
{
    private const string Atom = "http://www.w3.org/2005/Atom";
    private const string Dc = "http://purl.org/dc/elements/1.1/";
    private const string Content = "http://purl.org/rss/1.0/modules/content/";
    private const string Media = "http://search.yahoo.com/mrss/";

    public static void Write(XmlWriter xml, Feed feed, string self)
    {
        xml.WriteStartElement("rss");
        xml.WriteAttributeString("version", "2.0");
        foreach (var (prefix, name) in new[] { ("atom", Atom), ("dc", Dc), ("content", Content), ("media", Media) })
            xml.WriteAttributeString("xmlns", prefix, null, name);
        xml.WriteStartElement("channel");
        xml.WriteElementString("title", feed.Title);
        xml.WriteElementString("link", feed.Home);
        xml.WriteElementString("description", AsHtml(feed.Description));
        xml.WriteElementString("language", feed.Paper.Site.Language);
        xml.WriteElementString("lastBuildDate", Rfc822(feed.ChangedAt));
        xml.WriteElementString("docs", "https://www.rssboard.org/rss-specification");
        Link(xml, "self", self, "application/rss+xml");
        if (feed.Hub is { } hub) Link(xml, "hub", hub, null);
        foreach (var full in feed.Stories)
        {
            var story = full.Story;
            xml.WriteStartElement("item");
            xml.WriteElementString("title", story.Headline);
            xml.WriteElementString("link", feed.Url(full));
            xml.WriteStartElement("guid");
            xml.WriteAttributeString("isPermaLink", "false");
            xml.WriteString(feed.IdOf(full));
            xml.WriteEndElement();
            xml.WriteElementString("pubDate", Rfc822(story.PublishedAt));
            if (story.UpdatedAt is { } updated) xml.WriteElementString("updated", Atom, Print.Iso(updated));
            foreach (var byline in story.Bylines) xml.WriteElementString("creator", Dc, byline.Name);
            xml.WriteElementString("category", story.Section.Name);
            foreach (var tag in full.Tags) xml.WriteElementString("category", tag.Name);
            xml.WriteElementString("description", AsHtml(story.Standfirst));
            if (feed.FullText) xml.WriteElementString("encoded", Content, feed.BodyOf(full));
            if (feed.PictureOf(full) is { } file)
            {
                xml.WriteStartElement("content", Media);
                xml.WriteAttributeString("url", file.Url);
                xml.WriteAttributeString("medium", "image");
                xml.WriteAttributeString("type", "image/jpeg");
                xml.WriteAttributeString("width", file.Width.ToString(CultureInfo.InvariantCulture));
                xml.WriteAttributeString("height", file.Height.ToString(CultureInfo.InvariantCulture));
                xml.WriteElementString("description", Media, story.Picture!.Alt);
                xml.WriteElementString("credit", Media, story.Picture.Credit);
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Link(XmlWriter xml, string rel, string href, string? type)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("href", href);
        xml.WriteAttributeString("rel", rel);
        if (type is not null) xml.WriteAttributeString("type", type);
        xml.WriteEndElement();
    }

    /// <summary>
    /// Feed readers take a description for HTML: of <c>a &lt;head&gt;</c> they would show <c>a</c>. Plain text is therefore written as
    /// HTML first, and as XML after it.
    /// </summary>
    private static string AsHtml(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

    private static string Rfc822(DateTimeOffset at) => at.UtcDateTime.ToString("r", CultureInfo.InvariantCulture);
}
