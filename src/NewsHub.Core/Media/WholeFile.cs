using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace NewsHub.Core.Media;

/// <summary>
/// Whether a file is a picture and nothing besides. Readers never get an original, only what was re-encoded from it; but what is kept is
/// exported and handed on, so a file that is also something else (a page, an archive, a script) is turned away at the door.
/// </summary>
internal static partial class WholeFile
{
    /// <summary>The picture's own bytes. What phones lay behind a picture (a film of the moment, a second exposure, padding) is cut off; anything else there is refused.</summary>
    /// <exception cref="InvalidPictureException">Something else is in the file.</exception>
    public static byte[] Of(byte[] bytes, string type)
    {
        if (type == "image/svg+xml")
        {
            CheckDrawing(bytes);
            return bytes;
        }
        var end = type switch
        {
            "image/jpeg" => EndOfJpeg(bytes),
            "image/png" => EndOfPng(bytes),
            _ => EndOfWebp(bytes),
        };
        // The decoder says what is wrong with a file that has no end.
        if (end is not { } at || at >= bytes.Length) return bytes;
        var behind = bytes.AsSpan(at);
        if (!IsPadding(behind) && !IsOfAPhone(behind))
            throw new InvalidPictureException(FormattableString.Invariant($"has {behind.Length} bytes behind the picture's end that are something else (an archive, a page, a program). Save the picture anew and send that"));
        return bytes[..at];
    }

    private static bool IsPadding(ReadOnlySpan<byte> behind) => !behind.ContainsAnyExcept("\0\r\n"u8);

    /// <summary>A second JPEG (multi-picture format), an MP4 (motion photo) or Samsung's trailer, perhaps after padding.</summary>
    private static bool IsOfAPhone(ReadOnlySpan<byte> behind)
    {
        var start = behind.IndexOfAnyExcept((byte)0);
        if (start < 0) return true;
        var rest = behind[start..];
        // The zeros before “ftyp” are its box's length.
        var box = behind.IndexOf("ftyp"u8);
        return rest.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) || box >= 4 && box <= start + 8 || behind.EndsWith("SEFT"u8) || rest.StartsWith("MotionPhoto_Data"u8);
    }

    private static int? EndOfJpeg(byte[] bytes)
    {
        for (var at = 2; at + 4 <= bytes.Length;)
        {
            if (bytes[at] != 0xFF)
            {
                at++;
                continue;
            }
            var marker = bytes[at + 1];
            switch (marker)
            {
                case 0xD9: return at + 2;
                // Fill, stuffed and restart bytes stand within a scan and carry no length.
                case 0xFF: at++; break;
                case 0x00 or 0x01 or (>= 0xD0 and <= 0xD8): at += 2; break;
                default: at += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + 2)); break;
            }
        }
        return bytes.Length >= 2 && bytes[^2] == 0xFF && bytes[^1] == 0xD9 ? bytes.Length : null;
    }

    private static int? EndOfPng(byte[] bytes)
    {
        for (var at = 8L; at + 12 <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan((int)at));
            if (bytes.AsSpan((int)at + 4, 4).SequenceEqual("IEND"u8)) return (int)Math.Min(at + 12 + length, bytes.Length);
            at += 12L + length;
        }
        return null;
    }

    private static int? EndOfWebp(byte[] bytes)
    {
        if (bytes.Length < 12) return null;
        var length = 8L + BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4));
        return (int)Math.Min(length + length % 2, bytes.Length);
    }

    private static void CheckDrawing(byte[] bytes)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            var style = false;
            while (reader.Read())
            {
                switch (reader.NodeType)
                {
                    case XmlNodeType.Element:
                        style = reader.LocalName == "style" && !reader.IsEmptyElement;
                        CheckElement(reader);
                        break;
                    case XmlNodeType.EndElement: style = false; break;
                    case XmlNodeType.Text or XmlNodeType.CDATA when style: CheckStyle(reader.Value); break;
                    case XmlNodeType.ProcessingInstruction when reader.Name != "xml": Refuse($"carries an instruction to programs (<?{reader.Name}?>)"); break;
                }
            }
        }
        catch (XmlException e)
        {
            Refuse(e.Message.Contains("DTD", StringComparison.Ordinal) ? "declares a document type (<!DOCTYPE>)" : $"is not well-formed XML, in line {e.LineNumber}", e);
        }
    }

    private static void CheckElement(XmlReader reader)
    {
        var element = reader.LocalName;
        if (element.ToLowerInvariant() is "script" or "foreignobject" or "iframe" or "object" or "embed" or "handler" or "listener" or "audio" or "video")
            Refuse($"holds a <{element}>, which is no drawing");
        while (reader.MoveToNextAttribute())
        {
            var (name, value) = (reader.LocalName.ToLowerInvariant(), reader.Value.Trim());
            if (name.StartsWith("on", StringComparison.Ordinal)) Refuse($"runs a script ({reader.Name})");
            // An animation could put an address there later.
            if (name == "attributename" && value.EndsWith("href", StringComparison.OrdinalIgnoreCase)) Refuse("changes an address while it is looked at");
            if (name is "href" or "src" && value.Length > 0 && value[0] != '#' && !Embedded().IsMatch(value) && !(element == "a" && Outside().IsMatch(value)))
                Refuse($"refers to something outside of itself ({reader.Name})");
            if (reader.Prefix != "xmlns" && name != "xmlns") CheckStyle(value);
        }
        reader.MoveToElement();
    }

    private static void CheckStyle(string text)
    {
        // CSS may write any letter as an escape, and part words with comments.
        if (text.Contains('\\', StringComparison.Ordinal) && Escape().IsMatch(text) || text.Contains("/*", StringComparison.Ordinal) && text.Contains("url", StringComparison.OrdinalIgnoreCase)) Refuse("hides something in its styles");
        if (text.Contains("@import", StringComparison.OrdinalIgnoreCase)) Refuse("takes its styles from elsewhere (@import)");
        if (text.Contains("javascript:", StringComparison.OrdinalIgnoreCase)) Refuse("runs a script (javascript:)");
        foreach (Match match in Url().Matches(text))
            if (!match.Groups["to"].Value.StartsWith('#') && !Embedded().IsMatch(match.Groups["to"].Value)) Refuse("refers to something outside of itself (url)");
    }

    private static void Refuse(string what, Exception? inner = null) =>
        throw new InvalidPictureException($"is an SVG that {what}. Export it as a plain drawing, or as a PNG", inner!);

    [GeneratedRegex("^data:image/(png|jpeg|webp);", RegexOptions.IgnoreCase)]
    private static partial Regex Embedded();

    [GeneratedRegex("^https?://", RegexOptions.IgnoreCase)]
    private static partial Regex Outside();

    [GeneratedRegex(@"url\(\s*['""]?\s*(?<to>[^)]{0,40})", RegexOptions.IgnoreCase)]
    private static partial Regex Url();

    [GeneratedRegex(@"\\[0-9a-fA-F]")]
    private static partial Regex Escape();
}
