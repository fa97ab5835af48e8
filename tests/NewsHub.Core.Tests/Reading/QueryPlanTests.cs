using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Core.Search;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Tests.Reading;

/// <summary>What a reader's page may cost: two queries, each from an index in its own order.</summary>
public sealed class QueryPlanTests
{
    private static readonly Cursor Deep = new(Copy.Noon, 3);

    public static TheoryData<string> Questions() =>
        [
            "article", "article with related stories", "feed", "feed of an edition", "sitemap of a month", "sitemap of news", "moved",
            "unknown", "front", "edition", "edition stories", "archive", "archive of a year", "section", "section, deep", "kind", "author",
            "author, deep", "tag", "corrections", "corrections, deep", "page",
            "story by number", "author and tag by name", "narrowed", "narrowed, deep", "editions", "editions, deep", "whole edition"];

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task At_most_two_queries_each_from_an_index(string question)
    {
        await using var paper = await Paper.OpenAsync(TestStore.PlansAreSqlites);
        var story = paper.Copy.Live("Ferry strike");
        story.AddFormerAddress("/old");
        story.NoteCorrection("It is five.", Copy.Editor, Copy.Noon);
        await paper.KeepAsync(story);
        var another = paper.Copy.Live("Another");
        another.SetRelated([story.Id]);
        await paper.KeepAsync(another);
        await paper.PublishAsync(1, Copy.Noon.AddMinutes(-1), (SlotKind.Lead, story));
        var section = (await paper.AskAsync(n => Task.FromResult(n.Snapshot.Section("technology"))))!;

        await paper.AskAsync<object?>(async news => question switch
        {
            "article" => await news.ArticleAsync("/technology/2025/07/01/ferry-strike"),
            "article with related stories" => await news.ArticleAsync("/technology/2025/07/01/another"),
            "feed" => await news.FullStoriesAsync(ListOf.Section, section.Id.Value, 30),
            "feed of an edition" => await news.FullStoriesInEditionAsync(1),
            "sitemap of a month" => await news.OfMonthAsync(new DateOnly(2025, 7, 1)),
            "sitemap of news" => await news.SinceAsync(Copy.Noon.AddDays(-1)),
            "moved" => await news.ArticleAsync("/old"),
            "unknown" => await news.ArticleAsync("/nowhere"),
            "front" => await news.FrontAsync(),
            "edition" => await news.EditionAsync(1),
            "edition stories" => await news.EditionStoriesAsync(1, 0),
            "archive" => await news.ArchiveAsync(null),
            "archive of a year" => await news.ArchiveAsync(2025),
            "section" => await news.SectionAsync(section, null),
            "section, deep" => await news.SectionAsync(section, Deep),
            "kind" => await news.KindAsync(Kind.News, null),
            "author" => await news.AuthorAsync("ada", null),
            "author, deep" => await news.AuthorAsync("ada", Deep),
            "tag" => await news.TagAsync("ferries", null),
            "corrections" => await news.CorrectionsAsync(null),
            "story by number" => await news.StoryAsync(story.Id),
            "author and tag by name" => await news.NamedAsync("ada", "ferries"),
            "narrowed" =>
                await news.StoriesAsync([(ListOf.Author, 1), (ListOf.Section, section.Id.Value), (ListOf.Kind, (long)Kind.News)], null, 20),
            "narrowed, deep" => await news.StoriesAsync([(ListOf.Author, 1), (ListOf.Section, section.Id.Value)], Deep, 20),
            "editions" => await news.EditionsAsync(null, 20),
            "editions, deep" => await news.EditionsAsync(1, 20),
            "whole edition" => await news.WholeEditionAsync(1),
            "corrections, deep" => await news.CorrectionsAsync(Deep),
            _ => await news.PageAsync("about"),
        });

        var asked = paper.Store.Sql.Commands.ToList();
        Assert.InRange(asked.Count, 1, 2);
        foreach (var sql in asked)
        {
            var plan = paper.Store.Plan(sql);
            var isArticle = sql.Contains("\"BodyHtml\"", StringComparison.Ordinal)
                && sql.Contains("\"Corrections\"", StringComparison.Ordinal);
            TestContext.Current.TestOutputHelper?.WriteLine(sql + "\n  " + string.Join("\n  ", plan));
            // A scan over a subquery or along an index up to a LIMIT is no scan of a table.
            if (isArticle) Assert.Contains(plan, line => line.Contains("IX_Stories_Address", StringComparison.Ordinal));
            Assert.DoesNotContain(plan, line => line.StartsWith("SCAN", StringComparison.Ordinal)
                && !line.Contains("INDEX", StringComparison.Ordinal)
                && !IsSubquery(line, plan));
            // An article comes with its few corrections in one answer; what is sorted is that one story.
            if (!isArticle) Assert.DoesNotContain(plan, line => line.Contains("TEMP B-TREE", StringComparison.Ordinal));
            Assert.DoesNotContain(plan, line => line.Contains("AUTOMATIC", StringComparison.Ordinal));
            // No page prints the Markdown: a query that reads it reads whole objects.
            Assert.DoesNotContain("\"Body\"", sql, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_a_search_finds_is_read_by_its_places()
    {
        await using var paper = await Paper.OpenAsync(TestStore.PlansAreSqlites);
        await paper.KeepAsync(paper.Copy.Live("Ferry strike"));
        await using (var db = paper.Store.Db()) await new Indexing(db, db.Index).CatchUpAsync();
        await paper.AskAsync(news => news.SearchAsync(SearchQuery.Of("ferry"), null, Copy.Noon));
        // The index's own statements do not come by here; what is left is the one that reads the stories.
        var plan = paper.Store.Plan(Assert.Single(paper.Store.Sql.Commands));
        Assert.DoesNotContain(plan, line => line.Contains("IX_Stories", StringComparison.Ordinal)
            || line.StartsWith("SCAN", StringComparison.Ordinal)
                && !line.Contains("json_each", StringComparison.Ordinal)
                && !line.Contains("VIRTUAL", StringComparison.Ordinal));
        Assert.Contains(plan, line => line.StartsWith("SEARCH i USING INTEGER PRIMARY KEY", StringComparison.Ordinal));
        Assert.Contains(plan, line => line.StartsWith("SEARCH s USING INTEGER PRIMARY KEY", StringComparison.Ordinal));
    }

    private static bool IsSubquery(string line, IReadOnlyList<string> plan)
    {
        var name = line.Split(' ')[1];
        return name.StartsWith('(') || plan.Any(l => l.StartsWith("CO-ROUTINE " + name, StringComparison.Ordinal)
            || l.StartsWith("MATERIALIZE " + name, StringComparison.Ordinal)) || line == "SCAN CONSTANT ROW";
    }
}
