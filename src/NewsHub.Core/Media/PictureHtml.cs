using System.Globalization;
using System.Net;
using System.Text;

namespace NewsHub.Core.Media;

/// <summary>The one way a picture is put into a page: three formats, every width, its size, its alt text.</summary>
public static class PictureHtml
{
    /// <param name="sizes">The <c>sizes</c> attribute: how wide it is shown.</param>
    /// <param name="first">The page's lead picture: fetched first instead of lazily.</param>
    /// <param name="alt">Another alt text; empty where the link beside it says it all.</param>
    public static string Write(PictureUse use, Crop crop, string sizes, bool first = false, string? alt = null)
    {
        var widths = Rendition.Widths(crop, use.Width, use.Height);
        var (width, height) = crop is Crop.Full ? (use.Width, use.Height) : Rendition.CardSize(use.Width, use.Height);
        var html = new StringBuilder(1024).Append("<picture>");
        foreach (var format in Rendition.Formats.SkipLast(1))
            html.Append(CultureInfo.InvariantCulture, $"<source type=\"image/{format}\" srcset=\"{Srcset(format)}\" sizes=\"{sizes}\">");
        html.Append(CultureInfo.InvariantCulture, $"<img src=\"{new Rendition(use.Key, crop, Middle(), "jpg").Address}\" srcset=\"{Srcset("jpg")}\" sizes=\"{sizes}\"");
        html.Append(CultureInfo.InvariantCulture, $" width=\"{width}\" height=\"{height}\" alt=\"{WebUtility.HtmlEncode(alt ?? use.Alt)}\"");
        html.Append(first ? " fetchpriority=\"high\">" : " loading=\"lazy\" decoding=\"async\">");
        return html.Append("</picture>").ToString();

        string Srcset(string format) =>
            string.Join(", ", widths.Select(w => string.Create(CultureInfo.InvariantCulture, $"{new Rendition(use.Key, crop, w, format).Address} {w}w")));

        int Middle() => widths.LastOrDefault(w => w <= 960, widths[0]);
    }
}
