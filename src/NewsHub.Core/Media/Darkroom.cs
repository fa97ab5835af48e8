using System.Collections.Concurrent;
using System.Security.Cryptography;
using NetVips;

namespace NewsHub.Core.Media;

/// <summary>Develops pictures: takes originals in, and makes each rendition once, when it is first asked for.</summary>
public sealed class Darkroom(IMediaStore store) : IDisposable
{
    /// <summary>Decoding costs memory by the pixel, so what is too large is refused before it is decoded.</summary>
    private const long MaxPixels = 50_000_000;
    private const int MaxBytes = 40 * 1024 * 1024;

    private readonly SemaphoreSlim _bench = new(Math.Max(1, Environment.ProcessorCount - 1));
    private readonly ConcurrentDictionary<string, Lazy<Task<byte[]?>>> _developing = new();

    /// <summary>Takes in an original: finds out what it is by its bytes, measures it and keeps it.</summary>
    /// <param name="keep">False for a rehearsal: measured, not kept.</param>
    /// <exception cref="InvalidPictureException">It is no picture that the paper prints; the message says why.</exception>
    public async Task HoldAsync(Picture picture, byte[] original, bool keep = true, CancellationToken cancel = default)
    {
        if (original.Length > MaxBytes) throw new InvalidPictureException($"is larger than {MaxBytes / 1024 / 1024} MB");
        var hash = Convert.ToHexStringLower(SHA256.HashData(original));
        if (picture.Hash == hash && (!keep || await OriginalAsync(picture) is not null)) return;
        var (type, width, height) = Measure(original);
        if (keep) await store.SaveAsync(OriginalPath(hash), original, cancel);
        picture.Hold(hash, type, width, height);
    }

    /// <summary>The bytes of a rendition, made now if this is its first reader; null where the picture has no such rendition.</summary>
    public async Task<byte[]?> DevelopAsync(Picture picture, Rendition rendition)
    {
        if (!Rendition.Widths(rendition.Crop, picture.Width, picture.Height).Contains(rendition.Width)) return null;
        var path = RenditionPath(rendition);
        // Many readers of one new front ask for one picture at once: it is made once.
        var making = _developing.GetOrAdd(path, _ => new(() => MakeAsync(picture, rendition, path)));
        try
        {
            return await making.Value;
        }
        finally
        {
            _developing.TryRemove(path, out _);
        }
    }

    /// <summary>A rendition that was made before, or null.</summary>
    public Task<byte[]?> FindAsync(Rendition rendition) => store.ReadAsync(RenditionPath(rendition));

    /// <summary>The bytes as they were taken in.</summary>
    public Task<byte[]?> OriginalAsync(Picture picture) => store.ReadAsync(OriginalPath(picture.Hash));

    public void Dispose() => _bench.Dispose();

    private async Task<byte[]?> MakeAsync(Picture picture, Rendition rendition, string path)
    {
        if (await store.ReadAsync(path) is { } made) return made;
        if (await store.ReadAsync(OriginalPath(picture.Hash)) is not { } original) return null;
        await _bench.WaitAsync();
        try
        {
            var bytes = await Task.Run(() => Print(picture, original, rendition));
            await store.SaveAsync(path, bytes);
            return bytes;
        }
        finally
        {
            _bench.Release();
        }
    }

    private static byte[] Print(Picture picture, byte[] original, Rendition rendition)
    {
        using var full = Image.NewFromBuffer(original);
        using var upright = full.Autorot();
        using var cut = rendition.Crop is Crop.Card ? CutAround(upright, picture.FocusX, picture.FocusY) : upright.Copy();
        using var small = cut.Resize((double)rendition.Width / cut.Width);
        // Grey and 16-bit pictures become colour before the paper's tint, which has three bands of 8 bits, is laid under them.
        using var colour = small.Interpretation == Enums.Interpretation.Srgb ? small.Copy() : small.Colourspace(Enums.Interpretation.Srgb);
        using var print = colour.HasAlpha() ? colour.Flatten(background: [252, 250, 245]) : colour.Copy();
        // Keep no metadata: places and cameras stay private; caption and credit are printed in the page.
        return rendition.Format switch
        {
            "avif" => print.HeifsaveBuffer(q: 52, effort: 3, compression: Enums.ForeignHeifCompression.Av1, keep: Enums.ForeignKeep.Icc),
            "webp" => print.WebpsaveBuffer(q: 76, effort: 4, keep: Enums.ForeignKeep.Icc),
            _ => print.JpegsaveBuffer(q: 78, interlace: true, optimizeCoding: true, keep: Enums.ForeignKeep.Icc),
        };
    }

    private static Image CutAround(Image image, double focusX, double focusY)
    {
        var (width, height) = Rendition.CardSize(image.Width, image.Height);
        var left = (int)Math.Clamp(focusX * image.Width - width / 2.0, 0, image.Width - width);
        var top = (int)Math.Clamp(focusY * image.Height - height / 2.0, 0, image.Height - height);
        return image.Crop(left, top, width, height);
    }

    private static (string Type, int Width, int Height) Measure(byte[] original)
    {
        try
        {
            var loader = Image.FindLoadBuffer(original);
            var type = loader switch
            {
                "VipsForeignLoadJpegBuffer" => "image/jpeg",
                "VipsForeignLoadPngBuffer" => "image/png",
                "VipsForeignLoadWebpBuffer" => "image/webp",
                "VipsForeignLoadSvgBuffer" => "image/svg+xml",
                _ => throw new InvalidPictureException("is not a JPEG, PNG, WebP or SVG picture"),
            };
            // The bytes must hold what the header promises: a torn file is found now, not by a reader.
            using var image = Image.NewFromBuffer(original, failOn: Enums.FailOn.Truncated);
            if ((long)image.Width * image.Height > MaxPixels) throw new InvalidPictureException($"has more than {MaxPixels / 1_000_000} megapixels");
            using var upright = image.Autorot();
            _ = upright.Avg();
            return (type, upright.Width, upright.Height);
        }
        catch (VipsException e)
        {
            throw new InvalidPictureException("cannot be read as a picture: " + e.Message.Split('\n')[0].Trim(), e);
        }
    }

    private static string OriginalPath(string hash) => $"originals/{hash[..2]}/{hash}";

    private static string RenditionPath(Rendition rendition) => $"renditions/{rendition.Key[..2]}/{rendition.Key}/{rendition.Name}";
}
