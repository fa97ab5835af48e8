using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NewsHub.Core.Events;
using NewsHub.Web.Http;
using NewsHub.Web.Tests.Admin;

namespace NewsHub.Web.Tests.Setup;

/// <summary>What may be sent to every endpoint, and what happens to more.</summary>
public sealed partial class RequestBodyTests : IDisposable
{
    /// <summary>Endpoints of readers and strangers that take more than a small form; below /admin, those that take
    /// something else than prose.</summary>
    private static readonly Dictionary<string, long> Caps = new()
    {
        ["/newsletter/bounces"] = 4 * 1024 * 1024,
        ["/admin/sign-in"] = RequestBodies.Small,
        ["/admin/sign-in/code"] = RequestBodies.Small,
        ["/admin/sign-in/passkey"] = RequestBodies.Small,
        ["/admin/forgotten"] = RequestBodies.Small,
        ["/admin/join"] = RequestBodies.Small,
        ["/admin/reset"] = RequestBodies.Small,
        ["/admin/set-up"] = RequestBodies.Small,
        ["/admin/notifications"] = RequestBodies.Small,
        ["/admin/stream"] = RequestBodies.Small,
        ["/admin/kept"] = RequestBodies.Story,
        ["/admin/stories/new"] = RequestBodies.Story,
        ["/admin/stories/{id:long}"] = RequestBodies.Story,
        ["/admin/stories/{id:long}/proof"] = RequestBodies.Story,
        ["/admin/stories/{id:long}/live"] = RequestBodies.Story,
        ["/admin/stories/{id:long}/live/{entryid:long}"] = RequestBodies.Story,
        ["/admin/pages/new"] = RequestBodies.Story,
        ["/admin/pages/preview"] = RequestBodies.Story,
        ["/admin/pages/{name}"] = RequestBodies.Story,
        ["/admin/media/upload"] = UploadsAttribute.MostBytes,
        ["/admin/media/{id:long}/replace"] = UploadsAttribute.MostBytes,
    };

    private readonly MadeUpPaper _paper = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back");
    private readonly NewsHubApp _app;

    public RequestBodyTests() => _app = new NewsHubApp { Content = _paper.Folder };

    public void Dispose()
    {
        _app.Dispose();
        _paper.Dispose();
    }

    [Fact]
    public async Task Every_endpoint_has_the_cap_that_stands_in_the_table()
    {
        var caps = await CapsAsync();
        Assert.True(caps.Count > 100);
        // Each line of the table is an endpoint.
        Assert.Empty(Caps.Keys.Except(caps.Keys));
        foreach (var (route, cap) in caps) Assert.Equal((route, CapOf(route, caps)), (route, cap));
    }

    [Fact]
    public async Task A_stranger_who_sends_more_than_an_endpoint_takes_is_told_so_whatever_the_endpoint()
    {
        foreach (var (route, cap) in (await CapsAsync()).Where(c => c.Value < UploadsAttribute.MostBytes))
        {
            var answer = await PostAsync(Filled(route), new ByteArrayContent(Form(cap + 1)));
            Assert.Equal((route, HttpStatusCode.RequestEntityTooLarge), (route, answer.Status));
        }
        var notice = await PostAsync("/newsletter", new ByteArrayContent(Form(20_000)), referer: "http://localhost/newsletter");
        Assert.True(notice.IsPage);
        Assert.Equal("/newsletter", notice.Page.QuerySelector(".ways a")!.GetAttribute("href"));
        Assert.DoesNotContain(
            "elsewhere",
            (await PostAsync("/newsletter", new ByteArrayContent(Form(20_000)), referer: "http://elsewhere.example/a")).Text,
            StringComparison.Ordinal);
        var script = await PostAsync("/react/1", new ByteArrayContent(Form(20_000)), accept: "application/json");
        Assert.Equal("application/problem+json", script.Header("Content-Type"));
    }

