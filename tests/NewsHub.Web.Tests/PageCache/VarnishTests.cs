using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Store;
using NewsHub.Core.Tests.Media;
using NewsHub.Web.Tests.Commands;
using Xunit.v3;

namespace NewsHub.Web.Tests.PageCache;

/// <summary>The built program behind a real Varnish with the configuration of <c>docker/varnish</c>.</summary>
public sealed class VarnishTests : IAsyncLifetime
{
    private const string Token = "purge-token";
    private const string Boats = "/harbour/2025/06/26/boats";
    private readonly MadeUpPaper _paper = new MadeUpPaper().Story("2025-06-26", "boats", "Boats are back");
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("newshub-");
    private readonly DirectoryInfo _work = Directory.CreateTempSubdirectory("newshub-varnish-");
    private HttpClient _reader = null!;
    private Serving _program = null!;
    private Process? _varnish;

    public async ValueTask InitializeAsync()
    {
        if (VarnishFactAttribute.Varnish is not { } varnish) return;
        var port = SwiftServer.FreePorts(1)[0];
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/");
        _program = await Commands.Program.ServeAsync(
            _data.FullName, _paper.Folder, "serve", "--Cdn:Kind=varnish", $"--Cdn:Purge={address}", "--Cdn:Seconds=1",
            $"--Cdn:Token={Token}");
        var vcl = (await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docker", "varnish", "default.vcl")))
            .Replace("\"web\"", "\"127.0.0.1\"", StringComparison.Ordinal)
            .Replace("\"8080\"", $"\"{_program.Address.Port}\"", StringComparison.Ordinal);
        var file = Path.Combine(_work.FullName, "default.vcl");
        await File.WriteAllTextAsync(file, vcl);
        _varnish = Process.Start(new ProcessStartInfo(varnish,
            [
                "-F", "-j", "none", "-a", $"127.0.0.1:{port}", "-f", file, "-n", Path.Combine(_work.FullName, "work"), "-s", "malloc,32m",
                "-p", "http_gzip_support=off",
            ])
        {
            Environment = { ["PURGE_TOKEN"] = Token },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _varnish.BeginOutputReadLine();
        _varnish.BeginErrorReadLine();
        _reader = new HttpClient { BaseAddress = new Uri(address) };
        await NewsHubApp.EventuallyAsync(async () =>
        {
            try
            {
                return (await AskAsync("/healthz")).Status == HttpStatusCode.OK;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, "Varnish answers");
    }

    public ValueTask DisposeAsync()
    {
        _varnish?.Kill(entireProcessTree: true);
        _varnish?.WaitForExit();
        _program?.Dispose();
        _reader?.Dispose();
        _data.Delete(recursive: true);
        _work.Delete(recursive: true);
        _paper.Dispose();
        return ValueTask.CompletedTask;
    }

    [VarnishFact]
    public async Task A_change_passes_through_Varnish_at_once_and_what_is_one_persons_passes_by_it()
    {
        await HotAsync();
        var page = await AskAsync(Boats);
        foreach (var name in new[] { "xkey", "Surrogate-Control", "X-Varnish", "Via" }) Assert.Null(page.Header(name));
        foreach (var (asked, coding) in new[] { ("br, gzip", "br"), ("gzip;q=1.0, deflate", "gzip"), ("", null) })
            Assert.Equal(coding, (await AskAsync(Boats, ("Accept-Encoding", asked))).Header("Content-Encoding"));
        var chosen = await AskAsync(Boats, ("Cookie", "seen=yes; lang=fr"));
        Assert.Contains("private", chosen.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Equal("fr", chosen.Page.DocumentElement.GetAttribute("lang"));
        Assert.Null((await AskAsync(Boats)).Page.DocumentElement.GetAttribute("lang") is "fr" ? "the chosen language is kept" : null);
        Assert.Contains("no-store", (await AskAsync("/admin/sign-in")).Header("Cache-Control"), StringComparison.Ordinal);

        var since = Stopwatch.StartNew();
        await using (var db = Db()) await Desk.UpdateAsync(db, Boats, "Boats are gone", DateTimeOffset.UtcNow);
        await NewsHubApp.EventuallyAsync(
            async () => (await AskAsync(Boats)).Text.Contains("Boats are gone", StringComparison.Ordinal), "the change is there");
        TestContext.Current.TestOutputHelper?.WriteLine($"The change was there after {since.ElapsedMilliseconds} ms.");
    }

    [VarnishFact]
    public async Task While_the_paper_is_away_readers_get_the_page_that_Varnish_has_and_nobody_else_may_purge_it()
    {
        await HotAsync();
        foreach (var (name, value) in new[] { ("xkey-purge-token", "another"), ("X-Forwarded-For", "203.0.113.7") })
        {
            using var purge = new HttpRequestMessage(new HttpMethod("PURGE"), "/") { Headers = { { "xkey-purge-all", "yes" } } };
            // The one has a wrong token; the other has the right one and came by way of a proxy.
            purge.Headers.Add(name, value);
            if (name != "xkey-purge-token") purge.Headers.Add("xkey-purge-token", Token);
            using var refused = await _reader.SendAsync(purge, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
        Assert.Equal(0, await _program.StopAsync());
        // Longer than the page may be kept: it is stale by now, and all that there is.
        await NewsHubApp.EventuallyAsync(async () =>
        {
            var page = await AskAsync(Boats);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            return int.Parse(page.Header("Age")!, CultureInfo.InvariantCulture) > 3;
        }, "the page has become stale");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await AskAsync("/harbour")).Status);
    }

    /// <summary>Asked for until Varnish has it.</summary>
    private Task HotAsync() => NewsHubApp.EventuallyAsync(
        async () => (await AskAsync(Boats)).Header("Age") is { } age && age != "0", "Varnish keeps the page");

    private async Task<Answer> AskAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await _reader.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(path, answer);
    }

    private NewsDb Db() => new(
        (DbContextOptions<NewsDb>)new DbContextOptionsBuilder<NewsDb>().UseSqliteStore(Path.Combine(_data.FullName, "news.db")).Options);
}

/// <summary>A test with a real Varnish; where there is none it is skipped, by name and with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class VarnishFactAttribute : FactAttribute, ITraitAttribute
{
    public VarnishFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1) : base(file, line)
    {
        if (Varnish is null) Skip = "There is no Varnish here; tests/run installs it where it can.";
    }

    internal static string? Varnish { get; } = File.Exists("/usr/sbin/varnishd") ? "/usr/sbin/varnishd" : null;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => Needs.Process;
}
