using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using NetVips;

namespace NewsHub.Core.Media;

/// <summary>
/// What a picture's file itself says about it: who made it, whom to credit, what it shows. Read from its XMP, IPTC or EXIF, whichever says
/// more; places, cameras and all else in there stay unread. (XMP is W3C RDF in ISO 16684-1, IPTC the IIM 4.2, EXIF a TIFF directory.)
/// </summary>
public sealed record PhotoMetadata(string? Creator, string? Credit, string? Caption)
{
    public static readonly PhotoMetadata Blank = new(null, null, null);

    private const int LongestName = 200;
    private const int LongestCaption = 2000;
    private static readonly XNamespace Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static readonly XNamespace Dc = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace Photoshop = "http://ns.adobe.com/photoshop/1.0/";

    /// <summary>More creators than this are a list of a whole agency.</summary>
    private const int MostCreators = 10;

    /// <summary>What cameras write where a caption would stand.</summary>
    private static readonly string[] CameraTalk = [
        "OLYMPUS DIGITAL CAMERA", "SONY DSC", "MINOLTA DIGITAL CAMERA", "KONICA MINOLTA DIGITAL CAMERA", "DCIM", "default",
        "Processed with", "dig", "hdrpl", "oznor", "cof", "edf", "rhdr", "vhdr", "mde", "sdr",
    ];

    /// <summary>The line that is printed under a picture: its maker and, where that is another, the agency.</summary>
    public string? CreditLine =>
        Creator is null || Credit is null ? Creator ?? Credit
        : Credit.Contains(Creator, StringComparison.OrdinalIgnoreCase) ? Credit
        : $"{Creator}/{Credit}";

    public bool IsBlank => this == Blank;

    /// <summary>Reads the metadata of an original; blank where there is none or it cannot be made out.</summary>
    public static PhotoMetadata Read(byte[] original)
    {
        try
        {
            using var image = Image.NewFromBuffer(original, access: Enums.Access.Sequential);
            return Read(image);
        }
        catch (VipsException)
        {
            return Blank;
        }
    }

    /// <summary>The same, read piece by piece: of a large original only its head.</summary>
    public static PhotoMetadata Read(Stream original)
    {
        try
        {
            using var image = Image.NewFromStream(original, access: Enums.Access.Sequential);
            return Read(image);
        }
        catch (VipsException)
        {
            return Blank;
        }
    }

    internal static PhotoMetadata Read(Image image)
    {
        var fields = image.GetFields();
        var xmp = Part("xmp-data", FromXmp);
        var iptc = Part("iptc-data", FromIptc);
        var exif = Part("exif-data", FromExif);
        return new PhotoMetadata(
            Tidy(xmp.Creator ?? iptc.Creator ?? exif.Creator, LongestName),
            Tidy(xmp.Credit ?? iptc.Credit, LongestName),
            Tidy(xmp.Caption ?? iptc.Caption ?? exif.Caption, LongestCaption));

        PhotoMetadata Part(string field, Func<byte[], PhotoMetadata> read)
        {
            if (!fields.Contains(field) || image.Get(field) is not byte[] { Length: > 0 } bytes) return Blank;
            try
            {
                return read(bytes);
            }
            catch (Exception e) when (e is XmlException or ArgumentException or IndexOutOfRangeException or OverflowException)
            {
                // Metadata that cannot be read is no reason to turn the picture away.
                return Blank;
            }
        }
    }

    /// <summary>The metadata as an XMP packet, to travel in every rendition.</summary>
    internal byte[] ToXmp()
    {
        var about = new XElement(Rdf + "Description", new XAttribute(Rdf + "about", ""), new XAttribute(XNamespace.Xmlns + "dc", Dc),
            new XAttribute(XNamespace.Xmlns + "photoshop", Photoshop));
        if (Creator is not null) about.Add(new XElement(Dc + "creator", new XElement(Rdf + "Seq", new XElement(Rdf + "li", Creator))));
        if (Credit is not null) about.Add(new XElement(Photoshop + "Credit", Credit));
        if (Caption is not null)
            about.Add(new XElement(Dc + "description",
                new XElement(Rdf + "Alt", new XElement(Rdf + "li", new XAttribute(XNamespace.Xml + "lang", "x-default"), Caption))));
        var meta = new XElement(XNamespace.Get("adobe:ns:meta/") + "xmpmeta", new XAttribute(XNamespace.Xmlns + "x", "adobe:ns:meta/"),
            new XElement(Rdf + "RDF", new XAttribute(XNamespace.Xmlns + "rdf", Rdf), about));
        return Encoding.UTF8.GetBytes("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>"
            + $"{meta.ToString(SaveOptions.DisableFormatting)}<?xpacket end=\"r\"?>");
    }

