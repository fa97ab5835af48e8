using System.Buffers;
using System.IO.Compression;
using System.Numerics;
using Microsoft.Extensions.Primitives;

namespace NewsHub.Web.PageCache;

/// <summary>How an answer's bytes are coded on the wire, best liked last.</summary>
internal enum Coding { Identity, Gzip, Brotli }

/// <summary>Reads Accept-Encoding down to one of three codings, and codes bytes quickly or well.</summary>
internal static class Encodings
{
    /// <summary>The coding the asker likes best; ours (br, gzip, identity) where weights tie. Allocates nothing.</summary>
    public static Coding Read(StringValues accept)
    {
        // -1: not named. Identity is always allowed unless refused, and refusing all three still gets identity.
        int brotli = -1, gzip = -1, identity = -1, any = -1;
        foreach (var line in accept)
        {
            var rest = line.AsSpan();
            while (!rest.IsEmpty)
            {
                var comma = rest.IndexOf(',');
                var range = comma < 0 ? rest : rest[..comma];
                rest = comma < 0 ? [] : rest[(comma + 1)..];
                var semicolon = range.IndexOf(';');
                var name = (semicolon < 0 ? range : range[..semicolon]).Trim();
                var weight = semicolon < 0 ? 1000 : Weight(range[(semicolon + 1)..]);
                if (name.Equals("br", StringComparison.OrdinalIgnoreCase)) brotli = weight;
                else if (name.Equals("gzip", StringComparison.OrdinalIgnoreCase)
                    || name.Equals("x-gzip", StringComparison.OrdinalIgnoreCase)) gzip = weight;
                else if (name.Equals("identity", StringComparison.OrdinalIgnoreCase)) identity = weight;
                else if (name is "*") any = weight;
            }
        }

        if (brotli < 0) brotli = any;
        if (gzip < 0) gzip = any;
        if (brotli > 0 && brotli >= gzip && brotli >= identity) return Coding.Brotli;
        return gzip > 0 && gzip >= identity ? Coding.Gzip : Coding.Identity;
    }

    /// <summary>The q of "q=0.8" in thousandths; 1000 without one; a malformed weight counts as a refusal.</summary>
    private static int Weight(ReadOnlySpan<char> parameter)
    {
        parameter = parameter.Trim();
        if (!parameter.StartsWith("q=", StringComparison.OrdinalIgnoreCase)) return 1000;
        var q = parameter[2..].Trim();
        if (q.IsEmpty || q[0] is not ('0' or '1') || q.Length > 5 || (q.Length > 1 && q[1] != '.')) return 0;
        int value = q[0] - '0', digits = 0;
        for (var i = 2; i < q.Length; i++, digits++)
        {
            if (!char.IsAsciiDigit(q[i])) return 0;
            value = (value * 10) + (q[i] - '0');
        }

        for (; digits < 3; digits++) value *= 10;
        return Math.Min(value, 1000);
    }

    /// <summary>Bytes for a reader who is waiting: about 140 µs for 50 KB, a quarter larger than the best.</summary>
    public static byte[] Fast(ReadOnlySpan<byte> bytes, Coding coding) => coding switch
    {
        Coding.Brotli => Brotli(bytes, quality: 2),
        Coding.Gzip => Gzip(bytes, level: 2),
        _ => bytes.ToArray(),
    };

    /// <summary>The smallest bytes, for the worker: brotli 11 takes about 50 ms for 50 KB.</summary>
    public static byte[] Best(ReadOnlySpan<byte> bytes, Coding coding) => coding switch
    {
        Coding.Brotli => Brotli(bytes, quality: 11),
        Coding.Gzip => Gzip(bytes, level: 9),
        _ => bytes.ToArray(),
    };

    public static byte[] Decode(byte[] bytes, Coding coding)
    {
        using var coded = new MemoryStream(bytes);
        using Stream decoder = coding is Coding.Brotli
            ? new BrotliStream(coded, CompressionMode.Decompress)
            : new GZipStream(coded, CompressionMode.Decompress);
        using var plain = new MemoryStream(bytes.Length * 5);
        decoder.CopyTo(plain);
        return plain.ToArray();
    }

    private static byte[] Brotli(ReadOnlySpan<byte> bytes, int quality)
    {
        var room = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(bytes.Length));
        try
        {
            return BrotliEncoder.TryCompress(bytes, room, out var length, quality, WindowFor(bytes.Length))
                ? room[..length]
                : throw new InvalidOperationException("Brotli needs more room than it asked for.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    /// <summary>
    /// The smallest window, in powers of two, that reaches back over all the bytes (RFC 7932: it holds sixteen fewer). The encoder takes
    /// memory for the window, not for the bytes: 8 MB instead of a fraction of one for a page, anew each time.
    /// </summary>
    private static int WindowFor(int length) => Math.Clamp(BitOperations.Log2((uint)length + 15) + 1, 16, 22);

    private static byte[] Gzip(ReadOnlySpan<byte> bytes, int level)
    {
        using var coded = new MemoryStream((bytes.Length / 3) + 64);
        using (var gzip = new GZipStream(coded, new ZLibCompressionOptions { CompressionLevel = level }, leaveOpen: true))
            gzip.Write(bytes);
        return coded.ToArray();
    }

    internal static bool IsText(string? contentType) => contentType is not null
        && (contentType.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            || contentType.Contains("json", StringComparison.OrdinalIgnoreCase)
            || contentType.Contains("xml", StringComparison.OrdinalIgnoreCase)
            || contentType.Contains("javascript", StringComparison.OrdinalIgnoreCase)
            || contentType.StartsWith("image/x-icon", StringComparison.OrdinalIgnoreCase));
}
