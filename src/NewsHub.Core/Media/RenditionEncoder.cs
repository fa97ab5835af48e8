using NetVips;

namespace NewsHub.Core.Media;

/// <summary>Makes the bytes of a rendition of an original: decodes it small, crops it, and encodes it.</summary>
internal static class RenditionEncoder
{
    /// <summary>The paper's tint, under what is transparent.</summary>
    private static readonly double[] Paper = [252, 250, 245];

    /// <exception cref="VipsException">The original cannot be decoded.</exception>
    public static byte[] Encode(RenditionSource picture, Stream original, Rendition rendition)
    {
        // A page of before may name a width at which the picture is taller than its format can be.
        var (cutWidth, cutHeight) = rendition.Crop is Crop.Card
            ? Rendition.CardSize(picture.Width, picture.Height)
            : (picture.Width, picture.Height);
        var width = Math.Min(rendition.Width, Rendition.Widest(rendition.Format, cutWidth, cutHeight));
        var factor = (double)width / cutWidth;
        var height = Math.Max(1, (int)Math.Round(cutHeight * factor));
        var (printedWidth, printedHeight) = rendition.Crop is not Crop.Card ? (width, height)
            : (Math.Max(width, Scaled(picture.Width, factor)), Math.Max(height, Scaled(picture.Height, factor)));
        var isAnimated = rendition.Crop is Crop.Animated;
        using var printed = Printed(picture, original, printedWidth, printedHeight, factor, isAnimated);
        using var cut = rendition.Crop is Crop.Card
            ? CutAround(printed, width, height, picture.FocusX, picture.FocusY)
            : printed.Copy();
        using var colour = Colour(cut);
        using var opaque = colour.HasAlpha() ? colour.Flatten(background: Paper) : colour.Copy();
        // Places and cameras stay private: all that the file said goes, but for who made it and what it shows, in metadata of our own.
        var metadata = PhotoMetadata.Read(printed);
        using var print = opaque.Mutate(label =>
        {
            if (opaque.Contains("xmp-data")) label.Remove("xmp-data");
            if (!metadata.IsBlank) label.Set(GValue.BlobType, "xmp-data", metadata.ToXmp());
            if (isAnimated) label.Set(GValue.GIntType, "loop", Animation.Of(opaque).Plays);
        });
        const Enums.ForeignKeep keep = Enums.ForeignKeep.Icc | Enums.ForeignKeep.Xmp;
        return rendition.Format switch
        {
            "avif" => print.HeifsaveBuffer(q: 52, effort: 3, compression: Enums.ForeignHeifCompression.Av1, keep: keep),
            "webp" => print.WebpsaveBuffer(q: 76, effort: 4, keep: keep),
            _ => print.JpegsaveBuffer(q: 78, interlace: true, optimizeCoding: true, keep: keep),
        };
    }

    /// <summary>What is printed of the original, at this size: all of it, or the crop.</summary>
    private static Image Printed(RenditionSource picture, Stream original, int width, int height, double factor, bool isAnimated)
    {
        // Decoded small where the format can be (JPEG, WebP), drawn at this size where it is a drawing, and put upright.
        var frames = isAnimated ? "n=-1" : "";
        if (picture.CroppedFrom is not { } whole)
            return Image.ThumbnailStream(original, width, optionString: frames, height: height, size: Enums.Size.Force);
        var (wholeWidth, wholeHeight) = (Math.Max(width, Scaled(whole.Width, factor)), Math.Max(height, Scaled(whole.Height, factor)));
        using var all = Image.ThumbnailStream(
            original, wholeWidth, optionString: frames, height: wholeHeight, size: Enums.Size.Force);
        var (left, top) = (
            Math.Min(Scaled(whole.Left, factor), wholeWidth - width), Math.Min(Scaled(whole.Top, factor), wholeHeight - height));
        return CropFrames(all, left, top, width, height);
    }

    /// <summary>The same part of each frame. Frames stand below each other.</summary>
    private static Image CropFrames(Image frames, int left, int top, int width, int height)
    {
        if (frames.PageHeight == frames.Height) return frames.Crop(left, top, width, height);
        var cut = Enumerable.Range(0, frames.Height / frames.PageHeight)
            .Select(n => frames.Crop(left, n * frames.PageHeight + top, width, height))
            .ToArray();
        try
        {
            using var joined = Image.Arrayjoin(cut, across: 1);
            return joined.Mutate(label => label.Set(GValue.GIntType, "page-height", height));
        }
        finally
        {
            foreach (var frame in cut) frame.Dispose();
        }
    }

    private static int Scaled(int pixels, double factor) => (int)Math.Round(pixels * factor);

    /// <summary>
    /// Grey, 16-bit and printers' pictures become colour before the paper's tint, which has three bands of 8 bits, is laid under them.
    /// </summary>
    private static Image Colour(Image image)
    {
        if (image.Interpretation == Enums.Interpretation.Srgb) return image.Copy();
        // By the inks that the file names; by a usual set where it names none.
        using var colour = image.Interpretation == Enums.Interpretation.Cmyk
            ? image.IccTransform("srgb", embedded: true, inputProfile: "cmyk", intent: Enums.Intent.Perceptual, depth: 8)
            : image.Colourspace(Enums.Interpretation.Srgb);
        // A profile of greys or inks does not describe it any more.
        return colour.Mutate(m =>
        {
            if (image.Bands < 3 || image.Interpretation == Enums.Interpretation.Cmyk) m.Remove("icc-profile-data");
        });
    }

    private static Image CutAround(Image image, int width, int height, double focusX, double focusY)
    {
        var left = (int)Math.Clamp(focusX * image.Width - width / 2.0, 0, image.Width - width);
        var top = (int)Math.Clamp(focusY * image.Height - height / 2.0, 0, image.Height - height);
        return image.Crop(left, top, width, height);
    }
}
