using System.Globalization;

namespace NewsHub.Core.Media;

/// <summary>How a picture is cut.</summary>
public enum Crop
{
    /// <summary>The whole picture.</summary>
    Full,

    /// <summary>Three to two, around the focus: for cards and fronts.</summary>
    Card,
}

/// <summary>One cut, width and format of a picture, with its permanent address.</summary>
public sealed record Rendition(string Key, Crop Crop, int Width, string Format)
{
    /// <summary>Best first, as a browser should choose.</summary>
    public static readonly IReadOnlyList<string> Formats = ["avif", "webp", "jpg"];

    private static readonly int[] Ladder = [320, 480, 640, 960, 1280, 1600];

    public string ContentType => Format == "jpg" ? "image/jpeg" : $"image/{Format}";
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Cut(Crop)}-{Width}.{Format}");
    public string Address => $"/media/{Key}/{Name}";

    /// <summary>What the addresses of all widths and formats begin with; the width, a dot and the format follow.</summary>
    internal static string Stem(string key, Crop crop) => $"/media/{key}/{Cut(crop)}-";

    /// <summary>The widths in which a picture is made: never wider than it is, and always at least the widest it can be.</summary>
    public static IReadOnlyList<int> Widths(Crop crop, int width, int height)
    {
        var widest = crop is Crop.Full ? width : CardSize(width, height).Width;
        int[] fitting = [.. Ladder.Where(w => w <= widest)];
        return fitting.Length == 0 || (fitting[^1] < widest && widest < Ladder[^1]) ? [.. fitting, widest] : fitting;
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
        Crop? crop = name[..dash] switch { "full" => Crop.Full, "3x2" => Crop.Card, _ => null };
        if (crop is null || !Formats.Contains(name[(dot + 1)..])) return false;
        if (!int.TryParse(name[(dash + 1)..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var width)) return false;
        var read = new Rendition(key, crop.Value, width, name[(dot + 1)..]);
        if (width == 0 || read.Name != name) return false;
        rendition = read;
        return true;
    }

    private static string Cut(Crop crop) => crop is Crop.Full ? "full" : "3x2";
}
