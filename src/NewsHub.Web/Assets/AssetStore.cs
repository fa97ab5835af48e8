using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Primitives;
using NewsHub.Web.Options;
using NewsHub.Web.PageCache;

namespace NewsHub.Web.Assets;

/// <summary>
/// wwwroot, read once at start and served from memory under addresses that carry the contents' hash. Names are paths below
/// wwwroot, such as <c>css/site.css</c>.
/// </summary>
public sealed class AssetStore
{
    private const string Forever = "public, max-age=31536000, immutable";
    private const string AnHour = "public, max-age=3600";
    private const string AskedEachTime = "no-cache";
    private const string Never = "no-store";
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    // Asked for by these very addresses, by browsers and people. A worker rules no further than its own address reaches.
    private static readonly FrozenDictionary<string, (string Address, string CacheControl)> AtRoot =
        new Dictionary<string, (string, string)>
        {
            ["img/favicon.ico"] = ("/favicon.ico", AnHour),
            ["img/favicon.svg"] = ("/favicon.svg", AnHour),
            ["img/apple-touch-icon.png"] = ("/apple-touch-icon.png", AnHour),
            ["favicon.ico"] = ("/favicon.ico", AnHour),
            ["humans.txt"] = ("/humans.txt", AnHour),
            ["js/sw.js"] = ("/sw.js", AskedEachTime),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly FrozenDictionary<string, AssetFiles.Asset> _byName;
    private readonly FrozenDictionary<string, CachedResponse> _byAddress;

    // By the address without its fingerprint; made when one is first asked for.
    private readonly FrozenDictionary<string, Lazy<CachedResponse>> _byPlainAddress;

    public AssetStore(string folder)
    {
        _byName = new AssetFiles(folder).ReadAll().ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal);
        var answers = new Dictionary<string, CachedResponse>(StringComparer.Ordinal);
        foreach (var asset in _byName.Values)
        {
            answers[asset.Address] = Answer(asset, Forever);
            if (AtRoot.TryGetValue(asset.Name, out var root)) answers[root.Address] = Answer(asset, root.CacheControl);
        }

        _byAddress = answers.ToFrozenDictionary(StringComparer.Ordinal);
        _byPlainAddress = _byName.Values
            .GroupBy(asset => WithoutFingerprint(asset.Address)!)
            .Where(group => group.Count() == 1)
            .ToFrozenDictionary(
                group => group.Key, group => new Lazy<CachedResponse>(() => Answer(group.Single(), Never)), StringComparer.Ordinal);
    }

    public bool Has(string name) => _byName.ContainsKey(name);

    public string Url(string name) => Named(name).Address;

    /// <summary>For the attribute <c>integrity</c>.</summary>
    public string Integrity(string name) => Named(name).Integrity;

    /// <summary>For the one script inside the page; the content security policy names it by its hash.</summary>
    public string Text(string name) => Encoding.UTF8.GetString(Named(name).Bytes);

    /// <summary>Every answer, those that a page waits for first.</summary>
    internal IEnumerable<CachedResponse> Answers =>
        _byAddress.OrderBy(a => Path.GetExtension(a.Key) switch { ".css" => 0, ".js" => 1, _ => 2 })
            .ThenBy(a => a.Key, StringComparer.Ordinal)
            .Select(a => a.Value);

    internal bool TryFind(string? path, out CachedResponse answer) => _byAddress.TryGetValue(path ?? "", out answer!);

    /// <summary>The file as it is here, under a fingerprint that it has elsewhere; nobody keeps it.</summary>
    internal bool TryFindOther(string path, out CachedResponse answer)
    {
        answer = null!;
        if (WithoutFingerprint(path) is not { } plain || !_byPlainAddress.TryGetValue(plain, out var found)) return false;
        answer = found.Value;
        return true;
    }

    /// <returns>Null where there is none in it.</returns>
    private static string? WithoutFingerprint(string address)
    {
        var (end, start) = (address.LastIndexOf('.'), address.LastIndexOf('.', Math.Max(0, address.LastIndexOf('.') - 1)));
        return start > 0 && end - start == 9 && address.AsSpan(start + 1, 8).IndexOfAnyExcept(Hexadecimal) < 0
            ? string.Concat(address.AsSpan(0, start), address.AsSpan(end))
            : null;
    }

    private AssetFiles.Asset Named(string name) =>
        _byName.TryGetValue(name, out var asset) ? asset : throw new KeyNotFoundException($"There is no file '{name}' in wwwroot.");

    private static CachedResponse Answer(AssetFiles.Asset asset, string cacheControl)
    {
        var type = Type(asset.Name);
        return new CachedResponse(
            StatusCodes.Status200OK, cacheControl, [new KeyValuePair<string, StringValues>("Content-Type", type)], asset.Bytes,
            Encodings.IsText(type))
        {
            InEveryCoding = true,
        };
    }

    private static string Type(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" or ".mjs" => "text/javascript; charset=utf-8",
        ".txt" => "text/plain; charset=utf-8",
        ".html" => "text/html; charset=utf-8",
        ".json" or ".map" => "application/json",
        ".xml" or ".xsl" => "text/xml; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".ico" => "image/x-icon",
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".webp" => "image/webp",
        ".avif" => "image/avif",
        ".woff2" => "font/woff2",
        ".woff" => "font/woff",
        _ => "application/octet-stream",
    };
}

/// <summary>Assets before everything but the security headers.</summary>
public static class AssetSetup
{
    private static readonly TimeSpan CompressedAfter = TimeSpan.FromSeconds(10);

    /// <summary>Reads wwwroot beside the program, or the setting <c>Assets:Folder</c>.</summary>
    public static WebApplicationBuilder AddAssets(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<BackgroundCompressor>();
        builder.Services.TryAddSingleton(services =>
            new AssetStore(services.GetRequiredService<FolderOptions>().Assets ?? Path.Combine(AppContext.BaseDirectory, "wwwroot")));
        return builder;
    }

    public static WebApplication UseAssets(this WebApplication app)
    {
        var assetStore = app.Services.GetRequiredService<AssetStore>();
        var backgroundCompressor = app.Services.GetRequiredService<BackgroundCompressor>();
        app.Lifetime.ApplicationStarted.Register(() => _ = CompressAsync(
            assetStore, backgroundCompressor, app.Services.GetRequiredService<TimeProvider>(), app.Lifetime.ApplicationStopping));
        app.Use(next => context =>
        {
            var path = context.Request.Path.Value;
            if (!HttpMethods.IsGet(context.Request.Method)) return next(context);
            if (assetStore.TryFind(path, out var answer)) return answer.WriteAsync(context);
            if (path is null || !path.StartsWith("/assets/", StringComparison.Ordinal)) return next(context);
            // A page of a node that is newer or older, while the paper is being updated: its style sheet is rather ours than none.
            if (assetStore.TryFindOther(path, out answer)) return answer.WriteAsync(context);
            // No address of ours: never a page.
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            context.Response.Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return app;
    }

    /// <summary>Makes them small once the start is over, which wants the processor for itself; who asks before that gets a lighter
    /// coding.</summary>
    private static async Task CompressAsync(
        AssetStore assetStore, BackgroundCompressor backgroundCompressor, TimeProvider clock, CancellationToken stopping)
    {
        await Task.Delay(CompressedAfter, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stopping.IsCancellationRequested) return;
        foreach (var answer in assetStore.Answers)
            // Pages that many ask for may have filled the queue.
            while (!backgroundCompressor.TryEnqueue(answer) && !stopping.IsCancellationRequested) await backgroundCompressor.Quiet;
    }
}
