using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;

namespace NewsHub.Core.Pictures;

/// <summary>
/// Puts a picture that was changed (another cut, other bytes) into the texts that print it, or takes one out: its address there is made
/// of what it was.
/// </summary>
public static class PictureUpdates
{
    /// <param name="before">The picture before the change.</param>
    /// <param name="pictures">The library, by file name.</param>
    /// <returns>How many texts were printed anew. They are saved with the caller's other changes.</returns>
    public static async Task<int> OfAsync(
        NewsDb db, PictureUse before, Picture picture, Func<string, PictureUse?> pictures, CancellationToken cancel = default)
    {
        var mentions = await MentionsAsync(db, [before.Key], [], cancel);
        foreach (var revision in mentions) revision.PrintAnew(before, picture, pictures);
        var (entries, pages) = await ElsewhereAsync(db, [before.Key], [], cancel);
        foreach (var entry in entries) entry.PrintAnew(entry.Text, pictures);
        foreach (var page in pages) page.PrintAnew(page.Body, pictures);
        return mentions.Count + entries.Count + pages.Count;
    }

    /// <summary>
    /// Takes pictures out of every text that names them or leads to one of their addresses, old revisions and notes of live stories
    /// too.
    /// </summary>
    /// <param name="files">Their names; what still names another picture by an old address prints that picture as it is now.</param>
    /// <param name="pictures">What is left of the library, by file name.</param>
    /// <returns>The stories that were printed anew, and whether pages about the paper were. They are saved with the caller's other
    /// changes.</returns>
    public static async Task<(IReadOnlySet<StoryId> Stories, bool HasPages)> WithoutAsync(
        NewsDb db,
        IReadOnlyCollection<string> files,
        IEnumerable<string> keys,
        Func<string, PictureUse?> pictures,
        CancellationToken cancel = default)
    {
        List<string> addresses = [.. keys];
        var mentions = await MentionsAsync(db, addresses, files, cancel);
        foreach (var revision in mentions) revision.TakeOut(files, pictures);
        var (entries, pages) = await ElsewhereAsync(db, addresses, files, cancel);
        foreach (var entry in entries) entry.PrintAnew(PictureMentions.Without(entry.Text, files), pictures);
        foreach (var page in pages) page.PrintAnew(PictureMentions.Without(page.Body, files), pictures);
        return (mentions.Select(r => r.StoryId).Concat(entries.Select(e => e.StoryId)).ToHashSet(), pages.Count > 0);
    }

    private static async Task<List<Revision>> MentionsAsync(
        NewsDb db, IReadOnlyCollection<string> keys, IReadOnlyCollection<string> files, CancellationToken cancel)
    {
        var places = new HashSet<Place>();
        foreach (var key in keys.Select(k => Like.Within(k)))
            places.UnionWith(await db.Database.SqlQuery<Place>(
                $"""SELECT "StoryId", "Number" FROM "Revisions" WHERE "Picture" LIKE {key} OR "BodyHtml" LIKE {key}""")
                .ToListAsync(cancel));
        foreach (var file in files.Select(f => Like.Within(f)))
            places.UnionWith(await db.Database.SqlQuery<Place>(
                $"""SELECT "StoryId", "Number" FROM "Revisions" WHERE "Picture" LIKE {file} ESCAPE '\' OR "Body" LIKE {file} ESCAPE '\'""")
                .ToListAsync(cancel));
        var revisions = new List<Revision>();
        foreach (var place in places)
        {
            var story = new StoryId(place.StoryId);
            revisions.Add(await db.Revisions.SingleAsync(r => r.StoryId == story && r.Number == place.Number, cancel));
        }
        return revisions;
    }

    private static async Task<(List<LiveEntry> Entries, List<StaticPage> Pages)> ElsewhereAsync(
        NewsDb db, IReadOnlyCollection<string> keys, IReadOnlyCollection<string> files, CancellationToken cancel)
    {
        var (entries, pages) = (new List<LiveEntry>(), new List<StaticPage>());
        foreach (var key in keys)
        {
            entries.AddRange(await db.LiveEntries.Where(e => e.Html.Contains(key)).ToListAsync(cancel));
            pages.AddRange(await db.StaticPages.Where(p => p.BodyHtml.Contains(key)).ToListAsync(cancel));
        }
        foreach (var file in files)
        {
            entries.AddRange(await db.LiveEntries.Where(e => e.Text.Contains(file)).ToListAsync(cancel));
            pages.AddRange(await db.StaticPages.Where(p => p.Body.Contains(file)).ToListAsync(cancel));
        }
        return ([.. entries.Distinct()], [.. pages.Distinct()]);
    }

    private sealed record Place(long StoryId, int Number);
}
