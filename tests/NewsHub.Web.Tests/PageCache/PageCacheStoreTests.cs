using System.Diagnostics.Metrics;
using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using NewsHub.Core.Events;
using NewsHub.Web.PageCache;
using NewsHub.Web.Tests.Setup;

namespace NewsHub.Web.Tests.PageCache;

public sealed class PageCacheStoreTests
{
    private static IResult Page(string text) => Results.Text(text, "text/html", Encoding.UTF8);

    [Fact]
    public async Task A_page_that_opted_in_is_rendered_once_and_answered_alike()
    {
        var renders = new Counted();
        await using var room = await PressRoom.WithOnePageAsync(renders);
        using var first = await room.GetAsync("/page", "gzip");
        using var second = await room.GetAsync("/page", "gzip");
        Assert.Equal(1, renders.Count);
        Assert.Equal(await first.BytesAsync(), await second.BytesAsync());
        foreach (var header in new[]
        {
            "Content-Type", "Content-Encoding", "Content-Length", "ETag", "Vary", "Cache-Control", "Content-Security-Policy",
        })
        {
            Assert.NotNull(first.Header(header));
            Assert.Equal(first.Header(header), second.Header(header));
        }

        Assert.Equal("public, must-revalidate, max-age=0", second.Headers.CacheControl!.ToString());
        Assert.Equal("Accept-Encoding", second.Header("Vary"));
    }

    [Fact]
    public async Task A_page_that_did_not_opt_in_is_rendered_each_time()
    {
        var renders = new Counted();
        await using var room = await PressRoom.OpenAsync((app, _) => app.MapGet("/page", () => Page("Render " + renders.One())));
        Assert.Equal("Render 1", await room.ReadAsync("/page"));
        Assert.Equal("Render 2", await room.ReadAsync("/page"));
        Assert.Equal(0, room.Cache.Count);
    }

    [Fact]
    public async Task The_newsroom_is_never_stored_whatever_its_pages_call()
    {
        var renders = new Counted();
        await using var room = await PressRoom.OpenAsync((app, _) => app.MapGet("/admin/{page?}", (HttpContext context) =>
        {
            context.CachePage([Topic.Story(new StoryId(1))]);
            return Page("Render " + renders.One());
        }));
        foreach (var path in new[] { "/admin", "/admin/stories", "/Admin/stories", "/admin?year=2026" }) await room.ReadAsync(path);
        Assert.Equal(4, renders.Count);
        Assert.Equal(0, room.Cache.Count);
    }

    [Theory]
    [InlineData("cookie")]
    [InlineData("late cookie")]
    [InlineData("no-store")]
    [InlineData("private")]
    [InlineData("vary")]
    [InlineData("404")]
    [InlineData("500")]
    [InlineData("302")]
    public async Task An_answer_for_one_reader_or_without_a_page_is_never_stored(string why)
    {
        var renders = new Counted();
        await using var room = await PressRoom.OpenAsync((app, _) => app.MapGet("/page", (HttpContext context) =>
        {
            renders.One();
            context.CachePage([Topic.Story(new StoryId(1))]);
            var headers = context.Response.Headers;
            if (why == "cookie") headers.SetCookie = "a=b";
            else if (why == "late cookie") context.Response.OnStarting(() => { headers.SetCookie = "a=b"; return Task.CompletedTask; });
            else if (why is "no-store" or "private") headers.CacheControl = why;
            else if (why == "vary") headers.Vary = "Cookie";
            else context.Response.StatusCode = int.Parse(why, System.Globalization.CultureInfo.InvariantCulture);
            return context.Response.WriteAsync(PressRoom.LongText);
        }));
        for (var i = 0; i < 3; i++)
        {
            using var answer = await room.GetAsync("/page");
            Assert.Equal(PressRoom.LongText, await answer.TextAsync());
            Assert.Equal(why.EndsWith("cookie", StringComparison.Ordinal) ? "a=b" : null, answer.Header("Set-Cookie"));
        }

        Assert.Equal(3, renders.Count);
        Assert.Equal(0, room.Cache.Count);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(308)]
    [InlineData(410)]
    public async Task Moved_and_withdrawn_pages_are_stored(int status)
    {
        var renders = new Counted();
        await using var room = await PressRoom.OpenAsync((app, _) => app.MapGet("/page", (HttpContext context) =>
        {
            renders.One();
            context.CachePage([Topic.Story(new StoryId(1))]);
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
        }));
        for (var i = 0; i < 2; i++)
        {
            using var answer = await room.GetAsync("/page", "br");
            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Equal("/elsewhere", answer.Header("Location"));
        }

        Assert.Equal(1, renders.Count);
    }

