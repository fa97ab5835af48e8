using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace NewsHub.Core.Media;

/// <summary>
/// What a file that somebody brings is, by its bytes, and its picture alone: what cameras, phones and press programs lay behind a
/// picture, and what
/// anybody hides there (a page, an archive, a script), is cut off. Readers never get an original, but what is kept is exported and
/// handed on.
/// </summary>
/// <param name="Bytes">The picture from its first to its last byte.</param>
/// <param name="Type">Its media type.</param>
/// <param name="Cut">How many bytes stood behind the picture.</param>
/// <param name="LacksEnd">A JPEG without its end marker: only the decoder can tell whether it is whole, and where its picture ends.</param>
internal sealed record ImageFileCheck(byte[] Bytes, string Type, int Cut, bool LacksEnd = false)
{
    public const string Known = "is not a JPEG, PNG, WebP, AVIF, GIF or SVG picture";
    public const string Torn =
        "cannot be read as a picture: the file is incomplete. Upload it again, or save it again";
    public const string Damaged =
        "cannot be read as a picture: the file is damaged. Save it again in the program that made it, and upload that";
    public const string NoHeic = "is a HEIC picture, whose compression (HEVC) this server cannot read. Export it as a JPEG, upload that; "
        + "a phone can be set to take JPEGs (“Most Compatible”)";

    /// <summary>How a file begins that holds a picture all the same, and what its sender can do.</summary>
    private static readonly (byte[] Start, string Advice)[] Others =
    [
        ([.. "II*\0"u8], "is a TIFF or a camera's raw picture, which browsers do not show. Export it as a JPEG and upload that"),
        ([.. "MM\0*"u8], "is a TIFF or a camera's raw picture, which browsers do not show. Export it as a JPEG and upload that"),
        ([.. "8BPS"u8], "is a Photoshop document. Export it as a JPEG or PNG and upload that"),
        ([.. "%PDF"u8], "is a PDF. Export the page as a PNG or a plain SVG and upload that"),
        ([.. "%!PS"u8], "is a PostScript drawing. Export it as a plain SVG or a PNG and upload that"),
        ([.. "BM"u8], "is a bitmap (BMP). Save it as a PNG and upload that"),
        ([0xFF, 0x0A], "is a JPEG XL picture, which few browsers show. Export it as a JPEG and upload that"),
        ([0, 0, 0, 12, .. "JXL "u8], "is a JPEG XL picture, which few browsers show. Export it as a JPEG and upload that"),
        ([0, 0, 0, 12, .. "jP  "u8], "is a JPEG 2000 picture, which browsers do not show. Export it as a JPEG and upload that"),
        ([0x1F, 0x8B], "is compressed (an SVGZ, perhaps). Save the drawing as a plain SVG and upload that"),
    ];

    /// <exception cref="InvalidPictureException">It is no picture that the paper prints, or it is torn.</exception>
    public static ImageFileCheck Of(byte[] bytes)
    {
        var type = TypeOf(bytes);
        if (type == "image/svg+xml")
        {
            DrawingCheck.Check(bytes);
            return new ImageFileCheck(DrawingCheck.WithoutPreface(bytes), type, 0);
        }
        var end = type switch
        {
            "image/jpeg" => EndOfJpeg(bytes),
            "image/png" => EndOfPng(bytes),
            "image/gif" => EndOfGif(bytes),
            "image/webp" => EndOfWebp(bytes),
            _ => EndOfHeif(bytes),
        };
        if (end is { } at) return new ImageFileCheck(at == bytes.Length ? bytes : bytes[..at], type, bytes.Length - at);
        if (type != "image/jpeg" || !HasScan(bytes)) throw new InvalidPictureException(Torn);
        return new ImageFileCheck(bytes, type, 0, LacksEnd: true);
    }

    /// <summary>What is said of what was cut off; null where it was nothing, or nothing but padding and a doubled end.</summary>
    public static string? SayCut(ReadOnlySpan<byte> behind)
    {
        if (!behind.ContainsAnyExcept((ReadOnlySpan<byte>)[0, (byte)'\r', (byte)'\n', 0xFF, 0xD9])) return null;
        var bytes = behind.Length.ToString("N0", CultureInfo.InvariantCulture);
        return $"{bytes} bytes after the end of the picture were removed; they are not part of it.";
    }

