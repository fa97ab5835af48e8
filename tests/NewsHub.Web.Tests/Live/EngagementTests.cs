using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;

namespace NewsHub.Web.Tests.Live;

/// <summary>Reactions and shares, as browsers with and without a script send them.</summary>
public sealed class EngagementTests : IAsyncDisposable
{
    private readonly MadeUpPaper _paper = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back");
    private readonly Open _app;

    public EngagementTests() => _app = new Open { Content = _paper.Folder };

    /// <summary>A paper that listens to as much as a test has to say.</summary>
    private sealed class Open : NewsHubApp
    {
        public int Burst { get; set; } = 5000;

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Live:Burst", Burst.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _paper.Dispose();
    }

    [Fact]
    public async Task A_reaction_is_counted_changed_and_taken_back_and_the_cookie_comes_with_the_first()
    {
        var story = await StoryAsync();
        var first = await Post.SendAsync(_app.Client, $"/react/{story}", "glad");
        Assert.Equal((HttpStatusCode.OK, "no-store", 1), (first.Status, first.Header("Cache-Control"), Count(first, "glad")));
        var cookie = Post.Cookie(first);
        Assert.Contains("httponly", first.Header("Set-Cookie"), StringComparison.OrdinalIgnoreCase);
        Assert.Null(Post.Cookie(await Post.SendAsync(_app.Client, $"/react/{story}", "glad", cookie)));
        Assert.Equal(2, Count(await Post.SendAsync(_app.Client, $"/react/{story}", "glad"), "glad"));
        Assert.Equal(1, Count(await Post.SendAsync(_app.Client, $"/react/{story}", "", cookie), "glad"));
    }

    [Fact]
    public async Task No_page_that_is_only_read_sets_a_cookie_and_who_has_nothing_to_take_back_gets_none()
    {
        var story = await StoryAsync();
        foreach (var path in new[] { "/", "/harbour/2025/06/30/boats", $"/react/{story}", "/now", $"/share/{story}/x" })
            Assert.Null((await _app.GetAsync(path)).Header("Set-Cookie"));
        Assert.Null((await Post.SendAsync(_app.Client, $"/react/{story}", "")).Header("Set-Cookie"));
        Assert.Null((await Post.SendAsync(_app.Client, "/react/4711", "glad")).Header("Set-Cookie"));
    }

    [Fact]
    public async Task Without_a_script_the_reader_is_told_and_can_change_it_or_take_it_back()
    {
        var story = await StoryAsync();
        var sent = await Post.SendAsync(_app.Client, $"/react/{story}", "glad", script: false);
        Assert.Equal((HttpStatusCode.Redirect, $"/react/{story}"), (sent.Status, sent.Header("Location")));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/react/{story}");
        request.Headers.Add("Cookie", Post.Cookie(sent));
        using var answer = await _app.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var told = await Answer.ReadAsync(request.RequestUri!.ToString(), answer);
        Assert.Equal("no-store", told.Header("Cache-Control"));
        Assert.Equal("Your reaction: Glad", told.Page.QuerySelector("h1")!.TextContent);
        Assert.Equal("", told.Page.QuerySelector("button.take-back")!.GetAttribute("value"));
        Assert.Equal("/harbour/2025/06/30/boats#engagement", told.Page.QuerySelector("main .ways:last-child a")!.GetAttribute("href"));
        // To everyone else it is a story without a reaction of theirs.
        Assert.Equal("You have not reacted to this story", (await _app.ParseAsync($"/react/{story}")).QuerySelector("h1")!.TextContent);
    }

