using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Html;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Reading;
using NewsHub.Core.Stories;
using NewsHub.Web.Localization;

namespace NewsHub.Web.Feeds;

/// <summary>What a page looks like where somebody passes it on: Open Graph, and the same in X's words.</summary>
internal static class OpenGraph
{
    /// <param name="site">The paper's address, without a last slash.</param>
    /// <param name="path">The page's own address, as it is printed.</param>
    public static IHtmlContent Of(SiteSnapshot paper, string site, string path, string title, string description, ArticleView? article)
    {
        var html = new StringBuilder();
        Add("og:site_name", paper.Site.Name);
        Add("og:type", article is null ? "website" : "article");
        Add("og:title", title);
        Add("og:description", description.Length > 0 ? description : paper.Site.Subtitle);
        Add("og:url", site + path);
        var (image, width, height, alt) = Picture(paper, site, article);
        Add("og:image", image);
        Add("og:image:width", width.ToString(CultureInfo.InvariantCulture));
        Add("og:image:height", height.ToString(CultureInfo.InvariantCulture));
        Add("og:image:alt", alt);
        if (article is { Story: var story })
        {
            Add("article:published_time", Print.Iso(story.PublishedAt));
            if (story.UpdatedAt is { } updated) Add("article:modified_time", Print.Iso(updated));
            Add("article:section", story.Section.Name);
            foreach (var byline in story.Bylines) Add("article:author", site + Print.Href($"/authors/{byline.Slug}"));
            foreach (var tag in article.Tags) Add("article:tag", tag.Name);
        }
        // X falls back on Open Graph; not everything that reads its words does.
        foreach (var (name, content) in new[]
        {
            ("card", "summary_large_image"),
            ("title", title),
            ("description", description.Length > 0 ? description : paper.Site.Subtitle),
            ("image", image),
            ("image:alt", alt),
        })
        {
            html.Append("<meta name=\"twitter:").Append(name).Append("\" content=\"").Append(WebUtility.HtmlEncode(content))
                .Append("\">\n");
        }
        return new HtmlString(html.ToString());

        void Add(string property, string content) => html.Append("<meta property=\"").Append(property).Append("\" content=\"")
            .Append(WebUtility.HtmlEncode(content)).Append("\">\n");
    }

    /// <summary>The lead picture; a card with the headline on it where a story has none.</summary>
    public static (string Url, int Width, int Height, string Alt) Picture(SiteSnapshot paper, string site, ArticleView? article)
    {
        if (article?.Story is not { } story) return (site + CardAddress(paper.Card), ShareCard.Width, ShareCard.Height, paper.Site.Name);
        if (story.Picture is not { } picture)
            return (site + CardAddress(story.Id, paper.CardOf(story.Headline, story.Section.Id)), ShareCard.Width, ShareCard.Height,
                $"{paper.Site.Name}: {story.Headline}");
        var (url, width, height) = Feed.PictureAt(picture, site);
        return (url, width, height, picture.Alt);
    }

    /// <summary>Where a story's card for sharing is.</summary>
    public static string CardAddress(StoryId story, ShareCard card) => FormattableString.Invariant($"/cards/{story}-{card.Key}.jpg");

    /// <summary>Where the paper's own is.</summary>
    public static string CardAddress(ShareCard card) => $"/cards/paper-{card.Key}.jpg";
}
