using System.Text.Json;
using Microsoft.AspNetCore.Html;
using NewsHub.Core.Reading;
using NewsHub.Core.Stories;

namespace NewsHub.Web.Pages.Shared;

/// <summary>A live story in schema.org's words, for machines.</summary>
internal static class LivePosting
{
    /// <param name="site">The paper's own address, without a last slash.</param>
    public static IHtmlContent Of(ArticleView article, string paper, string site)
    {
        var story = article.Story;
        var url = site + Print.Href(story.Address);
        // The usual encoder writes every < and > as an escape: no headline ends the element.
        return new HtmlString($"<script type=\"application/ld+json\">{JsonSerializer.Serialize(new Dictionary<string, object?>
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "LiveBlogPosting",
            ["headline"] = story.Headline,
            ["description"] = story.Standfirst,
            ["url"] = url,
            ["inLanguage"] = story.Language,
            ["datePublished"] = Print.Iso(story.PublishedAt),
            ["dateModified"] = Print.Iso(story.UpdatedAt ?? story.PublishedAt),
            ["coverageStartTime"] = Print.Iso(story.PublishedAt),
            ["author"] = story.Bylines.Select(b => new Dictionary<string, object> { ["@type"] = "Person", ["name"] = b.Name, ["url"] = $"{site}/authors/{b.Slug}" }),
            ["publisher"] = new Dictionary<string, object> { ["@type"] = "NewsMediaOrganization", ["name"] = paper, ["url"] = site + "/" },
            ["liveBlogUpdate"] = article.Live!.Newest.Entries.Select(e => new Dictionary<string, object?>
            {
                ["@type"] = "BlogPosting",
                ["headline"] = e.Headline ?? (LiveEntry.PlainText(e.Html) is { Length: > 100 } words ? words[..100] : LiveEntry.PlainText(e.Html)),
                ["articleBody"] = LiveEntry.PlainText(e.Html),
                ["datePublished"] = Print.Iso(e.At),
                ["dateModified"] = Print.Iso(e.EditedAt ?? e.At),
                ["url"] = $"{url}/updates/{e.Id}",
            }),
        })}</script>");
    }
}
