using System.Text.Json;
using Microsoft.AspNetCore.Html;
using NewsHub.Core.Reading;
using NewsHub.Core.Stories;
using NewsHub.Web.Assets;
using NewsHub.Web.Localization;
using NewsHub.Web.Options;

namespace NewsHub.Web.Feeds;

using Thing = Dictionary<string, object?>;

/// <summary>
/// What a page says, in schema.org's words, as one graph of things that name each other. Its things are dictionaries: the library of its
/// types, Schema.NET, is two megabytes and has had no release for years.
/// </summary>
internal sealed class JsonLd(SiteSnapshot paper, SiteOptions site, AssetStore assetStore)
{
    /// <summary>Google prints no more of a headline.</summary>
    private const int LongestHeadline = 110;
    private readonly string _site = site.Url;

    private string PaperId => $"{_site}/#paper";

    /// <summary>The things as a script that no browser runs. The usual encoder writes every &lt; as an escape: no
    /// headline ends the element.</summary>
    public IHtmlContent Graph(params IEnumerable<Thing> things)
    {
        var graph = new Thing { ["@context"] = "https://schema.org", ["@graph"] = things.Append(Paper()).Select(Said) };
        return new HtmlString($"<script type=\"application/ld+json\">{JsonSerializer.Serialize(graph)}</script>");
    }

    /// <summary>The front page: the paper's site, and how to search it.</summary>
    public Thing Front() => new()
    {
        ["@type"] = "WebSite",
        ["@id"] = $"{_site}/#site",
        ["name"] = paper.Site.Name,
        ["alternateName"] = paper.Site.Subtitle,
        ["url"] = _site + "/",
        ["inLanguage"] = paper.Site.Language,
        ["publisher"] = Ref(PaperId),
        ["potentialAction"] = new Thing
        {
            ["@type"] = "SearchAction",
            ["target"] = new Thing { ["@type"] = "EntryPoint", ["urlTemplate"] = _site + "/search?q={search_term_string}" },
            ["query-input"] = "required name=search_term_string",
        },
    };

    public Thing Story(ArticleView article)
    {
        var story = article.Story;
        var url = _site + Print.Href(story.Address);
        var (image, width, height, _) = OpenGraph.Picture(paper, _site, article);
        var thing = new Thing
        {
            ["@type"] = story.Kind switch
            {
                Kind.Live => "LiveBlogPosting",
                Kind.Opinion => (string[])["NewsArticle", "OpinionNewsArticle"],
                Kind.Analysis => (string[])["NewsArticle", "AnalysisNewsArticle"],
                _ => "NewsArticle",
            },
            ["@id"] = $"{url}#story",
            ["mainEntityOfPage"] = url,
            ["url"] = url,
            ["headline"] = Short(story.Headline),
            ["description"] = story.Standfirst,
            ["inLanguage"] = story.Language,
            ["datePublished"] = Print.Iso(story.PublishedAt),
            ["dateModified"] = Print.Iso(story.UpdatedAt ?? story.PublishedAt),
            ["articleSection"] = story.Section.Name,
            ["wordCount"] = story.Words,
            ["isAccessibleForFree"] = true,
            ["image"] = new Thing
            {
                ["@type"] = "ImageObject",
                ["url"] = image,
                ["width"] = width,
                ["height"] = height,
                ["creditText"] = story.Picture?.Credit,
                ["caption"] = story.Picture?.Caption,
            },
            ["author"] = story.Bylines.Select(
                b => new Thing { ["@type"] = "Person", ["name"] = b.Name, ["url"] = _site + Print.Href($"/authors/{b.Slug}") }),
            ["publisher"] = Ref(PaperId),
        };
        if (article.Tags.Count > 0) thing["keywords"] = article.Tags.Select(t => t.Name);
        if (article.Dateline is { } dateline) thing["dateline"] = dateline;
        if (article.Edition is { } edition) thing["printEdition"] = FormattableString.Invariant($"No. {edition.Number}");
        if (article.Corrections.Count > 0)
            thing["correction"] = article.Corrections.Select(
                c => new Thing { ["@type"] = "CorrectionComment", ["text"] = c.Note, ["datePublished"] = Print.Iso(c.At) });
        if (article.Live is { } live) Tell(thing, live, url, story);
        return thing;
    }

    public Thing Crumbs(params IEnumerable<(string Name, string Address)> way) => new()
    {
        ["@type"] = "BreadcrumbList",
        ["itemListElement"] = way.Prepend((paper.Site.Name, "/")).Select((step, i) =>
            new Thing { ["@type"] = "ListItem", ["position"] = i + 1, ["name"] = step.Item1, ["item"] = _site + Print.Href(step.Item2) }),
    };

