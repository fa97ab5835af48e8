using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using NewsHub.Core.Events;
using NewsHub.Web.Setup;
using NewsHub.Web.Tests.Admin;

namespace NewsHub.Web.Tests.PageCache;

/// <summary>What a cache in front of the paper is told: of each page for how long and under which topics, and what it is to drop.</summary>
public sealed class SharedCacheTests : IDisposable
{
    private const string Boats = "/harbour/2025/06/26/boats";
    private readonly MadeUpPaper _paper = new MadeUpPaper().Story("2025-06-26", "boats", "Boats are back");

    public void Dispose() => _paper.Dispose();

    [Theory]
    [InlineData("varnish", "xkey", ' ', "Surrogate-Control")]
    [InlineData("fastly", "Surrogate-Key", ' ', "Surrogate-Control")]
    [InlineData("cloudflare", "Cache-Tag", ',', "CDN-Cache-Control")]
    public async Task A_page_says_its_topics_and_how_long_to_such_a_cache_alone_and_browsers_still_ask(
        string kind, string topics, char between, string control)
    {
        await using var app = Open(kind, "http://127.0.0.1:9/", ("Cdn:Seconds", "90"));
        var first = await app.GetAsync(Boats);
        Assert.Null(first.Header(topics));
        var next = await app.GetAsync(Boats);
        Assert.Contains("masthead", next.Header(topics)!.Split(between));
        Assert.Contains(next.Header(topics)!.Split(between), t => t.StartsWith("story:", StringComparison.Ordinal));
        Assert.Equal("max-age=90, stale-while-revalidate=30, stale-if-error=86400", next.Header(control));
        Assert.Equal(["max-age=0", "must-revalidate", "public"], next.Header("Cache-Control")!.Split(", ").Order());
        Assert.Null((await app.GetAsync("/search?q=boats")).Header(topics));
        Assert.Null((await app.GetAsync("/admin/sign-in")).Header(control));
    }

    [Fact]
    public async Task Without_such_a_cache_nothing_is_said()
    {
        await using var app = new NewsHubApp { Content = _paper.Folder };
        await app.GetAsync(Boats);
        var page = await app.GetAsync(Boats);
        foreach (var name in new[] { "xkey", "Surrogate-Key", "Cache-Tag", "Surrogate-Control", "CDN-Cache-Control" })
            Assert.Null(page.Header(name));
    }

