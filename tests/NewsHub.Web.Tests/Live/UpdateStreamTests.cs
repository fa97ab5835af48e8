using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NewsHub.Core.Engagement;
using NewsHub.Core.Events;
using NewsHub.Web.Tests.Commands;

namespace NewsHub.Web.Tests.Live;

/// <summary>What open tabs are told.</summary>
public sealed class UpdateStreamTests : IAsyncDisposable
{
    private const string Boats = "/harbour/2025/06/30/boats";
    private readonly MadeUpPaper _paper = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back");
    private readonly NewsHubApp _app;

    public UpdateStreamTests() => _app = new NewsHubApp { Content = _paper.Folder };

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _paper.Dispose();
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task An_open_stream_is_a_reader_hears_of_others_and_of_reactions_and_counts_for_a_minute_after_it_is_closed()
    {
        var story = await StoryAsync();
        var one = await StreamAsync(story, 1);
        await HearsAsync(one, n => n.GetProperty("readers").GetInt32() == 1);
        using (var two = await StreamAsync(story, 2)) await HearsAsync(one, n => n.GetProperty("readers").GetInt32() == 2);
        await Post.SendAsync(_app.Client, $"/react/{story}", "glad");
        await HearsAsync(one, n => n.TryGetProperty("reactions", out var r) && r.GetProperty("glad").GetInt32() == 1);
        await HearsAsync(one, n => n.GetProperty("readers").GetInt32() == 1);
        await NewsHubApp.EventuallyAsync(async () =>
        {
            _app.Time.Advance(TimeSpan.FromSeconds(1));
            return (await _app.ArticleAsync(Boats)).One(".engagement .readers")!.TextContent == "1 reader";
        }, "the page says so without a script");
        one.Dispose();
        await NewsHubApp.EventuallyAsync(async () =>
        {
            _app.Time.Advance(TimeSpan.FromSeconds(20));
            return (await _app.ArticleAsync(Boats)).One(".engagement .readers")!.TextContent.Length == 0;
        }, "nobody reads, and no number is shown");
    }

    [Fact]
    public async Task Whoever_comes_when_all_is_quiet_is_told_all_there_is_and_the_quiet_ones_get_a_sign_of_life()
    {
        var story = await StoryAsync();
        using var one = await StreamAsync(story, 1);
        await HearsAsync(one, n => n.GetProperty("readers").GetInt32() == 1);
        await ReadsAsync(one, ":");
        // The same reader's second tab changes no number, so nothing else will tell it.
        using var two = await StreamAsync(story, 1);
        Assert.Equal("retry: 5000", await LineAsync(two));
        Assert.StartsWith("data: {\"readers\":1", await LineAsync(two), StringComparison.Ordinal);
    }

