using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NewsHub.Core.Events;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Search;

/// <summary>
/// Search by PostgreSQL's own index of words (GIN), without an extension. It knows neither an order nor weights, and counts all stories of
/// a word before it shows the first: so how many stories have a word is kept beside it, the newest are looked for in stretches of time
/// (<see cref="SearchBlocks"/>), and what a word weighs in a story is lexemes as well (<see cref="SearchVector"/>). What is rare, and how
/// much is weighed, is as in <see cref="SqliteSearch"/>.
/// </summary>
public sealed partial class PostgresSearch(NewsDb db) : ISearchIndex
{
    public Task<SearchHits> FindAsync(
        SearchQuery query, SearchCursor? after, int atMost, DateTimeOffset now, CancellationToken cancel = default) =>
        ConnectedAsync(async () =>
        {
            var spelt = new List<IReadOnlyList<IReadOnlyList<string>>>();
            foreach (var term in query.Terms) spelt.Add(await SpeltAsync(term, cancel));
            var found = spelt.SelectMany(s => s).ToList();
            if (await TotalsAsync(cancel) is not { Stories: > 0 } totals) return new SearchHits([], null, 0, false, found);
            var (terms, all) = await QuestionAsync(spelt, query, totals, cancel);
            var range = SearchRules.Range(query);
            if (query.Order is SearchOrder.Newest) return await NewestAsync(all, range, after, atMost, found, cancel);
            var (weights, more) = await WeighAsync(terms, all, range, totals, cancel);
            return SearchRules.Best(weights, more, after, atMost, SearchRules.AsOf(after, now), found);
        }, cancel);

    public Task<string?> NearestAsync(SearchQuery query, CancellationToken cancel = default) =>
        ConnectedAsync(async () =>
        {
            if (await TotalsAsync(cancel) is not { Stories: > 0 } totals) return null;
            return await Spelling.NearestAsync(query,
                async term => await IsFoundAsync([await SpeltAsync(term, cancel)], facetsOf: null),
                async word => await AlikeAsync(word, w => IsFoundAsync([[[w]]], facetsOf: null), cancel),
                terms => IsFoundAsync([.. terms.Select(t => (IReadOnlyList<IReadOnlyList<string>>)[t.Words])], query));

            async ValueTask<bool> IsFoundAsync(IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> spelt, SearchQuery? facetsOf)
            {
                if (spelt.Count == 0) return false;
                var (_, all) = await QuestionAsync(spelt, facetsOf, totals, cancel);
                return (await PlacesAsync(all, (0, long.MaxValue), 1, cancel)).Stories.Count > 0;
            }
        }, cancel);

    public Task<IReadOnlyList<(StoryId Story, double Weight)>> LikeAsync(
        StoryText text, int atMost, CancellationToken cancel = default) =>
        ConnectedAsync(async () =>
        {
            // Whoever publishes goes on where it fails: so that its transaction can, too.
            var transaction = db.Database.CurrentTransaction;
            if (transaction is null) return await LikeInsideAsync(text, atMost, cancel);
            await transaction.CreateSavepointAsync("Like", cancel);
            try
            {
                var alike = await LikeInsideAsync(text, atMost, cancel);
                await transaction.ReleaseSavepointAsync("Like", cancel);
                return alike;
            }
            catch (DbException)
            {
                await transaction.RollbackToSavepointAsync("Like", cancel);
                throw;
            }
        }, cancel);

    private async Task<IReadOnlyList<(StoryId Story, double Weight)>> LikeInsideAsync(
        StoryText text, int atMost, CancellationToken cancel)
    {
        if (await TotalsAsync(cancel) is not { Stories: > 0 } totals) return [];
        var words = SearchRules.Announcing(text).Select(w => PostgresPhrase.LexemesOf([w])).ToList();
        var stories = await StoriesOfAsync(words.SelectMany(w => w), cancel);
        var telling = words.Select(w => PostgresPhrase.Of(w, stories)).Where(w => w.Stories is > 0 and <= SearchRules.Telling)
            .OrderBy(w => w.Stories).Take(SearchRules.MostTelling).ToList();
        if (telling.Count == 0) return [];
        var weighed = (await WordWeightsAsync(telling, within: null, (0, long.MaxValue), totals, cancel))
            .OrderByDescending(w => w.Value).ThenBy(w => w.Key).Take(atMost).ToDictionary();
        var places = weighed.Keys.ToList();
        return [.. (await db.IndexedStories.AsNoTracking().Where(i => places.Contains(i.Place)).ToListAsync(cancel))
            .Select(i => (i.StoryId, weighed[i.Place]))];
    }