    /// <summary>A list of stories: a section, a kind, a tag.</summary>
    public Thing List(string name, string? description, string address, IEnumerable<StoryCard> stories) => new()
    {
        ["@type"] = "CollectionPage",
        ["name"] = name,
        ["description"] = description,
        ["url"] = _site + Print.Href(address),
        ["isPartOf"] = Ref($"{_site}/#site"),
        ["mainEntity"] = Items(stories),
    };

    public Thing Author(AuthorView author) => new()
    {
        ["@type"] = "ProfilePage",
        ["url"] = _site + Print.Href($"/authors/{author.Slug}"),
        ["mainEntity"] = new Thing
        {
            ["@type"] = "Person",
            ["name"] = author.Name,
            ["jobTitle"] = author.Title,
            ["description"] = author.Bio,
            ["worksFor"] = Ref(PaperId),
        },
    };

    public Thing Edition(FrontView front) => new()
    {
        ["@type"] = "PublicationIssue",
        ["name"] = front.Edition.Title,
        ["issueNumber"] = front.Edition.Number,
        ["datePublished"] = Print.Iso(front.Edition.Date),
        ["url"] = _site + front.Edition.Address,
        ["publisher"] = Ref(PaperId),
        ["isPartOf"] = new Thing { ["@type"] = "Newspaper", ["name"] = paper.Site.Name, ["url"] = _site + "/" },
        ["hasPart"] = front.Stories.Select(s => new Thing
        {
            ["@type"] = "NewsArticle",
            ["headline"] = Short(s.Headline),
            ["url"] = _site + Print.Href(s.Address),
            ["datePublished"] = Print.Iso(s.PublishedAt),
        }),
    };

    private Thing Paper()
    {
        var thing = Organization();
        if (paper.HasPage("about")) thing["publishingPrinciples"] = _site + "/about";
        return thing;
    }

    private Thing Organization() => new()
    {
        ["@type"] = "NewsMediaOrganization",
        ["@id"] = PaperId,
        ["name"] = paper.Site.Name,
        ["url"] = _site + "/",
        ["description"] = paper.Site.Description,
        ["logo"] = new Thing
        {
            ["@type"] = "ImageObject",
            ["url"] = _site + assetStore.Url("img/icon-512.png"),
            ["width"] = 512,
            ["height"] = 512,
        },
        ["correctionsPolicy"] = _site + "/corrections",
    };

    private Thing Items(IEnumerable<StoryCard> stories) => new()
    {
        ["@type"] = "ItemList",
        ["itemListElement"] = stories.Select(
            (s, i) => new Thing { ["@type"] = "ListItem", ["position"] = i + 1, ["url"] = _site + Print.Href(s.Address) }),
    };

    private static void Tell(Thing thing, LiveView live, string url, StoryCard story)
    {
        var entries = live.Newest.Entries;
        thing["coverageStartTime"] = Print.Iso(story.PublishedAt);
        thing["coverageEndTime"] = Print.Iso(entries.Count > 0 ? entries.Max(e => e.At) : story.UpdatedAt ?? story.PublishedAt);
        thing["liveBlogUpdate"] = entries.Select(e => new Thing
        {
            ["@type"] = "BlogPosting",
            ["headline"] = Short(e.Headline ?? LiveEntry.PlainText(e.Html)),
            ["articleBody"] = LiveEntry.PlainText(e.Html),
            ["datePublished"] = Print.Iso(e.At),
            ["dateModified"] = Print.Iso(e.EditedAt ?? e.At),
            ["url"] = $"{url}/updates/{e.Id}",
        });
    }

    /// <summary>Without what is not known.</summary>
    private static Thing Said(Thing thing) =>
        thing.Where(p => p.Value is not null).ToDictionary(p => p.Key, p => p.Value is Thing inner ? Said(inner) : p.Value);

    private static Thing Ref(string id) => new() { ["@id"] = id };

    private static string Short(string headline)
    {
        if (headline.Length <= LongestHeadline) return headline;
        var space = headline.LastIndexOf(' ', LongestHeadline - 2);
        var cut = space > LongestHeadline / 2 ? space : LongestHeadline - 2;
        return headline[..(char.IsHighSurrogate(headline[cut - 1]) ? cut - 1 : cut)].TrimEnd(',', ';', ':', ' ') + "…";
    }
}