    [Fact]
    public async Task A_body_whose_length_nobody_said_is_cut_off_where_it_is_too_long()
    {
        using var editor = await Colleague.SignedInAsync(_app, Role.Administrator);
        foreach (var route in new[] { "/admin/stories/new", "/admin/stories/1/live", "/admin/settings", "/admin/stories/1/publish" })
        {
            var counted = new CountedStream(Form(4 * 1024 * 1024));
            var answer = await editor.PostAsync(
                route, new StreamContent(counted) { Headers = { ContentType = new("application/x-www-form-urlencoded") } });
            Assert.Equal((route, HttpStatusCode.RequestEntityTooLarge), (route, answer.Status));
            Assert.InRange(counted.BytesRead, 0, 3 * 1024 * 1024);
        }
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge,
            (await PostAsync("/react/1", new StreamContent(new CountedStream(Form(1024 * 1024))))).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge,
            (await PostAsync("/newsletter", new StreamContent(new CountedStream(Form(1024 * 1024))))).Status);
    }

    [Fact]
    public async Task Of_what_a_stranger_sends_to_the_newsroom_nothing_is_read()
    {
        foreach (var route in new[] { "/admin/stories/new", "/admin/settings", "/admin/media/upload" })
        {
            var counted = new CountedStream(Form(route.Contains("settings", StringComparison.Ordinal) ? 120_000 : 1_000_000));
            var answer = await PostAsync(route, new StreamContent(counted));
            Assert.Equal((route, HttpStatusCode.Redirect), (route, answer.Status));
            // What stands in the pipe between the test and the server.
            // The test server reads ahead.
            Assert.InRange(counted.BytesRead, 0, 300_000);
        }
    }

    [Fact]
    public async Task A_form_that_comes_with_a_get_is_not_read()
    {
        foreach (var path in new[] { "/", "/harbour", "/search?q=a", "/admin/sign-in", "/nowhere" })
        {
            var counted = new CountedStream(Form(1_000_000));
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Content = new StreamContent(counted) };
            request.Content.Headers.ContentType = new("application/x-www-form-urlencoded");
            using var answer = await _app.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(path == "/nowhere" ? HttpStatusCode.NotFound : HttpStatusCode.OK, answer.StatusCode);
            // The test server reads ahead.
            Assert.InRange(counted.BytesRead, 0, 300_000);
        }
    }

    [Fact]
    public async Task A_form_of_thousands_of_fields_or_with_a_name_without_end_is_no_form()
    {
        var fields = string.Join('&', Enumerable.Range(0, 2000).Select(i => $"f{i}=1"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync("/newsletter", new StringContent(fields))).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync("/admin/sign-in", new StringContent(fields))).Status);
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge, (await PostAsync("/newsletter", new StringContent(new string('n', 5000) + "=1"))).Status);
    }

    [Fact]
    public async Task A_text_that_is_too_long_for_a_story_comes_back_with_the_reason_at_its_field()
    {
        using var reporter = await Colleague.SignedInAsync(_app, Role.Reporter);
        foreach (var body in new[]
        {
            new string('a', 200_000),
            string.Concat(Enumerable.Repeat("漢字", 25_000)),
            string.Concat(Enumerable.Repeat("a  \n", 30_000)),
        })
        {
            var answer = await reporter.SubmitAsync(
                "/admin/stories/new", new() { ["Manuscript.Headline"] = "Long", ["Manuscript.Body"] = body });
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            var field = (AngleSharp.Html.Dom.IHtmlTextAreaElement)answer.Page.QuerySelector("[name='Manuscript.Body']")!;
            Assert.Equal("true", field.GetAttribute("aria-invalid"));
            Assert.Equal(body, field.Value);
        }
    }

    [Fact]
    public void The_server_cuts_off_who_sends_slowly_and_has_the_smallest_cap_of_its_own()
    {
        _ = _app.Client;
        var limits = _app.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;
        Assert.Equal(((long?)RequestBodies.Small, 240.0), (limits.MaxRequestBodySize, limits.MinRequestBodyDataRate!.BytesPerSecond));
        Assert.InRange(limits.MaxRequestHeadersTotalSize, 1, 64 * 1024);
        Assert.InRange(limits.RequestHeadersTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    }

    private static long CapOf(string route, Dictionary<string, long> caps) =>
        Caps.TryGetValue(route, out var cap) ? cap
        : route.StartsWith("/admin", StringComparison.Ordinal) ? RequestBodies.Prose
        // The proof that readers of a link see is a page of the newsroom too, though it takes no form.
        : route.StartsWith("/preview", StringComparison.Ordinal) ? caps[route] : RequestBodies.Small;

    private async Task<Dictionary<string, long>> CapsAsync()
    {
        _ = _app.Client;
        var loader = _app.Services.GetRequiredService<PageLoader>();
        var caps = new Dictionary<string, long>();
        foreach (var endpoint in _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>())
        {
            Endpoint whole = endpoint;
            // A page's own attributes are known when it is loaded.
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page)
                whole = new Endpoint(
                    null,
                    new EndpointMetadataCollection((await loader.LoadAsync(page, endpoint.Metadata)).EndpointMetadata!),
                    endpoint.DisplayName);
            caps["/" + endpoint.RoutePattern.RawText!.TrimStart('/')] = RequestBodies.LimitOf(whole);
        }
        return caps;
    }

    private static string Filled(string route) => Place().Replace(route
        .Replace("{kind:regex(^(breaking|analysis|opinion|live)$)}", "opinion", StringComparison.Ordinal)
        .Replace("{name:staticpage}", "about", StringComparison.Ordinal)
        .Replace("{month:regex(^[0-9]{{4}}-[0-9]{{2}}$)}", "2025-06", StringComparison.Ordinal)
        .Replace("{from:alpha:length(3)}", "usd", StringComparison.Ordinal).Replace(
            "{to:alpha:length(3)}", "eur", StringComparison.Ordinal), "1");

    /// <summary>A form of so many bytes.</summary>
    private static byte[] Form(long bytes) => Encoding.ASCII.GetBytes("Email=" + new string('a', (int)bytes - 6));

    private async Task<Answer> PostAsync(string path, HttpContent content, string? referer = null, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        content.Headers.ContentType = new("application/x-www-form-urlencoded");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        if (referer is not null) request.Headers.Add("Referer", referer);
        if (accept is not null) request.Headers.Add("Accept", accept);
        using var answer = await _app.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(path, answer);
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Place();

    /// <summary>Tells how much was read of it, and not how much there is.</summary>
    private sealed class CountedStream(byte[] bytes) : MemoryStream(bytes)
    {
        public long BytesRead { get; private set; }
        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer) => Count(base.Read(buffer));
        public override int Read(byte[] buffer, int offset, int count) => Count(base.Read(buffer, offset, count));
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Read(buffer.Span));

        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            var buffer = new byte[8192];
            for (int read; (read = Read(buffer, 0, buffer.Length)) > 0;)
                await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        private int Count(int read)
        {
            BytesRead += read;
            return read;
        }
    }
}
