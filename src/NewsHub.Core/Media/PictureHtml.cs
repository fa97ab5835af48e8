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
        // Very tall pictures end earlier in the newer formats; all others have one list.
        var narrower = use.Height <= 16_383 ? widths : Rendition.Widths(crop, use.Width, use.Height, "avif");
        var (width, height) = crop is Crop.Card ? Rendition.CardSize(use.Width, use.Height) : (use.Width, use.Height);
        var stem = Rendition.Stem(use.Key, crop);
        // Every card of every page comes by here, so it is appended piece by piece.
        var html = new StringBuilder(2048).Append("<picture>");
        if (use.IsAnimated && crop is Crop.Full) Animated();
        for (var i = 0; i < Rendition.Formats.Count - 1; i++)
        {
            html.Append("<source type=\"image/").Append(Rendition.Formats[i]).Append("\" srcset=\"");
            Srcset(Rendition.Formats[i]);
            html.Append("\" sizes=\"").Append(sizes).Append("\">");
        }
        html.Append("<img src=\"").Append(stem).Append(Middle()).Append(".jpg\" srcset=\"");
        Srcset("jpg");
        html.Append("\" sizes=\"").Append(sizes).Append("\" width=\"").Append(width).Append("\" height=\"").Append(height)
            .Append("\" alt=\"").Append(WebUtility.HtmlEncode(alt ?? use.Alt))
            .Append(first ? "\" fetchpriority=\"high\">" : "\" loading=\"lazy\" decoding=\"async\">");
        return html.Append("</picture>").ToString();

        // Whoever asks for less motion sees the first frame.
        void Animated()
        {
            html.Append("<source media=\"(prefers-reduced-motion: no-preference)\" type=\"image/webp\" srcset=\"");
            List(Rendition.Stem(use.Key, Crop.Animated), Rendition.Widths(Crop.Animated, use.Width, use.Height, "webp"), "webp");
            html.Append("\" sizes=\"").Append(sizes).Append("\">");
        }

        void Srcset(string format) => List(stem, format == "jpg" ? widths : narrower, format);

        void List(string stem, IReadOnlyList<int> list, string format)
        {
            for (var i = 0; i < list.Count; i++)
                html.Append(i == 0 ? "" : ", ").Append(stem).Append(list[i]).Append('.').Append(format).Append(' ').Append(list[i])
                    .Append('w');
        }

        int Middle() => widths.LastOrDefault(w => w <= 960, widths[0]);
    }
}
