using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Settings;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;
using NewsHub.Core.Text;

namespace NewsHub.Core.Tests;

/// <summary>Copy to test with: a desk with two sections and two authors, and stories of few words.</summary>
internal sealed class Copy
{
    public static readonly DateTimeOffset Noon = new(2025, 7, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly Actor Editor = new("ed");
    public static readonly PictureUse Cables = new(
        "0123456789abcdef0123", "cables.jpg", 1600, 1000, "Cables of a bridge", "The bridge at dusk", "A. Osei");

    public required Section Technology { get; init; }
    public required Section World { get; init; }
    public required Author Ada { get; init; }
    public required Author Ben { get; init; }
    public required Tag Ferries { get; init; }

    public static async Task<Copy> SetAsync(NewsDb db)
    {
        var copy = new Copy
        {
            Technology = new Section(Slug.Parse("technology"), "Technology", null, 0),
            World = new Section(Slug.Parse("world"), "World", null, 1),
            Ada = new Author(Slug.Parse("ada"), "Ada Obi", "Reporter", null),
            Ben = new Author(Slug.Parse("ben"), "Ben Ford", null, null),
            Ferries = new Tag(Slug.Parse("ferries"), "Ferries"),
        };
        db.AddRange(new Site { TimeZone = "Africa/Lagos", Reactions = [new("like", "Like"), new("sad", "Sad")] },
            copy.Technology, copy.World, copy.Ada, copy.Ben, copy.Ferries);
        await db.SaveChangesAsync();
        return copy;
    }

    public StoryText Text(string headline = "Ferry strike", string body = "It began at dawn.", Section? section = null) => new()
    {
        Section = (section ?? Technology).Id,
        Kind = Kind.News,
        Headline = headline,
        Standfirst = "Crews stay ashore.",
        Body = body,
        Bylines = [new Byline(Ada.Id, "ada", "Ada Obi", null)],
        Tags = [new TagLine(Ferries.Id, "ferries", "Ferries")],
    };

    public Story Draft(string headline = "Ferry strike", string body = "It began at dawn.", Section? section = null) =>
        New(Text(headline, body, section));

    public static Story New(StoryText text, DateTimeOffset? at = null) => new(text, Render(text.Body), Editor, at ?? Noon);

    public Story Live(
        string headline = "Ferry strike", DateTimeOffset? at = null, Section? section = null, string body = "It began at dawn.")
    {
        var story = New(Text(headline, body, section), at);
        Publish(story, at);
        return story;
    }

    public void Publish(Story story, DateTimeOffset? at = null, Revision? revision = null)
    {
        revision ??= story.Revisions[^1];
        var section = revision.Text.Section == World.Id ? World : Technology;
        story.Publish(revision, section, Slug.From(revision.Text.Headline)!.Value, Editor, at ?? Noon);
    }

    public static RenderedBody Render(string body) => HouseMarkdown.Render(body, f => f == Cables.File ? Cables : null);
}