    private async Task<SearchHits> NewestAsync(
        PostgresQuestion all, (long From, long Until) range, SearchCursor? after, int atMost, IReadOnlyList<IReadOnlyList<string>> found,
        CancellationToken cancel)
    {
        var counted = await PlacesAsync(all, range, Math.Max(atMost, SearchRules.Weighed) + 1, cancel);
        var page = after is { } last
            ? await PlacesAsync(all, range with { Until = Math.Min(range.Until, last.Place) }, atMost + 1, cancel)
            : counted;
        return SearchRules.Newest(
            [.. page.Stories.Take(atMost + 1).Select(s => s.Place)], counted.Stories.Count, counted.More, atMost, found);
    }

    private async Task<IReadOnlyList<IReadOnlyList<string>>> SpeltAsync(SearchTerm term, CancellationToken cancel)
    {
        if (!Spelling.GoesOn(term)) return Spelling.Ways(term, []);
        var word = term.Words[0];
        return Spelling.Ways(term, await RowsAsync("""
            SELECT "Word" FROM "IndexedWords" WHERE "Word" > @from AND "Word" < @until AND "Stories" > 0
            ORDER BY "Stories" DESC, "Word" LIMIT @most
            """, r => r.GetString(0), cancel, ("from", word), ("until", word + "\U0010FFFF"), ("most", SearchRules.MostContinued)));
    }

    private async Task<(IReadOnlyList<PostgresTerm> Terms, PostgresQuestion All)> QuestionAsync(
        IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> spelt, SearchQuery? facetsOf, Totals totals, CancellationToken cancel)
    {
        var lexemes = spelt.Select(ways => ways.Select(PostgresPhrase.LexemesOf).ToList()).ToList();
        var facets = facetsOf is null ? [] : Facet.Of(facetsOf).ToList();
        var stories = await StoriesOfAsync(lexemes.SelectMany(t => t).SelectMany(w => w).Concat(facets), cancel);
        var terms = lexemes.Select(ways => PostgresTerm.Of([.. ways.Select(w => PostgresPhrase.Of(w, stories))], totals.Stories)).ToList();
        return (terms, PostgresQuestion.Of(terms, [.. facets.Select(f => (f, stories.GetValueOrDefault(f)))], totals.Stories));
    }

    /// <summary>The word of the paper that is nearest to one that is not in it.</summary>
    private async ValueTask<string?> AlikeAsync(string word, Func<string, ValueTask<bool>> isFound, CancellationToken cancel)
    {
        if (word.Length < 3 || Folding.IsPair(word)) return null;
        var most = Spelling.MostSteps(word);
        // Whoever mistypes the first letter mostly has it second.
        var letters = word.EnumerateRunes().Take(2).Select(r => r.ToString()).ToList();
        var words = await RowsAsync("""
            SELECT "Word", "Stories" FROM "IndexedWords" WHERE ("Word" >= @a AND "Word" < @b OR "Word" >= @c AND "Word" < @d)
            AND length("Word") BETWEEN @short AND @long AND "Stories" > 0
            """, r => (r.GetString(0), r.GetInt32(1)), cancel,
            ("a", letters[0]), ("b", letters[0] + "\U0010FFFF"), ("c", letters[^1]), ("d", letters[^1] + "\U0010FFFF"),
            ("short", word.Length - most), ("long", word.Length + most));
        foreach (var alike in Spelling.Alike(word, words))
            if (await isFound(alike)) return alike;
        return null;
    }

    /// <summary>In how many stories each lexeme is; none of those that are in none.</summary>
    private async Task<IReadOnlyDictionary<string, int>> StoriesOfAsync(IEnumerable<string> lexemes, CancellationToken cancel) =>
        (await RowsAsync("""SELECT "Word", "Stories" FROM "IndexedWords" WHERE "Word" = ANY(@words)""",
            r => (Word: r.GetString(0), Stories: r.GetInt32(1)), cancel, ("words", lexemes.Distinct().ToArray())))
            .ToDictionary(w => w.Word, w => w.Stories, StringComparer.Ordinal);

    /// <returns>Null while everything is taken in anew: nothing is found then.</returns>
    private async Task<Totals?> TotalsAsync(CancellationToken cancel) =>
        (await RowsAsync("""SELECT "Stories", "Words" FROM "SearchTotals" """, r => new Totals(r.GetInt64(0), r.GetInt64(1)), cancel))
        .SingleOrDefault();

    /// <summary>The connection goes back to the pool as soon as the answer is there.</summary>
    private async Task<T> ConnectedAsync<T>(Func<Task<T>> ask, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        try
        {
            return await ask();
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private DbCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> values)
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

    private async Task<List<T>> RowsAsync<T>(
        string sql, Func<DbDataReader, T> row, CancellationToken cancel, params (string Name, object Value)[] values)
    {
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel)) rows.Add(row(reader));
        return rows;
    }

    private async Task RunAsync(string sql, CancellationToken cancel, params (string Name, object Value)[] values)
    {
        await using var command = Command(sql, values);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>How many stories there are, and how many words in all of them.</summary>
    private sealed record Totals(long Stories, long Words);
}
