using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using NetVips;

namespace NewsHub.Core.Media;

/// <summary>Develops pictures: takes originals in, and makes each rendition once, when it is first asked for.</summary>
public sealed class Darkroom(IMediaStore store) : IDisposable
{
    /// <summary>Decoding costs memory by the pixel, so what is too large is refused before it is decoded.</summary>
    private const long MaxPixels = 50_000_000;
    /// <summary>The largest original that is taken in.</summary>
    public const int MaxBytes = 40 * 1024 * 1024;

    private readonly SemaphoreSlim _bench = new(Math.Max(1, Environment.ProcessorCount - 1));
    private readonly ConcurrentDictionary<string, Lazy<Task<byte[]?>>> _developing = new();

    /// <summary>Takes in an original: finds out what it is by its bytes, measures it and keeps it.</summary>
    /// <param name="keep">False for a rehearsal: measured, not kept.</param>
    /// <exception cref="InvalidPictureException">It is no picture that the paper prints; the message says why.</exception>
    public async Task HoldAsync(Picture picture, byte[] original, bool keep = true, CancellationToken cancel = default)
    {
        if (original.Length > MaxBytes) throw new InvalidPictureException($"is larger than {MaxBytes / 1024 / 1024} MB");
        var hash = Hash(original);
        if (picture.Hash == hash && (!keep || await OriginalAsync(picture) is not null)) return;
        await _bench.WaitAsync(cancel);
        (byte[] Bytes, string Type, int Width, int Height) found;
        try
        {
            found = await Task.Run(() => Measure(original), cancel);
        }
        finally
        {
            _bench.Release();
        }
        hash = Hash(found.Bytes);
        if (keep) await store.SaveAsync(OriginalPath(hash), found.Bytes, cancel);
        picture.Hold(hash, found.Type, found.Width, found.Height);
    }

    /// <summary>
    /// Before a picture is cut anew or replaced: how to note, afterwards, what it takes to make the renditions under its address of now. Whoever
    /// holds an old address gets what it named. Does nothing where the address stayed.
    /// </summary>
    public Func<Task> Remember(Picture picture)
    {
        var (key, ticket) = (picture.Key, TicketOf(picture));
        return () => key.Length == 0 || picture.Key == key ? Task.CompletedTask : store.SaveAsync(TicketPath(key), JsonSerializer.SerializeToUtf8Bytes(ticket));
    }

    /// <summary>The bytes of a rendition, made now if this is its first reader; null where the picture has no such rendition.</summary>
    public Task<byte[]?> DevelopAsync(Picture picture, Rendition rendition) =>
        DevelopAsync(TicketOf(picture), rendition);

    /// <summary>The same for an address that was a picture's before it was cut anew or replaced.</summary>
    public async Task<byte[]?> DevelopFormerAsync(Rendition rendition) =>
        await store.ReadAsync(TicketPath(rendition.Key)) is { } note && JsonSerializer.Deserialize<Ticket>(note) is { } ticket ? await DevelopAsync(ticket, rendition) : null;

    private async Task<byte[]?> DevelopAsync(Ticket picture, Rendition rendition)
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

    /// <summary>A card for sharing, drawn when it is first asked for.</summary>
    public async Task<byte[]> DevelopAsync(ShareCard card)
    {
        var path = $"cards/{card.Key}.jpg";
        if (await store.ReadAsync(path) is { } made) return made;
        await _bench.WaitAsync();
        try
        {
            var bytes = await Task.Run(card.Draw);
            await store.SaveAsync(path, bytes);
            return bytes;
        }
        finally
        {
            _bench.Release();
        }
    }

    /// <summary>A rendition that was made before, or null.</summary>
    public Task<byte[]?> FindAsync(Rendition rendition) => store.ReadAsync(RenditionPath(rendition));

    /// <summary>The bytes as they were taken in.</summary>
    public Task<byte[]?> OriginalAsync(Picture picture) => store.ReadAsync(OriginalPath(picture.Hash));

