using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Settings;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;
using NewsHub.Core.Text;

namespace NewsHub.Web.Tests;

/// <summary>What editors do, done on a store.</summary>
internal static class Desk
{
    public static readonly Actor Editor = new("editor");

    /// <summary>A draft in the section Harbour of the made-up paper.</summary>
    public static async Task<Story> DraftAsync(
        NewsDb db, string headline, DateTimeOffset now, string body = "One sentence of body.", Kind kind = Kind.News)
    {
        var section = await HarbourAsync(db);
        var author = await db.Authors.FirstAsync();
        var text = new StoryText
        {
            Section = section.Id,
            Kind = kind,
            Headline = headline,
            Standfirst = $"What {headline} is about.",
            Body = body,
            Bylines = [new Byline(author.Id, author.Slug.Value, author.Name, null)],
            Tags = [],
        };
        var story = new Story(text, HouseMarkdown.Render(body, _ => null), Editor, now);
        db.Stories.Add(story);
        await db.SaveChangesAsync();
        return story;
    }

    /// <returns>The story's address.</returns>
    public static async Task<string> PublishAsync(NewsDb db, string headline, DateTimeOffset now, Kind kind = Kind.News)
    {
        var story = await DraftAsync(db, headline, now, kind: kind);
        var section = await HarbourAsync(db);
        story.Publish(story.Revisions[0], section, await db.FreeSlugAsync(section, now, Slug.From(headline)!.Value), Editor, now);
        await db.SaveChangesAsync();
        return story.Address!;
    }

    /// <summary>Does something to the story at an address.</summary>
    public static async Task<int> ChangeAsync(NewsDb db, string address, Action<Story, NewsHub.Core.Settings.Section> act)
    {
        var story =
            await db.Stories.Include(s => s.Revisions).Include(s => s.Listings).Include(s => s.Corrections).Include(s => s.FormerAddresses)
                .AsSplitQuery().SingleAsync(s => s.Address == address);
        act(story, await HarbourAsync(db));
        return await db.SaveChangesAsync();
    }

    /// <summary>A new text for a live story, published.</summary>
    public static Task<int> UpdateAsync(NewsDb db, string address, string headline, DateTimeOffset now) =>
        ChangeAsync(db, address, (story, section) =>
        {
            var text = story.Revisions.Single(r => r.Number == story.LiveRevision).Text with { Headline = headline };
            story.Publish(
                story.Save(text, HouseMarkdown.Render(text.Body, _ => null), Editor, now), section, story.Slug!.Value, Editor, now);
        });

    private static Task<NewsHub.Core.Settings.Section> HarbourAsync(NewsDb db) => db.Sections.OrderBy(s => s.Position).FirstAsync();
}
