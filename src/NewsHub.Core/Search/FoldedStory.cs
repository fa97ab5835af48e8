using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Search;

/// <summary>A live story as an index takes it in. Every text is folded words with spaces between them, see
/// <see cref="Folding.Whole"/>.</summary>
/// <param name="Words">Those that somebody may mistype, or not type to their end.</param>
internal sealed record FoldedStory(
    StoryId Story,
    DateTimeOffset LiveAt,
    string Headline,
    string Standfirst,
    string Names,
    string Body,
    string Facets,
    HashSet<string> Words)
{
    /// <summary>Those of the stories that are live, and they folded one after the other as they are asked for.</summary>
    public static async Task<(IReadOnlySet<StoryId> Live, IEnumerable<FoldedStory> Folded)> ReadAsync(
        NewsDb db, IReadOnlyCollection<StoryId> stories, CancellationToken cancel)
    {
        var live = await (
            from p in db.LiveStories()
            where stories.Contains(p.Story.Id)
            select new { p.Story.Id, LiveAt = p.Story.FirstPublishedAt!.Value, p.Revision.Text, p.Revision.BodyHtml }).ToListAsync(cancel);
        var liveBlogs = live.Where(l => l.Text.Kind is Kind.Live).Select(l => l.Id).ToList();
        var read = liveBlogs.Count == 0 ? [] : await db.LiveEntries.AsNoTracking()
            .Where(e => liveBlogs.Contains(e.StoryId) && e.DeletedAt == null)
            .Select(e => new { e.StoryId, e.Headline, e.Html })
            .ToListAsync(cancel);
        var entries = read.ToLookup(e => e.StoryId, e => $"{e.Headline} {e.Html}");
        return (live.Select(l => l.Id).ToHashSet(), live.AsParallel()
            .AsOrdered()
            .Select(l => Of(l.Id, l.LiveAt, l.Text, $"{l.BodyHtml} {string.Join(' ', entries[l.Id])}"))
            .AsSequential());
    }

    private static FoldedStory Of(StoryId story, DateTimeOffset liveAt, StoryText text, string html)
    {
        var (headline, standfirst) = (Folding.Whole(text.Headline), Folding.Whole(text.Standfirst));
        var names = Folding.Whole(
            string.Join(' ', [text.Kicker, text.Dateline, .. text.Bylines.Select(b => b.Name), .. text.Tags.Select(t => t.Name)]));
        var body = Folding.Whole($"{LiveEntry.PlainText(html)} {text.Picture?.Caption}");
        var facets = string.Join(' ', [
            Facet.Any,
            Facet.Of('s', text.Section.Value),
            Facet.Of('k', (long)text.Kind),
            .. text.Bylines.Select(b => Facet.Of('a', b.AuthorId)).Distinct(),
        ]);
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in (string[])[headline, standfirst, names, body])
            foreach (var word in part.Split(' '))
                if (word.Length > 1 && !Folding.IsPair(word)) words.Add(word);
        return new FoldedStory(story, liveAt, headline, standfirst, names, body, facets, words);
    }
}
