using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using Npgsql;

namespace NewsHub.Core.Search;

public sealed partial class PostgresSearch
{
    // “News” in ASCII, and 4: 1 to 3 are the store's.
    internal const long CompletingKey = 0x4E65_7773_0000_0004;

    public Task KeepAsync(IReadOnlyCollection<StoryId> stories, CancellationToken cancel = default) =>
        ConnectedAsync(async () =>
        {
            var (live, folded) = await FoldedStory.ReadAsync(db, stories, cancel);
            var known = await db.IndexedStories.AsNoTracking().Where(i => stories.Contains(i.StoryId)).ToDictionaryAsync(
                i => i.StoryId, i => i.Place, cancel);
            var kept = folded.ToList();
            var stay = kept.Where(k => known.TryGetValue(k.Story, out var place) && !IndexedStory.IsElsewhere(place, k.LiveAt))
                .Select(k => k.Story).ToHashSet();
            var counts = await IsCompleteAsync(cancel);
            await ForgetAsync([.. known.Values], [.. known.Where(k => !stay.Contains(k.Key)).Select(k => k.Value)], counts, cancel);
            var places = await PlaceAsync([.. kept.Where(k => !stay.Contains(k.Story))], cancel);
            foreach (var story in stay) places[story] = known[story];
            await TakeInAsync([.. kept.Select(k => (places[k.Story], k)).OrderBy(k => k.Item1)], counts, cancel);
            return live.Count;
        }, cancel);

    /// <summary>Takes in stories of which none is there.</summary>
    internal Task AddAsync(IReadOnlyList<FoldedStory> stories, CancellationToken cancel = default) =>
        ConnectedAsync(async () =>
        {
            var places = await PlaceAsync(stories, cancel);
            await TakeInAsync([.. stories.Select(s => (places[s.Story], s))], await IsCompleteAsync(cancel), cancel);
            return true;
        }, cancel);

    // Without its index a story is taken in at a thirtieth of the cost.
    public Task ClearAsync(CancellationToken cancel = default) => db.Database.ExecuteSqlRawAsync("""
        DROP INDEX IF EXISTS "IX_SearchText_Words";
        TRUNCATE "SearchText", "SearchTotals", "IndexedStories", "IndexedWords";
        """, cancel);

    public Task<bool> IsCompleteAsync(CancellationToken cancel = default) =>
        ConnectedAsync(async () => await TotalsAsync(cancel) is not null, cancel);

    public Task<bool> TryHoldAsync(CancellationToken cancel = default) =>
        ConnectedAsync(async () => (await RowsAsync("SELECT pg_try_advisory_xact_lock_shared(@key)", r => r.GetBoolean(0), cancel,
            ("key", CompletingKey)))[0], cancel);

    public Task CompleteAsync(CancellationToken cancel = default) =>
        ConnectedAsync(async () =>
        {
            if (await TotalsAsync(cancel) is not null) return true;
            // Not by EF: the writers' lock is not needed, since nothing is taken in before this is done.
            await using var transaction = await ((NpgsqlConnection)db.Database.GetDbConnection()).BeginTransactionAsync(cancel);
            foreach (var sql in Completing())
            {
                await using var command = Command(sql);
                command.Transaction = transaction;
                command.CommandTimeout = 0;
                await command.ExecuteNonQueryAsync(cancel);
            }
            await transaction.CommitAsync(cancel);
            return true;
        }, cancel);

    /// <summary>Who comes second waits, and finds it done. Killed at any place, nothing of it is there.</summary>
    private static IEnumerable<string> Completing() =>
    [
        "SET LOCAL lock_timeout = 0",
        FormattableString.Invariant($"SELECT pg_advisory_xact_lock({CompletingKey})"),
        "SET LOCAL maintenance_work_mem = '256MB'",
        // Of those with a position.
        """
        INSERT INTO "IndexedWords" ("Word", "Stories")
        SELECT word, ndoc FROM ts_stat('SELECT "Words" FROM "SearchText"', 'abcd') WHERE NOT EXISTS (SELECT FROM "SearchTotals")
        """,
        """
        INSERT INTO "SearchTotals" ("Stories", "Words")
        SELECT count(*), coalesce(sum("Length"), 0) FROM "SearchText" HAVING NOT EXISTS (SELECT FROM "SearchTotals")
        """,
        """CREATE INDEX IF NOT EXISTS "IX_SearchText_Words" ON "SearchText" USING gin ("Words") WITH (fastupdate = off)""",
    ];