    [Theory]
    [InlineData("/react/{0}", "nonsense", HttpStatusCode.BadRequest)]
    [InlineData("/react/{0}", null, HttpStatusCode.BadRequest)]
    [InlineData("/react/4711", "glad", HttpStatusCode.NotFound)]
    [InlineData("/react/x", "glad", HttpStatusCode.NotFound)]
    [InlineData("/share/{0}/carrier-pigeon", null, HttpStatusCode.BadRequest)]
    [InlineData("/share/4711/copy", null, HttpStatusCode.NotFound)]
    public async Task What_makes_no_sense_is_refused_by_name(string path, string? kind, HttpStatusCode status)
    {
        var answer = await Post.SendAsync(_app.Client, path.Replace("{0}", $"{await StoryAsync()}", StringComparison.Ordinal), kind);
        Assert.Equal(status, answer.Status);
        if (!path.EndsWith("/x", StringComparison.Ordinal))
            Assert.StartsWith("application/problem+json", answer.Header("Content-Type"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_has_no_script_reads_a_refusal_as_a_page_and_a_torn_form_is_one()
    {
        var path = $"/react/{await StoryAsync()}";
        Assert.Equal("text/html", Kind(await Post.SendAsync(_app.Client, path, "nonsense", script: false)));
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent("garbage",
                new System.Net.Http.Headers.MediaTypeHeaderValue("multipart/form-data") { Parameters = { new("boundary", "x") } }),
        };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var torn = await _app.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("text/html", Kind(await Answer.ReadAsync(path, torn)));

        static string? Kind(Answer answer)
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            return answer.Header("Content-Type")?.Split(';')[0];
        }
    }

    [Theory]
    [InlineData("cross-site", null, false)]
    [InlineData("same-site", null, false)]
    [InlineData("none", null, false)]
    [InlineData(null, null, false)]
    [InlineData(null, "https://elsewhere.example", false)]
    [InlineData(null, "http://localhost", true)]
    [InlineData("same-origin", null, true)]
    public async Task Only_a_page_of_this_paper_is_listened_to(string? site, string? origin, bool heard)
    {
        var story = await StoryAsync();
        foreach (var path in new[] { $"/react/{story}", $"/share/{story}/copy" })
            Assert.Equal(heard ? HttpStatusCode.OK : HttpStatusCode.Forbidden,
                (await Post.SendAsync(_app.Client, path, "glad", site: site, origin: origin)).Status);
    }

    [Fact]
    public async Task A_flood_from_one_place_is_told_when_to_come_again()
    {
        _app.Burst = 3;
        var story = await StoryAsync();
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.OK, (await Post.SendAsync(_app.Client, $"/react/{story}", "glad")).Status);
        var refused = await Post.SendAsync(_app.Client, $"/react/{story}", "glad");
        Assert.Equal((HttpStatusCode.TooManyRequests, "1"), (refused.Status, refused.Header("Retry-After")));
        _app.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await Post.SendAsync(_app.Client, $"/react/{story}", "glad")).Status);
    }

    [Fact]
    public async Task A_thousand_at_once_are_counted_exactly()
    {
        var story = await StoryAsync();
        var reactions = Enumerable.Range(0, 1000)
            .Select(i => Post.SendAsync(_app.Client, $"/react/{story}", "glad", cookie: $"reader={i:x32}"));
        // Each reader sends the same share twice.
        var shares = Enumerable.Range(0, 1000)
            .Select(i => Post.SendAsync(_app.Client, $"/share/{story}/copy", cookie: $"reader={i / 2:x32}"));
        Assert.All(await Task.WhenAll(reactions.Concat(shares)), a => Assert.Equal(HttpStatusCode.OK, a.Status));

        var kept = await _app.FromElsewhereAsync(
            db => db.Stories.Where(s => s.SourceKey == "2025-06-30-boats").Select(s => new { s.Shares, s.Reactions }).SingleAsync());
        Assert.Equal((500, 1000), (kept.Shares, kept.Reactions["glad"]));
        Assert.Equal(
            (500, 1000), await _app.FromElsewhereAsync(async db => (await db.Shares.CountAsync(), await db.Reactions.CountAsync())));
    }

    [Fact]
    public async Task A_press_on_a_networks_link_leads_there_and_counts_once_and_who_only_follows_it_does_not_count()
    {
        var story = await StoryAsync();
        var followed = await _app.GetAsync($"/share/{story}/x");
        Assert.Equal((HttpStatusCode.Redirect, "noindex, nofollow"), (followed.Status, followed.Header("X-Robots-Tag")));
        Assert.StartsWith("https://x.com/intent/post?text=", followed.Header("Location"), StringComparison.Ordinal);
        Assert.Contains(
            Uri.EscapeDataString("http://localhost:5080/harbour/2025/06/30/boats"), followed.Header("Location"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _app.GetAsync($"/share/{story}/elsewhere")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _app.GetAsync("/share/4711/x")).Status);

        var pressed = await PressAsync(null);
        await PressAsync(Post.Cookie(pressed));
        Assert.Equal(1, await _app.FromElsewhereAsync(
            db => db.Stories.Where(s => s.SourceKey == "2025-06-30-boats").Select(s => s.Shares).SingleAsync()));

        async Task<Answer> PressAsync(string? cookie)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/share/{story}/x");
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
            request.Headers.Add("Sec-Fetch-User", "?1");
            if (cookie is not null) request.Headers.Add("Cookie", cookie);
            using var answer = await _app.Client.SendAsync(request, TestContext.Current.CancellationToken);
            return await Answer.ReadAsync("/share", answer);
        }
    }

    [Fact]
    public async Task The_cached_page_prints_the_new_sums_within_ten_seconds()
    {
        var story = await StoryAsync();
        Assert.Equal("0 reactions", (await _app.ArticleAsync("/harbour/2025/06/30/boats")).Reacted);
        await Post.SendAsync(_app.Client, $"/react/{story}", "glad");
        await NewsHubApp.EventuallyAsync(async () =>
        {
            _app.Time.Advance(TimeSpan.FromSeconds(1));
            return (await _app.ArticleAsync("/harbour/2025/06/30/boats")).Reacted == "1 reaction";
        }, "the page prints the reaction");
    }

    private Task<long> StoryAsync() => _app.FromElsewhereAsync(
        async db => (await db.Stories.Where(s => s.SourceKey == "2025-06-30-boats").Select(s => s.Id).SingleAsync()).Value);

    private static int Count(Answer answer, string kind)
    {
        using var json = JsonDocument.Parse(answer.Text);
        return json.RootElement.GetProperty("reactions").TryGetProperty(kind, out var n) ? n.GetInt32() : 0;
    }
}
