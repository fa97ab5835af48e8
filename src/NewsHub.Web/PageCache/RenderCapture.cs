using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using NewsHub.Core.Events;

namespace NewsHub.Web.PageCache;

/// <summary>
/// The response body while a page renders. At the first byte it decides: a page that opted in is gathered here, anything
/// else passes straight through, streams of events included, and those who waited are let go at once. A page that is not
/// kept is held until it is whole, so that its white space can be taken out like that of the others.
/// </summary>
internal sealed class RenderCapture(HttpContext context, IHttpResponseBodyFeature inner, Action refuse) : Stream, IHttpResponseBodyFeature
{
    private const int MostGathered = 8 * 1024 * 1024;

    private static readonly OperationCanceledException Unsent = new();

    private enum Way { Undecided, Gather, Hold, Pass }

    private readonly HashSet<Topic> _topics = [];
    private Way _way;
    private bool _optedIn;
    private byte[] _gathered = [];
    private int _length;
    private PipeWriter? _writer;

    public Topic[] Topics => [.. _topics];
    public DateTimeOffset? Until { get; private set; }
    public ReadOnlySpan<byte> Gathered => _gathered.AsSpan(0, _length);

    public void OptIn(IEnumerable<Topic> about, DateTimeOffset? until)
    {
        _optedIn = true;
        _topics.UnionWith(about);
        if (until < (Until ?? DateTimeOffset.MaxValue)) Until = until;
    }

    /// <summary>Ends the render: true where the page is gathered and may be kept.</summary>
    public async Task<bool> FinishAsync()
    {
        if (_writer is not null) await _writer.FlushAsync();
        if (Decide() is Way.Pass) return false;
        if (IsHtml(context.Response)) RemoveWhiteSpace();
        if (_way is Way.Gather && MayBeKept(context.Response)) return true;
        await PassAsync();
        return false;
    }

    public void Release()
    {
        // What a failed page left unflushed is dropped, not sent ahead of the error page.
        _writer?.Complete(Unsent);
        _writer = null;
        Drop();
    }

    private void Drop()
    {
        if (_gathered.Length > 0) ArrayPool<byte>.Shared.Return(_gathered);
        _gathered = [];
        _length = 0;
    }

    /// <summary>A good or gone page, without a cookie, a coding or a variation of its own, that does not ask to be forgotten.</summary>
    public static bool MayBeKept(HttpResponse response) =>
        response.StatusCode is 200 or 301 or 308 or 410
        && response.Headers is { SetCookie.Count: 0, ContentEncoding.Count: 0 } headers
        && (headers.Vary.Count == 0 || headers.Vary == "Accept-Encoding")
        && !headers.CacheControl.ToString().Contains("no-store", StringComparison.OrdinalIgnoreCase)
        && !headers.CacheControl.ToString().Contains("private", StringComparison.OrdinalIgnoreCase);

    private static bool IsHtml(HttpResponse response) =>
        response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true;

    private void RemoveWhiteSpace()
    {
        _length = HtmlWhiteSpace.Remove(_gathered.AsSpan(0, _length));
        if (context.Response.ContentLength is not null) context.Response.ContentLength = _length;
    }

    private Way Decide()
    {
        if (_way is not Way.Undecided) return _way;
        if (_optedIn && MayBeKept(context.Response)) return _way = Way.Gather;
        refuse();
        return _way = IsHtml(context.Response) ? Way.Hold : Way.Pass;
    }

    // Too large, or no longer fit to be kept: what was gathered goes out and the rest follows it.
    private async Task PassAsync()
    {
        if (_way is Way.Undecided) refuse();
        else if (_way is not Way.Pass)
        {
            refuse();
            if (_length > 0) await inner.Stream.WriteAsync(_gathered.AsMemory(0, _length));
            Drop();
        }

        _way = Way.Pass;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Decide() is not Way.Pass && _length + buffer.Length > MostGathered) await PassAsync();
        if (_way is not Way.Pass) Gather(buffer.Span);
        else await inner.Stream.WriteAsync(buffer, cancellationToken);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (Decide() is not Way.Pass) Gather(buffer);
        else inner.Stream.Write(buffer);
    }

    private void Gather(ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > _gathered.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(64 * 1024, 2 * (_length + bytes.Length)));
            Gathered.CopyTo(larger);
            if (_gathered.Length > 0) ArrayPool<byte>.Shared.Return(_gathered);
            _gathered = larger;
        }

        bytes.CopyTo(_gathered.AsSpan(_length));
        _length += bytes.Length;
    }

    public override Task FlushAsync(CancellationToken cancellationToken) =>
        Decide() is not Way.Pass ? Task.CompletedTask : inner.Stream.FlushAsync(cancellationToken);

    public override void Flush()
    {
        if (Decide() is Way.Pass) inner.Stream.Flush();
    }

    public Stream Stream => this;

    public PipeWriter Writer => _writer ??= PipeWriter.Create(this, new StreamPipeWriterOptions(leaveOpen: true));

    public Task StartAsync(CancellationToken cancellationToken = default) =>
        Decide() is not Way.Pass ? Task.CompletedTask : inner.StartAsync(cancellationToken);

    public void DisableBuffering()
    {
        if (_way is Way.Gather or Way.Hold) return;
        if (_way is Way.Undecided) refuse();
        _way = Way.Pass;
        inner.DisableBuffering();
    }

    public async Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
    {
        if (_writer is not null) await _writer.FlushAsync(cancellationToken);
        if (Decide() is not Way.Pass) await SendFileFallback.SendFileAsync(this, path, offset, count, cancellationToken);
        else await inner.SendFileAsync(path, offset, count, cancellationToken);
    }

    public async Task CompleteAsync()
    {
        if (_writer is not null) await _writer.FlushAsync();
        if (Decide() is Way.Pass) await inner.CompleteAsync();
    }

    // An error page clears what a failed page had written (HttpResponse.Clear).
    public override bool CanSeek => _way is Way.Gather or Way.Hold;
    public override void SetLength(long value) => _length = (int)value;

    public override bool CanRead => false;
    public override bool CanWrite => true;
    public override long Length => _length;
    public override long Position { get => _length; set => throw new NotSupportedException(); }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
}
