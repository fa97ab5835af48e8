using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Reading;
using NewsHub.Core.Search;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Tests.Reading;
using Paper = NewsHub.Core.Tests.Reading.Paper;

namespace NewsHub.Core.Tests.Search;

public sealed class SearchTests
{
    private static readonly DateTimeOffset Now = Copy.Noon.AddDays(1);

    private static async Task IndexAsync(Paper paper)
    {
        await using var db = paper.Store.Db();
        await new Indexing(db, db.Index).CatchUpAsync();
    }

    private static Task<SearchView> FindAsync(Paper paper, SearchQuery query, SearchCursor? after = null) =>
        paper.AskAsync(n => n.SearchAsync(query, after, Now));

    private static async Task<IReadOnlyList<string>> HeadlinesAsync(
        Paper paper, string words, Func<SearchQuery, SearchQuery>? narrow = null) =>
            [.. (await FindAsync(paper, (narrow ?? (q => q))(SearchQuery.Of(words)))).Stories.Select(s => s.Story.Headline)];

    private static async Task<Paper> WithAsync(params IEnumerable<Func<Copy, Story>> stories)
    {
        var paper = await Paper.OpenAsync();
        foreach (var story in stories) await paper.KeepAsync(story(paper.Copy));
        await IndexAsync(paper);
        return paper;
    }

    [Theory]
    [InlineData("strike")]
    [InlineData("STRÍKE")]
    [InlineData("ashore")]
    [InlineData("dawn")]
    [InlineData("ada obi")]
    [InlineData("stri")]
    [InlineData("strikes")]
    [InlineData("\"ferry strike\"")]
    [InlineData("ferries")]
    public async Task A_live_story_is_found_by_headline_standfirst_body_author_and_tag(string words)
    {
        await using var paper = await WithAsync(c => c.Live());
        Assert.Equal(["Ferry strike"], await HeadlinesAsync(paper, words));
    }

    [Theory]
    [InlineData("\"strike ferry\"")]
    [InlineData("ferry moon")]
    [InlineData("trike")]
    public async Task What_does_not_stand_there_is_not_found(string words)
    {
        await using var paper = await WithAsync(c => c.Live());
        Assert.Empty(await HeadlinesAsync(paper, words));
    }

    [Theory]
    [InlineData("知事")]
    [InlineData("東京都知事")]
    [InlineData("東")]
    public async Task Words_of_scripts_without_spaces_are_found_within_a_sentence(string words)
    {
        await using var paper = await WithAsync(c => c.Live("東京都知事が辞任"), c => c.Live("北京の朝"));
        Assert.Equal(["東京都知事が辞任"], await HeadlinesAsync(paper, words));
    }

    [Fact]
    public async Task The_headline_counts_more_than_the_body_and_the_new_more_than_the_old()
    {
        await using var paper = await WithAsync(
            c => c.Live("Bridge opens", body: "A lantern hung there, once, among much else that was said that day."),
            c => c.Live("Lantern found", Copy.Noon.AddDays(-400)),
            c => c.Live("Lantern lost", Copy.Noon.AddDays(-2)));
        Assert.Equal(["Lantern lost", "Lantern found", "Bridge opens"], await HeadlinesAsync(paper, "lantern"));
        Assert.Equal(["Bridge opens", "Lantern lost", "Lantern found"],
            await HeadlinesAsync(paper, "lantern", q => q with { Order = SearchOrder.Newest }));
    }

