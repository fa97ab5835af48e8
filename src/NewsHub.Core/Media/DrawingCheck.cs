using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace NewsHub.Core.Media;

/// <summary>
/// Whether an SVG is a drawing and nothing else: no script, nothing from elsewhere. What drawing programs note for themselves may stand
/// in it.
/// </summary>
internal static partial class DrawingCheck
{
    private const string Svg = "http://www.w3.org/2000/svg";

    /// <summary>
    /// In these a name means what SVG, XHTML, XLink and XML make of it; in any other it is a note of some program to itself.
    /// </summary>
    private static readonly string[] Ours =
    [
        "", Svg, "http://www.w3.org/1999/xlink", "http://www.w3.org/1999/xhtml", "http://www.w3.org/XML/1998/namespace",
        "http://www.w3.org/2001/xml-events",
    ];

    private static readonly string[] NoShapes =
    [
        "script", "foreignobject", "iframe", "object", "embed", "handler", "listener", "audio", "video", "base", "link", "meta", "form",
        "math",
    ];

    public const string CannotBeDrawn =
        "is an SVG that cannot be drawn: it names neither a size nor a viewBox, or holds what no drawing program "
        + "understands. Export it anew, or as a PNG";

    /// <summary>A plain document type is read past: nothing is fetched.</summary>
    private static XmlReaderSettings Settings =>
        new() { DtdProcessing = DtdProcessing.Parse, XmlResolver = null, MaxCharactersFromEntities = 1024 };

