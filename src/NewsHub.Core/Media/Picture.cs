using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NewsHub.Core.Events;

namespace NewsHub.Core.Media;

/// <summary>A picture in the library. It can be used once it has alt text and a credit.</summary>
public sealed class Picture
{
    /// <summary>
    /// Raised when renditions come out differently than before, so that their addresses change too. A picture that is in a store already
    /// keeps its address until it is next described or replaced, and what it named stays there (<see cref="PictureProcessor.Remember"/>).
    /// </summary>
    private const int Recipe = 2;

    private Picture() { }

    public Picture(string file) => File = file;

    public long Id { get; private set; }

    /// <summary>The name editors and content files use; unique.</summary>
    public string File { get; private set; } = "";

    /// <summary>SHA-256 of the original's bytes, hexadecimal.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>Names the renditions' addresses: changes with the bytes, the crop, the focus or the recipe, so each address is
    /// immutable.</summary>
    public string Key { get; private set; } = "";
    public string ContentType { get; private set; } = "";

    /// <summary>Pixels of what is printed, upright: of the crop, or of the whole original.</summary>
    public int Width { get; private set; }
    public int Height { get; private set; }

    /// <summary>Pixels of the original, upright.</summary>
    public int OriginalWidth { get; private set; }
    public int OriginalHeight { get; private set; }

    /// <summary>Where the crop begins in the original, in pixels.</summary>
    public int Left { get; private set; }
    public int Top { get; private set; }

    /// <summary>Whether the whole picture, where it is shown whole, is printed as an animation.</summary>
    public bool IsAnimated { get; private set; }

    /// <summary>Whether files of its kind can be printed as animations.</summary>
    internal bool MayBeAnimated => ContentType is "image/gif" or "image/webp";

    /// <summary>The part of the original that is printed.</summary>
    public CropArea Area => new(Left, Top, Width, Height);

    /// <summary>All of the original.</summary>
    public CropArea Whole => new(0, 0, OriginalWidth, OriginalHeight);

    /// <summary>Whether only a part of the original is printed.</summary>
    public bool IsCropped => Area != Whole;

    public string Alt { get; private set; } = "";
    public string? Caption { get; private set; }
    public string Credit { get; private set; } = "";
    public string? Licence { get; private set; }

    /// <summary>Where it came from, for the list of pictures.</summary>
    public string? Source { get; private set; }

    /// <summary>What must stay where a page crops it to a shape of its own: 0 to 1 from the left edge of what is printed.</summary>
    public double FocusX { get; private set; } = 0.5;

    /// <summary>0 to 1 from the top edge.</summary>
    public double FocusY { get; private set; } = 0.5;

    /// <summary>When it came into the library; null for one that came from a content folder before libraries noted it.</summary>
    public DateTimeOffset? AddedAt { get; private set; }

    /// <summary>Who brought it.</summary>
    public string? AddedBy { get; private set; }

    /// <summary>Taken out of use: kept for the stories that print it, offered for no other.</summary>
    public DateTimeOffset? RetiredAt { get; private set; }

    /// <summary>Alt text and credit are there, and the bytes: a story may print it.</summary>
    public bool IsReady => Hash.Length > 0 && !string.IsNullOrWhiteSpace(Alt) && !string.IsNullOrWhiteSpace(Credit);

    public void Bring(Actor by, DateTimeOffset now) => (AddedBy, AddedAt) = (by.Name, now);

    public void Retire(DateTimeOffset? now) => RetiredAt = now;

    /// <exception cref="ArgumentException">The area does not lie within the original.</exception>
    public void Describe(PictureDescription said)
    {
        if (said.Area is { } area)
        {
            if (!area.IsWithin(OriginalWidth, OriginalHeight))
                throw new ArgumentException("The crop lies outside the original.", nameof(said));
            (Left, Top, Width, Height) = (area.Left, area.Top, area.Width, area.Height);
        }
        (Alt, Caption, Credit, Licence, Source) = (said.Alt, said.Caption, said.Credit, said.Licence, said.Source);
        (FocusX, FocusY) = (Math.Clamp(said.FocusX, 0, 1), Math.Clamp(said.FocusY, 0, 1));
        Rekey();
    }

    /// <summary>The original, as the media store now holds it. Another one is printed whole.</summary>
    public void Hold(string hash, string contentType, int width, int height, bool isAnimated = false)
    {
        if (hash != Hash || (width, height) != (OriginalWidth, OriginalHeight)) (Left, Top, Width, Height) = (0, 0, width, height);
        (Hash, ContentType, OriginalWidth, OriginalHeight, IsAnimated) = (hash, contentType, width, height, isAnimated);
        Rekey();
    }

    public PictureUse Use(string? caption = null, string? alt = null) =>
        new(Key, File, Width, Height, string.IsNullOrWhiteSpace(alt) ? Alt : alt, caption ?? Caption, Credit, IsAnimated);

    private void Rekey()
    {
        var identity = string.Create(CultureInfo.InvariantCulture, $"{Hash}|{FocusX:0.###}|{FocusY:0.###}|{Recipe}");
        if (IsCropped) identity += string.Create(CultureInfo.InvariantCulture, $"|{Left},{Top},{Width},{Height}");
        Key = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(identity)))[..20];
    }
}

/// <summary>What somebody says of a picture.</summary>
/// <param name="FocusX">What must stay where a page crops it, from the left edge (0) of what is printed to the right (1).</param>
/// <param name="FocusY">The same from the top to the bottom.</param>
/// <param name="Area">The part of the original that is printed; null where that stays as it is.</param>
public sealed record PictureDescription(
    string Alt, string? Caption, string Credit, string? Licence, string? Source, double FocusX = 0.5, double FocusY = 0.5,
    CropArea? Area = null);
