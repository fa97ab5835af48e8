using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace NewsHub.Web.Tests.PageCache;

/// <summary>One purge as it came over the network.</summary>
internal sealed record Purge(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>What it names in Varnish's form.</summary>
    public IReadOnlyList<string> Topics => Header("xkey-purge")?.Split(' ') ?? [];
}

/// <summary>A cache in front of the paper, as far as it is told what to drop: played by a server on this machine.</summary>
internal sealed class CacheInFront : IAsyncDisposable
{
    private readonly WebApplication _app;

    private CacheInFront()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            var request = context.Request;
            var purge = new Purge(
                request.Method, request.Path,
                request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                await body.ReadToEndAsync(context.RequestAborted));
            context.Response.StatusCode = Status;
            if (Status == StatusCodes.Status200OK) Purges.Enqueue(purge);
            else Interlocked.Increment(ref _refused);
        });
    }

    private int _refused;

    /// <summary>Those that it took.</summary>
    public ConcurrentQueue<Purge> Purges { get; } = [];

    public int Refused => _refused;

    public int Status { get; set; } = StatusCodes.Status200OK;

    public string Address => _app.Urls.First();

    public static async Task<CacheInFront> OpenAsync()
    {
        var cache = new CacheInFront();
        await cache._app.StartAsync(TestContext.Current.CancellationToken);
        return cache;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}

/// <summary>A small paper with settings of its own.</summary>
internal sealed class PaperWithSettings(params (string Name, string Value)[] settings) : NewsHubApp
{
    /// <summary>Whether its folder stays, for another to go on with.</summary>
    public bool LeavesData { get; init; }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        foreach (var (name, value) in settings) builder.UseSetting(name, value);
    }

    private protected override void Leave(DirectoryInfo data)
    {
        if (!LeavesData) base.Leave(data);
    }
}
