using NetVips;

namespace NewsHub.Web.Tests.Admin;

/// <summary>Pictures to send in.</summary>
internal static class Shots
{
    /// <summary>Red on the left, blue on the right; with what a camera and an agency would write into it.</summary>
    public static byte[] Jpeg(int width = 900, int height = 600, string? creator = null, string? caption = null)
    {
        using var red = (Image.Black(width / 2, height, bands: 3) + new double[] { 250, 0, 0 }).Cast(Enums.BandFormat.Uchar);
        using var blue = (Image.Black(width - width / 2, height, bands: 3) + new double[] { 0, 0, 250 }).Cast(Enums.BandFormat.Uchar);
        using var halves = red.Join(blue, Enums.Direction.Horizontal).Copy(interpretation: Enums.Interpretation.Srgb);
        using var labelled = halves.Mutate(m =>
        {
            m.Set(GValue.GStrType, "exif-ifd3-GPSLatitude", "6/1 27/1 0/1");
            if (creator is not null) m.Set(GValue.GStrType, "exif-ifd0-Artist", creator);
            if (caption is not null) m.Set(GValue.GStrType, "exif-ifd0-ImageDescription", caption);
        });
        return labelled.JpegsaveBuffer();
    }

    /// <summary>Two frames of a tenth of a second.</summary>
    public static byte[] MovingGif()
    {
        using var dark = Image.Black(120, 80, bands: 3).Copy(interpretation: Enums.Interpretation.Srgb);
        using var light = (dark + 200).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
        using var frames = dark.Join(light, Enums.Direction.Vertical).Mutate(m =>
        {
            m.Set(GValue.GIntType, "page-height", 80);
            m.Set(GValue.ArrayIntType, "delay", new[] { 100, 100 });
        });
        return frames.GifsaveBuffer();
    }
}
