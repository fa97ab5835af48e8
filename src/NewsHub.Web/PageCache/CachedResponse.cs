using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace NewsHub.Web.PageCache;

/// <summary>
/// One answer ready to be written: headers built beforehand and one body a coding, made when first asked for.
/// Pages of the cache and static assets are both served by it, and a hit does nothing but copy.
/// </summary>
internal sealed class CachedResponse
{
    private const int TooSmallToCode = 400;
    private const int ProvedAfter = 8;
    private static readonly StringValues VaryByEncoding = "Accept-Encoding";
    private static readonly StringValues VaryByBoth = "Accept-Encoding, Cookie";
    private static readonly StringValues[] Names = ["", "gzip", "br"];

    private readonly int _status;
    private readonly KeyValuePair<string, StringValues>[] _headers;
    private readonly StringValues _cacheControl;
    private readonly bool _codable;
    private readonly string _hash;
    private readonly StringValues _lastModified;
    private readonly DateTimeOffset _modifiedAt;
    private readonly Body?[] _bodies = new Body?[3];
    private readonly Lock _making = new();
    private int _asked;
    private bool _best;
    private bool _plainWanted;

    private sealed record Body(byte[] Bytes, StringValues ETag, StringValues Encoding);

    public CachedResponse(
        int status, StringValues cacheControl, KeyValuePair<string, StringValues>[] headers, byte[] identity, bool codable)
    {
        _status = status;
        _headers = headers;
        _cacheControl = cacheControl;
        IsPage = status == StatusCodes.Status200OK
            && Array.Exists(headers, h => h.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)
                && h.Value.ToString().StartsWith("text/html", StringComparison.Ordinal));
        _lastModified = Array.Find(headers, h => h.Key.Equals("Last-Modified", StringComparison.OrdinalIgnoreCase)).Value;
        _ = HeaderUtilities.TryParseDate(_lastModified.ToString(), out _modifiedAt);
        _codable = codable && identity.Length >= TooSmallToCode;
        _hash = Base64Url.EncodeToString(SHA256.HashData(identity).AsSpan(0, 16));
        _bodies[(int)Coding.Identity] = new Body(identity, Tag('i'), default);
    }

    /// <summary>Something that is read in a window: a page, and a good one.</summary>
    public bool IsPage { get; }

    /// <summary>Told by how many bytes the answer has grown or shrunk, so that a store can keep its bound.</summary>
    public Action<int>? Resized { get; set; }

    /// <summary>Compressed best in every coding, also in those that nobody has asked for yet.</summary>
    public bool InEveryCoding { get; init; }

    /// <summary>Another than most readers get, because of what one of them chose.</summary>
    public bool ByCookie { get; init; }

    /// <summary>Sets what a cache in front of the paper is told, on every answer from here; null where there is nothing to tell.</summary>
    public Action<IHeaderDictionary>? SharedCache { get; init; }

    /// <summary>Let go by its store: not worth compressing again.</summary>
    public bool Gone { get; set; }

    /// <summary>True once, when the answer has been asked for often enough to be worth the smallest bytes.</summary>
    public bool IsWanted() => _asked < ProvedAfter && Interlocked.Increment(ref _asked) == ProvedAfter;

    public void ResetWanted() => _asked = 0;

    /// <summary>The bytes of every body held.</summary>
    public int Bytes => _bodies.Sum(body => body?.Bytes.Length ?? 0);

    public Task WriteAsync(HttpContext context)
    {
        SharedCache?.Invoke(context.Response.Headers);
        var bytes = Start(context);
        return bytes.IsEmpty ? Task.CompletedTask : SendAsync(context, bytes);
    }

    public static Task SendAsync(HttpContext context, ReadOnlyMemory<byte> bytes)
    {
        var written = context.Response.BodyWriter.WriteAsync(bytes);
        if (!written.IsCompletedSuccessfully) return written.AsTask();
        _ = written.Result;
        return Task.CompletedTask;
    }

    /// <summary>Sets status and headers, and returns the bytes to be sent: none for a 304.</summary>
    public ReadOnlyMemory<byte> Start(HttpContext context)
    {
        var body = For(Encodings.Read(context.Request.Headers.AcceptEncoding));
        var response = context.Response;
        var sent = response.Headers;
        sent.CacheControl = _cacheControl;
        if (ByCookie) sent.Vary = VaryByBoth;
        else if (_codable) sent.Vary = VaryByEncoding;
        var known = context.Request.Headers.IfNoneMatch;
        if (known.Count > 0 && _status == StatusCodes.Status200OK && Matches(known, body.ETag, out var tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            sent.ETag = tag;
            sent.ContentLength = null;
            sent.ContentType = default;
            return default;
        }

        if (_lastModified.Count > 0
            && known.Count == 0
            && _status == StatusCodes.Status200OK
            && !IsNewsTo(context.Request.Headers.IfModifiedSince))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            sent.ETag = body.ETag;
            sent.LastModified = _lastModified;
            sent.ContentLength = null;
            sent.ContentType = default;
            return default;
        }

        response.StatusCode = _status;
        foreach (var header in _headers) sent[header.Key] = header.Value;
        sent.ETag = body.ETag;
        if (body.Encoding.Count > 0) sent.ContentEncoding = body.Encoding;
        sent.ContentLength = body.Bytes.Length;
        return body.Bytes;
    }

    /// <summary>Replaces the quick codings in use by the smallest; plain bytes nobody asked for are let go.</summary>
    public void CompressBest()
    {
        if (!_codable || _best || Gone) return;
        var identity = Plain();
        foreach (var coding in (ReadOnlySpan<Coding>)[Coding.Brotli, Coding.Gzip])
        {
            var quick = _bodies[(int)coding];
            if (quick is null && !InEveryCoding) continue;
            var smallest = Make(identity, coding, Encodings.Best(identity, coding), fast: false);
            if (quick is null || smallest.Bytes.Length < quick.Bytes.Length) Put(coding, smallest);
        }

        lock (_making)
        {
            _best = true;
            if (!_plainWanted && (_bodies[(int)Coding.Brotli] ?? _bodies[(int)Coding.Gzip]) is { Encoding.Count: > 0 })
                Put(Coding.Identity, null);
        }
    }

    private Body For(Coding coding)
    {
        if (!_codable) return _bodies[(int)Coding.Identity]!;
        if (coding is Coding.Identity && !_plainWanted) _plainWanted = true;
        return _bodies[(int)coding] ?? MakeNow(coding);
    }

    private Body MakeNow(Coding coding)
    {
        lock (_making)
        {
            if (_bodies[(int)coding] is { } made) return made;
            var identity = Plain();
            var body = coding is Coding.Identity
                ? new Body(identity, Tag('i'), default)
                : Make(identity, coding, Encodings.Fast(identity, coding), fast: true);
            Put(coding, body);
            return body;
        }
    }

    // Coding that does not pay is not used: the plain bytes stand in, once more by reference.
    private Body Make(byte[] identity, Coding coding, byte[] coded, bool fast) => coded.Length < identity.Length
        ? new Body(
            coded,
            Tag((coding, fast) switch { (Coding.Brotli, true) => 'b', (Coding.Brotli, _) => 'B', (_, true) => 'g', _ => 'G' }),
            Names[(int)coding])
        : new Body(identity, Tag('i'), default);

    private void Put(Coding coding, Body? body)
    {
        var change = (body?.Bytes.Length ?? 0) - (_bodies[(int)coding]?.Bytes.Length ?? 0);
        _bodies[(int)coding] = body;
        Resized?.Invoke(change);
    }

    private byte[] Plain()
    {
        if (_bodies[(int)Coding.Identity] is { } plain) return plain.Bytes;
        var coding = _bodies[(int)Coding.Gzip] is { Encoding.Count: > 0 } ? Coding.Gzip : Coding.Brotli;
        return Encodings.Decode(_bodies[(int)coding]!.Bytes, coding);
    }

    // Strong, one a representation: the plain bytes' hash, then the coding, in capitals once compressed best.
    private StringValues Tag(char representation) => $"\"{_hash}.{representation}\"";

    /// <summary>
    /// If-None-Match by the plain bytes' hash: a reader who holds any coding of them holds the page. The tag he holds is sent
    /// back, because a cache may refresh only the stored answer that a strong tag names.
    /// </summary>
    private bool Matches(StringValues asked, StringValues current, out StringValues tag)
    {
        tag = current;
        foreach (var line in asked)
        {
            var rest = line.AsSpan();
            while (!(rest = rest.TrimStart(" \t,")).IsEmpty)
            {
                if (rest[0] == '*') return true;
                var weak = rest.StartsWith("W/", StringComparison.Ordinal);
                if (weak) rest = rest[2..];
                var end = rest is ['"', ..] ? rest[1..].IndexOf('"') : -1;
                if (end < 0) break;
                var held = rest[..(end + 2)];
                rest = rest[held.Length..];
                if (!SameBytes(held)) continue;
                if (!weak) tag = held.Length == line!.Length ? new StringValues(line) : held.ToString();
                return true;
            }
        }

        return false;
    }

    /// <summary>If-Modified-Since, which counts only where there is no If-None-Match (RFC 9110, 13.1.3). A date that
    /// cannot be read is none.</summary>
    private bool IsNewsTo(StringValues since) =>
        since.Count != 1 || !HeaderUtilities.TryParseDate(since.ToString(), out var held) || _modifiedAt > held;

    private bool SameBytes(ReadOnlySpan<char> tag) =>
        tag.Length == _hash.Length + 4
        && tag[1..].StartsWith(_hash, StringComparison.Ordinal)
        && tag[^3] == '.'
        && "ibBgG".Contains(tag[^2], StringComparison.Ordinal);
}
