using System.Net;
using NewsHub.Web.Tests.PageObjects;

namespace NewsHub.Web.Tests.Reader;

public sealed class ListTests(SamplePaper paper)
{
    [Theory]
    [InlineData("/technology", "Technology")]
    [InlineData("/breaking", "Breaking News")]
    [InlineData("/analysis", "Analysis")]
    [InlineData("/opinion", "Opinion")]
    [InlineData("/live", "Live")]
    [InlineData("/authors/jun-seo", "Jun Seo")]
    [InlineData("/tags/north-korea", "North Korea")]
    public async Task A_list_has_its_name_and_its_stories_newest_first(string path, string name)
    {
        var list = await paper.ListAsync(path);
        Assert.Equal(name, list.Headline);
        Assert.NotEmpty(list.Stories);
        var days = list.All("#stories time").Select(t => t.GetAttribute("datetime")!).ToList();
        Assert.Equal(days.OrderDescending(StringComparer.Ordinal), days);
    }

    [Fact]
    public async Task An_author_s_page_tells_who_it_is()
    {
        var author = await paper.ListAsync("/authors/amara-okafor");
        Assert.True(author.Says("Technology correspondent, Lagos"));
        Assert.True(author.Says("still carries a multimeter"));
        Assert.StartsWith("Amara Okafor covers payments", author.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_of_a_list_neither_repeat_nor_skip()
    {
        using var made = new MadeUpPaper();
        for (var i = 1; i <= 45; i++)
            made.Story(
                new DateOnly(2025, 5, 1).AddDays(i / 3).ToString("yyyy-MM-dd", null), $"story-{i:00}", $"Story {i:00}", "tags: [Boats]");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        foreach (var start in new[] { "/harbour", "/authors/ada-night", "/tags/boats" })
        {
            var headlines = new List<string>();
            var pages = 0;
            for (var path = start; path is not null; pages++)
            {
                var page = await lantern.ListAsync(path);
                headlines.AddRange(page.Headlines);
                Assert.Equal(path == start, page.Canonical is not null);
                path = page.Next(path);
            }
            Assert.Equal(3, pages);
            Assert.Equal(45, headlines.Distinct().Count());
            Assert.Equal(45, headlines.Count);
            // Three stories went out at the same instant each day: the list still has one order.
            Assert.Equal(headlines, await AllAsync(lantern, start));
        }
    }

    [Fact]
    public async Task A_story_published_while_a_reader_pages_is_neither_repeated_nor_does_it_push_one_out()
    {
        using var made = new MadeUpPaper();
        for (var i = 1; i <= 25; i++)
            made.Story(new DateOnly(2025, 5, 1).AddDays(i).ToString("yyyy-MM-dd", null), $"story-{i:00}", $"Story {i:00}");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        var first = await lantern.ListAsync("/harbour");
        await lantern.FromElsewhereAsync(db => Desk.PublishAsync(db, "Just in", lantern.Time.GetUtcNow()));
        await NewsHubApp.EventuallyAsync(
            async () => (await lantern.ListAsync("/harbour")).Headlines[0] == "Just in", "the new story leads the list");
        var second = await lantern.ListAsync(first.Next("/harbour")!);
        Assert.Equal(Enumerable.Range(1, 5).Reverse().Select(i => $"Story {i:00}"), second.Headlines);
    }

    [Theory]
    [InlineData("/science")]
    [InlineData("/opinion")]
    [InlineData("/authors/jun-seo")]
    [InlineData("/tags/north-korea")]
    [InlineData("/corrections")]
    public async Task A_place_that_no_list_gave_out_is_a_400(string path)
    {
        string[] bad =
        [
            "", "x", "-", "--", "1", "-1", "1-", "-1-1", "0-0-0", "01-1", "1-01", "1-G", "1-A", "1 - 1", "%201-1", "1-1%20", "1%2d1x",
            "1-1&after=1-1", "1-1,1-1",
            "ffffffffffffffff-1", "1-ffffffffffffffff", "7fffffffffffffff-1", "2bca2875f4374000-1", "99999999999999999999-1", "1.5-1",
            "1e3-1x", "0x1-1", "%00", "%F0%9F%90%A6", "%D9%A1-%D9%A1",
            "'%20OR%201=1--", "../../etc", "<script>", new string('1', 5000), "%zz", "null", "2025-07-01",
        ];
        foreach (var after in bad)
        {
            var answer = await paper.GetAsync($"{path}?after={after}");
            Assert.True(answer.Status == HttpStatusCode.BadRequest,
                $"{path}?after={after[..Math.Min(after.Length, 40)]} answered {(int)answer.Status}.");
            Assert.Equal("We cannot read that address", new NoticePage(answer.Page).Headline);
        }
    }

    [Fact]
    public async Task A_place_in_an_edition_that_it_never_gave_out_is_a_400()
    {
        foreach (var after in new[]
        {
            "", "x", "-1", "+1", "1.0", "1,000", "99999999999", "%20", "1%20", "0x1", "1&after=2", "%D9%A1", "1-1", "007",
        })
        {
            var answer = await paper.GetAsync($"/editions/27/stories?after={after}");
            Assert.True(answer.Status == HttpStatusCode.BadRequest, $"?after={after} answered {(int)answer.Status}.");
        }
    }

    [Theory]
    [InlineData("/editions?year=", 400)]
    [InlineData("/editions?year=x", 400)]
    [InlineData("/editions?year=25", 400)]
    [InlineData("/editions?year=02025", 400)]
    [InlineData("/editions?year=-025", 400)]
    [InlineData("/editions?year=2025&year=2025", 400)]
    [InlineData("/editions?year=2024", 404)]
    [InlineData("/editions?year=0000", 404)]
    [InlineData("/editions?year=9999", 404)]
    [InlineData("/editions?year=2025", 200)]
    public async Task The_archive_knows_a_year_from_what_is_none(string path, int status) =>
        Assert.Equal(status, (int)(await paper.GetAsync(path)).Status);

    [Fact]
    public async Task The_end_of_a_list_is_a_page_all_the_same()
    {
        // A place before the oldest story: well formed, and nothing behind it.
        foreach (var path in new[]
        {
            "/science?after=1-1", "/opinion?after=1-1", "/authors/jun-seo?after=1-1", "/tags/north-korea?after=1-1",
            "/corrections?after=1-1", "/editions/27/stories?after=1000",
        })
        {
            var list = new ListPage((await paper.GetAsync(path)).Page);
            Assert.Empty(list.Stories);
            Assert.Null(list.One("ol:empty, ul:empty"));
            Assert.True(list.IsHiddenFromSearch);
        }
    }

    [Theory]
    [InlineData("/science")]
    [InlineData("/")]
    [InlineData("/editions")]
    [InlineData(SamplePaper.LeadStory)]
    public async Task Unknown_query_keys_change_nothing(string path)
    {
        var plain = await paper.GetAsync(path);
        foreach (var query in new[] { "?utm_source=x", "?a=1&b=2", "?", "?AFTERWARDS=1", "?year2=1", "?%00=%00", "?=" })
        {
            var answer = await paper.GetAsync(path + query);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Equal(plain.Text, answer.Text);
            Assert.Equal(plain.Header("ETag"), answer.Header("ETag"));
        }
    }

    [Theory]
    [InlineData("/authors/nobody")]
    [InlineData("/authors/Amara%20Okafor")]
    [InlineData("/tags/nothing")]
    [InlineData("/weather")]
    [InlineData("/news")]
    [InlineData("/authors")]
    [InlineData("/tags")]
    [InlineData("/authors/..%2f")]
    public async Task An_unknown_name_is_a_404(string path) => await paper.ParseAsync(path, HttpStatusCode.NotFound);

    private static async Task<List<string>> AllAsync(NewsHubApp app, string start)
    {
        var all = new List<string>();
        for (var path = start; path is not null;)
        {
            var page = await app.ListAsync(path);
            all.AddRange(page.Headlines);
            path = page.Next(path);
        }
        return all;
    }
}
