using NetVips;

namespace NewsHub.Core.Tests.Media;

/// <summary>Pictures as cameras, phones and programs write them.</summary>
internal static class Files
{
    /// <summary>A HEIC as a phone takes it: 64 by 64 pixels, compressed by HEVC.</summary>
    public static byte[] Heic { get; } = Convert.FromBase64String(
        """
        AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAURtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAABAAAA
        Imlsb2MAAAAAREAAAQABAAAAAAFoAAEAAAAAAAACZwAAACNpaW5mAAAAAAABAAAAFWluZmUCAAAAAAEAAGh2YzEAAAAAxGlwcnAAAACmaXBjbwAAAHpodmND
        AQNwAAAAAAAAAAAAWvAA/P34+AAADwMgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAWroCQCEAAQAtQgEBA3AAAAMAkAAAAwAAAwBaoAcSAJZ35bqSSmubgQED
        AgAAAwACAAADAAIQIgABAAdEAcFysGJAAAAAFGlzcGUAAAAAAAADhAAAAlgAAAAQcGl4aQAAAAADCAgIAAAAFmlwbWEAAAAAAAAAAQABA4ECgwAAAm9tZGF0
        AAACYygBrxMUeBmZsFitWrVQ5TPAn//1eKK/9FjV/yLJrVD0Vd3Sbu/HI8G4qAAA8wABigAMIAAAAwAAAwAAAwAAAwAAAwAAAwAAAwPm9gAAKyCi5OZYes3v
        zhgrm+YyG98firrIIIFg4Bgt1tNxzO4PAlfZs+TvCZAIUpuI4cByoD6Gl1NldcxbIqonfAwg5XYUs9co6JELhFIraqDl2Eyh7EYqe+A4AuRio4iY+QBi/Ys/
        H8tWEi7gzZFtlsAAQAAAAwAAAwAAAwAAAwA0vkQ77Wfu4lDgAAADAAADAAADAAADAAAE0AAAAwDFgIcAAAMAAAMAAAMAAAMAAAMAAAMA620/W7BmAAADAAAD
        AAADAAADAAADA0AAAAMAiIAAAAMAAAMAAAMAAAMAAAMAAAMDx1v95iXYAAADAAADAAADAAADAAApQAAABjwAAAMAAAMAAAMAAAMAAAMAASicf6YyOwAAAwAA
        AwAAAwAAAwAACVAAAAMBdwAAAwAAAwAAAwAAAwAAAwATwBf7I7RAAAADAAADAAADAAADAAC7AAADABnQAAADAAADAAADAAADAAADAFjbP+85E0AAAAMAAAMA
        AAMAAAMAA4gAAAMAnoAAAAMAAAMAAAMAAAMAAAMA6dS/0yCiAAADAAADAAADAAADAAAKEAAAAwG9AJsAAAMAAAMAAAMAAAMAAAMAAAMAAAMAAAMAAAMAAAMA
        AAMAAAMAAAMAAAMAAAMAAAMAALaFFQ8oAAADAAADAAADAAADAAADAAADAAADAAADAAADAAADAAADAAADAAADAAADAAADAAADABnQ
        """);

    public static byte[] Noise(string format, int width = 150, int height = 120)
    {
        using var noise = Image.Gaussnoise(width, height, sigma: 50, mean: 128, seed: 7).Cast(Enums.BandFormat.Uchar);
        using var colour = noise.Bandjoin(noise, noise).Copy(interpretation: Enums.Interpretation.Srgb);
        return format switch
        {
            "png" => colour.PngsaveBuffer(),
            "webp" => colour.WebpsaveBuffer(),
            "avif" => colour.HeifsaveBuffer(compression: Enums.ForeignHeifCompression.Av1, effort: 0),
            "gif" => colour.GifsaveBuffer(),
            "progressive" => colour.JpegsaveBuffer(interlace: true),
            _ => colour.JpegsaveBuffer(),
        };
    }

    /// <summary>Red, then blue.</summary>
    /// <param name="delay">Milliseconds of each frame.</param>
    public static byte[] Moving(string format, int delay = 100)
    {
        using var one = (Image.Black(300, 200, bands: 3) + new double[] { 250, 0, 0 })
            .Cast(Enums.BandFormat.Uchar)
            .Copy(interpretation: Enums.Interpretation.Srgb);
        using var two = (Image.Black(300, 200, bands: 3) + new double[] { 0, 0, 250 })
            .Cast(Enums.BandFormat.Uchar)
            .Copy(interpretation: Enums.Interpretation.Srgb);
        using var film = one.Join(two, Enums.Direction.Vertical).Mutate(m =>
        {
            m.Set(GValue.GIntType, "page-height", 200);
            m.Set(GValue.ArrayIntType, "delay", new[] { delay, delay });
        });
        return format == "gif" ? film.GifsaveBuffer() : film.WebpsaveBuffer();
    }
}
