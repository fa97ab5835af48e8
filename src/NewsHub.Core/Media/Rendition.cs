using System.Globalization;

namespace NewsHub.Core.Media;

/// <summary>How a picture is cut.</summary>
public enum Crop
{
    /// <summary>The whole picture.</summary>
    Full,

    /// <summary>Three to two, around the focus: for cards and fronts.</summary>
    Card,

    /// <summary>The whole picture with all its frames: WebP only.</summary>
    Animated,
}

/// <summary>One cut, width and format of a picture, with its permanent address.</summary>
public sealed record Rendition(string Key, Crop Crop, int Width, string Format)
{
    /// <summary>Best first, as a browser should choose.</summary>
    public static readonly IReadOnlyList<string> Formats = ["avif", "webp", "jpg"];

    private static readonly int[] Ladder = [320, 480, 640, 960, 1280, 1600];
    private static readonly int[] CommonCards = [320, 480, 640];
    // Every frame weighs: a picture that moves ends at the width of the column.
    private const int WidestAnimation = 960;
    private static readonly int[] CommonWholes = [640, 960, 1280];

    public string ContentType => Format == "jpg" ? "image/jpeg" : $"image/{Format}";
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Cut(Crop)}-{Width}.{Format}");
    public string Address => $"/media/{Key}/{Name}";

    /// <summary>What the addresses of all widths and formats begin with; the width, a dot and the format follow.</summary>
    internal static string Stem(string key, Crop crop) => $"/media/{key}/{Cut(crop)}-";

    /// <summary>
    /// The widths in which a picture is made: never wider than it is, never taller than its format can be, and always at least the
    /// widest it can be.
    /// </summary>
    public static IReadOnlyList<int> Widths(Crop crop, int width, int height, string format = "jpg")
    {
        var (cutWidth, cutHeight) = crop is Crop.Card ? CardSize(width, height) : (width, height);
        return UpTo(Widest(format, cutWidth, cutHeight), crop is Crop.Animated ? WidestAnimation : Ladder[^1]);
    }

    /// <summary>The widest that a cut of this size can be in a format: AVIF and WebP end at 16,383 pixels, JPEG at 65,500.</summary>
    internal static int Widest(string format, int width, int height)
    {
        var tallest = format == "jpg" ? 65_500 : 16_383;
        return height <= tallest ? width : Math.Max(1, (int)((long)width * tallest / height));
    }

    /// <summary>
    /// Whether a picture of this size is made so. Nobody can order another width; those that pages named before formats had a limit of
    /// their
    /// own go on, as wide as they can be.
    /// </summary>
    internal static bool IsOffered(Rendition rendition, int width, int height) =>
        Widths(rendition.Crop, width, height, rendition.Format).Contains(rendition.Width)
        || rendition.Crop is not Crop.Animated
            && UpTo(rendition.Crop is Crop.Card ? CardSize(width, height).Width : width, Ladder[^1]).Contains(rendition.Width);

    /// <summary>The renditions that most pages ask for: they are made when a picture is taken in.</summary>
    public static IEnumerable<Rendition> Common(Picture picture)
    {
        foreach (var (crop, usual) in new[] { (Crop.Card, CommonCards), (Crop.Full, CommonWholes) })
            foreach (var format in Formats)
                foreach (var width in Widths(crop, picture.Width, picture.Height, format).Where((w, i) => i == 0 || usual.Contains(w)))
                    yield return new Rendition(picture.Key, crop, width, format);
    }

    private static int[] UpTo(int widest, int most)
    {
        int[] fitting = [.. Ladder.Where(w => w <= widest && w <= most)];
        return fitting.Length == 0 || (fitting[^1] < widest && widest < most) ? [.. fitting, widest] : fitting;
    }

    /// <summary>The largest three-to-two cut of a picture.</summary>
    public static (int Width, int Height) CardSize(int width, int height) =>
        width * 2 > height * 3 ? (Math.Max(1, height * 3 / 2), height) : (width, Math.Max(1, width * 2 / 3));

    public static bool TryParse(string key, string name, out Rendition? rendition)
    {
        rendition = null;
        // The key becomes part of a path: only what a picture's key looks like is let through.
        if (key.Length != 20 || !key.All(char.IsAsciiHexDigitLower)) return false;
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dash < 0 || dot < dash) return false;
        Crop? crop = name[..dash] switch { "full" => Crop.Full, "3x2" => Crop.Card, "animated" => Crop.Animated, _ => null };
        if (crop is null || !Formats.Contains(name[(dot + 1)..])) return false;
        if (crop is Crop.Animated && name[(dot + 1)..] != "webp") return false;
        if (!int.TryParse(name[(dash + 1)..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var width)) return false;
        var read = new Rendition(key, crop.Value, width, name[(dot + 1)..]);
        if (width == 0 || read.Name != name) return false;
        rendition = read;
        return true;
    }

    private static string Cut(Crop crop) => crop switch { Crop.Full => "full", Crop.Card => "3x2", _ => "animated" };
}
