using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NewsHub.Core.Events;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Search;

/// <summary>
/// Search by SQLite's FTS5. However many stories have a word, no more than some thousands are weighed: FTS5 would count every story that
/// has it before it weighs the first. So words that are rare are weighed by BM25 (headline before names before standfirst before body); of
/// words that are everywhere only where they stand and how new the story is tells one story from another.
/// </summary>
public sealed partial class SqliteSearch(NewsDb db) : ISearchIndex
{
    public async Task<SearchHits> FindAsync(
        SearchQuery query, SearchCursor? after, int atMost, DateTimeOffset now, CancellationToken cancel = default)
    {
        await db.Database.OpenConnectionAsync(cancel);
        var terms = query.Terms.Select(t => new Term(Spelt(t))).ToList();
        var found = terms.Select(t => t.Spelt).SelectMany(s => s).ToList();
        var range = SearchRules.Range(query);
        var all = string.Join(" AND ", [.. terms.Select(t => t.Match), .. Facets(query)]);
        if (query.Order is SearchOrder.Newest)
        {
            var counted = Places(all, range, SearchRules.Weighed + 1).Count;
            var newest = Places(all, after is { } last ? range with { Until = Math.Min(range.Until, last.Place) } : range, atMost + 1);
            return SearchRules.Newest(newest, counted, more: false, atMost, found);
        }
        var (weights, more) = Weigh(terms, all, range);
        return SearchRules.Best(weights, more, after, atMost, SearchRules.AsOf(after, now), found);
    }

    public async Task<string?> NearestAsync(SearchQuery query, CancellationToken cancel = default)
    {
        await db.Database.OpenConnectionAsync(cancel);
        return await Spelling.NearestAsync(query,
            term => ValueTask.FromResult(Stories(new Term(Spelt(term)), 1) > 0),
            word => ValueTask.FromResult(Alike(word)),
            terms => ValueTask.FromResult(Places(
                string.Join(" AND ", [.. terms.Select(t => new Term([t.Words]).Match), .. Facets(query)]),
                (0, long.MaxValue),
                1).Count > 0));
    }

    public async Task<IReadOnlyList<(StoryId Story, double Weight)>> LikeAsync(
        StoryText text, int atMost, CancellationToken cancel = default)
    {
        await db.Database.OpenConnectionAsync(cancel);
        var words = SearchRules.Announcing(text)
            .Select(w => (Word: w, Stories: Stories(new Term([[w]]), SearchRules.Telling + 1)))
            .Where(w => w.Stories is > 0 and <= SearchRules.Telling).OrderBy(w => w.Stories).Take(SearchRules.MostTelling).ToList();
        if (words.Count == 0) return [];
        var weighed = Weights(string.Join(" OR ", words.Select(w => Quoted(w.Word))), (0, long.MaxValue))
            .OrderByDescending(w => w.Weight)
            .Take(atMost)
            .ToDictionary(w => w.Place, w => w.Weight);
        var places = weighed.Keys.ToList();
        return [.. (await db.IndexedStories.AsNoTracking().Where(i => places.Contains(i.Place)).ToListAsync(cancel))
            .Select(i => (i.StoryId, weighed[i.Place]))];
    }

    /// <returns>What fits by its place, and whether more fits than was weighed.</returns>
    private (Dictionary<long, double> Weights, bool More) Weigh(List<Term> terms, string all, (long From, long Until) range)
    {
        var rare = terms.Where(t => Stories(t, SearchRules.Rare + 1) <= SearchRules.Rare).ToList();
        // The more words, the longer it takes to find a story that has them all.
        var most = rare.Count > 0 ? SearchRules.Rare : SearchRules.Weighed / Math.Max(1, terms.Count);
        var places = Places(all, range, most + 1);
        var weights = places.Take(most).ToDictionary(p => p, _ => 0.1);
        if (rare.Count > 0)
        {
            // Of the rare words alone: it is the counting of the others that takes long.
            foreach (var (place, weight) in Weights(string.Join(" AND ", rare.Select(t => t.Match)), range))
                Add(place, weight);
        }
        if (terms.Count > 0 && weights.Count > 0)
            foreach (var place in Headlines(string.Join(" AND ", terms.Select(t => t.Match)), weights.Keys.Min(), range.Until))
                Add(place, 1);
        return (weights, places.Count > most);

        // One that came in between two statements waits for the next question.
        void Add(long place, double weight)
        {
            if (weights.ContainsKey(place)) weights[place] += weight;
        }
    }

    private static IEnumerable<string> Facets(SearchQuery query) => Facet.Of(query).Select(Quoted);

