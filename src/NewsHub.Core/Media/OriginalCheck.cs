using NetVips;

namespace NewsHub.Core.Media;

/// <summary>An original that has been read from end to end: what it is and how large.</summary>
/// <param name="Width">Pixels, upright.</param>
/// <param name="Height">Pixels, upright.</param>
/// <param name="IsAnimated">Whether it is printed as an animation.</param>
/// <param name="Remarks">What whoever brought it should know, in sentences.</param>
internal sealed record OriginalCheck(ImageFileCheck File, int Width, int Height, bool IsAnimated, IReadOnlyList<string> Remarks)
{
    /// <summary>Decoding costs memory by the pixel, so what is too large is refused before it is decoded.</summary>
    private const long MaxPixels = 50_000_000;

    /// <summary>A drawing that names no size in pixels is printed this wide.</summary>
    private const int DrawingWidth = 1600;

    /// <summary>Reads it. One at a time in the whole program: see <see cref="PictureProcessor.TakeInAsync"/>.</summary>
    /// <param name="animate">Whether the paper prints animations.</param>
    /// <exception cref="InvalidPictureException">It is no picture that the paper prints; the message says why.</exception>
    public static OriginalCheck Of(byte[] original, bool animate)
    {
        var file = ImageFileCheck.Of(original);
        var remarks = new List<string>();
        try
        {
            var lacked = file.LacksEnd;
            if (lacked) file = WithEnd(file);
            else if (file.Type == "image/jpeg" && WholeJpeg(file.Bytes) is null) throw new InvalidPictureException(ImageFileCheck.Torn);
            if (lacked) remarks.Add("The end of the file was missing and has been repaired.");
            else if (file.Cut > 0 && ImageFileCheck.SayCut(original.AsSpan(original.Length - file.Cut)) is { } said) remarks.Add(said);
            // The bytes must hold what the header promises: a torn file is found now, not by a reader. Read from
            // top to bottom, in little memory.
            using var image = Image.NewFromBuffer(file.Bytes, access: Enums.Access.Sequential, failOn: Enums.FailOn.Truncated);
            if ((long)image.Width * image.Height > MaxPixels)
                throw new InvalidPictureException($"has more than {MaxPixels / 1_000_000} megapixels");
            // A JPEG has been read to its end above; whether a drawing can be drawn shows at any size.
            if (file.Type == "image/svg+xml") DrawSmall(file.Bytes, image);
            else if (file.Type != "image/jpeg") _ = image.Avg();
            var isAnimated = IsPrintedAnimated(file, image, animate, remarks);
            if (file.Type == "image/svg+xml" && DrawingCheck.NamesNoPixels(file.Bytes))
            {
                // Asked large, its proportions are not rounded.
                using var large = Image.SvgloadBuffer(
                    file.Bytes, scale: Math.Clamp(10_000.0 / Math.Max(image.Width, image.Height), 1, 100));
                var height = (int)Math.Clamp(Math.Round((double)large.Height * DrawingWidth / large.Width), 1, MaxPixels / DrawingWidth);
                return new(file, DrawingWidth, height, false, remarks);
            }
            var onItsSide = image.Contains("orientation") && image.Get("orientation") is int and >= 5;
            return onItsSide
                ? new(file, image.Height, image.Width, isAnimated, remarks)
                : new(file, image.Width, image.Height, isAnimated, remarks);
        }
        catch (VipsException e)
        {
            throw new InvalidPictureException(file.Type switch
            {
                "image/heic" => ImageFileCheck.NoHeic,
                "image/svg+xml" => DrawingCheck.CannotBeDrawn,
                _ => ImageFileCheck.Damaged,
            }, e);
        }
    }

    private static void DrawSmall(byte[] drawing, Image asLarge)
    {
        var (longer, shorter) = (Math.Max(asLarge.Width, asLarge.Height), Math.Min(asLarge.Width, asLarge.Height));
        using var small = Image.SvgloadBuffer(drawing, scale: Math.Min(1, Math.Max(200.0 / longer, 2.0 / shorter)));
        _ = small.Avg();
    }

    /// <summary>Whether it moves when it is printed; where it could and does not, a remark says why.</summary>
    private static bool IsPrintedAnimated(ImageFileCheck file, Image image, bool animate, List<string> remarks)
    {
        var animation = Animation.Of(image);
        var isMovingPng = file.Type == "image/png" && file.Bytes.AsSpan().IndexOf("acTL"u8) is > 0 and < 200;
        if (animation.Frames <= 1 && !isMovingPng) return false;
        if (animate)
        {
            if (file.Type is not ("image/gif" or "image/webp"))
                remarks.Add("It is animated, and only GIF and WebP can be shown moving: its first frame is used.");
            else if (animation.Lasts > Animation.Longest)
                remarks.Add("It moves for longer than five seconds: its first frame is used. Embed a video instead.");
            else if ((long)image.Width * image.Height * animation.Frames > MaxPixels)
                remarks.Add("It has too many frames for its size: its first frame is used. Make it smaller or shorter.");
            else
            {
                // Every frame must be whole.
                using var frames = Image.NewFromBuffer(
                    file.Bytes, "n=-1", access: Enums.Access.Sequential, failOn: Enums.FailOn.Truncated);
                _ = frames.Avg();
                return true;
            }
        }
        else remarks.Add("It is animated: only its first frame is used.");
        return false;
    }

    /// <summary>
    /// The sum of its pixels, where a JPEG decodes to its last block; else null. What is torn and ends all the
    /// same would be grey from there on.
    /// </summary>
    private static double? WholeJpeg(byte[] bytes)
    {
        try
        {
            return Sum(Enums.FailOn.Warning);
        }
        catch (VipsException e)
            when (e.Message.Contains("premature end", StringComparison.OrdinalIgnoreCase)
                || e.Message.Contains("bad Huffman", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
        catch (VipsException)
        {
            // Other complaints (bytes too many, an unknown colour transform) are about pictures that are whole.
        }
        return Sum(Enums.FailOn.Truncated);

        double Sum(Enums.FailOn failOn)
        {
            using var image = Image.NewFromBuffer(bytes, access: Enums.Access.Sequential, failOn: failOn);
            if ((long)image.Width * image.Height > MaxPixels)
                throw new InvalidPictureException($"has more than {MaxPixels / 1_000_000} megapixels");
            return image.Avg() * image.Width * image.Height;
        }
    }

    /// <summary>
    /// Gives a JPEG the end marker that it lacks, where its last block ends: what stands behind that is no picture. Where that is can
    /// only be tried: from the end in growing steps, then closer and closer.
    /// </summary>
    private static ImageFileCheck WithEnd(ImageFileCheck file)
    {
        var bytes = file.Bytes;
        var sum = Sum(bytes.Length) ?? throw new InvalidPictureException(ImageFileCheck.Torn);
        var (whole, step) = (bytes.Length, 1);
        var torn = Math.Max(0, whole - step);
        for (; torn > 0 && Sum(torn) == sum; torn = Math.Max(0, torn - (step *= 4))) whole = torn;
        while (whole - torn > 1)
        {
            var middle = torn + (whole - torn) / 2;
            if (Sum(middle) == sum) whole = middle;
            else torn = middle;
        }
        return file with { Bytes = [.. bytes.AsSpan(0, whole), 0xFF, 0xD9], Cut = bytes.Length - whole, LacksEnd = false };

        double? Sum(int at)
        {
            try
            {
                return WholeJpeg([.. bytes.AsSpan(0, at), 0xFF, 0xD9]);
            }
            catch (VipsException)
            {
                return null;
            }
        }
    }
}
