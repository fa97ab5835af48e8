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
        Items = feed.Stories.Select(told => new
        {
            Id = feed.IdOf(told),
            Url = feed.Url(told),
            Title = told.Story.Headline,
            Summary = told.Story.Standfirst,
            ContentHtml = feed.FullText ? feed.BodyOf(told) : null,
            // One of the two there must be.
            ContentText = feed.FullText ? null : told.Story.Standfirst,
            Image = feed.PictureOf(told)?.Url,
            DatePublished = Print.Iso(told.Story.PublishedAt),
            DateModified = told.Story.UpdatedAt is { } updated ? Print.Iso(updated) : null,
            Authors = told.Story.Bylines.Select(b => new { b.Name, Url = feed.Site + Print.Href($"/authors/{b.Slug}") }),
            Tags = told.Tags.Select(t => t.Name).Prepend(told.Story.Section.Name),
            told.Story.Language,
        }),
    }, Json);
}
