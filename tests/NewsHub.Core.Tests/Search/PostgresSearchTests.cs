using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Publishing;
using NewsHub.Core.Search;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using Npgsql;

namespace NewsHub.Core.Tests.Search;

/// <summary>What holds of search on PostgreSQL beside what holds of every index.</summary>
[Trait("Needs", "process")]
public sealed class PostgresSearchTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = Copy.Noon.AddDays(1);
    private TestStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        _store = await PostgresTestStore.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_store is not null) await _store.DisposeAsync();
    }

    [Fact]
    public async Task Of_a_word_in_thousands_of_stories_the_newest_are_weighed_and_all_are_paged_through()
    {
        await FillAsync(2600, i => (i is 10 or 2500 ? "Red lantern" : $"Number {i}", $"A red lantern hung at gate {i}."));
        var best = await FindAsync("lantern", SearchOrder.Best);
        Assert.Equal((1000, true, 2500), (best.Count, best.CountIsLess, best.Hits[0]));
        Assert.Equal(Enumerable.Range(0, 2600).Reverse(), await AllAsync("lantern"));
        // Vectors are read for a part of them only, and the next page goes on behind it.
        var phrase = await FindAsync("\"red lantern\"", SearchOrder.Best);
        Assert.Equal((1000, true, 2500), (phrase.Count, phrase.CountIsLess, phrase.Hits[0]));
        Assert.Equal(Enumerable.Range(0, 2600).Reverse(), await AllAsync("\"red lantern\""));
        Assert.Equal(0, (await FindAsync("\"lantern red\"")).Count);
    }

    [Fact]
    public async Task Words_that_are_everywhere_are_found_together_where_only_the_oldest_have_both_or_none_has()
    {
        await FillAsync(4600, i => ($"Number {i}", i < 3 ? "lantern bridge" : i % 2 == 0 ? "lantern moon" : "bridge sun"));
        Assert.Equal([2, 1, 0], await AllAsync("lantern bridge"));
        Assert.Equal([2, 1, 0], (await FindAsync("lantern bridge", SearchOrder.Best)).Hits.Order().Reverse());
        Assert.Empty(await AllAsync("moon sun"));
    }

    [Fact]
    public async Task A_word_that_is_everywhere_is_found_within_days_and_behind_a_gap_of_years()
    {
        // Eight hundred in a day each, and between the days no story for a century.
        var days = new[] { Copy.Noon.AddYears(-300), Copy.Noon.AddYears(-100), Copy.Noon };
        await FillAsync(2400, i => ($"Number {i}", "lantern"), i => days[i / 800].AddMinutes(i % 800 / 2));
        Assert.Equal(Enumerable.Range(0, 2400).Reverse(), await AllAsync("lantern"));
        Assert.Equal(Enumerable.Range(800, 800).Reverse(),
            await AllAsync("lantern", q => q with { From = days[1].AddDays(-1), Until = days[1].AddDays(1) }));
        Assert.Equal([801, 800], await AllAsync("lantern", q => q with { From = days[1], Until = days[1].AddMinutes(1) }));
        Assert.Empty(await AllAsync("lantern", q => q with { From = days[0].AddDays(1), Until = days[1].AddDays(-1) }));
        Assert.Equal(Enumerable.Range(0, 800).Reverse(), await AllAsync("lantern", q => q with { Until = days[0].AddDays(1) }));
    }

    [Fact]
    public async Task A_story_that_is_dated_back_into_an_index_that_stands_is_in_its_place()
    {
        await FillAsync(2200, i => ($"Number {i}", "lantern"), i => Copy.Noon.AddMinutes(2 * i));
        await AddAsync(2200, 2, i => ($"Late {i}", "lantern"), i => Copy.Noon.AddMinutes(i == 2200 ? 1 : -1_000_000_000));
        Assert.Equal([.. Enumerable.Range(1, 2199).Reverse(), 2200, 0, 2201], await AllAsync("lantern"));
        Assert.Equal([2201], await AllAsync("lantern", q => q with { Until = Copy.Noon }));
    }

    [Fact]
    public async Task Of_a_very_long_text_the_beginning_is_found_and_the_longest_ones_end_is_not()
    {
        var longer = string.Join(' ', Enumerable.Range(0, 20_000).Select(i => i % 2 == 0 ? "so" : "it")) + " red lantern";
        var longest = "blue bridge " + string.Join(' ', Enumerable.Range(0, 250_000).Select(i => $"w{i}")) + " last ferry";
        await FillAsync(2, i => ($"Number {i}", i == 0 ? longer : longest));
        Assert.Equal([0], await AllAsync("lantern"));
        Assert.Equal([0], await AllAsync("\"so it\""));
        // Behind position 16,383 it is not known what stands together.
        Assert.Empty(await AllAsync("\"red lantern\""));
        Assert.Equal([1], await AllAsync("\"blue bridge\""));
        Assert.Equal([1], await AllAsync("w20000"));
        // A vector holds a mebibyte.
        Assert.Empty(await AllAsync("w249999"));
        Assert.Equal([1], await AllAsync("number 1"));
    }

    [Theory]
    [InlineData("o'neil")]
    [InlineData("'")]
    [InlineData("''")]
    [InlineData("\\")]
    [InlineData("back\\'slash")]
    [InlineData("a:1b")]
    [InlineData("'a'&!'b'|'c':*")]
    public async Task Nothing_in_a_word_ends_its_quotation(string word)
    {
        await FillAsync(2, i => (i == 0 ? $"red {word} lantern" : "red lantern", "b c"));
        await using var db = _store.Db();
        foreach (var lexeme in new[] { word, SearchVector.InHeadline + word })
        {
            var query = SearchVector.Quoted(lexeme);
            Assert.Single(await db.Database.SqlQuery<long>(
                $"""SELECT "Place" AS "Value" FROM "SearchText" WHERE "Words" @@ {query}::text::tsquery""").ToListAsync());
        }
        Assert.Equal([1, 0], await AllAsync("lantern"));
    }

    [Fact]
    public async Task How_many_stories_have_a_word_is_known_after_each_change()
    {
        var copy = await SetAsync(c => c.Live("Ferry strike"), c => c.Live("Ferry lantern"));
        Assert.Equal((2, 1, 1), (await StoriesAsync("ferry"), await StoriesAsync("strike"), await StoriesAsync("lantern")));
        await ChangeAsync("Ferry strike",
            s => copy.Publish(s, Now, s.Save(copy.Text("Ferry bridge"), Copy.Render("It began."), Copy.Editor, Now)));
        Assert.Equal((2, 0, 1), (await StoriesAsync("ferry"), await StoriesAsync("strike"), await StoriesAsync("bridge")));
        await ChangeAsync("Ferry lantern", s => s.Withdraw("Wrong.", "Wrong.", Copy.Editor, Now));
        Assert.Equal((1, 0), (await StoriesAsync("ferry"), await StoriesAsync("lantern")));
        await using var db = _store.Db();
        var kept = await db.Database.SqlQuery<Counted>($"""SELECT * FROM "SearchTotals" """).SingleAsync();
        Assert.Equal(kept, await db.Database.SqlQuery<Counted>(
            $"""SELECT count(*) AS "Stories", sum("Length")::bigint AS "Words" FROM "SearchText" """).SingleAsync());
        Assert.Equal(1, kept.Stories);
        var counted = await db.IndexedWords.Where(w => w.Stories > 0).ToDictionaryAsync(w => w.Word, w => w.Stories);
        // An index that is made anew counts from the beginning.
        await new Indexing(db, db.Index).RebuildAsync();
        Assert.Equal(counted, await db.IndexedWords.ToDictionaryAsync(w => w.Word, w => w.Stories));
    }

    [Fact]
    public async Task An_index_whose_making_was_cut_off_is_finished_and_answers_nothing_before()
    {
        await SetAsync(c => c.Live("Ferry strike"), c => c.Live("Ferry lantern"));
        await using var db = _store.Db();
        await Assert.ThrowsAsync<OperationCanceledException>(() => new Indexing(db, new CutOff(db.Index)).RebuildAsync());
        Assert.Equal(0, (await FindAsync("ferry")).Count);
        Assert.Null(await db.Index.NearestAsync(SearchQuery.Of("fery")));
        await new Indexing(db, db.Index).CatchUpAsync();
        Assert.Equal(2, (await FindAsync("ferry")).Count);
        Assert.Equal("ferry", await db.Index.NearestAsync(SearchQuery.Of("fery")));
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task One_that_was_cut_off_after_some_hundreds_of_stories_goes_on_with_the_others()
    {
        var copy = await SetAsync();
        await using var db = _store.Db();
        for (var i = 0; i < 600; i++) db.Stories.Add(copy.Live($"Ferry {i}", Copy.Noon.AddMinutes(i)));
        await db.SaveChangesAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => new Indexing(db, new CutOff(db.Index, batches: 1)).RebuildAsync());
        Assert.Equal(500, await db.IndexedStories.CountAsync());
        await new Indexing(db, db.Index).CatchUpAsync();
        Assert.Equal(600, await db.IndexedStories.CountAsync());
        Assert.Equal(600, await StoriesAsync("ferry"));
        Assert.Equal(600, (await FindAsync("ferry")).Count);
    }

    [Fact]
    public async Task An_index_that_is_called_whole_and_is_not_there_is_made()
    {
        await SetAsync(c => c.Live("Ferry strike"));
        await using var db = _store.Db();
        await db.Index.ClearAsync();
        Assert.True((await db.IndexStates.AsNoTracking().SingleAsync()).IsWhole);
        Assert.Equal(0, (await FindAsync("ferry")).Count);
        await new Indexing(db, db.Index).CatchUpAsync();
        Assert.Equal(1, (await FindAsync("ferry")).Count);
    }

    [Fact]
    public async Task Several_that_make_it_at_once_make_one()
    {
        await SetAsync(c => c.Live("Ferry strike"), c => c.Live("Ferry lantern"));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await using var db = _store.Db();
            await new Indexing(db, db.Index).RebuildAsync();
        })));
        Assert.Equal(2, (await FindAsync("ferry")).Count);
        Assert.Equal(2, await StoriesAsync("ferry"));
    }

    [Fact]
    public async Task While_one_process_completes_it_another_waits_and_keeps_no_writer_waiting()
    {
        var copy = await SetAsync(c => c.Live("Ferry strike"));
        await using var db = _store.Db();
        await Assert.ThrowsAsync<OperationCanceledException>(() => new Indexing(db, new CutOff(db.Index)).RebuildAsync());
        await using var other = _store.Db();
        await other.Database.OpenConnectionAsync();
        await other.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({PostgresSearch.CompletingKey})");
        var making = new Indexing(db, db.Index).CatchUpAsync();
        while (!await IsWaitingAsync()) Assert.False(making.IsCompleted);
        for (var i = 0; i < 3; i++)
        {
            other.Stories.Add(copy.Live($"Ferry {i}"));
            await other.SaveChangesAsync();
        }
        Assert.False(making.IsCompleted);
        await other.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({PostgresSearch.CompletingKey})");
        await making;
        Assert.Equal(4, (await FindAsync("ferry")).Count);

        Task<bool> IsWaitingAsync() => other.Database.SqlQuery<bool>($"""
            SELECT EXISTS(SELECT FROM pg_locks JOIN pg_database AS d ON d.oid = database
            WHERE locktype = 'advisory' AND NOT granted AND d.datname = current_database()) AS "Value"
            """).SingleAsync();
    }

    [Fact]
    public async Task Whoever_asks_gives_the_connection_back()
    {
        await SetAsync(c => c.Live("Ferry strike"));
        await using var db = _store.Db();
        var query = SearchQuery.Of("fery");
        await db.Index.FindAsync(query, null, 20, Now);
        await db.Index.NearestAsync(query);
        await db.Database.ExecuteSqlAsync($"""DROP TABLE "SearchText" """);
        await Assert.ThrowsAsync<PostgresException>(() => db.Index.FindAsync(SearchQuery.Of("ferry"), null, 20, Now));
        Assert.Equal(System.Data.ConnectionState.Closed, db.Database.GetDbConnection().State);
    }

    [Fact]
    public async Task A_transaction_in_which_the_index_does_not_answer_can_go_on()
    {
        var copy = await SetAsync(c => c.Live("Ferry strike"));
        await using var db = _store.Db();
        await db.Database.ExecuteSqlAsync($"""DROP TABLE "SearchText" """);
        await using var tx = await db.Database.BeginTransactionAsync();
        var story = copy.Draft("Ferry strike goes on");
        await db.RelatedToAsync(story, story.Revisions[0].Text);
        db.Stories.Add(story);
        await db.SaveChangesAsync();
        await tx.CommitAsync();
        Assert.Equal(2, await db.Stories.CountAsync());
    }

    private async Task<Copy> SetAsync(params Func<Copy, Story>[] stories)
    {
        await using var db = _store.Db();
        var copy = await Copy.SetAsync(db);
        foreach (var story in stories) db.Stories.Add(story(copy));
        await db.SaveChangesAsync();
        await new Indexing(db, db.Index).CatchUpAsync();
        return copy;
    }

    private async Task ChangeAsync(string headline, Action<Story> act)
    {
        await using var db = _store.Db();
        act(await db.Stories.Include(s => s.Revisions).Include(s => s.Listings)
            .SingleAsync(s => s.Revisions.Any(r => r.Text.Headline == headline)));
        await db.SaveChangesAsync();
        await new Indexing(db, db.Index).CatchUpAsync();
    }

    private async Task<int> StoriesAsync(string word)
    {
        await using var db = _store.Db();
        return await db.IndexedWords.Where(w => w.Word == word).Select(w => w.Stories).SingleOrDefaultAsync();
    }

    /// <summary>An index of stories that are nowhere else, numbered from 0, each a minute after the one before it.</summary>
    private async Task FillAsync(
        int count, Func<int, (string Headline, string Body)> text, Func<int, DateTimeOffset>? at = null)
    {
        await using var db = _store.Db();
        await db.Index.ClearAsync();
        await AddAsync(0, count, text, at ?? (i => Copy.Noon.AddMinutes(i)));
        await db.Index.CompleteAsync();
    }

    private async Task AddAsync(
        int first, int count, Func<int, (string Headline, string Body)> text, Func<int, DateTimeOffset> at)
    {
        await using var db = _store.Db();
        var stories = Enumerable.Range(first, count).Select(i => new FoldedStory(new StoryId(i + 1), at(i),
            text(i).Headline.ToLowerInvariant(), "", "", text(i).Body.ToLowerInvariant().Replace(".", "", StringComparison.Ordinal),
            Facet.Any, [])).ToList();
        await new PostgresSearch(db).AddAsync(stories);
    }

    /// <returns>What is found, by numbers.</returns>
    private async Task<Answer> FindAsync(string words, SearchOrder order = SearchOrder.Newest)
    {
        await using var db = _store.Db();
        var hits = await db.Index.FindAsync(SearchQuery.Of(words) with { Order = order }, null, 20, Now);
        return new Answer(await NumbersAsync(db, hits), hits.Count, hits.CountIsLess);
    }

    /// <returns>All pages of the newest, by numbers.</returns>
    private async Task<IReadOnlyList<int>> AllAsync(string words, Func<SearchQuery, SearchQuery>? narrow = null)
    {
        await using var db = _store.Db();
        var query = (narrow ?? (q => q))(SearchQuery.Of(words) with { Order = SearchOrder.Newest });
        var all = new List<int>();
        SearchCursor? after = null;
        do
        {
            var page = await db.Index.FindAsync(query, after, 700, Now);
            all.AddRange(await NumbersAsync(db, page));
            after = page.Next;
        }
        while (after is not null);
        return all;
    }

    private static async Task<IReadOnlyList<int>> NumbersAsync(NewsDb db, SearchHits hits)
    {
        var places = hits.Hits.Select(h => h.Place).ToList();
        var stories = await db.IndexedStories.Where(i => places.Contains(i.Place)).ToDictionaryAsync(i => i.Place, i => i.StoryId);
        return [.. places.Select(p => (int)stories[p].Value - 1)];
    }

    private sealed record Answer(IReadOnlyList<int> Hits, int Count, bool CountIsLess);

    private sealed record Counted(long Stories, long Words);

    /// <summary>Is killed before it is complete, or earlier.</summary>
    /// <param name="batches">How often stories are taken in before.</param>
    private sealed class CutOff(ISearchIndex index, int batches = int.MaxValue) : ISearchIndex
    {
        private int _kept;

        public Task<SearchHits> FindAsync(
            SearchQuery query, SearchCursor? after, int atMost, DateTimeOffset now, CancellationToken cancel = default) =>
            index.FindAsync(query, after, atMost, now, cancel);

        public Task<string?> NearestAsync(SearchQuery query, CancellationToken cancel = default) => index.NearestAsync(query, cancel);

        public Task<IReadOnlyList<(StoryId Story, double Weight)>> LikeAsync(
            StoryText text, int atMost, CancellationToken cancel = default) => index.LikeAsync(text, atMost, cancel);

        public Task KeepAsync(IReadOnlyCollection<StoryId> stories, CancellationToken cancel = default) =>
            _kept++ == batches ? throw new OperationCanceledException() : index.KeepAsync(stories, cancel);

        public Task ClearAsync(CancellationToken cancel = default) => index.ClearAsync(cancel);

        public Task<bool> IsCompleteAsync(CancellationToken cancel = default) => index.IsCompleteAsync(cancel);

        public Task<bool> TryHoldAsync(CancellationToken cancel = default) => index.TryHoldAsync(cancel);

        public Task CompleteAsync(CancellationToken cancel = default) => throw new OperationCanceledException();
    }
}