    [Fact]
    public async Task A_question_is_narrowed_by_section_kind_author_and_day()
    {
        await using var paper = await WithAsync(
            c => c.Live("Lantern at home"), c => c.Live("Lantern abroad", section: c.World),
            c => c.Live("Lantern of old", Copy.Noon.AddYears(-1)),
            c =>
            {
                var story = Copy.New(
                    c.Text("Lantern seen") with { Kind = Kind.Opinion, Bylines = [new Byline(c.Ben.Id, "ben", "Ben Ford", null)] });
                c.Publish(story);
                return story;
            });
        var copy = paper.Copy;
        Assert.Equal(["Lantern abroad"], await HeadlinesAsync(paper, "lantern", q => q with { Section = copy.World.Id }));
        Assert.Equal(["Lantern seen"], await HeadlinesAsync(paper, "lantern", q => q with { Kind = Kind.Opinion }));
        Assert.Equal(["Lantern seen"], await HeadlinesAsync(paper, "lantern", q => q with { Author = copy.Ben.Id }));
        Assert.Equal(["Lantern of old"], await HeadlinesAsync(paper, "lantern", q => q with { Until = Copy.Noon.AddDays(-1) }));
        Assert.DoesNotContain("Lantern of old", await HeadlinesAsync(paper, "lantern", q => q with { From = Copy.Noon.AddDays(-1) }));
        // Without a word, all that is there.
        Assert.Equal(
            ["Lantern abroad"], await HeadlinesAsync(paper, "", q => q with { Section = copy.World.Id, Order = SearchOrder.Newest }));
    }

    [Theory]
    [InlineData(SearchOrder.Best)]
    [InlineData(SearchOrder.Newest)]
    public async Task Pages_of_an_answer_neither_repeat_nor_skip(SearchOrder order)
    {
        await using var paper = await WithAsync(
            Enumerable.Range(0, 55).Select(i => (Func<Copy, Story>)(c => c.Live($"Lantern {i:00}", Copy.Noon.AddMinutes(-i / 3)))));
        var query = SearchQuery.Of("lantern") with { Order = order };
        var seen = new List<string>();
        SearchCursor? after = null;
        do
        {
            var page = await FindAsync(paper, query, after);
            Assert.Equal(55, page.Count);
            seen.AddRange(page.Stories.Select(s => s.Story.Headline));
            after = page.Next is { } next
                ? SearchCursor.TryParse(next, out var place) ? place : throw new InvalidOperationException(next)
                : null;
        }
        while (after is not null);
        Assert.Equal(55, seen.Count);
        Assert.Equal(55, seen.Distinct().Count());
    }

    [Fact]
    public async Task What_was_looked_for_is_marked_and_a_piece_of_the_body_shows_it()
    {
        await using var paper = await WithAsync(
            c => c.Live("Café strike", body: string.Join(' ', Enumerable.Repeat("Nothing of note was said.", 40))
                + " At the cafes, crews waited. "
                + string.Join(' ', Enumerable.Repeat("Then it rained.", 40))));
        var found = Assert.Single((await FindAsync(paper, SearchQuery.Of("cafe waited"))).Stories);
        Assert.Equal([("Café", true), (" strike", false)], found.Headline.Parts);
        var snippet = found.Snippet!.Parts;
        Assert.Equal(["cafes", "waited"], snippet.Where(p => p.IsMarked).Select(p => p.Text));
        Assert.InRange(snippet.Sum(p => p.Text.Length), 100, 300);
        Assert.Equal("… ", snippet[0].Text);
    }

    [Fact]
    public async Task A_draft_is_never_found_a_withdrawn_story_no_longer_and_a_restored_one_again()
    {
        await using var paper = await WithAsync(c => c.Draft("Secret plan"), c => c.Live("Open plan"));
        Assert.Equal(["Open plan"], await HeadlinesAsync(paper, "plan"));
        await ChangeAsync(paper, "Open plan", s => s.Withdraw("Wrong.", "Wrong.", Copy.Editor, Now));
        // Not even before the index knows.
        Assert.Empty(await HeadlinesAsync(paper, "plan"));
        await IndexAsync(paper);
        var view = await FindAsync(paper, SearchQuery.Of("opan"));
        Assert.Null(view.Nearest);
        await ChangeAsync(paper, "Open plan", s => s.Restore(Copy.Editor, Now));
        await IndexAsync(paper);
        Assert.Equal(["Open plan"], await HeadlinesAsync(paper, "plan"));
    }

    [Fact]
    public async Task A_new_text_is_found_by_its_new_words_and_not_by_its_old_ones()
    {
        await using var paper = await WithAsync(c => c.Live("Ferry strike"));
        await ChangeAsync(paper, "Ferry strike",
            s => paper.Copy.Publish(s, Now, s.Save(paper.Copy.Text("Bridge opens"), Copy.Render("It began at dawn."), Copy.Editor, Now)));
        await IndexAsync(paper);
        Assert.Empty(await HeadlinesAsync(paper, "strike"));
        Assert.Equal(["Bridge opens"], await HeadlinesAsync(paper, "bridge"));
    }