    [Fact]
    public async Task A_redirect_to_the_address_proper_is_not_stored_under_it()
    {
        await using var room = await PressRoom.OpenAsync((app, _) => app.MapGet("/page", (HttpContext context) =>
        {
            context.CachePage([Topic.Story(new StoryId(1))]);
            return context.Request.Path == "/page" && context.Request.Path.Value == "/page"
                ? Page("Here")
                : Results.Redirect("/page", permanent: true);
        }));
        using var moved = await room.GetAsync("/Page");
        Assert.Equal(HttpStatusCode.MovedPermanently, moved.StatusCode);
        Assert.Equal("Here", await room.ReadAsync("/page"));
    }

    [Fact]
    public async Task Readers_with_a_cookie_or_credentials_get_the_same_stored_page()
    {
        var renders = new Counted();
        await using var room = await PressRoom.WithOnePageAsync(renders);
        await room.ReadAsync("/page");
        using var answer = await room.SendAsync(HttpMethod.Get, "/page", with: request =>
        {
            request.Headers.Add("Cookie", "session=1");
            request.Headers.Add("Authorization", "Bearer x");
        });
        Assert.Equal(PressRoom.LongText, await answer.TextAsync());
        Assert.Equal(1, renders.Count);
    }

    [Fact]
    public async Task Only_known_query_keys_vary_a_page_in_whatever_order_and_case()
    {
        var renders = new Counted();
        await using var room = await PressRoom.WithOnePageAsync(renders);
        foreach (var query in new[] { "", "?utm_source=x", "?q=1&z=%00", "?&&=", "?fbclid=" + new string('a', 300) })
            await room.ReadAsync("/page" + query);
        Assert.Equal((1, 1), (renders.Count, room.Cache.Count));
        foreach (var query in new[] { "?year=2026&after=9", "?after=9&utm=1&year=2026", "?AFTER=9&Year=2026", "?%61fter=%39&year=2026" })
            await room.ReadAsync("/page" + query);
        Assert.Equal((2, 2), (renders.Count, room.Cache.Count));
    }

    [Fact]
    public async Task A_query_that_cannot_be_a_key_is_rendered_and_not_stored()
    {
        var renders = new Counted();
        await using var room = await PressRoom.WithOnePageAsync(renders);
        await room.ReadAsync("/page?year=1&year=2");
        await room.ReadAsync("/page?after=" + new string('x', 200));
        Assert.Equal((2, 0), (renders.Count, room.Cache.Count));
    }

    [Fact]
    public async Task One_value_cannot_pose_as_two()
    {
        var renders = new Counted();
        await using var room = await PressRoom.WithOnePageAsync(renders);
        await room.ReadAsync("/page?after=1%26year%3D2");
        await room.ReadAsync("/page?after=1&year=2");
        Assert.Equal(2, renders.Count);
    }

    [Fact]
    public async Task A_path_cannot_pose_as_a_query()
    {
        await using var room = await PressRoom.OpenAsync((app, _) => app.MapGet("/tag/{tag}", (string tag, HttpContext context) =>
        {
            context.CachePage([Topic.Editions]);
            return Page(tag);
        }));
        Assert.Equal("x?after=1", await room.ReadAsync("/tag/x%3Fafter=1"));
        Assert.Equal("x", await room.ReadAsync("/tag/x?after=1"));
        Assert.Equal("x?after=1", await room.ReadAsync("/tag/x%3Fafter=1"));
    }

    [Fact]
    public async Task An_address_in_other_case_or_with_a_last_slash_is_the_same_page()
    {
        var renders = new Counted();
        await using var room = await PressRoom.WithOnePageAsync(renders);
        foreach (var path in new[] { "/page", "/PAGE", "/page/", "/p%61ge" }) Assert.Equal(PressRoom.LongText, await room.ReadAsync(path));
        Assert.Equal((1, 1), (renders.Count, room.Cache.Count));
    }