    private static PhotoMetadata FromXmp(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes).Trim('\0', ' ', '\uFEFF');
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = 4_000_000,
            ConformanceLevel = ConformanceLevel.Fragment,
        });
        while (reader.NodeType is not XmlNodeType.Element && reader.Read()) { }
        if (reader.NodeType is not XmlNodeType.Element) return Blank;
        var all = XElement.Load(reader.ReadSubtree());
        return new PhotoMetadata(Creators(), First(Photoshop + "Credit"), First(Dc + "description"));

        // A picture may have several.
        string? Creators() =>
            Together(all.DescendantsAndSelf(Dc + "creator").SelectMany(e => e.Descendants(Rdf + "li")).Select(l => l.Value))
            ?? First(Dc + "creator");

        // A property is an element or, when it is short, an attribute.
        string? First(XName name) =>
            all.DescendantsAndSelf(name).Select(e => e.Descendants(Rdf + "li")
                .OrderBy(l => (string?)l.Attribute(XNamespace.Xml + "lang") is "x-default" or null ? 0 : 1)
                .FirstOrDefault()?.Value ?? e.Value).FirstOrDefault(v => v.Length > 0)
            ?? all.DescendantsAndSelf(Rdf + "Description")
                .Select(d => (string?)d.Attribute(name))
                .FirstOrDefault(v => v is { Length: > 0 });
    }

    private static PhotoMetadata FromIptc(byte[] bytes)
    {
        // In a JPEG the records lie within Photoshop's resource 0x0404.
        var records = bytes.AsSpan();
        var resource = bytes.AsSpan().IndexOf("8BIM\u0004\u0004"u8);
        if (resource >= 0)
        {
            // Its name, padded to an even length, and its size stand before the records.
            var at = resource + 6;
            var name = bytes[at] + 1;
            at += name + name % 2;
            var size = Number(bytes, at, 4, bigEndian: true);
            records = bytes.AsSpan(at + 4, (int)Math.Min(size, bytes.Length - at - 4));
        }
        var (creators, credit, caption, charset) = (new List<byte[]>(), (byte[]?)null, (byte[]?)null, (byte[]?)null);
        for (var at = 0; at + 5 <= records.Length && records[at] == 0x1C;)
        {
            var (record, set, length) = (records[at + 1], records[at + 2], records[at + 3] << 8 | records[at + 4]);
            // A length of more than 15 bits says how many bytes the length has; no words are as long.
            if (length >= 0x8000 || at + 5 + length > records.Length) break;
            var value = records.Slice(at + 5, length).ToArray();
            switch (record, set)
            {
                case (1, 90): charset = value; break;
                case (2, 80): creators.Add(value); break;
                case (2, 110): credit ??= value; break;
                case (2, 120): caption ??= value; break;
            }
            at += 5 + length;
        }
        return new PhotoMetadata(Together(creators.Select(c => Words(c, charset))), Words(credit, charset), Words(caption, charset));
    }

    private static PhotoMetadata FromExif(byte[] bytes)
    {
        const int artist = 0x013B, description = 0x010E;
        var tiff = bytes.AsSpan().StartsWith("Exif\0\0"u8) ? bytes[6..] : bytes;
        var bigEndian = tiff[0] == (byte)'M';
        var directory = (int)Number(tiff, 4, 4, bigEndian);
        var (creator, caption) = ((string?)null, (string?)null);
        for (var i = 0; i < (int)Number(tiff, directory, 2, bigEndian); i++)
        {
            var entry = directory + 2 + 12 * i;
            var tag = (int)Number(tiff, entry, 2, bigEndian);
            if (tag is not (artist or description) || Number(tiff, entry + 2, 2, bigEndian) != 2) continue;
            var length = (int)Number(tiff, entry + 4, 4, bigEndian);
            var place = length <= 4 ? entry + 8 : (int)Number(tiff, entry + 8, 4, bigEndian);
            var text = Words(tiff.AsSpan(place, length).ToArray());
            if (tag == artist) creator = text;
            else if (!CameraTalk.Any(t => string.Equals(t, text?.Trim(), StringComparison.OrdinalIgnoreCase)
                || t.Contains(' ', StringComparison.Ordinal) && text?.StartsWith(t, StringComparison.Ordinal) == true)) caption = text;
        }
        return new PhotoMetadata(creator, null, caption);
    }

    private static long Number(byte[] bytes, int at, int size, bool bigEndian)
    {
        long number = 0;
        for (var i = 0; i < size; i++) number = number << 8 | bytes[at + (bigEndian ? i : size - 1 - i)];
        return number;
    }

    /// <summary>
    /// UTF-8 wherever it is; else what the file says it is (ISO 2022's escapes, IIM 1:90); else Windows-1252, which press programs have
    /// written for
    /// decades without saying so, and of which Latin-1 is a part.
    /// </summary>
    private static string? Words(byte[]? bytes, byte[]? charset = null)
    {
        if (bytes is null) return null;
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            var page = CodePage(charset);
            return (CodePagesEncodingProvider.Instance.GetEncoding(page) ?? Encoding.GetEncoding(page)).GetString(bytes);
        }
    }

    /// <summary>The code page that holds a set of letters as ISO 2022 names it: ESC, how many letters it has, which one it is.</summary>
    private static int CodePage(byte[]? charset) =>
        charset is not [0x1B, (byte)'-' or (byte)'.' or (byte)'/', var set] ? 1252 : (char)set switch
        {
            'B' => 28592,
            'C' => 28593,
            'D' => 28594,
            'L' => 28595,
            'G' => 28596,
            'F' => 28597,
            'H' => 28598,
            'M' => 28599,
            'Y' => 28603,
            'b' => 28605,
            _ => 1252,
        };

    private static string? Together(IEnumerable<string?> names) =>
        string.Join(
            ", ", names.Select(n => Tidy(n, LongestName)).OfType<string>().Distinct().Take(MostCreators)) is { Length: > 0 } together
            ? together
            : null;

    private static string? Tidy(string? text, int most)
    {
        if (text is null) return null;
        var kept = new StringBuilder(text.Length);
        // Half a letter would be one that XML cannot hold; whole ones beyond the first plane are words like any other.
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || rune.Value is 0xFFFE or 0xFFFF) continue;
            if (Rune.IsControl(rune)) kept.Append(' ');
            else kept.Append(rune.ToString());
        }
        var words = string.Join(' ', kept.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
        if (words.Length == 0) return null;
        if (words.Length <= most) return words;
        // Never within a letter, and what belongs to a letter stays with it.
        var end = 0;
        foreach (var start in StringInfo.ParseCombiningCharacters(words))
            if (start <= most) end = start;
        return words[..end].TrimEnd();
    }
}
