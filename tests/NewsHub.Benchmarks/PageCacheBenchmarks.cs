using System.Diagnostics.Metrics;
using System.IO.Pipelines;
using System.Text;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using NewsHub.Core.Events;
using NewsHub.Web.Http;
using NewsHub.Web.Options;
using NewsHub.Web.PageCache;

namespace NewsHub.Benchmarks;

/// <summary>What the cache itself costs: a hit should allocate nothing, a miss should stay far below a render.</summary>
[MemoryDiagnoser]
public class PageCacheBenchmarks : IDisposable
{
    private const string Address = "/technology/2025/07/01/the-words-of-a-slug";
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly DefaultHttpContext _context = new();
    private readonly byte[] _page = Encoding.UTF8.GetBytes(
        string.Join('\n', Enumerable.Range(0, 900).Select(i => $"<p class=\"body\">Sentence {i * 7919 % 1000} of {i} words.</p>")));
    private PageCacheStore _cache = null!;
    private PageCacheMiddleware _door = null!;

    [GlobalSetup]
    public async Task Setup()
    {
        _cache = new PageCacheStore(
            new PageCacheOptions(), TimeProvider.System, new BackgroundCompressor(), _services.GetRequiredService<IMeterFactory>());
        _door = new PageCacheMiddleware(RenderAsync, _cache, new NewsHeaders(null));
        _context.Features.Set<IHttpResponseBodyFeature>(new Nowhere());
        _context.Request.Method = "GET";
        _context.Request.Headers.AcceptEncoding = "gzip, deflate, br";
        await Hit();
    }

    [Benchmark]
    public Task Hit() => Ask(Address);

    [Benchmark]
    public Task Hit_with_unknown_query_key() => Ask(Address, "?utm_source=letter");

    [Benchmark]
    public Task Not_modified()
    {
        _context.Request.Headers.IfNoneMatch = "*";
        var answer = Ask(Address);
        _context.Request.Headers.IfNoneMatch = default;
        return answer;
    }

    [Benchmark]
    public Task Miss()
    {
        _cache.EvictAll();
        return Ask(Address);
    }

    private Task Ask(string path, string query = "")
    {
        _context.Response.Headers.Clear();
        _context.Request.Path = path;
        _context.Request.QueryString = new QueryString(query);
        return _door.InvokeAsync(_context);
    }

    private async Task RenderAsync(HttpContext context)
    {
        context.CachePage([Topic.Story(new StoryId(1)), Topic.Corrections]);
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.Body.WriteAsync(_page);
    }

    public void Dispose()
    {
        _services.Dispose();
        GC.SuppressFinalize(this);
    }

    private sealed class Nowhere : IHttpResponseBodyFeature
    {
        public Stream Stream => Stream.Null;
        public PipeWriter Writer { get; } = new Void();
        public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
            Task.CompletedTask;
        public Task CompleteAsync() => Task.CompletedTask;
        public void DisableBuffering() { }
    }

    private sealed class Void : PipeWriter
    {
        public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
            default;
        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => default;
        public override void Advance(int bytes) { }
        public override void CancelPendingFlush() { }
        public override void Complete(Exception? exception = null) { }
        public override Memory<byte> GetMemory(int sizeHint = 0) => throw new NotSupportedException();
        public override Span<byte> GetSpan(int sizeHint = 0) => throw new NotSupportedException();
    }
}
