using System.Text;
using System.Xml;

namespace NewsHub.Web.Feeds;

/// <summary>
/// Writes XML into a stream. A headline may hold a sign that XML has no place for: it is left out, rather than the whole feed.
/// </summary>
/// <remarks>System.ServiceModel.Syndication would have to write half of what readers want (authors, whole texts,
/// pictures) as extensions.</remarks>
internal sealed class PlainXml(Stream stream) : XmlTextWriter(stream, new UTF8Encoding(false))
{
    /// <summary>A whole document, as bytes.</summary>
    public static byte[] Document(Action<XmlWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var xml = new PlainXml(bytes))
        {
            xml.WriteStartDocument();
            write(xml);
        }
        return bytes.ToArray();
    }

    public override void WriteString(string? text) => base.WriteString(text is null ? null : Fit(text));

    private static string Fit(string text)
    {
        var fits = true;
        for (var i = 0; i < text.Length && fits; i++) fits = XmlConvert.IsXmlChar(text[i]);
        if (fits) return text;
        var kept = new StringBuilder(text.Length);
        // Half a character becomes the sign for one that is unknown.
        foreach (var rune in text.EnumerateRunes())
            if (!rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value)) kept.Append(rune.ToString());
        return kept.ToString();
    }
}
