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
    /// <summary>A word of more stories than this is everywhere.</summary>
    private const int Rare = 2000;

    /// <summary>The newest stories that are weighed where all words are everywhere.</summary>
    private const int Weighed = 1000;
    private const int MostContinued = 8;

    // The index takes letters beyond ASCII for parts of words: nobody can type this one, for no word has it.
    private const char Facet = '\uE000';

    /// <summary>The age at which half of what a new story has over an old one is gone.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(30);

    public async Task<SearchHits> FindAsync(
        SearchQuery query, SearchCursor? after, int atMost, DateTimeOffset now, CancellationToken cancel = default)
    {
        await db.Database.OpenConnectionAsync(cancel);
        var terms = query.Terms.Select(t => new Term(Spelt(t))).ToList();
        var found = terms.Select(t => t.Spelt).SelectMany(s => s).ToList();
        var range = (From: query.From is { } from ? IndexedStory.PlaceOf(from) : 0,
            Until: query.Until is { } until ? IndexedStory.PlaceOf(until) : long.MaxValue);
        var all = string.Join(" AND ", [.. terms.Select(t => t.Match), .. Facets(query)]);
        if (query.Order is SearchOrder.Newest)
        {
            var counted = Places(all, range, Weighed + 1).Count;
            var newest = Places(all, after is { } last ? range with { Until = Math.Min(range.Until, last.Place) } : range, atMost + 1);
            return new SearchHits([.. newest.Take(atMost).Select(p => new SearchHit(p, 0))],
                newest.Count > atMost ? new SearchCursor(DateTimeOffset.UnixEpoch, 0, newest[atMost - 1]) : null, Math.Min(
                    counted, Weighed), counted > Weighed, found);
        }
        var asOf = after?.AsOf ?? DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        var (weights, more) = Weigh(terms, all, range);
        var hits = weights.Select(w => new SearchHit(w.Key, w.Value * Freshness(w.Key, asOf)))
            .OrderByDescending(h => h.Relevance).ThenByDescending(h => h.Place)
            .Where(h => after is not { } shown || h.Relevance < shown.Relevance || h.Relevance == shown.Relevance && h.Place < shown.Place)
            .Take(atMost + 1).ToList();
        return new SearchHits([.. hits.Take(atMost)], hits.Count > atMost
            ? new SearchCursor(asOf, hits[atMost - 1].Relevance, hits[atMost - 1].Place)
            : null, weights.Count, more, found);
    }

    public async Task<string?> NearestAsync(SearchQuery query, CancellationToken cancel = default)
    {
        await db.Database.OpenConnectionAsync(cancel);
        var words = new List<string>();
        var mended = false;
        foreach (var term in query.Terms)
        {
            if (Stories(new Term(Spelt(term)), 1) > 0) words.Add(term.Typed ? term.Text : $"\"{term.Text}\"");
            else if (term.Words is [var word] && Alike(word) is { } alike)
            {
                words.Add(alike);
                mended = true;
            }
            else return null;
        }
        var nearest = string.Join(' ', words);
        return mended && Places(
            string.Join(" AND ", [.. SearchQuery.Of(nearest).Terms.Select(t => new Term([t.Words]).Match), .. Facets(query)]),
            (0, long.MaxValue),
            1).Count > 0 ? nearest : null;
    }

    public async Task<IReadOnlyList<(StoryId Story, double Weight)>> LikeAsync(
        StoryText text, int atMost, CancellationToken cancel = default)
    {
        await db.Database.OpenConnectionAsync(cancel);
        // The rarest of the words that the story is announced by; short ones are seldom what it is about.
        var words = Folding.Words($"{text.Headline} {text.Standfirst} {string.Join(' ', text.Tags.Select(t => t.Name))}")
            .Select(w => w.Word)
            .Where(w => w.Length > 3 || Folding.IsPair(w))
            .Distinct()
            .Select(w => (Word: w, Stories: Stories(new Term([[w]]), Rare / 4 + 1))).Where(
                w => w.Stories is > 0 and <= Rare / 4).OrderBy(w => w.Stories).Take(8).ToList();
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
        var rare = terms.Where(t => Stories(t, Rare + 1) <= Rare).ToList();
        // The more words, the longer it takes to find a story that has them all.
        var most = rare.Count > 0 ? Rare : Weighed / Math.Max(1, terms.Count);
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

    private static double Freshness(long place, DateTimeOffset asOf) =>
        1 + 1 / (1 + Math.Max(0, (asOf - IndexedStory.TimeOf(place)).TotalDays) / Fresh.TotalDays);

    private static IEnumerable<string> Facets(SearchQuery query)
    {
        if (query.Section is { } section) yield return Quoted(FacetOf('s', section.Value));
        if (query.Kind is { } kind) yield return Quoted(FacetOf('k', (long)kind));
        if (query.Author is { } author) yield return Quoted(FacetOf('a', author));
        if (query.Terms.Count == 0) yield return Quoted(Facet.ToString());
    }

    private static string FacetOf(char of, long number) => string.Create(CultureInfo.InvariantCulture, $"{Facet}{of}{number}");

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

    /// <summary>A word is also looked for in its other number, and one that may go on as the words that most often begin with it.</summary>
    private IReadOnlyList<IReadOnlyList<string>> Spelt(SearchTerm term)
    {
        if (!term.Typed || term.Words is not [var word]) return [term.Words, .. term.Others];
        var others = term.Others.Concat(Spelling.OtherNumber(word).Select(w => (IReadOnlyList<string>)[w])).ToList();
        if (!term.MayGoOn || word.Length < 2) return [term.Words, .. others];
        using var command = Command(
            """SELECT "Word" FROM "IndexedWords" WHERE "Word" > @from AND "Word" < @until ORDER BY "Stories" DESC, "Word" LIMIT @most""",
            ("@from", word), ("@until", word + "\U0010FFFF"), ("@most", MostContinued));
        var longer = Read(command, r => (IReadOnlyList<string>)[r.GetString(0)]);
        return [term.Words, .. longer, .. others.Where(o => o.Count > 1 || longer.TrueForAll(l => l[0] != o[0]))];
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
        var most = word.Length < 5 ? 1 : 2;
        // Whoever mistypes the first letter mostly has it second.
        using var command = Command("""
            SELECT "Word", "Stories" FROM "IndexedWords" WHERE ("Word" >= @a AND "Word" < @b OR "Word" >= @c AND "Word" < @d) AND length("Word") BETWEEN @short AND @long
            """, ("@a", word[..1]), ("@b", word[..1] + "\U0010FFFF"), ("@c", word[1..2]), ("@d", word[1..2] + "\U0010FFFF"),
            ("@short", word.Length - most), ("@long", word.Length + most));
        return Read(command, r => (Word: r.GetString(0), Stories: r.GetInt32(1)))
            .Select(w => (w.Word, w.Stories, Steps: Spelling.Steps(word, w.Word, most))).Where(w => w.Steps <= most)
            .OrderBy(w => w.Steps).ThenByDescending(w => w.Stories).ThenBy(w => w.Word, StringComparer.Ordinal).Take(10)
            .FirstOrDefault(w => Stories(new Term([[w.Word]]), 1) > 0).Word;
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
