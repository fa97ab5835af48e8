using System.Text;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Core.Stories;
using NewsHub.Web.Followers;
using NewsHub.Web.Http;
using NewsHub.Web.Localization;
using NewsHub.Web.Options;
using NewsHub.Web.PageCache;

namespace NewsHub.Web.Feeds;

/// <summary>Every list of the paper as RSS, Atom and JSON Feed. Kept like the page that it stands beside, until a
/// story in it changes.</summary>
internal static class FeedDoors
{
    private const int MostStories = 30;

    public static void MapFeeds(this IEndpointRouteBuilder app)
    {
        foreach (var (form, _) in Feed.Forms)
        {
            var file = form;
            Map("/", (_, news) => Task.FromResult<Found?>(new(null, news.Snapshot.Site.Description, "/", ListOf.Latest, 0)));
            Map("/{list}/", (list, news) => Task.FromResult(
                news.Snapshot.Section(list) is { } section ? new Found(
                    section.Name, section.Description ?? "", section.Address, ListOf.Section, section.Id.Value)
                : Enum.TryParse<Kind>(list, ignoreCase: true, out var kind)
                    && kind is not Kind.News
                    && Print.Class(kind) == list ? new Found(Print.Title(kind), "", $"/{list}", ListOf.Kind, (long)kind)
                : null));
            Map("/authors/{list}/", async (list, news) => await news.AuthorNamedAsync(list) is { } author ? new Found(
                author.Name, Texts.Now.Say("author.description", ("author", author.Name)), $"/authors/{list}", ListOf.Author,
                author.Id) : null);
            Map("/tags/{list}/", async (list, news) => await news.TagNamedAsync(list) is { } tag
                ? new Found(tag.Name, Texts.Now.Say("tag.description", ("tag", tag.Name)), $"/tags/{list}", ListOf.Tag, tag.Id)
                : null);
            app.MapGet("/editions/{number}/" + file, async (
                HttpContext context, string number, PublishedNews news, LastChange last, SiteOptions site, FeedsOptions options) =>
            {
                if (!EditionNumber.TryParse(number, out var n)
                    || await news.FullStoriesInEditionAsync(n, context.RequestAborted) is not { } front)
                {
                    return Results.NotFound();
                }
                NewsHeaders.MayBeTakenAnywhere(context);
                context.CachePage([Topic.SiteWide, Topic.Edition(front.Edition.Id), .. front.Stories.Select(s => Topic.Story(s.Story.Id))]);
                var name = Texts.Now.Say("edition.title", ("number", n), ("day", Print.Day(front.Edition.Date)));
                return Write(context, last, file, Make(
                    site, options, news.Snapshot, name, front.Edition.Title, front.Edition.Address, front.Stories));
            });

            void Map(string lists, Func<string, PublishedNews, Task<Found?>> find) => app.MapGet(lists + file, async (
                HttpContext context, PublishedNews news, LastChange last, SiteOptions site, FeedsOptions options) =>
            {
                if (await find(context.GetRouteValue("list") as string ?? "", news) is not { } list) return Results.NotFound();
                var stories = await news.FullStoriesAsync(list.List, list.Subject, MostStories, context.RequestAborted);
                // A tag that no live story carries is unknown to readers.
                if (list.List is ListOf.Tag && stories.Count == 0) return Results.NotFound();
                NewsHeaders.MayBeTakenAnywhere(context);
                context.CachePage([Topic.SiteWide, Topic.List(list.List, list.Subject), .. stories.Select(s => Topic.Story(s.Story.Id))]);
                return Write(context, last, file, Make(site, options, news.Snapshot, list.Name, list.Description, list.Page, stories));
            });
        }
        // Where other systems have theirs, and readers' programs look for it.
        foreach (var usual in new[] { "/feed", "/rss", "/rss.xml", "/index.xml" })
            app.MapGet(usual, () => Results.Redirect("/feed.xml", permanent: true));
    }

    /// <param name="Name">Null for the whole paper.</param>
    private sealed record Found(string? Name, string Description, string Page, ListOf List, long Subject);

    private static Feed Make(
        SiteOptions site, FeedsOptions options, SiteSnapshot paper, string? name, string description, string page,
        IReadOnlyList<FullStory> stories) => new(
        name is null ? paper.Site.Name : $"{paper.Site.Name}: {name}",
        description.Length > 0 ? description : paper.Site.Description.Length > 0 ? paper.Site.Description : paper.Site.Subtitle,
        page, site.Url, paper, options.Hub, options.FullText, stories);

    private static IResult Write(HttpContext context, LastChange last, string file, Feed feed)
    {
        last.Tell(context, feed.ChangedAt);
        var (self, type) = (feed.Self(file), Feed.Forms.Single(f => f.File == file).Type);
        if (file == "feed.json") return Results.Text(JsonFeed.Write(feed, self), type, Encoding.UTF8);
        return Results.Bytes(PlainXml.Document(xml =>
        {
            if (file == "atom.xml") Atom.Write(xml, feed, self); else Rss.Write(xml, feed, self);
        }), $"{type}; charset=utf-8");
    }
}