    public void Dispose() => _bench.Dispose();

    private async Task<byte[]?> MakeAsync(Ticket picture, Rendition rendition, string path)
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

    private static byte[] Print(Ticket picture, byte[] original, Rendition rendition)
    {
        using var full = Image.NewFromBuffer(original);
        using var upright = full.Autorot();
        using var cut = rendition.Crop is Crop.Card ? CutAround(upright, picture.FocusX, picture.FocusY) : upright.Copy();
        using var small = cut.Resize((double)rendition.Width / cut.Width);
        using var colour = Colour(small);
        using var opaque = colour.HasAlpha() ? colour.Flatten(background: [252, 250, 245]) : colour.Copy();
        // Places and cameras stay private: all that the file said goes, but for who made it and what it shows, on a slip of our own.
        var slip = CaptionSlip.Read(full);
        using var print = opaque.Mutate(label =>
        {
            if (opaque.Contains("xmp-data")) label.Remove("xmp-data");
            if (!slip.IsBlank) label.Set(GValue.BlobType, "xmp-data", slip.ToXmp());
        });
        const Enums.ForeignKeep keep = Enums.ForeignKeep.Icc | Enums.ForeignKeep.Xmp;
        return rendition.Format switch
        {
            "avif" => print.HeifsaveBuffer(q: 52, effort: 3, compression: Enums.ForeignHeifCompression.Av1, keep: keep),
            "webp" => print.WebpsaveBuffer(q: 76, effort: 4, keep: keep),
            _ => print.JpegsaveBuffer(q: 78, interlace: true, optimizeCoding: true, keep: keep),
        };
    }

    /// <summary>Grey, 16-bit and printers' pictures become colour before the paper's tint, which has three bands of 8 bits, is laid under them.</summary>
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

    private static Image CutAround(Image image, double focusX, double focusY)
    {
        var (width, height) = Rendition.CardSize(image.Width, image.Height);
        var left = (int)Math.Clamp(focusX * image.Width - width / 2.0, 0, image.Width - width);
        var top = (int)Math.Clamp(focusY * image.Height - height / 2.0, 0, image.Height - height);
        return image.Crop(left, top, width, height);
    }

    private static (byte[] Bytes, string Type, int Width, int Height) Measure(byte[] original)
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
            var bytes = WholeFile.Of(original, type);
            // The bytes must hold what the header promises: a torn file is found now, not by a reader. Read from top to bottom, in little memory.
            using var image = Image.NewFromBuffer(bytes, access: Enums.Access.Sequential, failOn: Enums.FailOn.Truncated);
            if ((long)image.Width * image.Height > MaxPixels) throw new InvalidPictureException($"has more than {MaxPixels / 1_000_000} megapixels");
            _ = image.Avg();
            var onItsSide = image.Contains("orientation") && image.Get("orientation") is int and >= 5;
            return onItsSide ? (bytes, type, image.Height, image.Width) : (bytes, type, image.Width, image.Height);
        }
        catch (VipsException e)
        {
            throw new InvalidPictureException("cannot be read as a picture: " + e.Message.Split('\n')[0].Trim(), e);
        }
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static Ticket TicketOf(Picture picture) => new(picture.Hash, picture.Width, picture.Height, picture.FocusX, picture.FocusY);

    private static string OriginalPath(string hash) => $"originals/{hash[..2]}/{hash}";

    /// <summary>Beside the originals: renditions may be thrown away, and no backup holds them.</summary>
    private static string TicketPath(string key) => $"originals/addresses/{key}.json";

    private static string RenditionPath(Rendition rendition) => $"renditions/{rendition.Key[..2]}/{rendition.Key}/{rendition.Name}";

    /// <summary>What it takes to make a rendition.</summary>
    private sealed record Ticket(string Hash, int Width, int Height, double FocusX, double FocusY);
}
