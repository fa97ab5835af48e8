using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NewsHub.Web.Localization;

namespace NewsHub.Web.Feeds;

/// <summary>JSON Feed 1.1.</summary>
internal static class JsonFeed
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(Feed feed, string self) => JsonSerializer.Serialize(new
    {
        Version = "https://jsonfeed.org/version/1.1",
        feed.Title,
        HomePageUrl = feed.Home,
        FeedUrl = self,
        Description = feed.Description.Length > 0 ? feed.Description : null,
        feed.Paper.Site.Language,
        Authors = new[] { new { feed.Paper.Site.Name, Url = feed.Site + "/" } },
        Hubs = feed.Hub is { } hub ? new[] { new { Type = "WebSub", Url = hub } } : null,
        Items = feed.Stories.Select(full => new
        {
            Id = feed.IdOf(full),
            Url = feed.Url(full),
            Title = full.Story.Headline,
            Summary = full.Story.Standfirst,
            ContentHtml = feed.FullText ? feed.BodyOf(full) : null,
            // One of the two there must be.
            ContentText = feed.FullText ? null : full.Story.Standfirst,
            Image = feed.PictureOf(full)?.Url,
            DatePublished = Print.Iso(full.Story.PublishedAt),
            DateModified = full.Story.UpdatedAt is { } updated ? Print.Iso(updated) : null,
            Authors = full.Story.Bylines.Select(b => new { b.Name, Url = feed.Site + Print.Href($"/authors/{b.Slug}") }),
            Tags = full.Tags.Select(t => t.Name).Prepend(full.Story.Section.Name),
            full.Story.Language,
        }),
    }, Json);
}
