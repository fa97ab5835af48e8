using System.Net;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using NewsHub.Web.Tests.PageObjects;

namespace NewsHub.Web.Tests.Reader;

public sealed class SearchPageTests(SamplePaper paper)
{
    private static async Task<ListPage> AskAsync(NewsHubApp app, string query) => new(await app.ParseAsync($"/search?{query}"));

    /// <summary>The index is made beside the server's start.</summary>
    private Task ReadyAsync() =>
        NewsHubApp.EventuallyAsync(async () => (await AskAsync(paper, "q=ferry")).Stories.Count == 3, "the sample paper can be searched");

    [Fact]
    public async Task A_reader_finds_a_story_with_its_words_marked()
    {
        await ReadyAsync();
        var page = await AskAsync(paper, "q=ferries");
        Assert.StartsWith("Halvorsund ties up", page.Headlines[0], StringComparison.Ordinal);
        Assert.Equal("ferries", page.One("#stories .headline mark")!.TextContent);
        Assert.Equal("ferries", page.One("#q")!.GetAttribute("value"));
        Assert.Equal("3 stories", page.One("[role=status]")!.TextContent);
        Assert.Equal("noindex", page.One("meta[name=robots]")!.GetAttribute("content"));
        Assert.Equal("no-store", (await paper.GetAsync("/search?q=ferries")).Header("Cache-Control"));
    }

    [Fact]
    public async Task What_a_reader_types_is_printed_as_text()
    {
        var answer = await paper.GetAsync("/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.DoesNotContain("<script>alert", answer.Text, StringComparison.Ordinal);
        Assert.Equal("\"><script>alert(1)</script>", answer.Page.QuerySelector("#q")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("section=nowhere", "section")]
    [InlineData("q=a&kind=gossip", "kind")]
    [InlineData("q=a&author=nobody", "author")]
    [InlineData("q=a&from=yesterday", "from")]
    [InlineData("q=a&from=2025-07-02&to=2025-07-01", "to")]
    [InlineData("q=a&order=worst", "order")]
    [InlineData("q=a&after=zz", "after")]
    [InlineData("q=a&q=b", "q")]
    public async Task A_wrong_field_is_named_and_what_was_typed_is_kept(string query, string field)
    {
        var page = await paper.ParseAsync($"/search?{query}", HttpStatusCode.BadRequest);
        Assert.NotNull(page.GetElementById($"{field}-wrong"));
        if (query.StartsWith("q=a", StringComparison.Ordinal)) Assert.Equal("a", page.QuerySelector("#q")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_question_has_200_characters_at_most()
    {
        Assert.Equal(HttpStatusCode.OK, (await paper.GetAsync($"/search?q={new string('a', 200)}")).Status);
        var page = await paper.ParseAsync($"/search?q={new string('a', 201)}", HttpStatusCode.BadRequest);
        Assert.Equal(201, page.QuerySelector("#q")!.GetAttribute("value")!.Length);
    }

    [Fact]
    public async Task Nothing_found_leads_on()
    {
        await ReadyAsync();
        var page = await AskAsync(paper, "q=ferrries&section=business");
        Assert.Equal("Nothing was found.", page.One("[role=status]")!.TextContent);
        Assert.Equal("/search?q=ferries&section=business", page.One(".nearest")!.GetAttribute("href"));
        Assert.Contains(page.All(".empty a"), a => a.GetAttribute("href") == "/search?q=ferrries");
        Assert.NotEmpty(page.All(".empty a[href='/technology']"));
        Assert.NotEmpty((await AskAsync(paper, "q=ferries&section=business")).Stories);
    }

    [Fact]
    public async Task A_list_of_an_author_is_narrowed_to_and_can_be_widened_again()
    {
        await ReadyAsync();
        var page = await AskAsync(paper, "author=amara-okafor");
        Assert.NotEmpty(page.Stories);
        Assert.All(page.All("#stories .meta"), m => Assert.Contains("Amara Okafor", m.TextContent, StringComparison.Ordinal));
        Assert.True(page.One("input[name=author]")!.IsChecked());
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task A_story_is_found_once_it_is_out_and_gone_once_it_is_withdrawn()
    {
        using var made = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back").Edition(1, "2025-06-30", "2025-06-30-boats");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        await ShowsAsync("boats", 1);
        var address = await lantern.FromElsewhereAsync(db => Desk.PublishAsync(db, "Lighthouse relit", lantern.Time.GetUtcNow()));
        await ShowsAsync("lighthouse", 1);
        await lantern.FromElsewhereAsync(
            db => Desk.ChangeAsync(db, address, (s, _) => s.Withdraw("Wrong.", "Wrong.", Desk.Editor, lantern.Time.GetUtcNow())));
        await ShowsAsync("lighthouse", 0);
        await NewsHubApp.EventuallyAsync(
            async () => await lantern.FromElsewhereAsync(db => db.IndexedStories.CountAsync()) == 1, "the index has let go of it");

        Task ShowsAsync(string words, int stories) =>
            NewsHubApp.EventuallyAsync(
                async () => (await AskAsync(lantern, $"q={words}")).Stories.Count == stories, $"“{words}” finds {stories}");
    }

    [Fact]
    public async Task Words_that_a_reader_looked_for_in_vain_are_counted_and_those_of_machines_are_not()
    {
        using var made = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        await SendAsync("q=unicorns", "Mozilla/5.0 Firefox/140");
        await SendAsync("q=griffins", "somebot/1.0");
        await SendAsync("q=dragons", "Mozilla/5.0 Firefox/140", ("Sec-Fetch-Dest", "empty"));
        await SendAsync("q=wyverns", "Mozilla/5.0 Firefox/140", ("Sec-GPC", "1"));
        await NewsHubApp.EventuallyAsync(async () =>
        {
            lantern.Time.Advance(TimeSpan.FromSeconds(5));
            return await lantern.FromElsewhereAsync(db => db.SearchMisses.AnyAsync());
        }, "a search without an answer is kept");
        Assert.Equal(["unicorns"], await lantern.FromElsewhereAsync(db => db.SearchMisses.Select(m => m.Words).ToListAsync()));

        async Task SendAsync(string query, string agent, (string Name, string Value)? header = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/search?{query}");
            request.Headers.TryAddWithoutValidation("User-Agent", agent);
            if (header is { } more) request.Headers.TryAddWithoutValidation(more.Name, more.Value);
            using var answer = await lantern.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }
}