    [Theory]
    [InlineData("ferrry strike", "ferry strike")]
    [InlineData("frery", "ferry")]
    [InlineData("\"ferry\" strkie", "\"ferry\" strike")]
    [InlineData("xylophone", null)]
    [InlineData("ferry moon", null)]
    public async Task A_word_that_is_nowhere_is_set_right_where_one_like_it_is_found(string words, string? nearest)
    {
        await using var paper = await WithAsync(c => c.Live());
        Assert.Equal(nearest, (await FindAsync(paper, SearchQuery.Of(words))).Nearest);
    }

    [Fact]
    public async Task An_index_made_anew_is_the_one_that_was_kept_in_step()
    {
        await using var paper = await WithAsync(
            Enumerable.Range(0, 30).Select(i => (Func<Copy, Story>)(c => c.Live($"Lantern {i}", Copy.Noon.AddMinutes(-i)))));
        var kept = await HeadlinesAsync(paper, "lantern");
        await using (var db = paper.Store.Db()) Assert.Equal(30, await new Indexing(db, db.Index).RebuildAsync());
        Assert.Equal(kept, await HeadlinesAsync(paper, "lantern"));
        // Of an older make, it is made anew by itself.
        await using (var db = paper.Store.Db()) await db.IndexStates.ExecuteUpdateAsync(s => s.SetProperty(x => x.Recipe, 0));
        await IndexAsync(paper);
        Assert.Equal(kept, await HeadlinesAsync(paper, "lantern"));
    }

    [Fact]
    public async Task A_thousand_stories_of_one_minute_and_more_each_have_a_place()
    {
        await using var paper = await Paper.OpenAsync();
        await using (var db = paper.Store.Db())
        {
            for (var i = 0; i < 1100; i++) db.Stories.Add(paper.Copy.Live($"Lantern {i}"));
            await db.SaveChangesAsync();
        }
        await IndexAsync(paper);
        await using var now = paper.Store.Db();
        Assert.Equal(1100, await now.IndexedStories.CountAsync());
        var view = await FindAsync(paper, SearchQuery.Of("lantern 1099"));
        Assert.Equal("Lantern 1099", view.Stories[0].Story.Headline);
        Assert.True((await FindAsync(paper, SearchQuery.Of("lantern") with { Order = SearchOrder.Newest })).CountIsLess);
    }

    [Theory]
    [InlineData("\" * AND %")]
    [InlineData("headline : ferry")]
    [InlineData("NEAR(ferry strike, 2)")]
    [InlineData("{headline} : x")]
    [InlineData("^ferry")]
    [InlineData("ferry -strike OR NOT")]
    [InlineData("'; DROP TABLE \"Stories\"; --")]
    [InlineData("\0\uFFFF\uD800")]
    [InlineData("\uE000s1")]
    [InlineData("\"\"\"\"\"")]
    public async Task Whatever_is_typed_is_text(string words)
    {
        await using var paper = await WithAsync(c => c.Live());
        await FindAsync(paper, SearchQuery.Of(words));
        Assert.Equal(["Ferry strike"], await HeadlinesAsync(paper, "ferry"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("1-2")]
    [InlineData("1-7ff8000000000000-1")]
    [InlineData("1-3ff0000000000000--1")]
    [InlineData("ffffffffffffffff-3ff0000000000000-1")]
    public void Only_what_was_written_as_a_place_is_read_as_one(string text) => Assert.False(SearchCursor.TryParse(text, out _));

    private static async Task ChangeAsync(Paper paper, string headline, Action<Story> act)
    {
        await using var db = paper.Store.Db();
        var story = await db.Stories
            .Include(s => s.Revisions)
            .Include(s => s.Listings)
            .SingleAsync(s => s.Revisions.Any(r => r.Text.Headline == headline));
        act(story);
        await db.SaveChangesAsync();
    }
}