    [Fact]
    public async Task Host_and_scheme_do_not_make_another_page()
    {
        var renders = new Counted();
        await using var room = await PressRoom.WithOnePageAsync(renders);
        await room.ReadAsync("/page");
        using var other = await room.SendAsync(HttpMethod.Get, "/page", with: request =>
        {
            request.Headers.Host = "localhost";
            request.Headers.Add("X-Forwarded-Proto", "https");
        });
        Assert.Equal((HttpStatusCode.OK, 1), (other.StatusCode, renders.Count));
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("identity", null)]
    [InlineData("br;q=0", null)]
    public async Task Each_coding_is_served_stored_and_decodes_to_the_page(string accept, string? coding)
    {
        await using var room = await PressRoom.WithOnePageAsync(new());
        for (var i = 0; i < 2; i++)
        {
            using var answer = await room.GetAsync("/page", accept);
            Assert.Equal(coding, answer.Header("Content-Encoding"));
            Assert.Equal(PressRoom.LongText, await DecodeAsync(answer));
        }
    }

    private static async Task<string> DecodeAsync(HttpResponseMessage answer)
    {
        Stream stream = new MemoryStream(await answer.BytesAsync());
        stream = answer.Header("Content-Encoding") switch
        {
            "br" => new BrotliStream(stream, CompressionMode.Decompress),
            "gzip" => new GZipStream(stream, CompressionMode.Decompress),
            _ => stream,
        };
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Each_coding_has_a_strong_tag_of_its_own()
    {
        await using var room = await PressRoom.WithOnePageAsync(new());
        var tags = new HashSet<string?>();
        foreach (var coding in new[] { "br", "gzip", "identity" })
        {
            using var answer = await room.GetAsync("/page", coding);
            Assert.False(answer.Headers.ETag!.IsWeak);
            tags.Add(answer.Header("ETag"));
        }

        Assert.Equal(3, tags.Count);
    }

    [Fact]
    public async Task A_reader_who_holds_any_coding_of_the_page_is_told_304()
    {
        await using var room = await PressRoom.WithOnePageAsync(new());
        using var brotli = await room.GetAsync("/page", "br");
        var held = brotli.Header("ETag")!;
        foreach (var known in new[] { held, "W/" + held, "*", "\"other\", " + held, "\"a,b\",W/" + held + ", \"c\"" })
        {
            using var answer = await room.GetAsync("/page", "gzip", known);
            Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
            Assert.Empty(await answer.BytesAsync());
            Assert.Equal("Accept-Encoding", answer.Header("Vary"));
            Assert.NotNull(answer.Header("Cache-Control"));
            Assert.NotNull(answer.Header("Content-Security-Policy"));
            Assert.Null(answer.Header("Content-Encoding"));
            if (known != "*" && !known.Contains("W/", StringComparison.Ordinal)) Assert.Equal(held, answer.Header("ETag"));
            else Assert.NotNull(answer.Header("ETag"));
        }

        foreach (var unknown in new[] { "\"other\"", held[..^1], "\"" + held.Trim('"') + "x\"", "W/", "\"" })
        {
            using var answer = await room.GetAsync("/page", "gzip", unknown);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_fresh_render_of_unchanged_bytes_is_also_a_304()
    {
        var renders = new Counted();
        await using var room = await PressRoom.WithOnePageAsync(renders);
        using var first = await room.GetAsync("/page", "br");
        room.Cache.EvictAll();
        using var again = await room.GetAsync("/page", "br", first.Header("ETag"));
        Assert.Equal((HttpStatusCode.NotModified, 2), (again.StatusCode, renders.Count));
        Assert.Empty(await again.BytesAsync());
    }

    [Fact]
    public async Task HEAD_is_a_GET_without_its_body_stored_or_fresh()
    {
        var renders = new Counted();
        await using var room = await PressRoom.WithOnePageAsync(renders);
        using var fresh = await room.SendAsync(HttpMethod.Head, "/page", "gzip");
        using var stored = await room.SendAsync(HttpMethod.Head, "/page", "gzip");
        using var got = await room.GetAsync("/page", "gzip");
        Assert.Equal(1, renders.Count);
        foreach (var head in new[] { fresh, stored })
        {
            Assert.Equal(HttpStatusCode.OK, head.StatusCode);
            Assert.Empty(await head.BytesAsync());
            foreach (var header in new[] { "Content-Type", "Content-Encoding", "Content-Length", "ETag", "Vary" })
                Assert.Equal(got.Header(header), head.Header(header));
        }
    }

    [Fact]
    public async Task The_headers_a_page_sets_are_stored_with_it()
    {
        await using var room = await PressRoom.OpenAsync((app, _) => app.MapGet("/page", (HttpContext context) =>
        {
            context.CachePage([Topic.Story(new StoryId(1))]);
            context.Response.Headers.Link = "</assets/a.woff2>; rel=preload";
            context.Response.Headers.ContentLanguage = "fr";
            return Page(PressRoom.LongText);
        }));
        await room.ReadAsync("/page");
        using var stored = await room.GetAsync("/page");
        Assert.Equal(("</assets/a.woff2>; rel=preload", "fr"), (stored.Header("Link"), stored.Header("Content-Language")));
        Assert.NotNull(stored.Header("Date"));
    }

    [Fact]
    public async Task A_page_asked_for_again_and_again_is_replaced_by_its_smallest_bytes()
    {
        await using var room = await PressRoom.WithOnePageAsync(new());
        using var quick = await room.GetAsync("/page", "br");
        var before = room.Cache.Bytes;
        for (var i = 0; i < 8; i++) (await room.GetAsync("/page", "br")).Dispose();
        await room.Polisher.Quiet;
        using var best = await room.GetAsync("/page", "br", "\"none\"");
        Assert.True((await best.BytesAsync()).Length < (await quick.BytesAsync()).Length);
        Assert.NotEqual(quick.Header("ETag"), best.Header("ETag"));
        Assert.Equal(PressRoom.LongText, await DecodeAsync(best));
        Assert.True(room.Cache.Bytes < before - PressRoom.LongText.Length + 100, "plain bytes that nobody asked for are let go");

        using var held = await room.GetAsync("/page", "br", quick.Header("ETag"));
        Assert.Equal(HttpStatusCode.NotModified, held.StatusCode);
        foreach (var coding in new[] { "identity", "gzip" })
        {
            using var other = await room.GetAsync("/page", coding);
            Assert.Equal(PressRoom.LongText, await DecodeAsync(other));
        }
    }

    [Fact]
    public async Task Evicting_a_topic_forgets_its_pages_and_no_others()
    {
        var renders = new Counted();
        await using var room = await PressRoom.OpenAsync((app, _) => app.MapGet("/{n}", (int n, HttpContext context) =>
        {
            context.CachePage([Topic.Story(new StoryId(n)), Topic.Corrections]);
            return Page($"{n}: render {renders.One()}");
        }));
        await room.ReadAsync("/1");
        await room.ReadAsync("/2");
        room.Cache.Evict([Topic.Story(new StoryId(1)), Topic.Story(new StoryId(99))]);
        Assert.Equal("1: render 3", await room.ReadAsync("/1"));
        Assert.Equal("2: render 2", await room.ReadAsync("/2"));
        room.Cache.Evict([Topic.Corrections]);
        Assert.Equal((0, 0L), (room.Cache.Count, room.Cache.Bytes));
    }

    [Fact]
    public async Task A_page_whose_numbers_are_old_is_made_anew_and_is_still_there_while_it_cannot_be_but_not_one_that_was_evicted()
    {
        var renders = new Counted();
        await using var room = await PressRoom.OpenAsync((app, _) => app.MapGet("/page", (HttpContext context) =>
        {
            context.CachePage([Topic.Engagement(new StoryId(1)), Topic.Corrections]);
            return Page("Render " + renders.One());
        }));
        Assert.Equal("Render 1", await room.ReadAsync("/page"));
        room.Cache.Expire([Topic.Engagement(new StoryId(1))]);
        Assert.NotNull(room.Cache.FindStale("/page"));
        Assert.Equal("Render 2", await room.ReadAsync("/page"));
        Assert.Equal("Render 2", await room.ReadAsync("/page"));
        room.Cache.Expire([Topic.Engagement(new StoryId(1))]);
        room.Cache.Evict([Topic.Corrections]);
        Assert.Null(room.Cache.FindStale("/page"));
    }

    [Fact]
    public async Task A_page_lasts_until_its_end_and_no_longer()
    {
        var renders = new Counted();
        await using var room = await PressRoom.OpenAsync((app, room) => app.MapGet("/page", (HttpContext context) =>
        {
            context.CachePage([Topic.SiteWide], until: room.Time.GetUtcNow().AddHours(2));
            context.CachePage([Topic.Story(new StoryId(1))], until: room.Time.GetUtcNow().AddHours(1));
            return Page("Render " + renders.One());
        }));
        Assert.Equal("Render 1", await room.ReadAsync("/page"));
        room.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal("Render 1", await room.ReadAsync("/page"));
        room.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("Render 2", await room.ReadAsync("/page"));
        Assert.Equal("Render 2", await room.ReadAsync("/page"));
        Assert.Equal(1, room.Cache.Count);
    }

    [Fact]
    public async Task What_is_held_stays_within_the_bound_and_the_read_page_outlives_the_unread()
    {
        var renders = new Counted();
        await using var room = await PressRoom.OpenAsync(
            (app, _) => app.MapGet("/{n}", (int n, HttpContext context) =>
            {
                renders.One();
                context.CachePage([Topic.Story(new StoryId(n))]);
                return Page(n + new string('x', 50_000));
            }),
            new() { ["PageCache:MegaBytes"] = "1" });
        for (var n = 0; n < 100; n++)
        {
            await room.ReadAsync("/" + n);
            await room.ReadAsync("/0");
            Assert.True(room.Cache.Bytes <= 1024 * 1024);
        }

        Assert.Equal(100, renders.Count);
        Assert.InRange(room.Cache.Count, 15, 21);
        await room.ReadAsync("/1");
        Assert.Equal(101, renders.Count);
    }

    [Fact]
    public async Task A_page_larger_than_its_share_is_served_and_not_kept()
    {
        await using var room = await PressRoom.OpenAsync(
            (app, _) => app.MapGet("/page", (HttpContext context) =>
            {
                context.CachePage([Topic.Story(new StoryId(1))]);
                return Page(new string('x', 600_000));
            }),
            new() { ["PageCache:MegaBytes"] = "1" });
        Assert.Equal(600_000, (await room.ReadAsync("/page")).Length);
        Assert.Equal(0, room.Cache.Count);
    }

    [Fact]
    public async Task Hits_misses_evictions_and_bytes_are_metered()
    {
        await using var room = await PressRoom.WithOnePageAsync(new());
        var seen = new Dictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, me) =>
        {
            if (instrument.Meter.Name == "NewsHub.PageCache") me.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            lock (seen) seen[instrument.Name] = seen.GetValueOrDefault(instrument.Name) + value;
        });
        listener.Start();
        await room.ReadAsync("/page");
        await room.ReadAsync("/page");
        listener.RecordObservableInstruments();
        room.Cache.EvictAll();
        lock (seen)
        {
            Assert.True(seen["pagecache.hits"] >= 1 && seen["pagecache.misses"] >= 1 && seen["pagecache.evictions"] >= 1);
            Assert.True(seen["pagecache.bytes"] > 1000);
        }
    }

    [Fact]
    public async Task A_failed_render_reaches_the_error_handler_without_what_it_had_written()
    {
        var renders = new Counted();
        await using var room = await PressRoom.OpenAsync((app, _) => app.MapGet("/page", async (HttpContext context) =>
        {
            context.CachePage([Topic.Story(new StoryId(1))]);
            await context.Response.WriteAsync("Half a page");
            if (renders.One() == 1) throw new InvalidOperationException("the press broke");
        }));
        using var failed = await room.GetAsync("/page");
        Assert.Equal((HttpStatusCode.InternalServerError, "Our fault."), (failed.StatusCode, await failed.TextAsync()));
        Assert.NotNull(failed.Header("Content-Security-Policy"));
        Assert.Equal("Half a page", await room.ReadAsync("/page"));
        Assert.Equal("Half a page", await room.ReadAsync("/page"));
        Assert.Equal(2, renders.Count);
    }

    [Fact]
    public async Task A_page_written_by_body_pipe_file_and_synchronously_is_stored_whole()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "file,", TestContext.Current.CancellationToken);
        await using var room = await PressRoom.OpenAsync((app, _) => app.MapGet("/page", async (HttpContext context) =>
        {
            context.CachePage([Topic.Story(new StoryId(1))]);
            await context.Response.StartAsync();
            await context.Response.BodyWriter.WriteAsync("pipe,"u8.ToArray());
            context.Response.BodyWriter.GetSpan(10)[0] = (byte)',';
            context.Response.BodyWriter.Advance(1);
            await context.Response.SendFileAsync(file);
            await context.Response.Body.FlushAsync();
            context.Response.Body.Write("sync"u8);
            await context.Response.CompleteAsync();
        }));
        for (var i = 0; i < 2; i++) Assert.Equal("pipe,,file,sync", await room.ReadAsync("/page"));
        Assert.Equal(1, room.Cache.Count);
        File.Delete(file);
    }
}