    private static string Quoted(string words) => $"\"{words}\"";

    /// <summary>What is looked for: one of several spellings, each of words that stand together.</summary>
    private sealed class Term(IReadOnlyList<IReadOnlyList<string>> spelt)
    {
        public IReadOnlyList<IReadOnlyList<string>> Spelt { get; } = spelt;

        // Words are letters and digits: nothing in them can end the quotation.
        public string Match { get; } = spelt.Count == 1 ? One(spelt[0]) : $"({string.Join(" OR ", spelt.Select(One))})";

        // Where pairs are kept, a single character is the beginning of many.
        private static string One(IReadOnlyList<string> words) =>
            Quoted(string.Join(' ', words)) + (Folding.IsSingle(words[^1]) ? "*" : "");
    }

    private IReadOnlyList<IReadOnlyList<string>> Spelt(SearchTerm term)
    {
        if (!Spelling.GoesOn(term)) return Spelling.Ways(term, []);
        var word = term.Words[0];
        using var command = Command(
            """SELECT "Word" FROM "IndexedWords" WHERE "Word" > @from AND "Word" < @until ORDER BY "Stories" DESC, "Word" LIMIT @most""",
            ("@from", word), ("@until", word + "\U0010FFFF"), ("@most", SearchRules.MostContinued));
        return Spelling.Ways(term, Read(command, r => r.GetString(0)));
    }

    /// <summary>In how many stories it is, so far as one counts.</summary>
    private int Stories(Term term, int atMost)
    {
        using var command = Command("""SELECT count(*) FROM (SELECT 1 FROM "SearchText" WHERE "SearchText" MATCH @match LIMIT @most)""",
            ("@match", term.Match), ("@most", atMost));
        return Read(command, r => r.GetInt32(0))[0];
    }

    private List<long> Places(string match, (long From, long Until) range, int atMost)
    {
        using var command = Command("""SELECT rowid FROM "SearchText" WHERE "SearchText" MATCH @match AND rowid >= @from AND rowid < """
            + """@until ORDER BY rowid DESC LIMIT @most""",
            ("@match", match), ("@from", range.From), ("@until", range.Until), ("@most", atMost));
        return Read(command, r => r.GetInt64(0));
    }

    /// <summary>
    /// The stories with all the words in their headline. Headlines have an index of their own: of a word that is in every text and in no
    /// headline, the one of all texts would be read to its end before it says so.
    /// </summary>
    private List<long> Headlines(string match, long from, long until)
    {
        using var command = Command(
            """SELECT rowid FROM "SearchHeadlines" WHERE "SearchHeadlines" MATCH @match AND rowid >= @from AND rowid < @until""",
            ("@match", match),
            ("@from", from),
            ("@until", until));
        return Read(command, r => r.GetInt64(0));
    }

    private List<(long Place, double Weight)> Weights(string match, (long From, long Until) range)
    {
        using var command = Command("""SELECT rowid, -bm25("SearchText", 10.0, 4.0, 6.0, 1.0, 0.0) FROM "SearchText" WHERE "SearchText" """
            + """MATCH @match AND rowid >= @from AND rowid < @until""",
            ("@match", match), ("@from", range.From), ("@until", range.Until));
        return Read(command, r => (r.GetInt64(0), r.GetDouble(1)));
    }

    /// <summary>The word of the paper that is nearest to one that is not in it: most letters alike, then in most stories. Whether it
    /// still is in one is asked.</summary>
    private string? Alike(string word)
    {
        if (word.Length < 3) return null;
        var most = Spelling.MostSteps(word);
        // Whoever mistypes the first letter mostly has it second.
        using var command = Command("""
            SELECT "Word", "Stories" FROM "IndexedWords" WHERE ("Word" >= @a AND "Word" < @b OR "Word" >= @c AND "Word" < @d) AND length("Word") BETWEEN @short AND @long
            """, ("@a", word[..1]), ("@b", word[..1] + "\U0010FFFF"), ("@c", word[1..2]), ("@d", word[1..2] + "\U0010FFFF"),
            ("@short", word.Length - most), ("@long", word.Length + most));
        return Spelling.Alike(word, Read(command, r => (r.GetString(0), r.GetInt32(1))))
            .FirstOrDefault(w => Stories(new Term([[w]]), 1) > 0);
    }

    private DbCommand Command(string sql, params (string Name, object Value)[] values)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // Every text is written above; what was typed goes in as a value.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        return command;
    }

    private static List<T> Read<T>(DbCommand command, Func<DbDataReader, T> row)
    {
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(row(reader));
        return rows;
    }
}
