using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Newsletters;
using NewsHub.Core.Store;
using NewsHub.Web.Areas.Admin.SignIn;
using NewsHub.Web.Tests.Admin;
using Npgsql;

namespace NewsHub.Web.Tests.Live;

/// <summary>Two programs on one database, each with a folder of its own: to readers and editors they are one paper.</summary>
public sealed class SeveralNodesTests : IAsyncDisposable
{
    private const string Boats = "/harbour/2025/06/30/boats";
    private readonly MadeUpPaper _paper = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back");
    private readonly NewsHubApp _one, _two;

    public SeveralNodesTests()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        _one = new NewsHubApp { Content = _paper.Folder, UsesPostgres = true };
        _ = _one.Client;
        _two = new NewsHubApp { Content = _paper.Folder, UsesPostgres = true, GoesOnFrom = (null, _one.Database) };
        _ = _two.Client;
    }

    public async ValueTask DisposeAsync()
    {
        await _two.DisposeAsync();
        await _one.DisposeAsync();
        _paper.Dispose();
    }

    [Fact]
    public async Task What_is_published_at_one_stands_on_the_other()
    {
        Assert.Equal("Boats are back", (await _two.ArticleAsync(Boats)).Headline);
        await _one.FromElsewhereAsync(db => Desk.UpdateAsync(db, Boats, "Boats are off again", _one.Time.GetUtcNow()));
        foreach (var node in new[] { _one, _two })
            await NewsHubApp.EventuallyAsync(
                async () => (await node.ArticleAsync(Boats)).Headline == "Boats are off again", "it stands there");
    }

    [Fact]
    public async Task Reactions_at_one_are_told_to_the_tabs_and_printed_on_the_pages_of_the_other_also_when_it_did_not_hear_for_a_while()
    {
        var story = await StoryAsync();
        Assert.Equal(0, await GladAsync(_two, story));
        await ReactAsync(_one, story);
        await BothSayAsync(1);

        // While the other does not listen, what is said is lost.
        await _one.FromElsewhereAsync(db => db.Database.ExecuteSqlRawAsync("""
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query = 'LISTEN newshub'
            """));
        await ReactAsync(_one, story);
        await BothSayAsync(2);

        async Task BothSayAsync(int glad)
        {
            foreach (var node in new[] { _two, _one })
            {
                await NewsHubApp.EventuallyAsync(async () => await GladAsync(node, story) == glad, "the open tabs are told");
                await NewsHubApp.EventuallyAsync(async () =>
                {
                    node.Time.Advance(TimeSpan.FromSeconds(1));
                    return (await node.ArticleAsync(Boats)).Reactions.Any(r => r.EndsWith($" {glad}", StringComparison.Ordinal));
                }, "the page prints it");
            }
        }
    }

    [Fact]
    public async Task A_reader_who_asks_both_is_one_reader_and_two_readers_are_two_on_both()
    {
        var story = await StoryAsync();
        await SayAsync(1, (_one, 1), (_two, 1));
        await SayAsync(2, (_one, 1), (_two, 1), (_two, 2));

        Task SayAsync(int readers, params (NewsHubApp Node, int Reader)[] seen) => NewsHubApp.EventuallyAsync(async () =>
        {
            foreach (var (node, reader) in seen) await NowAsync(node, story, reader);
            foreach (var node in new[] { _one, _two }) node.Time.Advance(TimeSpan.FromSeconds(1));
            return await ReadersAsync(_one) == readers && await ReadersAsync(_two) == readers;
        }, $"both say {readers}");

        async Task<int> ReadersAsync(NewsHubApp node) => (await NowAsync(node, story)).GetProperty("readers").GetInt32();
    }

    [Fact]
    public async Task Wrong_passwords_are_counted_together()
    {
        await Colleague.HireAsync(_one, Role.Editor, "Ada Night", "ada@example.org");
        foreach (var node in new[] { _one, _one, _one, _two, _two })
            Assert.Equal(HttpStatusCode.BadRequest, (await TryAsync(node)).Status);
        foreach (var node in new[] { _one, _two })
            Assert.Equal(HttpStatusCode.TooManyRequests, (await TryAsync(node)).Status);

        static async Task<Answer> TryAsync(NewsHubApp node)
        {
            using var stranger = Colleague.Stranger(node);
            return await stranger.SubmitAsync("/admin/sign-in", new() { ["Email"] = "ada@example.org", ["Password"] = "not the lantern" });
        }
    }

    [Fact]
    public async Task A_flood_is_counted_together()
    {
        var story = await StoryAsync();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 140; i++)
            answers.Add((await Post.SendAsync((i % 2 == 0 ? _one : _two).Client, $"/react/{story}", "glad")).Status);
        // The clocks stand: as many are let in as one node alone would let in.
        Assert.Equal(60, answers.Count(a => a is HttpStatusCode.OK));
        Assert.Equal(80, answers.Count(a => a is HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task The_set_up_link_of_one_opens_the_other_once_and_who_is_signed_in_at_one_is_at_the_other()
    {
        var link = _one.Services.GetRequiredService<SetUpKey>().Path;
        Assert.Equal(link, _two.Services.GetRequiredService<SetUpKey>().Path);
        using var ada = Colleague.Stranger(_two);
        var made = await ada.SubmitAsync(link, new()
        {
            ["Name"] = "Ada Night",
            ["Email"] = "ada@example.org",
            ["Password"] = "plain lantern over brackish water",
        });
        Assert.Equal((HttpStatusCode.Redirect, "/admin"), (made.Status, made.Header("Location")));
        Assert.Equal(HttpStatusCode.NotFound, (await _one.GetAsync(link)).Status);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/admin") { Headers = { { "Cookie", ada.Cookies } } };
        using var desk = await _one.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, desk.StatusCode);
    }

    [Fact]
    public void Links_in_mails_of_one_open_the_other()
    {
        var (one, two) = (_one.Services.GetRequiredService<SubscriberLinks>(), _two.Services.GetRequiredService<SubscriberLinks>());
        Assert.Equal(7, two.Read(one.Sign(7)));
        Assert.False(File.Exists(Path.Combine(_one.Data, "keys", "newsletter.key")));
    }

    [Fact]
    public async Task Editors_see_who_has_a_story_open_at_the_other_and_no_text_that_is_open_there_is_written_over()
    {
        var story = await StoryAsync();
        using var ada = await Colleague.SignedInAsync(_one, Role.Editor, "Ada Night");
        using var ben = await Colleague.SignedInAsync(_two, Role.Editor, "Ben Day");
        var room = FormattableString.Invariant($"/admin/stories/{story}");
        Assert.Equal(HttpStatusCode.OK, (await ada.GetAsync(room)).Status);
        Assert.Contains("Ada Night", (await ben.GetAsync(room)).Page.Body!.TextContent, StringComparison.Ordinal);

        var (presence, stop) = (_two.Services.GetRequiredService<IPresence>(), TestContext.Current.CancellationToken);
        var shown = await _one.FromElsewhereAsync(db => db.Stories.Select(s => s.WorkingRevision).SingleAsync());
        Assert.True(await presence.IsOpenElsewhereAsync(story, ben.Id, shown, stop));
        Assert.False(await presence.IsOpenElsewhereAsync(story, ben.Id, shown + 1, stop));
        Assert.Equal(["Ada Night", "you"], (await presence.OfAsync([story, 99], ben.Id, stop))[story]);
        await _one.Services.GetRequiredService<IPresence>().LeaveAsync(story, ada.Id, stop);
        Assert.Empty(await presence.StayAsync(story, ben.Id, "Ben Day", stop));
        // Who has left may still have the text in a window.
        Assert.True(await presence.IsOpenElsewhereAsync(story, ben.Id, shown, stop));
        _two.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Empty(await presence.OfAsync([story], ada.Id, stop));
    }

    [Fact]
    public async Task Of_the_nodes_one_does_what_one_alone_should_do_and_another_when_that_has_gone()
    {
        var (one, two) = (_one.Services.GetRequiredService<IStoreProvider>(), _two.Services.GetRequiredService<IStoreProvider>());
        var stop = TestContext.Current.CancellationToken;
        Assert.True(await one.LeadsAsync("something", stop));
        Assert.True(await one.LeadsAsync("something", stop));
        Assert.False(await two.LeadsAsync("something", stop));
        Assert.True(await two.LeadsAsync("something else", stop));
        await _one.FromElsewhereAsync(db => db.Database.ExecuteSqlRawAsync("""
            SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND a.datname = current_database()
                AND l.classid::bigint << 32 | l.objid::bigint = hashtextextended('something', 4)
            """));
        await NewsHubApp.EventuallyAsync(() => two.LeadsAsync("something", stop), "the other does it");
    }

    private static async Task ReactAsync(NewsHubApp node, long story) =>
        Assert.Equal(HttpStatusCode.OK, (await Post.SendAsync(node.Client, $"/react/{story}", "glad")).Status);

    private static async Task<int> GladAsync(NewsHubApp node, long story) =>
        (await NowAsync(node, story)).TryGetProperty("reactions", out var reactions) && reactions.TryGetProperty("glad", out var glad)
            ? glad.GetInt32()
            : 0;

    private static async Task<JsonElement> NowAsync(NewsHubApp node, long story, int reader = 0)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, FormattableString.Invariant($"/now?story={story}{(reader == 0 ? "" : $"&reader={reader:x16}")}"));
        // Machines are not counted.
        request.Headers.Add("User-Agent", "Mozilla/5.0");
        using var answer = await node.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
    }

    private Task<long> StoryAsync() => _one.FromElsewhereAsync(db => db.Stories.Select(s => s.Id.Value).SingleAsync());
}
