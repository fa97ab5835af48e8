namespace NewsHub.Core.Media;

/// <summary>What it takes to make a rendition; kept as JSON for each former address of a picture.</summary>
/// <param name="Hash">SHA-256 of the original, hexadecimal.</param>
/// <param name="Width">Pixels of what is printed: of the crop, or of the whole original.</param>
/// <param name="File">The picture's name; null in notes from before it was noted.</param>
/// <param name="Removed">When it was removed from the server: then there is nothing to make it of, and this is what its address
/// says.</param>
internal sealed record RenditionSource(
    string Hash, int Width, int Height, double FocusX, double FocusY, string? File = null, DateTimeOffset? Removed = null)
{
    /// <summary>The whole of which a part is printed; null where all of it is.</summary>
    public WholeOfCrop? CroppedFrom { get; init; }

    public bool IsAnimated { get; init; }
}

/// <summary>An original of which a part is printed, in pixels, and where in it that part begins.</summary>
internal sealed record WholeOfCrop(int Width, int Height, int Left, int Top);
