namespace NewsHub.Core.Media;

/// <summary>A part of an original, in its pixels.</summary>
public readonly record struct CropArea(int Left, int Top, int Width, int Height)
{
    /// <summary>What is smaller is no picture to print. In pixels; an original that is smaller itself is printed whole.</summary>
    public const int Least = 16;

    /// <summary>Whether it lies within an original of this size, and is large enough to be printed.</summary>
    public bool IsWithin(int width, int height) =>
        Left >= 0 && Top >= 0 && Width >= Math.Min(Least, width) && Height >= Math.Min(Least, height)
        && Width <= width - Left && Height <= height - Top;

    /// <summary>Where a point of another part (0 to 1 from its left and top edges) lies in this one, or next to it at its edge.</summary>
    public (double X, double Y) PointFrom(CropArea other, double x, double y) =>
        (Math.Clamp((other.Left + x * other.Width - Left) / Width, 0, 1), Math.Clamp((other.Top + y * other.Height - Top) / Height, 0, 1));
}
