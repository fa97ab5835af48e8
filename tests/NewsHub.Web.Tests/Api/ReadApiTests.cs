using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NewsHub.Web.PageCache;

namespace NewsHub.Web.Tests.Api;

/// <summary>What programs read, from the address to the JSON.</summary>
public sealed class ReadApiTests : IAsyncDisposable
{
    private readonly ApiRoom _room = new();

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task A_list_leads_from_its_newest_story_to_its_oldest_by_absolute_addresses()
    {
        var seen = new List<string>();
        var next = $"{ApiRoom.Site}/api/v1/stories?limit=1";
        for (var pages = 0; next is not null; pages++)
        {
            Assert.True(pages < 4, "It does not end.");
            Assert.StartsWith(ApiRoom.Site + "/api/v1/stories?limit=1", next, StringComparison.Ordinal);
            var page = await _room.JsonAsync(new Uri(next).PathAndQuery);
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(s => s.GetProperty("headline").GetString()!));
            // Published meanwhile: it repeats nothing and skips nothing.
            if (pages == 0) await _room.App.FromElsewhereAsync(db => Desk.PublishAsync(db, "Late news", _room.App.Time.GetUtcNow()));
            next = page.GetProperty("next").GetString();
        }
        Assert.Equal(["A storm is coming", "Nets are out", "Boats are back"], seen);
    }

    [Fact]
    public async Task A_story_is_there_with_all_that_its_page_shows()
    {
        var story = (await _room.JsonAsync("/api/v1/stories?tag=tides")).GetProperty("items")[0];
        Assert.Equal($"{ApiRoom.Site}/harbour/2025/06/26/boats", story.GetProperty("url").GetString());
        Assert.Equal("2025-06-26T12:00:00Z", story.GetProperty("publishedAt").GetString());
        var whole = await _room.JsonAsync(new Uri(story.GetProperty("self").GetString()!).PathAndQuery);
        Assert.Equal("<p>One sentence of body.</p>", whole.GetProperty("bodyHtml").GetString()!.Trim());
        Assert.Equal(("What boats is about.", "news", "harbour", "en", "ltr"), (
            Text("standfirst"), Text("kind"), whole.GetProperty("section").GetProperty("slug").GetString(), Text("language"),
            Text("direction")));
        Assert.Equal(["Boats", "Tides"], whole.GetProperty("tags").EnumerateArray().Select(t => t.GetProperty("name").GetString()));
        Assert.Equal("ada-night", whole.GetProperty("bylines")[0].GetProperty("slug").GetString());
        Assert.Equal(1, whole.GetProperty("edition").GetProperty("number").GetInt32());

        string? Text(string name) => whole.GetProperty(name).GetString();
    }

    [Fact]
    public async Task Filters_narrow_one_another()
    {
        Assert.Equal(["Nets are out", "Boats are back"], await _room.HeadlinesAsync("/api/v1/stories?tag=boats"));
        Assert.Equal(
            ["Boats are back"], await _room.HeadlinesAsync("/api/v1/stories?tag=tides&section=harbour&kind=news&author=ada-night"));
        Assert.Empty(await _room.HeadlinesAsync("/api/v1/stories?tag=tides&section=hill"));
        Assert.Empty(await _room.HeadlinesAsync("/api/v1/stories?kind=opinion"));
        // A form sends what was left empty too.
        Assert.Equal(3, (await _room.HeadlinesAsync("/api/v1/stories?tag=&section=&kind=&author=&limit=&after=")).Length);
        var page = await _room.JsonAsync("/api/v1/stories?tag=boats&section=harbour&limit=1");
        Assert.Equal(["Boats are back"], await _room.HeadlinesAsync(new Uri(page.GetProperty("next").GetString()!).PathAndQuery));
    }

    [Theory]
    [InlineData("stories?limit=0", "limit")]
    [InlineData("stories?limit=51", "limit")]
    [InlineData("stories?limit=x", "limit")]
    [InlineData("stories?limit=-1", "limit")]
    [InlineData("stories?limit=+1", "limit")]
    [InlineData("stories?limit=1&limit=1", "limit was given more than once")]
    [InlineData("stories?after=x", "after")]
    [InlineData("stories?kind=gossip", "kind")]
    [InlineData("stories?kind=1", "kind")]
    [InlineData("stories?section=nowhere", "section")]
    [InlineData("stories?author=nobody", "author")]
    [InlineData("stories?tag=nothing", "tag")]
    [InlineData("stories?colour=red", "no parameter of that name")]
    [InlineData("stories?year=2025", "no parameter of that name")]
    [InlineData("stories/1?limit=1", "no parameters")]
    [InlineData("editions?after=0", "after")]
    [InlineData("editions?after=x", "after")]
    [InlineData("editions?section=harbour", "no parameter of that name")]
    [InlineData("sections?limit=1", "no parameters")]
    [InlineData("rates?base=EUR", "no parameters")]
    [InlineData("search", "q")]
    [InlineData("search?q=boats&from=yesterday", "from")]
    [InlineData("search?q=boats&from=2025-07-02&to=2025-07-01", "to")]
    [InlineData("search?q=boats&order=worst", "order")]
    [InlineData("search?q=boats&after=1", "after")]
    public async Task A_wrong_parameter_is_named_in_a_sentence(string asked, string named)
    {
        // What is right is kept; it must not answer what is wrong.
        await _room.JsonAsync("/api/v1/stories");
        await _room.JsonAsync("/api/v1/sections");
        for (var i = 0; i < 2; i++) Assert.Contains(named, await _room.ProblemAsync($"/api/v1/{asked}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_has_room_for_two_hundred_characters_and_for_any_signs()
    {
        Assert.Contains("q", await _room.ProblemAsync("/api/v1/search?q=" + new string('a', 201)), StringComparison.Ordinal);
        foreach (var odd in new[] { "\"", "*", "' OR 1=1 --", "%", "AND", "a\0b", "日本" })
            await _room.JsonAsync("/api/v1/search?q=" + Uri.EscapeDataString(odd));
    }

    [Fact]
    public async Task Whatever_is_not_out_answers_like_what_never_was()
    {
        var id = await _room.App.FromElsewhereAsync(
            async db => (await Desk.DraftAsync(db, "Not yet", _room.App.Time.GetUtcNow())).Id.Value);
        var (draft, never) = (await _room.App.GetAsync($"/api/v1/stories/{id}"), await _room.App.GetAsync("/api/v1/stories/4711"));
        Assert.Equal((HttpStatusCode.NotFound, never.Text), (draft.Status, draft.Text));
        foreach (var odd in new[] { "0", "01", "-1", "x", "99999999999999999999", "1.5" })
            Assert.Equal(never.Text, (await _room.App.GetAsync($"/api/v1/stories/{odd}")).Text);
        Assert.DoesNotContain("Not yet", (await _room.App.GetAsync("/api/v1/stories")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_story_that_is_taken_back_is_gone_from_lists_and_answers_with_the_notice()
    {
        const string Address = "/harbour/2025/06/26/boats";
        var self = new Uri(
            (await _room.JsonAsync("/api/v1/stories?tag=tides")).GetProperty("items")[0].GetProperty("self").GetString()!).PathAndQuery;
        await _room.JsonAsync(self);
        await _room.App.FromElsewhereAsync(db => Desk.ChangeAsync(db, Address,
            (story, _) => story.Withdraw("It was not true.", "hoax", Desk.Editor, _room.App.Time.GetUtcNow())));
        await NewsHubApp.EventuallyAsync(async () => (await _room.App.GetAsync(self)).Status is HttpStatusCode.Gone, "the story is gone");
        var gone = await _room.JsonAsync(self, HttpStatusCode.Gone);
        Assert.Equal("It was not true.", gone.GetProperty("detail").GetString());
        foreach (var word in new[] { "hoax", "oats" }) Assert.DoesNotContain(word, gone.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Boats are back", await _room.HeadlinesAsync("/api/v1/stories"));
        // The only story of that tag: readers know of none now.
        Assert.Contains("tag", await _room.ProblemAsync("/api/v1/stories?tag=tides"), StringComparison.Ordinal);
        await _room.JsonAsync("/api/v1/tags/tides", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_correction_shows_at_the_next_request_and_until_then_an_answer_is_not_sent_twice()
    {
        var first = await _room.App.GetAsync("/api/v1/stories/1");
        Assert.Equal("Thu, 26 Jun 2025 12:00:00 GMT", first.Header("Last-Modified"));
        var again = await AskAsync("/api/v1/stories/1", first.Header("ETag")!);
        Assert.Equal((HttpStatusCode.NotModified, "", "*"), (again.Status, again.Text, again.Header("Access-Control-Allow-Origin")));
        await _room.App.GetAsync("/api/v1/stories");
        await _room.App.FromElsewhereAsync(db => Desk.ChangeAsync(db, "/harbour/2025/06/26/boats",
            (story, _) => story.NoteCorrection("The boats are four.", Desk.Editor, _room.App.Time.GetUtcNow())));
        await NewsHubApp.EventuallyAsync(
            async () => (await AskAsync("/api/v1/stories/1", first.Header("ETag")!)).Status is HttpStatusCode.OK,
            "the answer is another one");
        var corrected = await _room.JsonAsync("/api/v1/stories/1");
        Assert.Equal("The boats are four.", corrected.GetProperty("corrections")[0].GetProperty("note").GetString());
        Assert.Equal("2025-07-01T15:00:00Z",
            (await _room.JsonAsync("/api/v1/stories")).GetProperty("items")[2].GetProperty("updatedAt").GetString());
    }

    private async Task<Answer> AskAsync(string path, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        using var answer = await _room.App.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(path, answer);
    }

    [Fact]
    public async Task Editions_sections_authors_and_tags_are_there()
    {
        var editions = await _room.JsonAsync("/api/v1/editions?limit=1");
        Assert.Equal(2, editions.GetProperty("items")[0].GetProperty("number").GetInt32());
        Assert.Equal(1, (await _room.JsonAsync(new Uri(editions.GetProperty("next").GetString()!).PathAndQuery))
            .GetProperty("items")[0]
            .GetProperty("number")
            .GetInt32());
        var front = await _room.JsonAsync("/api/v1/editions/1");
        Assert.Equal([("lead", "Nets are out"), ("section", "Boats are back")], front.GetProperty("front")
            .EnumerateArray()
            .Select(p => (p.GetProperty("place").GetString()!, p.GetProperty("story").GetProperty("headline").GetString()!)));
        Assert.Equal((JsonValueKind.Null, 2, "2025-06-27"), (front.GetProperty("previous").ValueKind,
            front.GetProperty("next").GetProperty("number").GetInt32(), front.GetProperty("date").GetString()));
        foreach (var none in new[] { "0", "-1", "3", "x", "01" })
            await _room.JsonAsync($"/api/v1/editions/{none}", HttpStatusCode.NotFound);
        Assert.Equal(["harbour", "hill"], (await _room.JsonAsync("/api/v1/sections"))
            .GetProperty("items")
            .EnumerateArray()
            .Select(s => s.GetProperty("slug").GetString()));
        var ada = await _room.JsonAsync("/api/v1/authors/ada-night");
        Assert.Equal(("Ada Night walks.", $"{ApiRoom.Site}/api/v1/stories?author=ada-night"),
            (ada.GetProperty("bio").GetString(), ada.GetProperty("stories").GetString()));
        Assert.Equal("Boats", (await _room.JsonAsync("/api/v1/tags/boats")).GetProperty("name").GetString());
        await _room.JsonAsync("/api/v1/authors/nobody", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Search_finds_by_words_and_marks_them()
    {
        await NewsHubApp.EventuallyAsync(
            async () => (await _room.JsonAsync("/api/v1/search?q=boats")).GetProperty("count").GetInt32() > 0, "the boats are found");
        var found = (await _room.JsonAsync("/api/v1/search?q=boats&section=harbour&from=2025-06-01")).GetProperty("items")[0];
        Assert.Equal(("Boats are back", "<mark>Boats</mark> are back"),
            (found.GetProperty("story").GetProperty("headline").GetString(), found.GetProperty("headlineHtml").GetString()));
        Assert.Equal("no-store", (await _room.App.GetAsync("/api/v1/search?q=boats")).Header("Cache-Control"));
    }

    [Fact]
    public async Task Below_api_a_program_is_told_in_its_own_words()
    {
        foreach (var path in new[] { "/api/v1/nothing", "/api/v2/stories", "/api/x", "/API/V1/nothing/" })
            await _room.ProblemAsync(path, HttpStatusCode.NotFound);
        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Patch })
        {
            var answer = await _room.App.SendAsync(method, "/api/v1/stories");
            Assert.Equal((HttpStatusCode.MethodNotAllowed, "application/problem+json", "GET, HEAD, OPTIONS"),
                (answer.Status, answer.Header("Content-Type"), answer.Header("Allow")));
        }
        var (get, head) = (await _room.App.GetAsync("/api/v1/stories"), await _room.App.SendAsync(HttpMethod.Head, "/api/v1/stories"));
        Assert.Equal((HttpStatusCode.OK, "", get.Header("ETag"), get.Header("Content-Length")),
            (head.Status, head.Text, head.Header("ETag"), head.Header("Content-Length")));
    }

    [Fact]
    public async Task Any_site_may_read_it_and_no_cookie_is_asked_for()
    {
        foreach (var path in new[] { "/api/v1/stories", "/api/v1/stories", "/api/v1/stories?x=1", "/api/v1/nothing" })
        {
            var answer = await _room.App.GetAsync(path);
            Assert.Equal(("*", "cross-origin", null), (answer.Header("Access-Control-Allow-Origin"),
                answer.Header("Cross-Origin-Resource-Policy"), answer.Header("Access-Control-Allow-Credentials")));
            Assert.Null(answer.Header("Set-Cookie"));
        }
        var asked = await _room.App.SendAsync(HttpMethod.Options, "/api/v1/stories");
        Assert.Equal((HttpStatusCode.NoContent, "GET, HEAD, OPTIONS"), (asked.Status, asked.Header("Access-Control-Allow-Methods")));
        var page = await _room.App.GetAsync("/");
        Assert.Equal((null, "same-origin"), (page.Header("Access-Control-Allow-Origin"), page.Header("Cross-Origin-Resource-Policy")));
    }

    [Fact]
    public async Task Many_odd_questions_are_not_kept()
    {
        await _room.JsonAsync("/api/v1/stories");
        var pages = (Web.PageCache.PageCacheStore)_room.App.Services.GetService(typeof(Web.PageCache.PageCacheStore))!;
        var before = pages.Count;
        for (var i = 0; i < 50; i++) await _room.App.GetAsync($"/api/v1/stories?x{i}={i}");
        Assert.Equal(before, pages.Count);
    }
}