    [Fact]
    public async Task A_page_in_a_language_that_one_reader_chose_is_for_no_such_cache()
    {
        await using var app = Open("varnish", "http://127.0.0.1:9/");
        for (var i = 0; i < 3; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Boats) { Headers = { { "Cookie", "lang=fr" } } };
            using var answer = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True(answer.Headers.CacheControl!.Private);
            Assert.False(answer.Headers.Contains("xkey") || answer.Headers.Contains("Surrogate-Control"));
        }
    }

    [Fact]
    public async Task What_is_published_is_purged_by_its_topics_and_once_more_for_pages_that_were_on_their_way()
    {
        await using var cache = await CacheInFront.OpenAsync();
        await using var app = Open("varnish", cache.Address, ("Cdn:Token", "a token"));
        await ReadyAsync(app);
        var address = await app.FromElsewhereAsync(db => Desk.PublishAsync(db, "Late news", app.Time.GetUtcNow()));
        var id = await app.FromElsewhereAsync(db => db.Stories.Where(s => s.Address == address).Select(s => s.Id.Value).SingleAsync());
        await NewsHubApp.EventuallyAsync(() => Task.FromResult(!cache.Purges.IsEmpty), "the cache is told");
        var purge = cache.Purges.First();
        Assert.Equal(("PURGE", "/", "a token"), (purge.Method, purge.Path, purge.Header("xkey-purge-token")));
        Assert.Superset(new HashSet<string> { $"story:{id}", "latest" }, purge.Topics.ToHashSet());

        await NewsHubApp.EventuallyAsync(() =>
        {
            app.Time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(cache.Purges.Count > 1);
        }, "it is told once more");
        Assert.Equal(purge.Topics, cache.Purges.Last().Topics);
    }

    [Fact]
    public async Task A_second_purge_that_is_taken_at_last_ends_the_failure_that_administrators_see()
    {
        await using var cache = await CacheInFront.OpenAsync();
        await using var app = Open("varnish", cache.Address);
        await ReadyAsync(app);
        await app.FromElsewhereAsync(db => Desk.PublishAsync(db, "Late news", app.Time.GetUtcNow()));
        await NewsHubApp.EventuallyAsync(() => Task.FromResult(!cache.Purges.IsEmpty), "the cache is told");
        cache.Status = 503;
        await PassUntilAsync(() => app.FromElsewhereAsync(db => db.PurgePositions.AnyAsync(p => p.FailedAt != null)), "it is refused");
        cache.Status = 200;
        await PassUntilAsync(() => app.FromElsewhereAsync(db => db.PurgePositions.AnyAsync(p => p.FailedAt == null)), "it is taken");
        Assert.True(cache.Purges.Count > 1);

        Task PassUntilAsync(Func<Task<bool>> so, string sentence) => NewsHubApp.EventuallyAsync(() =>
        {
            app.Time.Advance(TimeSpan.FromSeconds(1));
            return so();
        }, sentence);
    }

    [Theory]
    [InlineData("fastly")]
    [InlineData("cloudflare")]
    public async Task Each_provider_is_told_in_the_form_of_its_API(string kind)
    {
        await using var cache = await CacheInFront.OpenAsync();
        await using var app = Open(kind, $"{cache.Address}/zone", ("Cdn:Token", "a token"));
        await ReadyAsync(app);
        await app.FromElsewhereAsync(db => Desk.PublishAsync(db, "Late news", app.Time.GetUtcNow()));
        await NewsHubApp.EventuallyAsync(() => Task.FromResult(!cache.Purges.IsEmpty), "the cache is told");
        var purge = cache.Purges.First();
        Assert.Equal("POST", purge.Method);
        if (kind == "fastly")
        {
            Assert.Equal(("/zone/purge", "a token"), (purge.Path, purge.Header("Fastly-Key")));
            Assert.Contains("latest", purge.Header("Surrogate-Key")!.Split(' '));
        }
        else
        {
            Assert.Equal(("/zone/purge_cache", "Bearer a token"), (purge.Path, purge.Header("Authorization")));
            Assert.Matches("^{\"tags\":\\[.*\"latest\".*\\]}$", purge.Body);
        }
    }

    [Fact]
    public async Task A_purge_that_is_not_taken_is_repeated_until_it_is_also_by_the_program_that_is_started_next()
    {
        await using var cache = await CacheInFront.OpenAsync();
        (string Data, string? Database) left;
        string address;
        await using (var app = new PaperWithSettings(For("varnish", cache.Address)) { Content = _paper.Folder, LeavesData = true })
        {
            await ReadyAsync(app);
            cache.Status = 503;
            address = await app.FromElsewhereAsync(db => Desk.PublishAsync(db, "Late news", app.Time.GetUtcNow()));
            await NewsHubApp.EventuallyAsync(() => Task.FromResult(cache.Refused > 0), "the first try is refused");
            await NewsHubApp.EventuallyAsync(() =>
            {
                app.Time.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(cache.Refused > 2);
            }, "it is tried again");
            await NewsHubApp.EventuallyAsync(
                () => app.FromElsewhereAsync(db => db.PurgePositions.AnyAsync(p => p.Reason!.EndsWith("answered 503."))),
                "the reason stands in the store");
            left = (app.Data, app.Database);
        }
        cache.Status = 200;
        try
        {
            await using var next = new PaperWithSettings(For("varnish", cache.Address))
            {
                Content = _paper.Folder,
                GoesOnFrom = left,
            };
            next.Time.Advance(TimeSpan.FromMinutes(10));
            _ = next.Client;
            await NewsHubApp.EventuallyAsync(() => Task.FromResult(!cache.Purges.IsEmpty), "the next program tells it");
            Assert.Contains("latest", cache.Purges.First().Topics);
        }
        finally
        {
            Directory.Delete(left.Data, recursive: true);
        }
    }

    [Fact]
    public async Task A_burst_of_a_thousand_changes_is_purged_to_the_last()
    {
        await using var cache = await CacheInFront.OpenAsync();
        await using var app = Open("varnish", cache.Address);
        await ReadyAsync(app);
        await app.FromElsewhereAsync(async db =>
        {
            for (var i = 1; i <= 1000; i++)
                db.Events.Add(new NewsEvent(Act.ChangeTag, Desk.Editor, app.Time.GetUtcNow(), [Topic.List(ListOf.Tag, 100_000 + i)]));
            return await db.SaveChangesAsync();
        });
        await NewsHubApp.EventuallyAsync(
            () => Task.FromResult(Told() == 1000), () => $"1,000 topics are purged, and not {Told()}");
        // No header is longer than such programs take.
        Assert.All(cache.Purges, p => Assert.True(p.Header("xkey-purge")!.Length < 7000));

        int Told() =>
            cache.Purges.SelectMany(p => p.Topics).Distinct().Count(t => t.StartsWith("Tag:1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_picture_that_is_removed_goes_from_the_cache_too()
    {
        await using var cache = await CacheInFront.OpenAsync();
        await using var app = new PaperWithSettings(For("varnish", cache.Address));
        await ReadyAsync(app);
        var picture = await app.FromElsewhereAsync(db => db.Pictures.AsNoTracking().OrderBy(p => p.Id).FirstAsync());
        var rendition = new Core.Media.Rendition(picture.Key, Core.Media.Crop.Full, 320, "jpg");
        Assert.Equal($"picture:{picture.Key}", (await app.GetAsync(rendition.Address)).Header("xkey"));
        using var chief = await Colleague.SignedInAsync(app, Role.Administrator);
        await chief.SubmitAsync($"/admin/media/{picture.Id}/remove", new() { ["Reason"] = "Not ours" });
        Assert.Equal(HttpStatusCode.Gone, (await app.GetAsync(rendition.Address)).Status);
        await NewsHubApp.EventuallyAsync(
            () => Task.FromResult(cache.Purges.Any(p => p.Topics.Contains($"picture:{picture.Key}"))), "the cache is told");
    }

    [Fact]
    public async Task An_administrator_sees_how_it_goes_and_has_everything_purged()
    {
        await using var cache = await CacheInFront.OpenAsync();
        await using var app = Open("varnish", cache.Address);
        await ReadyAsync(app);
        using var chief = await Colleague.SignedInAsync(app, Role.Administrator);
        var page = await chief.GetAsync("/admin/settings/cache");
        Assert.Contains(cache.Address, page.Page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        ActRoom.LedTo("/admin/settings/cache", await chief.SubmitAsync("/admin/settings/cache"));
        await NewsHubApp.EventuallyAsync(
            () => Task.FromResult(cache.Purges.Any(p => p.Header("xkey-purge-all") == "yes")), "everything is purged");
        Assert.Equal(chief.Name, await app.FromElsewhereAsync(
            async db => (await db.Events.SingleAsync(e => e.Act == Act.PurgeCache)).By.Name));

        using var publisher = await Colleague.SignedInAsync(app, Role.Publisher);
        Assert.Equal(HttpStatusCode.Forbidden, (await publisher.GetAsync("/admin/settings/cache")).Status);
    }

    [Theory]
    [InlineData("varnish", null, null, "Cdn:Purge")]
    [InlineData(null, "http://127.0.0.1:9/", null, "Cdn:Kind")]
    [InlineData("fastly", "http://127.0.0.1:9/", null, "Cdn:Token")]
    [InlineData("akamai", "http://127.0.0.1:9/", null, "Cdn:Kind")]
    public void Settings_that_do_not_go_together_stop_the_start_in_a_sentence(string? kind, string? purge, string? token, string named)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { ["Cdn:Kind"] = kind, ["Cdn:Purge"] = purge, ["Cdn:Token"] = token }).Build();
        Assert.Contains(named, Assert.Throws<SettingsException>(() => Settings.Check(settings)).Message, StringComparison.Ordinal);
    }

    private static (string, string)[] For(string kind, string purge) => [("Cdn:Kind", kind), ("Cdn:Purge", purge)];

    private PaperWithSettings Open(string kind, string purge, params (string, string)[] more) =>
        new([.. For(kind, purge), .. kind == "varnish" ? [] : new[] { ("Cdn:Token", "a token") }, .. more]) { Content = _paper.Folder };

    /// <summary>The program has taken its place in the log: what comes now is told.</summary>
    private static Task ReadyAsync(NewsHubApp app) =>
        NewsHubApp.EventuallyAsync(() => app.FromElsewhereAsync(db => db.PurgePositions.AnyAsync()), "the job has begun");
}