    private static string TypeOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return "image/jpeg";
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10])) return "image/png";
        if (bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8)) return "image/gif";
        if (bytes.Length >= 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8)) return "image/webp";
        if (bytes.Length >= 12 && bytes[4..].StartsWith("ftyp"u8)) return TypeOfBoxes(bytes);
        foreach (var (start, advice) in Others)
            if (bytes.StartsWith(start)) throw new InvalidPictureException(advice);
        return DrawingCheck.IsDrawing(bytes) ? "image/svg+xml" : throw new InvalidPictureException(Known);
    }

    /// <summary>AVIF, HEIC, or a film: by the brands that the first box names (ISO/IEC 14496-12).</summary>
    private static string TypeOfBoxes(ReadOnlySpan<byte> bytes)
    {
        var size = (int)Math.Clamp(BinaryPrimitives.ReadUInt32BigEndian(bytes), 12, 256);
        var brands = Encoding.Latin1.GetString(bytes[8..Math.Min(size, bytes.Length)]);
        if (Names("avif") || Names("avis")) return "image/avif";
        if (Names("hei") || Names("hev") || Names("mif1")) return "image/heic";
        throw new InvalidPictureException(brands.StartsWith("crx", StringComparison.Ordinal)
            ? "is a camera's raw picture. Export it as a JPEG and upload that"
            : "is a video, not a picture. Save one frame of it as a JPEG and upload that");

        bool Names(string brand) => brands.Contains(brand, StringComparison.Ordinal);
    }

    /// <summary>Where the picture ends, behind its end marker; null where there is none.</summary>
    private static int? EndOfJpeg(ReadOnlySpan<byte> bytes)
    {
        for (var at = 2; at + 1 < bytes.Length;)
        {
            if (bytes[at] != 0xFF)
            {
                var next = bytes[at..].IndexOf((byte)0xFF);
                if (next < 0) return null;
                at += next;
                continue;
            }
            var marker = bytes[at + 1];
            switch (marker)
            {
                case 0xD9: return at + 2;
                // Fill, stuffed and restart bytes stand within a scan and carry no length.
                case 0xFF: at++; break;
                case 0x00 or 0x01 or (>= 0xD0 and <= 0xD8): at += 2; break;
                default:
                    if (at + 4 > bytes.Length) return null;
                    at += 2 + Math.Max(2, (int)BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]));
                    break;
            }
        }
        return null;
    }

    /// <summary>
    /// Whether a JPEG without an end marker has all its scans: every component, and where it is progressive every coefficient to its
    /// last bit.
    /// What is torn between two scans decodes without complaint, only coarser.
    /// </summary>
    private static bool HasScan(ReadOnlySpan<byte> bytes)
    {
        var (missing, progressive) = (new Dictionary<byte, ulong>(), false);
        for (var at = 2; at + 4 <= bytes.Length;)
        {
            if (bytes[at] != 0xFF || bytes[at + 1] is 0xFF or 0x00 or 0x01 or (>= 0xD0 and <= 0xD8))
            {
                at += bytes[at] == 0xFF && bytes[at + 1] != 0xFF ? 2 : 1;
                continue;
            }
            var marker = bytes[at + 1];
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (length < 2 || at + 2 + length > bytes.Length) return false;
            var segment = bytes.Slice(at + 4, length - 2);
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC) && segment.Length >= 6)
            {
                progressive = marker is 0xC2 or 0xC6 or 0xCA or 0xCE;
                for (var i = 6; i + 2 < segment.Length; i += 3) missing[segment[i]] = ulong.MaxValue;
            }
            if (marker == 0xDA && segment.Length >= 4 && segment.Length >= 4 + 2 * segment[0]) Found(segment);
            at += 2 + length;
        }
        return missing.Count > 0 && missing.Values.All(m => m == 0);

        void Found(ReadOnlySpan<byte> scan)
        {
            var rest = scan[(1 + 2 * scan[0])..];
            var (first, last, low) = (Math.Min(63, (int)rest[0]), Math.Min(63, (int)rest[1]), rest[2] & 15);
            for (var i = 0; i < scan[0]; i++)
            {
                if (!missing.TryGetValue(scan[1 + 2 * i], out var without)) continue;
                if (!progressive) without = 0;
                else if (low == 0)
                    for (var k = first; k <= last; k++) without &= ~(1UL << k);
                missing[scan[1 + 2 * i]] = without;
            }
        }
    }

    private static int? EndOfPng(ReadOnlySpan<byte> bytes)
    {
        for (var at = 8L; at + 12 <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[(int)at..]);
            var end = at + 12 + length;
            if (bytes.Slice((int)at + 4, 4).SequenceEqual("IEND"u8)) return end <= bytes.Length ? (int)end : null;
            at = end;
        }
        return null;
    }

    private static int? EndOfGif(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 13) return null;
        var at = 13 + ColoursAt(bytes[10]);
        while (at < bytes.Length)
        {
            switch (bytes[at])
            {
                case 0x3B: return at + 1;
                case 0x21: at += 2; break;
                case 0x2C when at + 9 < bytes.Length: at += 10 + ColoursAt(bytes[at + 9]) + 1; break;
                default: return null;
            }
            // Blocks of at most 255 bytes each, until one of none.
            while (at < bytes.Length && bytes[at] != 0) at += 1 + bytes[at];
            at++;
        }
        return null;

        static int ColoursAt(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }

    private static int? EndOfWebp(ReadOnlySpan<byte> bytes)
    {
        var length = 8L + BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        // Some programs forget the byte that makes a length even.
        return length > bytes.Length ? null : (int)Math.Min(length + length % 2, bytes.Length);
    }

    /// <summary>The end of the last box that a picture is made of; films and padding that phones put behind it are not.</summary>
    private static int? EndOfHeif(ReadOnlySpan<byte> bytes)
    {
        int? end = null;
        for (long at = 0; at + 8 <= bytes.Length;)
        {
            long length = BinaryPrimitives.ReadUInt32BigEndian(bytes[(int)at..]);
            var name = bytes.Slice((int)at + 4, 4);
            // A film behind the picture begins like a file of its own.
            if (at > 0 && name.SequenceEqual("ftyp"u8)) return end;
            if (length == 1 && at + 16 <= bytes.Length)
                length = (long)Math.Min(long.MaxValue, BinaryPrimitives.ReadUInt64BigEndian(bytes[((int)at + 8)..]));
            if (length == 0) length = bytes.Length - at;
            var isPicture = Encoding.Latin1.GetString(name) is "ftyp" or "meta" or "mdat" or "moov" or "idat";
            if (length < 8 || length > bytes.Length - at) return isPicture ? null : end;
            at += length;
            if (isPicture) end = (int)at;
        }
        return end;
    }
}
