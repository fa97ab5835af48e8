using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NewsHub.Core.Events;
using NewsHub.Web.Assets;
using NewsHub.Web.PageCache;
using NewsHub.Web.Setup;

namespace NewsHub.Web.Tests.Setup;

/// <summary>A small site behind the real fast path, on a real server and a free port.</summary>
internal sealed class PressRoom : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("assets");

    /// <summary>As long and as varied as a page.</summary>
    public static readonly string LongText = Text(new Random(27));

    private static string Text(Random dice)
    {
        string[] words = [.. Enumerable.Range(0, 900)
            .Select(_ => new string([.. Enumerable.Range(0, dice.Next(2, 10)).Select(_ => (char)('a' + dice.Next(26)))]))];
        return string.Join(' ', Enumerable.Range(0, 5000).Select(_ => words[(int)(Math.Pow(dice.NextDouble(), 3) * words.Length)]));
    }

    private PressRoom(
        Action<WebApplication, PressRoom> pages, Dictionary<string, string?> settings, Dictionary<string, string> files, bool errorHandler)
    {
        foreach (var (name, text) in files)
        {
            var file = Path.Combine(_folder.FullName, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        settings["Assets:Folder"] = _folder.FullName;
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.AddSettings();
        builder.AddNewsSecurity();
        builder.AddAssets();
        builder.AddPageCache();
        _app = builder.Build();
        _app.UseNewsSecurity();
        _app.UseAssets();
        _app.UsePageCache();
        if (errorHandler) _app.UseExceptionHandler(error => error.Run(context => context.Response.WriteAsync("Our fault.")));
        _app.UseRouting();
        pages(_app, this);
        _app.UseEndpoints(_ => { });
        _client = new HttpClient(
            new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.None });
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));
    public PageCacheStore Cache => _app.Services.GetRequiredService<PageCacheStore>();
    public AssetStore Assets => _app.Services.GetRequiredService<AssetStore>();
    public BackgroundCompressor Polisher => _app.Services.GetRequiredService<BackgroundCompressor>();
    public Uri Address => new(_app.Urls.Single());

    public static async Task<PressRoom> OpenAsync(
        Action<WebApplication, PressRoom> pages,
        Dictionary<string, string?>? settings = null,
        Dictionary<string, string>? files = null,
        bool errorHandler = true)
    {
        var room = new PressRoom(pages, settings ?? [], files ?? [], errorHandler);
        await room._app.StartAsync(TestContext.Current.CancellationToken);
        room._client.BaseAddress = room.Address;
        return room;
    }

    /// <summary>A page that counts its renders and opts in under the topic story:1.</summary>
    public static Task<PressRoom> WithOnePageAsync(Counted renders, Dictionary<string, string?>? settings = null) => OpenAsync(
        (app, _) => app.MapGet("/page", (HttpContext context) =>
        {
            renders.One();
            context.CachePage([Topic.Story(new StoryId(1))]);
            return Results.Text(LongText, "text/html", Encoding.UTF8);
        }),
        settings);

    public Task<HttpResponseMessage> GetAsync(string path, string? encoding = null, string? known = null) =>
        SendAsync(HttpMethod.Get, path, encoding,
            known is null ? null : request => request.Headers.TryAddWithoutValidation("If-None-Match", known));

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? encoding = null, Action<HttpRequestMessage>? with = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (encoding is not null) request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding);
        with?.Invoke(request);
        return await _client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>A reader who may go away before the answer.</summary>
    public Task<string> ReadOrLeaveAsync(string path, CancellationToken leave) =>
        _client.GetStringAsync(new Uri(path, UriKind.Relative), leave);

    public async Task<string> ReadAsync(string path)
    {
        using var answer = await GetAsync(path);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

internal sealed class Counted
{
    private int _count;

    public int Count => _count;

    public int One() => Interlocked.Increment(ref _count);
}

internal static class Answers
{
    public static string? Header(this HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;

    public static Task<byte[]> BytesAsync(this HttpResponseMessage answer) =>
        answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

    public static Task<string> TextAsync(this HttpResponseMessage answer) =>
        answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
