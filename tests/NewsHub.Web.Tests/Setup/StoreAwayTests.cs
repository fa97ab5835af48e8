using System.Net;
using NewsHub.Web.Tests.Live;

namespace NewsHub.Web.Tests.Setup;

/// <summary>The database server is stopped, and comes back.</summary>
[Trait("Needs", "time")]
public sealed class StoreAwayTests : IDisposable
{
    private const string Boats = "/harbour/2025/06/30/boats";
    private readonly MadeUpPaper _paper = new MadeUpPaper()
        .Story("2025-06-30", "boats", "Boats are back").Edition(1, "2025-06-30", "2025-06-30-boats");

    public void Dispose() => _paper.Dispose();

    [Fact]
    public async Task What_was_read_before_is_still_read_all_else_says_so_at_once_and_it_comes_back_by_itself()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        await using var server = await PostgresServer.OfItsOwnAsync();
        await using var app = new NewsHubApp { Content = _paper.Folder, GoesOnFrom = (null, server.Database) };
        foreach (var path in new[] { "/", Boats, "/healthz", "/readyz" })
            Assert.Equal(HttpStatusCode.OK, (await app.GetAsync(path)).Status);
        var story = await app.FromElsewhereAsync(db => Task.FromResult(db.Stories.Single().Id.Value));
        // Its numbers are printed anew from here on, which cannot be done.
        Assert.Equal(HttpStatusCode.OK, (await Post.SendAsync(app.Client, $"/react/{story}", "glad")).Status);
        await server.StopAsync();
        await NewsHubApp.EventuallyAsync(async () =>
        {
            app.Time.Advance(TimeSpan.FromSeconds(1));
            return (await app.GetAsync(Boats)).Header("Cache-Status") is not null;
        }, "the story is shown as it was");

        var old = await app.GetAsync(Boats);
        Assert.Equal((HttpStatusCode.OK, "NewsHub; hit; detail=stale"), (old.Status, old.Header("Cache-Status")));
        Assert.Equal("Boats are back", old.Page.QuerySelector("h1")!.TextContent.Trim());
        Assert.Equal(HttpStatusCode.OK, (await app.GetAsync("/")).Status);
        foreach (var path in new[] { "/harbour", "/search?q=boats", "/nowhere/at/all", "/admin/sign-in", "/api/v1/stories" })
        {
            var answer = await app.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.ServiceUnavailable), (path, answer.Status));
            Assert.NotNull(answer.Header("Retry-After"));
            Assert.DoesNotContain("Npgsql", answer.Text, StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Post.SendAsync(app.Client, $"/react/{story}", "glad")).Status);
        var ready = await app.GetAsync("/readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.Status);
        Assert.Contains("The database does not answer.", ready.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await app.GetAsync("/healthz")).Status);

        await server.StartAgainAsync();
        foreach (var path in new[] { "/readyz", "/harbour", "/search?q=boats", "/admin/sign-in" })
            await NewsHubApp.EventuallyAsync(async () => (await app.GetAsync(path)).Status is HttpStatusCode.OK, $"{path} is there again");
        await NewsHubApp.EventuallyAsync(
            async () => (await app.GetAsync(Boats)).Header("Cache-Status") is null, "the story is printed anew");
        Assert.Equal(HttpStatusCode.OK, (await Post.SendAsync(app.Client, $"/react/{story}", "glad")).Status);
    }
}