    /// <summary>Takes texts out, and places of those that stay nowhere.</summary>
    /// <param name="counts">Whether words are counted already.</param>
    private async Task ForgetAsync(long[] texts, long[] places, bool counts, CancellationToken cancel)
    {
        if (texts.Length == 0) return;
        if (counts)
        {
            await RunAsync("""
                UPDATE "IndexedWords" AS w SET "Stories" = w."Stories" - gone.times
                FROM (SELECT l.lexeme COLLATE "C" AS word, count(*) AS times
                FROM "SearchText" AS t CROSS JOIN LATERAL unnest(t."Words") AS l
                WHERE t."Place" = ANY(@places) AND l.positions IS NOT NULL GROUP BY 1) AS gone
                WHERE w."Word" = gone.word
                """, cancel, ("places", texts));
        }
        await RunAsync("""
            WITH gone AS (DELETE FROM "SearchText" WHERE "Place" = ANY(@places) RETURNING "Length")
            UPDATE "SearchTotals" SET "Stories" = "Stories" - (SELECT count(*) FROM gone),
            "Words" = "Words" - (SELECT coalesce(sum("Length"), 0) FROM gone)
            """, cancel, ("places", texts));
        if (places.Length > 0)
            await RunAsync("""DELETE FROM "IndexedStories" WHERE "Place" = ANY(@places)""", cancel, ("places", places));
    }

    /// <summary>Gives each story the first place that is free from its minute on.</summary>
    private async Task<Dictionary<StoryId, long>> PlaceAsync(IReadOnlyList<FoldedStory> stories, CancellationToken cancel)
    {
        var places = new Dictionary<StoryId, long>();
        if (stories.Count == 0) return places;
        var next = new Dictionary<long, long>();
        var taken = new HashSet<long>();
        foreach (var story in stories)
        {
            var minute = IndexedStory.PlaceOf(story.LiveAt);
            var place = next.GetValueOrDefault(minute, minute);
            do place = await FreePlaceAsync(place, cancel);
            while (!taken.Add(place++));
            next[minute] = place;
            places.Add(story.Story, place - 1);
        }
        await RunAsync("""INSERT INTO "IndexedStories" ("Place", "StoryId") SELECT * FROM unnest(@places, @stories)""", cancel,
            ("places", places.Values.ToArray()), ("stories", places.Keys.Select(s => s.Value).ToArray()));
        return places;
    }

    private async Task<long> FreePlaceAsync(long first, CancellationToken cancel) =>
        (await RowsAsync("""
            SELECT p FROM (SELECT @first AS p UNION ALL SELECT "Place" + 1 FROM "IndexedStories" WHERE "Place" >= @first) AS f
            WHERE NOT EXISTS (SELECT FROM "IndexedStories" AS i WHERE i."Place" = f.p) ORDER BY p LIMIT 1
            """, r => r.GetInt64(0), cancel, ("first", first)))[0];

    private async Task TakeInAsync(IReadOnlyList<(long Place, FoldedStory Story)> stories, bool counts, CancellationToken cancel)
    {
        var vectors = stories.AsParallel().AsOrdered().Select(s => SearchVector.Of(s.Story, s.Place)).ToList();
        await RunAsync("""
            WITH kept AS (INSERT INTO "SearchText" ("Place", "Length", "Words")
            SELECT place, length, words::tsvector FROM unnest(@places, @lengths, @words) AS s(place, length, words) RETURNING "Length")
            UPDATE "SearchTotals" SET "Stories" = "Stories" + (SELECT count(*) FROM kept),
            "Words" = "Words" + (SELECT coalesce(sum("Length"), 0) FROM kept)
            """, cancel, ("places", stories.Select(s => s.Place).ToArray()), ("lengths", vectors.Select(v => v.Length).ToArray()),
            ("words", vectors.Select(v => v.Text).ToArray()));
        if (!counts) return;
        await RunAsync("""
            INSERT INTO "IndexedWords" ("Word", "Stories")
            SELECT l.lexeme, count(*) FROM "SearchText" AS t CROSS JOIN LATERAL unnest(t."Words") AS l
            WHERE t."Place" = ANY(@places) AND l.positions IS NOT NULL GROUP BY l.lexeme
            ON CONFLICT ("Word") DO UPDATE SET "Stories" = "IndexedWords"."Stories" + EXCLUDED."Stories"
            """, cancel, ("places", stories.Select(s => s.Place).ToArray()));
    }
}
