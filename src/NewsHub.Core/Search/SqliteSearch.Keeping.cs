using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;

namespace NewsHub.Core.Search;

public sealed partial class SqliteSearch
{
    public async Task KeepAsync(IReadOnlyCollection<StoryId> stories, CancellationToken cancel = default)
    {
        await db.Database.OpenConnectionAsync(cancel);
        var (live, folded) = await FoldedStory.ReadAsync(db, stories, cancel);
        var known = await db.IndexedStories.AsNoTracking().Where(i => stories.Contains(i.StoryId)).ToDictionaryAsync(
            i => i.StoryId, i => i.Place, cancel);

        foreach (var gone in known.Where(k => !live.Contains(k.Key)))
        {
            Forget(gone.Value);
            Run("""DELETE FROM "IndexedStories" WHERE "Place" = @place""", ("@place", gone.Value));
        }
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var kept in folded)
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

    public Task<bool> IsCompleteAsync(CancellationToken cancel = default) => Task.FromResult(true);

    public Task<bool> TryHoldAsync(CancellationToken cancel = default) => Task.FromResult(true);

    public Task CompleteAsync(CancellationToken cancel = default) => Task.CompletedTask;

    public Task ClearAsync(CancellationToken cancel = default) => db.Database.ExecuteSqlRawAsync("""
        INSERT INTO "SearchText" ("SearchText") VALUES ('delete-all');
        INSERT INTO "SearchHeadlines" ("SearchHeadlines") VALUES ('delete-all');
        DELETE FROM "IndexedStories";
        DELETE FROM "IndexedWords";
        """, cancel);

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
