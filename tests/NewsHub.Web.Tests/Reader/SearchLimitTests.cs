using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace NewsHub.Web.Tests.Reader;

/// <summary>Searching again and again from one address.</summary>
public sealed class SearchLimitTests : IDisposable
{
    private readonly MadeUpPaper _paper = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back");
    private readonly NewsHubApp _app;

    public SearchLimitTests() => _app = new NewsHubApp { Content = _paper.Folder };

    public void Dispose()
    {
        _app.Dispose();
        _paper.Dispose();
    }

    [Fact]
    public async Task Who_searches_without_end_is_asked_to_wait_and_keeps_what_was_typed_and_may_go_on_in_a_moment()
    {
        var answers = new List<Answer>();
        for (var i = 0; i < 230; i++) answers.Add(await _app.GetAsync($"/search?q=nothing{i}&after=zz"));
        var last = answers[^1];
        Assert.InRange(answers.Count(a => a.Status is HttpStatusCode.TooManyRequests), 20, 40);
        Assert.Equal(
            (HttpStatusCode.TooManyRequests, "1", "no-store"), (last.Status, last.Header("Retry-After"), last.Header("Cache-Control")));
        Assert.Equal("nothing229", last.Page.QuerySelector("#q")!.GetAttribute("value"));
        Assert.NotEmpty(last.Page.GetElementById("q-wrong")!.TextContent);
        // A way on without searching.
        Assert.NotNull(last.Page.QuerySelector("#answer a[href='/harbour']"));

        var program = await _app.GetAsync("/api/v1/search?q=boats");
        Assert.Equal((HttpStatusCode.TooManyRequests, "1", "application/problem+json"),
            (program.Status, program.Header("Retry-After"), program.Header("Content-Type")));
        using var problem = JsonDocument.Parse(program.Text);
        Assert.Equal(429, problem.RootElement.GetProperty("status").GetInt32());

        _app.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await _app.GetAsync("/search?q=boats")).Status);
        Assert.Equal(HttpStatusCode.OK, (await _app.GetAsync("/")).Status);
    }

    [Fact]
    public async Task One_address_does_not_fill_the_list_of_words_that_were_not_found()
    {
        for (var i = 0; i < 150; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/search?q=unheard{i}");
            request.Headers.UserAgent.ParseAdd("Mozilla/5.0");
            using var answer = await _app.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        var kept = 0;
        await NewsHubApp.EventuallyAsync(async () =>
        {
            _app.Time.Advance(TimeSpan.FromSeconds(5));
            return (kept = await _app.FromElsewhereAsync(db => db.SearchMisses.CountAsync())) > 0;
        }, "what was not found is kept");
        Assert.InRange(kept, 1, 20);
    }
}
