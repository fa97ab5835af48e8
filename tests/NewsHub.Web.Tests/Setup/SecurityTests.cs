using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using NewsHub.Core.Events;
using NewsHub.Web.PageCache;

namespace NewsHub.Web.Tests.Setup;

public sealed class SecurityTests
{
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["Content-Security-Policy"] = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            + "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ["Cross-Origin-Opener-Policy"] = "same-origin",
        ["Cross-Origin-Embedder-Policy"] = "require-corp",
        ["Cross-Origin-Resource-Policy"] = "same-origin",
        ["Referrer-Policy"] = "strict-origin-when-cross-origin",
        ["X-Content-Type-Options"] = "nosniff",
        ["X-Frame-Options"] = "DENY",
        ["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()",
    };

    private static Task<PressRoom> RoomAsync(Dictionary<string, string?>? settings = null, bool errorHandler = true) => PressRoom.OpenAsync(
        (app, _) =>
        {
            app.MapGet("/page", (HttpContext context) =>
            {
                context.CachePage([Topic.Story(new StoryId(1))]);
                return Results.Text(PressRoom.LongText, "text/html", Encoding.UTF8);
            });
            app.MapGet("/feed.xml", () => Results.Text("<rss/>", "application/rss+xml"));
            app.MapGet("/fails", IResult () => throw new InvalidOperationException());
            app.MapGet("/whoami", (HttpContext context) => $"{context.Request.Scheme} {context.Connection.RemoteIpAddress}");
            app.MapGet("/framed", (HttpContext context) => { context.Response.Headers.XFrameOptions = "SAMEORIGIN"; });
            app.MapPost("/post", () => "posted");
        },
        settings,
        new() { ["humans.txt"] = "People." },
        errorHandler);

    [Theory]
    [InlineData("/page", 200)]
    [InlineData("/page", 304)]
    [InlineData("/page", 400)]
    [InlineData("/feed.xml", 200)]
    [InlineData("/humans.txt", 200)]
    [InlineData("/nothing", 404)]
    [InlineData("/assets/nothing.js", 404)]
    [InlineData("/post", 405)]
    [InlineData("/fails", 500)]
    public async Task Every_answer_carries_the_security_headers_once(string path, int status)
    {
        await using var room = await RoomAsync();
        for (var i = 0; i < 2; i++)
        {
            using var answer = await room.SendAsync(HttpMethod.Get, path, with: request =>
            {
                if (status == 304) request.Headers.TryAddWithoutValidation("If-None-Match", "*");
                if (status == 400) request.Headers.Host = "forged.example";
            });
            Assert.Equal(status, (int)answer.StatusCode);
            foreach (var (name, value) in Expected) Assert.Equal(value, answer.Header(name));
            Assert.Null(answer.Header("Server"));
            Assert.Null(answer.Header("Strict-Transport-Security"));
        }
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task A_failure_that_no_error_page_caught_is_a_plain_guarded_500(string method)
    {
        await using var room = await RoomAsync(errorHandler: false);
        using var answer = await room.SendAsync(new HttpMethod(method), "/fails");
        Assert.Equal(500, (int)answer.StatusCode);
        foreach (var (name, value) in Expected) Assert.Equal(value, answer.Header(name));
        Assert.DoesNotContain("Exception", await answer.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_may_say_otherwise()
    {
        await using var room = await RoomAsync();
        using var answer = await room.GetAsync("/framed");
        Assert.Equal("SAMEORIGIN", answer.Header("X-Frame-Options"));
    }

    [Theory]
    [InlineData("/page")]
    [InlineData("/nothing")]
    [InlineData("/fails")]
    public async Task Behind_TLS_every_answer_asks_for_TLS_and_plain_hits_do_not(string path)
    {
        await using var room = await RoomAsync();
        for (var i = 0; i < 2; i++)
        {
            using var safe = await room.SendAsync(HttpMethod.Get, path, with: request => request.Headers.Add("X-Forwarded-Proto", "https"));
            Assert.Equal("max-age=63072000", safe.Header("Strict-Transport-Security"));
            using var plain = await room.GetAsync(path);
            Assert.Null(plain.Header("Strict-Transport-Security"));
        }
    }

    [Fact]
    public async Task Forwarded_headers_count_from_known_proxies_only()
    {
        static void Forward(HttpRequestMessage request)
        {
            request.Headers.Add("X-Forwarded-Proto", "https");
            request.Headers.Add("X-Forwarded-For", "198.51.100.7");
        }

        await using var behind = await RoomAsync();
        using var known = await behind.SendAsync(HttpMethod.Get, "/whoami", with: Forward);
        Assert.Equal("https 198.51.100.7", await known.TextAsync());
        await using var elsewhere = await RoomAsync(new() { ["Proxies:Known"] = "192.0.2.1; 2001:db8::/32" });
        using var unknown = await elsewhere.SendAsync(HttpMethod.Get, "/whoami", with: Forward);
        Assert.Equal("http 127.0.0.1", await unknown.TextAsync());
    }

    [Theory]
    [InlineData("localhost", 200)]
    [InlineData("LOCALHOST:81", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("[::1]:5000", 200)]
    [InlineData("news.example", 200)]
    [InlineData("News.Example:443", 200)]
    [InlineData("fr.paper.example", 200)]
    [InlineData("paper.example", 400)]
    [InlineData("evilpaper.example", 400)]
    [InlineData("news.example.evil", 400)]
    [InlineData("localhost.evil", 400)]
    [InlineData("127.0.0.1:x", 400)]
    [InlineData("[::1", 400)]
    public async Task Only_our_hosts_are_answered_stored_or_not(string host, int status)
    {
        await using var room = await RoomAsync(new() { ["AllowedHosts"] = "news.example; *.paper.example" });
        await room.ReadAsync("/page");
        foreach (var method in new[] { "GET", "HEAD", "POST" })
            Assert.Contains($" {(method == "POST" && status == 200 ? 405 : status)} ",
                await RawAsync(room, $"{method} /page HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
    }

    private static async Task<string> RawAsync(PressRoom room, string request)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, room.Address.Port, TestContext.Current.CancellationToken);
        await tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(tcp.GetStream());
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("/page")]
    [InlineData("/feed.xml")]
    [InlineData("/humans.txt")]
    [InlineData("/whoami")]
    [InlineData("/nothing")]
    [InlineData("/fails")]
    public async Task HEAD_answers_wherever_GET_does_and_sends_no_body(string path)
    {
        await using var room = await RoomAsync();
        using var got = await room.GetAsync(path);
        using var head = await room.SendAsync(HttpMethod.Head, path);
        Assert.Equal(got.StatusCode, head.StatusCode);
        Assert.Equal(got.Header("Content-Type"), head.Header("Content-Type"));
        var raw = await RawAsync(room, $"HEAD {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.EndsWith("\r\n\r\n", raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_without_a_host_is_refused()
    {
        await using var room = await RoomAsync();
        Assert.Contains(" 400 ", await RawAsync(room, "GET /page HTTP/1.0\r\n\r\n"), StringComparison.Ordinal);
    }
}
