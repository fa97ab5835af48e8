using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Search;

public sealed partial class SqliteSearch
{
    /// <summary>A story as the index takes it in, folded.</summary>
    private sealed record Kept(
        StoryId Story,
        DateTimeOffset LiveAt,
        string Headline,
        string Standfirst,
        string Names,
        string Body,
        string Facets,
        HashSet<string> Words);

    public async Task KeepAsync(IReadOnlyCollection<StoryId> stories, CancellationToken cancel = default)
    {
        await db.Database.OpenConnectionAsync(cancel);
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
        var known = await db.IndexedStories.AsNoTracking().Where(i => stories.Contains(i.StoryId)).ToDictionaryAsync(
            i => i.StoryId, i => i.Place, cancel);

        foreach (var gone in known.Where(k => live.TrueForAll(l => l.Id != k.Key)))
        {
            Forget(gone.Value);
            Run("""DELETE FROM "IndexedStories" WHERE "Place" = @place""", ("@place", gone.Value));
        }
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var kept in live.AsParallel()
            .AsOrdered()
            .Select(l => Read(l.Id, l.LiveAt, l.Text, $"{l.BodyHtml} {string.Join(' ', entries[l.Id])}"))
            .AsSequential())
        {
            var isNew = !known.TryGetValue(kept.Story, out var place);
            var moves = !isNew && IndexedStory.IsElsewhere(place, kept.LiveAt);
            if (moves)
            {
                Forget(place);
                Run("""DELETE FROM "IndexedStories" WHERE "Place" = @place""", ("@place", place));
            }
            if (isNew || moves)
            {
                place = FreePlace(kept.LiveAt);
                Run("""INSERT INTO "IndexedStories" ("Place", "StoryId") VALUES (@place, @story)""", ("@place", place),
                    ("@story", kept.Story.Value));
            }
            else Forget(place);
            Run("""INSERT INTO "SearchText" (rowid, headline, standfirst, names, body, facets) VALUES (@place, @headline, @standfirst, """
                + """@names, @body, @facets)""",
                ("@place", place), ("@headline", kept.Headline), ("@standfirst", kept.Standfirst), ("@names", kept.Names),
                ("@body", kept.Body), ("@facets", kept.Facets));
            Run("""INSERT INTO "SearchHeadlines" (rowid, headline) VALUES (@place, @headline)""", ("@place", place),
                ("@headline", kept.Headline));
            foreach (var word in kept.Words) words[word] = words.GetValueOrDefault(word) + (isNew ? 1 : 0);
        }
        foreach (var (word, times) in words)
            Run("""INSERT INTO "IndexedWords" ("Word", "Stories") VALUES (@word, @times) ON CONFLICT DO UPDATE """
                + """SET "Stories" = "Stories" + @times""", ("@word", word), ("@times", times));
    }

    public Task ClearAsync(CancellationToken cancel = default) => db.Database.ExecuteSqlRawAsync("""
        INSERT INTO "SearchText" ("SearchText") VALUES ('delete-all');
        INSERT INTO "SearchHeadlines" ("SearchHeadlines") VALUES ('delete-all');
        DELETE FROM "IndexedStories";
        DELETE FROM "IndexedWords";
        """, cancel);

    private static Kept Read(StoryId story, DateTimeOffset liveAt, StoryText text, string html)
    {
        var (headline, standfirst) = (Folding.Whole(text.Headline), Folding.Whole(text.Standfirst));
        var names = Folding.Whole(
            string.Join(' ', [text.Kicker, text.Dateline, .. text.Bylines.Select(b => b.Name), .. text.Tags.Select(t => t.Name)]));
        var body = Folding.Whole($"{LiveEntry.PlainText(html)} {text.Picture?.Caption}");
        var facets = string.Join(' ', [
            Facet.ToString(),
            FacetOf('s', text.Section.Value),
            FacetOf('k', (long)text.Kind),
            .. text.Bylines.Select(b => FacetOf('a', b.AuthorId)).Distinct(),
        ]);
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in (string[])[headline, standfirst, names, body])
            foreach (var word in part.Split(' '))
                if (word.Length > 1 && !Folding.IsPair(word)) words.Add(word);
        return new Kept(story, liveAt, headline, standfirst, names, body, facets, words);
    }

    /// <summary>The first place that is free from the minute on in which a story went live.</summary>
    private long FreePlace(DateTimeOffset liveAt)
    {
        var first = IndexedStory.PlaceOf(liveAt);
        using var command = Command("""
            SELECT p FROM (SELECT @first AS p UNION ALL SELECT "Place" + 1 FROM "IndexedStories" WHERE "Place" >= @first)
            WHERE p NOT IN (SELECT "Place" FROM "IndexedStories") LIMIT 1
            """, ("@first", first));
        return Read(command, r => r.GetInt64(0))[0];
    }

    private void Forget(long place)
    {
        Run("""DELETE FROM "SearchText" WHERE rowid = @place""", ("@place", place));
        Run("""DELETE FROM "SearchHeadlines" WHERE rowid = @place""", ("@place", place));
    }

    private void Run(string sql, params (string Name, object Value)[] values)
    {
        using var command = Command(sql, values);
        command.ExecuteNonQuery();
    }
}