    /// <summary>Whether its first element is an <c>svg</c>, whatever stands before it.</summary>
    public static bool IsDrawing(ReadOnlySpan<byte> bytes)
    {
        // Notes of the program that drew it may be long.
        var start = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 256 * 1024)]).Replace("\0", "", StringComparison.Ordinal);
        var first = start.AsSpan().TrimStart("\u00EF\u00BB\u00BF\u00FE\u00FF \t\r\n");
        return first.StartsWith("<", StringComparison.Ordinal) && Root().IsMatch(start);
    }

    /// <exception cref="InvalidPictureException">It is more than a drawing; the message says what.</exception>
    public static void Check(byte[] bytes)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes), Settings);
            StringBuilder? style = null;
            while (reader.Read())
            {
                switch (reader.NodeType)
                {
                    case XmlNodeType.DocumentType when !string.IsNullOrWhiteSpace(reader.Value):
                    case XmlNodeType.EntityReference:
                        Refuse("declares something in its document type (<!DOCTYPE>)");
                        break;
                    case XmlNodeType.Element:
                        if (reader.Depth == 0 && (reader.LocalName != "svg" || reader.NamespaceURI is not (Svg or "")))
                            throw new InvalidPictureException(ImageFileCheck.Known);
                        if (IsStyle(reader) && !reader.IsEmptyElement) style ??= new StringBuilder();
                        CheckElement(reader);
                        break;
                    // Read as a whole: XML comments may part a word of it.
                    case XmlNodeType.EndElement when IsStyle(reader) && style is not null:
                        CheckStyle(style.ToString());
                        style = null;
                        break;
                    case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                        style?.Append(reader.Value);
                        break;
                    // Adobe's programs wrap their notes (XMP) in these.
                    case XmlNodeType.ProcessingInstruction when reader.Name is not ("xml" or "xpacket" or "adobe-xap-filters"):
                        Refuse($"carries an instruction to programs (<?{reader.Name}?>)");
                        break;
                }
            }
        }
        catch (XmlException e)
        {
            Refuse(e.Message.Contains("MaxCharactersFromEntities", StringComparison.Ordinal)
                ? "declares something in its document type (<!DOCTYPE>)"
                : FormattableString.Invariant($"is not well-formed XML, in line {e.LineNumber}"), e);
        }
    }

    /// <summary>
    /// A drawing without what stands before its first element, where that is much: libvips looks for the element in the first kilobyte.
    /// It has been
    /// checked: there is nothing there but comments, and a document type that declares nothing.
    /// </summary>
    public static byte[] WithoutPreface(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        var (at, declaration) = (text.StartsWith("\u00EF\u00BB\u00BF", StringComparison.Ordinal) ? 3 : 0, "");
        while (Preface().Match(text, at) is { Success: true } part)
        {
            if (part.Value.StartsWith("<?xml ", StringComparison.Ordinal)) declaration = part.Value;
            at += part.Length;
        }
        return at < 900 ? bytes : Encoding.Latin1.GetBytes(declaration + text[at..]);
    }

    /// <summary>Whether it leaves open how many pixels it is wide: it has only a viewBox, or is measured in percent or on paper.</summary>
    public static bool NamesNoPixels(byte[] bytes)
    {
        using var reader = XmlReader.Create(new MemoryStream(bytes), Settings);
        reader.MoveToContent();
        return !Pixels().IsMatch(reader.GetAttribute("width") ?? "") && !Pixels().IsMatch(reader.GetAttribute("height") ?? "");
    }

    private static bool IsStyle(XmlReader reader) => reader.LocalName.Equals("style", StringComparison.OrdinalIgnoreCase);

    private static void CheckElement(XmlReader reader)
    {
        var element = reader.LocalName;
        // By whatever name a program's own words are meant: nobody names a shape so.
        if (NoShapes.Contains(element, StringComparer.OrdinalIgnoreCase))
            Refuse($"holds a <{element}>, which is no drawing");
        while (reader.MoveToNextAttribute())
        {
            var (name, value) = (reader.LocalName.ToLowerInvariant(), reader.Value.Trim());
            if (reader.Prefix == "xmlns" || reader.Name == "xmlns") continue;
            if (name.StartsWith("on", StringComparison.Ordinal)) Refuse($"runs a script ({reader.Name})");
            // An animation could put an address or a script there later.
            if (name == "attributename" && Changed().IsMatch(value)) Refuse("changes an address while it is looked at");
            var isWithin = value.Length == 0 || value[0] == '#' || Embedded().IsMatch(value) || element == "a" && Outside().IsMatch(value);
            if (name is "href" or "src" && !isWithin) Refuse($"refers to something outside of itself ({reader.Name})");
            if (name == "base" && Ours.Contains(reader.NamespaceURI)) Refuse("refers to something outside of itself (base)");
            // Names, paths and what a program notes for itself are no styles.
            if (name.StartsWith("data-", StringComparison.Ordinal) || name is "id" or "class" or "d" or "points") continue;
            if (Ours.Contains(reader.NamespaceURI)) CheckStyle(value);
            else if (RunsScript(value)) Refuse("runs a script (javascript:)");
        }
        reader.MoveToElement();
    }

    private static void CheckStyle(string text)
    {
        // A comment may stand between the quotation marks of a text, or those within a comment: what is bad in either reading is bad.
        foreach (var reading in (string[])[WithoutComments(text, heedsQuotes: true), WithoutComments(text, heedsQuotes: false)])
        {
            if (Wrong(reading) is { } wrong) Refuse(wrong);
            // CSS may write any letter as an escape.
            if (reading.Contains('\\', StringComparison.Ordinal) && Wrong(Escape().Replace(reading, Letter)) is not null)
                Refuse("hides something in its styles");
        }

        static string? Wrong(string css)
        {
            if (css.Contains("@import", StringComparison.OrdinalIgnoreCase)) return "takes its styles from elsewhere (@import)";
            if (RunsScript(css)) return "runs a script (javascript:)";
            var addresses = Url().Matches(css).Select(m => m.Groups["to"].Value);
            return addresses.All(a => a.StartsWith('#') || Embedded().IsMatch(a)) ? null : "refers to something outside of itself (url)";
        }

        static string Letter(Match escape) => escape.Groups["code"] is { Success: true } code
            ? Convert.ToInt32(code.Value, 16) is var n && Rune.IsValid(n) ? new Rune(n).ToString() : "\uFFFD"
            : escape.Value[1..];
    }

    private static bool RunsScript(string text) => Spaces().Replace(text, "").Contains("javascript:", StringComparison.OrdinalIgnoreCase);

    private static string WithoutComments(string text, bool heedsQuotes)
    {
        var (kept, quote) = (new StringBuilder(text.Length), '\0');
        for (var i = 0; i < text.Length; i++)
        {
            if (quote == '\0' && text[i] == '/' && i + 1 < text.Length && text[i + 1] == '*')
            {
                var end = text.IndexOf("*/", i + 2, StringComparison.Ordinal);
                if (end < 0) break;
                i = end + 1;
                continue;
            }
            if (heedsQuotes && text[i] is '"' or '\'' && (quote == '\0' || quote == text[i])) quote = quote == '\0' ? text[i] : '\0';
            // A text ends with its line.
            if (text[i] is '\n' or '\r' or '\f') quote = '\0';
            kept.Append(text[i]);
            if (heedsQuotes && quote != '\0' && text[i] == '\\' && i + 1 < text.Length) kept.Append(text[++i]);
        }
        return kept.ToString();
    }

    private static void Refuse(string what, Exception? inner = null) =>
        throw new InvalidPictureException($"is an SVG that {what}. Export it as a plain drawing, or as a PNG", inner!);

    [GeneratedRegex(@"<(?:[A-Za-z_][\w.-]*:)?svg[\s>/]")]
    private static partial Regex Root();

    [GeneratedRegex("^data:(image/(png|jpe?g|webp|gif)|(application/(x-)?font-|font/)[a-z0-9.+-]+)[;,]", RegexOptions.IgnoreCase)]
    private static partial Regex Embedded();

    [GeneratedRegex(@"^\s*\+?[0-9.]+(e\+?[0-9]+)?(px)?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Pixels();

    [GeneratedRegex("""\G(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^>"']|"[^"]*"|'[^']*')*>)""", RegexOptions.Singleline)]
    private static partial Regex Preface();

    [GeneratedRegex("href$|^on", RegexOptions.IgnoreCase)]
    private static partial Regex Changed();

    [GeneratedRegex("^https?://", RegexOptions.IgnoreCase)]
    private static partial Regex Outside();

    [GeneratedRegex(@"(?:url|src|image-set|image)\(\s*['""]?\s*(?<to>[^)]{0,60})", RegexOptions.IgnoreCase)]
    private static partial Regex Url();

    [GeneratedRegex(@"\\(?:(?<code>[0-9a-fA-F]{1,6})\s?|.)", RegexOptions.Singleline)]
    private static partial Regex Escape();

    [GeneratedRegex(@"[\s\x00-\x1F]+")]
    private static partial Regex Spaces();
}