    [Fact]
    [NeedsProcess]
    public async Task A_program_that_is_told_to_stop_does_not_wait_for_open_streams()
    {
        var data = Directory.CreateTempSubdirectory("newshub-stop-");
        try
        {
            using var server = await Commands.Program.ServeAsync(data.FullName, _paper.Folder);
            using var client = new HttpClient { BaseAddress = server.Address };
            using var request = new HttpRequestMessage(HttpMethod.Get, "/now?story=1&reader=0123456789abcdef")
            {
                Headers = { { "Accept", "text/event-stream" }, { "User-Agent", "Mozilla/5.0" } },
            };
            using var answer = await client.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            using var stream = new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
            Assert.Equal("retry: 5000", await LineAsync(stream));
            // The host itself would wait for half a minute.
            Assert.Equal(0, await server.StopAsync().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
            while (await stream.ReadLineAsync(TestContext.Current.CancellationToken) is not null) { }
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("?story=x", HttpStatusCode.BadRequest)]
    [InlineData("?story=-1", HttpStatusCode.BadRequest)]
    [InlineData("?reader=me", HttpStatusCode.BadRequest)]
    [InlineData("?reader=00000000000000zz", HttpStatusCode.BadRequest)]
    [InlineData("?story=1&reader=0123456789abcdef", HttpStatusCode.OK)]
    [InlineData("", HttpStatusCode.OK)]
    public async Task What_it_cannot_read_is_said(string query, HttpStatusCode status)
    {
        var answer = await _app.GetAsync("/now" + query);
        Assert.Equal((status, "no-store"), (answer.Status, status is HttpStatusCode.OK ? answer.Header("Cache-Control") : "no-store"));
    }

    [Fact]
    public async Task Of_stories_that_readers_do_not_see_nothing_is_told_and_nothing_kept()
    {
        var draft = (await _app.FromElsewhereAsync(db => Desk.DraftAsync(db, "A draft", _app.Time.GetUtcNow()))).Id.Value;
        var currentReaders = _app.Services.GetRequiredService<CurrentReaders>();
        for (var i = 0; i < 300; i++) Assert.Equal(HttpStatusCode.NotFound, await AskAsync(i < 100 ? draft : 1000 + i, i + 1));
        Assert.Equal((0, 0), (currentReaders.OfThePaper, currentReaders.Of(new StoryId(draft))));
    }

    [Fact]
    public async Task An_address_with_numbers_made_up_is_so_many_readers_and_is_told_to_wait()
    {
        var story = await StoryAsync();
        Assert.Equal(HttpStatusCode.OK, await AskAsync(story, 1));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(story, 2));
        // Two people behind one address are two readers.
        Assert.Equal(2, _app.Services.GetRequiredService<CurrentReaders>().Of(new StoryId(story)));
        var answers = new List<HttpStatusCode>();
        for (var i = 3; i < 1000; i++) answers.Add(await AskAsync(story, i));
        Assert.Equal(CurrentReaders.UsualFromOneAddress, _app.Services.GetRequiredService<CurrentReaders>().Of(new StoryId(story)));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.TooManyRequests], answers.Distinct());
        using var answer = await _app.Client.GetAsync($"/now?story={story}", TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter!.Delta);
    }

    private async Task<HttpStatusCode> AskAsync(long story, int reader)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/now?story={story}&reader={reader:x16}");
        request.Headers.UserAgent.ParseAdd("Mozilla/5.0");
        using var answer = await _app.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    [Fact]
    public async Task A_machine_that_says_so_is_told_and_not_counted()
    {
        var story = await StoryAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/now?story={story}&reader=0123456789abcdef");
        request.Headers.UserAgent.ParseAdd("Examplebot/1.0");
        using var answer = await _app.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Contains(
            "\"readers\":0", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private Task<long> StoryAsync() => _app.FromElsewhereAsync(
        async db => (await db.Stories.Where(s => s.SourceKey == "2025-06-30-boats").Select(s => s.Id).SingleAsync()).Value);

    private async Task<StreamReader> StreamAsync(long story, int reader)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/now?story={story}&reader={reader:x16}");
        request.Headers.Add("Accept", "text/event-stream");
        request.Headers.UserAgent.ParseAdd("Mozilla/5.0");
        var answer = await _app.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<string?> LineAsync(StreamReader stream) => await stream.ReadLineAsync(TestContext.Current.CancellationToken)
        .AsTask()
        .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    private Task HearsAsync(StreamReader stream, Func<JsonElement, bool> so) => ReadsAsync(stream, "data: ", line =>
    {
        using var news = JsonDocument.Parse(line);
        return so(news.RootElement);
    });

    /// <summary>Reads on, while the clock goes on too, until a line begins so and what follows is what is waited for.</summary>
    private async Task ReadsAsync(StreamReader stream, string start, Func<string, bool>? so = null)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var clock = Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                _app.Time.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(20, CancellationToken.None);
            }
        });
        try
        {
            while (true)
            {
                var line = await LineAsync(stream);
                Assert.NotNull(line);
                if (line.StartsWith(start, StringComparison.Ordinal) && so?.Invoke(line[start.Length..]) is not false) return;
            }
        }
        finally
        {
            await enough.CancelAsync();
            await clock;
        }
    }
}
