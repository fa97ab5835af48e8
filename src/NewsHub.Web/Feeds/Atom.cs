using System.Xml;
using NewsHub.Core.Reading;
using NewsHub.Core.Stories;
using NewsHub.Web.Localization;

namespace NewsHub.Web.Feeds;

/// <summary>Atom 1.0 (RFC 4287).</summary>
internal static class Atom
{
    private const string Name = "http://www.w3.org/2005/Atom";

    public static void Write(XmlWriter xml, Feed feed, string self)
    {
        xml.WriteStartElement("feed", Name);
        xml.WriteAttributeString("xml", "lang", null, feed.Paper.Site.Language);
        xml.WriteElementString("id", Name, self);
        Text(xml, "title", feed.Title);
        if (feed.Description.Length > 0) Text(xml, "subtitle", feed.Description);
        xml.WriteElementString("updated", Name, Print.Iso(feed.ChangedAt));
        Link(xml, "self", self, "application/atom+xml");
        Link(xml, "alternate", feed.Home, "text/html");
        if (feed.Hub is { } hub) Link(xml, "hub", hub, null);
        Person(xml, feed.Paper.Site.Name, feed.Site + "/");
        foreach (var full in feed.Stories)
        {
            var story = full.Story;
            xml.WriteStartElement("entry", Name);
            if (story.Foreign) xml.WriteAttributeString("xml", "lang", null, story.Language);
            xml.WriteElementString("id", Name, feed.IdOf(full));
            Text(xml, "title", story.Headline);
            Link(xml, "alternate", feed.Url(full), "text/html");
            xml.WriteElementString("published", Name, Print.Iso(story.PublishedAt));
            xml.WriteElementString("updated", Name, Print.Iso(full.ChangedAt));
            foreach (var byline in story.Bylines) Person(xml, byline.Name, feed.Site + Print.Href($"/authors/{byline.Slug}"));
            Category(xml, story.Section.Slug, story.Section.Name);
            foreach (var tag in full.Tags) Category(xml, tag.Slug, tag.Name);
            Text(xml, "summary", story.Standfirst);
            if (feed.FullText) Text(xml, "content", feed.BodyOf(full), "html");
            if (feed.PictureOf(full) is { } file) Link(xml, "enclosure", file.Url, "image/jpeg");
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void Text(XmlWriter xml, string element, string text, string type = "text")
    {
        xml.WriteStartElement(element, Name);
        xml.WriteAttributeString("type", type);
        xml.WriteString(text);
        xml.WriteEndElement();
    }

    private static void Link(XmlWriter xml, string rel, string href, string? type)
    {
        xml.WriteStartElement("link", Name);
        xml.WriteAttributeString("rel", rel);
        if (type is not null) xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", href);
        xml.WriteEndElement();
    }

    private static void Person(XmlWriter xml, string name, string uri)
    {
        xml.WriteStartElement("author", Name);
        xml.WriteElementString("name", Name, name);
        xml.WriteElementString("uri", Name, uri);
        xml.WriteEndElement();
    }

    private static void Category(XmlWriter xml, string term, string label)
    {
        xml.WriteStartElement("category", Name);
        xml.WriteAttributeString("term", term);
        xml.WriteAttributeString("label", label);
        xml.WriteEndElement();
    }
}
