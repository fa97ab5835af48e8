using System.Globalization;

namespace NewsHub.Core.Settings;

/// <summary>The paper's accent colour, <c>#rrggbb</c>: whether words in it can be read, on light paper and on dark.</summary>
public static class Accent
{
    /// <summary>What stands in the style sheets.</summary>
    public const string Usual = "#b4121b";
    public const string UsualInTheDark = "#ff6b61";

    /// <summary>What a contrast must be at least: WCAG 2.2, 1.4.3, level AA.</summary>
    public const double Enough = 4.5;

    /// <summary>Light paper, and the shade of a box on it: the darker of the two is the harder to read on.</summary>
    private static readonly string[] Light = ["#fcfaf5", "#f4f0e7"];
    private static readonly string[] Dark = ["#131211", "#1c1a18"];

    private const double Step = 0.004;

    public static bool IsColour(string? text) =>
        text is ['#', ..] and { Length: 7 } && text.Skip(1).All(char.IsAsciiHexDigitLower);

    /// <summary>The contrast with light paper, from 1 to 21.</summary>
    public static double OnLight(string colour) => Light.Min(paper => Contrast(colour, paper));

    /// <summary>The contrast with dark paper.</summary>
    public static double OnDark(string colour) => Dark.Min(paper => Contrast(colour, paper));

    /// <summary>The same hue, as light as it may be to be read on light paper.</summary>
    public static string ForLight(string colour) => Until(colour, -Step, c => OnLight(c) >= Enough);

    /// <summary>The same hue for dark paper, lighter where it must be; the usual colour has a partner of its own.</summary>
    public static string ForDark(string colour) => colour == Usual ? UsualInTheDark : Until(colour, Step, c => OnDark(c) >= Enough);

    /// <summary>Changes the lightness step by step; black and white, at the ends, can always be read.</summary>
    private static string Until(string colour, double step, Func<string, bool> isEnough)
    {
        var (hue, saturation, lightness) = Hsl(colour);
        while (!isEnough(colour) && lightness is >= 0 and <= 1)
        {
            lightness += step;
            colour = Hex(hue, saturation, Math.Clamp(lightness, 0, 1));
        }
        return colour;
    }

    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        var (r, g, b) = Rgb(colour);
        return 0.2126 * Linear(r) + 0.7152 * Linear(g) + 0.0722 * Linear(b);

        static double Linear(double c) => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
    }

    /// <summary>Each from 0 to 1.</summary>
    private static (double R, double G, double B) Rgb(string colour) => (Part(colour, 1), Part(colour, 3), Part(colour, 5));

    private static double Part(string colour, int at) =>
        int.Parse(colour.AsSpan(at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) / 255d;

    private static (double Hue, double Saturation, double Lightness) Hsl(string colour)
    {
        var (r, g, b) = Rgb(colour);
        var (max, min) = (Math.Max(r, Math.Max(g, b)), Math.Min(r, Math.Min(g, b)));
        var (lightness, range) = ((max + min) / 2, max - min);
        if (range == 0) return (0, 0, lightness);
        var hue = max == r ? (g - b) / range + (g < b ? 6 : 0) : max == g ? (b - r) / range + 2 : (r - g) / range + 4;
        return (hue * 60, range / (1 - Math.Abs(2 * lightness - 1)), lightness);
    }

    private static string Hex(double hue, double saturation, double lightness)
    {
        var spread = saturation * Math.Min(lightness, 1 - lightness);
        return string.Create(CultureInfo.InvariantCulture, $"#{Of(0):x2}{Of(8):x2}{Of(4):x2}");

        int Of(int n)
        {
            var k = (n + hue / 30) % 12;
            return (int)Math.Round(255 * (lightness - spread * Math.Max(-1, Math.Min(Math.Min(k - 3, 9 - k), 1))));
        }
    }
}
