using System.Security.Cryptography;
using System.Text;
using NetVips;

namespace NewsHub.Core.Media;

/// <summary>
/// The paper's own card, shown where somebody passes a page on that has no picture: the nameplate, and a headline where there is one.
/// 1200 by 630 pixels, as the networks show it.
/// </summary>
/// <param name="Headline">Null for a page that is no story's.</param>
public sealed record ShareCard(string Paper, string Subtitle, string? Kicker, string? Headline)
{
    public const int Width = 1200;
    public const int Height = 630;

    /// <summary>Raised when cards come out differently than before.</summary>
    private const int Recipe = 2;
    private const int Edge = 64;
    private static readonly int[] Sizes = [84, 74, 65, 57, 50, 44, 38];
    private static readonly double[] PaperColour = [252, 250, 245];
    private static readonly double[] Ink = [22, 21, 19];
    private static readonly string Face = Path.Combine(AppContext.BaseDirectory, "card.ttf");
    private static readonly Lazy<FontCoverage> Coverage = new(() => new FontCoverage(File.ReadAllBytes(Face)));

    /// <summary>Names what is on it: another headline, another key.</summary>
    public string Key =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Recipe}\n{Paper}\n{Subtitle}\n{Kicker}\n{Headline}")))[..16];

    /// <summary>As JPEG.</summary>
    public byte[] Draw()
    {
        using var sheet = (Image.Black(Width, Height, bands: 3) + PaperColour)
            .Cast(Enums.BandFormat.Uchar)
            .Copy(interpretation: Enums.Interpretation.Srgb);
        using var ruled = sheet.Mutate(m =>
        {
            m.DrawRect(Ink, Edge, 128, Width - 2 * Edge, 5, fill: true);
            m.DrawRect(Ink, Edge, 136, Width - 2 * Edge, 1, fill: true);
            m.DrawRect(Ink, Edge, Height - 66, Width - 2 * Edge, 1, fill: true);
        });
        var (headline, plate, kicker, subtitle) = (Fit(Headline), Fit(Paper), Fit(Kicker), Fit(Subtitle));
        var card = ruled;
        if (headline is null)
        {
            if (plate is not null) card = Put(card, Plate(plate, 150), null, 238);
            if (subtitle is not null) card = Put(card, Set(subtitle, 40, "#5c574f"), null, 430);
        }
        else
        {
            if (plate is not null) card = Put(card, Plate(plate, 78), Edge, 38);
            if (kicker is not null) card = Put(card, Set(kicker, 30, "#b4121b"), Edge, 166);
            card = Put(card, Fitted(headline), Edge, 226);
            if (subtitle is not null) card = Put(card, Set(subtitle, 24, "#5c574f"), Edge, Height - 48);
        }
        return card.JpegsaveBuffer(q: 86, optimizeCoding: true, keep: Enums.ForeignKeep.None);
    }

    /// <summary>As large as there is room for it; a monster loses its end.</summary>
    private static Image Fitted(string headline)
    {
        for (var words = headline; ; words =
            words[..(words.LastIndexOf(' ', words.Length - 2) is > 40 and var space ? space : words.Length / 2)].TrimEnd('…', ' ') + "…")
            foreach (var size in Sizes)
                if (Set(words, size, "#161513", Width - 2 * Edge) is { Height: <= 330 } set) return set;
    }

    /// <summary>A line in letters that the face has; null where it lacks one, and the card goes without the line.</summary>
    private static string? Fit(string? line) => line is null ? null : Coverage.Value.Fit(line);

    private static Image Plate(string paper, int size)
    {
        var hyphen = paper.IndexOf('-', StringComparison.Ordinal);
        var name = hyphen < 0 ? Mark(paper) : $"{Mark(paper[..hyphen])}<span foreground=\"#b4121b\">-</span>{Mark(paper[(hyphen + 1)..])}";
        return Markup($"<span foreground=\"#161513\">{name}</span>", size, Width - 2 * Edge);
    }

    private static Image Set(string words, int size, string colour, int width = 0) =>
        Markup($"<span foreground=\"{colour}\">{Mark(words)}</span>", size, width);

    private static Image Markup(string markup, int size, int width) =>
        Image.Text(markup, font: FormattableString.Invariant($"News Card {size}"),
            fontfile: Face, width: width > 0 ? width : null, dpi: 72, rgba: true, spacing: 0, wrap: Enums.TextWrap.WordChar);

    private static Image Put(Image card, Image set, int? left, int top) =>
        card.Composite2(set, Enums.BlendMode.Over, x: left ?? (Width - set.Width) / 2, y: top).Flatten(background: PaperColour);

    private static string Mark(string text) => System.Net.WebUtility.HtmlEncode(text);
}
