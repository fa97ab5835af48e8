namespace NewsHub.Core.Search;

public sealed partial class PostgresSearch
{
    /// <summary>Vectors that are read for one question: each costs as much as dozens of answers of the index.</summary>
    private const int MostVectors = 2000;

    /// <summary>The stories by which it is judged how close they stand.</summary>
    private const int Sample = 1024;

    /// <summary>The newest stories that fit.</summary>
    /// <returns>They, and whether more may fit than were looked at.</returns>
    private async Task<(IReadOnlyList<Indexed> Stories, bool More)> PlacesAsync(
        PostgresQuestion question, (long From, long Until) range, int atMost, CancellationToken cancel)
    {
        if (question.Vector is null) return (await CandidatesAsync(question, range, atMost, cancel), false);
        var candidates = await CandidatesAsync(question, range, MostVectors, cancel);
        var fitting = await FittingAsync([.. candidates.Select(c => c.Place)], question.Vector, cancel);
        return ([.. candidates.Where(c => fitting.Contains(c.Place)).Take(atMost)], candidates.Count == MostVectors);
    }

    /// <summary>The newest stories that the index gives, without a look at their vectors.</summary>
    private async Task<IReadOnlyList<Indexed>> CandidatesAsync(
        PostgresQuestion question, (long From, long Until) range, int atMost, CancellationToken cancel)
    {
        if (question.Rarest == 0) return [];
        if (question.Rarest <= SearchRules.Rare) return await AskAsync(question.Index, range, atMost, cancel);
        var sample = await SampleAsync(range.Until, cancel);
        if (sample.Count == 0) return [];
        // How many places stand for a story, here at least.
        var spread = (sample.Newest + 1 - sample.Oldest) / (double)sample.Count;
        var until = Math.Min(range.Until, sample.Newest + 1);
        var from = sample.Count < Sample ? Math.Max(range.From, sample.Oldest) : range.From;
        var found = new List<Indexed>();
        // As many as hold enough, if the words are spread evenly; fewer where the rarest could be in each with all the others.
        var wanted = Math.Min(atMost / question.Share, 8.0 * atMost * question.Total / question.Rarest);
        while (found.Count < atMost && from < until)
        {
            wanted = Math.Min(wanted, (until - from) / spread + 1);
            // The rarest word leads there by a shorter way.
            if (wanted >= question.Rarest)
            {
                found.AddRange(await AskAsync(question.Index, (from, until), atMost - found.Count, cancel));
                break;
            }
            var blocks = SearchBlocks.Before(until, wanted * spread);
            var begin = Math.Max(from, blocks.From);
            var some = await AskAsync($"{blocks.Query} & {question.Index}", (begin, until), atMost - found.Count, cancel);
            found.AddRange(some);
            var looked = (until - begin) / spread;
            wanted = some.Count == 0 ? Math.Max(wanted, looked) * 4 : (atMost - found.Count) * looked / some.Count * 1.25;
            until = begin;
        }
        return found;
    }

    private Task<List<Indexed>> AskAsync(string question, (long From, long Until) range, int atMost, CancellationToken cancel) =>
        RowsAsync("""SELECT "Place", "Length" FROM "SearchPlaces"(@questions::tsquery[], @from, @until, @most)""",
            r => new Indexed(r.GetInt64(0), r.GetInt32(1)), cancel,
            ("questions", (string[])[question]), ("from", range.From), ("until", range.Until), ("most", atMost));

    private async Task<(int Count, long Oldest, long Newest)> SampleAsync(long until, CancellationToken cancel) =>
        (await RowsAsync("""
            SELECT count(*)::int, coalesce(min("Place"), 0), coalesce(max("Place"), 0)
            FROM (SELECT "Place" FROM "IndexedStories" WHERE "Place" < @until ORDER BY "Place" DESC LIMIT @most) AS s
            """, r => (r.GetInt32(0), r.GetInt64(1), r.GetInt64(2)), cancel, ("until", until), ("most", Sample)))[0];

    /// <summary>Those of the stories whose vectors fit a query.</summary>
    private async Task<HashSet<long>> FittingAsync(long[] places, string query, CancellationToken cancel) =>
        // Behind the zero the comparison is not left to the index.
        [.. await RowsAsync("""
            SELECT t."Place" FROM (SELECT "Place", "Words" @@ @query::tsquery AS fits FROM "SearchText"
            WHERE "Place" = ANY(@places) OFFSET 0) AS t WHERE t.fits
            """, r => r.GetInt64(0), cancel, ("places", places), ("query", query))];

    /// <summary>Which of many queries the vectors of stories fit.</summary>
    private async Task<Dictionary<long, bool[]>> FitsAsync(long[] places, string[] queries, CancellationToken cancel) =>
        // Of a copy, so that the vector is fetched once.
        (await RowsAsync("""
            SELECT t."Place", ARRAY(SELECT t.words @@ q.query FROM unnest(@queries::tsquery[]) WITH ORDINALITY AS q(query, n) ORDER BY q.n)
            FROM (SELECT "Place", "Words" || ''::tsvector AS words FROM "SearchText" WHERE "Place" = ANY(@places) OFFSET 0) AS t
            """, r => (Place: r.GetInt64(0), Fits: r.GetFieldValue<bool[]>(1)), cancel, ("places", places), ("queries", queries)))
            .ToDictionary(r => r.Place, r => r.Fits);

    /// <summary>A story in the index, and how many words it has.</summary>
    private readonly record struct Indexed(long Place, int Length);
}
