using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using NetVips;
using NewsHub.Core.Store;

namespace NewsHub.Core.Media;

/// <summary>
/// Develops pictures: takes originals in, and makes each rendition once, when it is first asked for or ahead of that. One original is
/// looked at, and one or two renditions are made, at a time: decoded pixels are the most memory that the program ever needs.
/// </summary>
public sealed partial class PictureProcessor(IMediaStore store, ILogger<PictureProcessor>? log = null) : IDisposable
{
    /// <summary>Decoding costs memory by the pixel, so what is too large is refused before it is decoded.</summary>
    private const long MaxPixels = 50_000_000;
    /// <summary>The largest original that is taken in.</summary>
    public const int MaxBytes = 40 * 1024 * 1024;

    /// <summary>A drawing that names no size in pixels is printed this wide.</summary>
    private const int DrawingWidth = 1600;
    private readonly RenditionQueue _queue = new();
    private readonly SemaphoreSlim _intake = new(1);
    private readonly SemaphoreSlim _looking = new(1);

    // What the disk did not take, for a while: each reader would else have it made anew.
    private static readonly TimeSpan UnkeptLasts = TimeSpan.FromMinutes(10);
    private readonly MemoryCache _unkept = new(new MemoryCacheOptions { SizeLimit = 32 * 1024 * 1024 });

    static PictureProcessor()
    {
        // One thread for a picture, and nothing kept of it when it is made.
        NetVips.NetVips.Concurrency = 1;
        (Cache.Max, Cache.MaxFiles, Cache.MaxMem) = (0, 0, 0);
    }

    /// <summary>Takes an upload in when its turn has come: until then none of its bytes are in memory.</summary>
    /// <param name="take">Reads the bytes and holds them.</param>
    public async Task<T> InTurnAsync<T>(Func<Task<T>> take, CancellationToken cancel = default)
    {
        await _intake.WaitAsync(cancel);
        try
        {
            return await take();
        }
        finally
        {
            _intake.Release();
        }
    }

    /// <summary>Takes in an original: finds out what it is by its bytes, measures it and keeps it.</summary>
    /// <param name="keep">False for a rehearsal: measured, not kept.</param>
    /// <returns>What whoever brought it should know, in sentences: that something was cut off, that of a moving picture the first
    /// moment is printed.</returns>
    /// <exception cref="InvalidPictureException">It is no picture that the paper prints, or it was removed from the server; the message
    /// says why.</exception>
    public async Task<IReadOnlyList<string>> TakeInAsync(
        Picture picture, byte[] original, bool keep = true, CancellationToken cancel = default)
    {
        if (original.Length > MaxBytes) throw new InvalidPictureException($"is larger than {MaxBytes / 1024 / 1024} MB");
        var hash = Hash(original);
        await RefuseRemovedAsync(hash);
        if (picture.Hash == hash && (!keep || await store.HasAsync(OriginalPath(hash), cancel))) return [];
        await _looking.WaitAsync(cancel);
        (ImageFileCheck File, int Width, int Height, List<string> Remarks) found;
        try
        {
            found = await Task.Run(() => Measure(original), cancel);
        }
        finally
        {
            _looking.Release();
            NativeMemory.GiveBack();
        }
        hash = Hash(found.File.Bytes);
        await RefuseRemovedAsync(hash);
        if (keep) await store.SaveAsync(OriginalPath(hash), found.File.Bytes, cancel);
        picture.Hold(hash, found.File.Type, found.Width, found.Height);
        return found.Remarks;
    }

    /// <summary>
    /// Before a picture is cut anew or replaced: how to note, afterwards, what it takes to make the renditions under its address of
    /// now. Whoever
    /// holds an old address gets what it named. Does nothing where the address stayed.
    /// </summary>
    public Func<Task> Remember(Picture picture)
    {
        var (key, ticket) = (picture.Key, TicketOf(picture));
        return () => key.Length == 0 || picture.Key == key ? Task.CompletedTask : NoteAsync(key, ticket);
    }

    /// <summary>The bytes of a rendition, made now if this is its first reader; null where the picture has no such rendition.</summary>
    /// <param name="asker">Who asks; of several the one with the fewest in the line goes first.</param>
    /// <exception cref="QueueFullException">Too many wait already.</exception>
    public Task<byte[]?> RenderAsync(Picture picture, Rendition rendition, string asker = "", CancellationToken cancel = default) =>
        RenderAsync(TicketOf(picture), rendition, asker, cancel);

    /// <summary>The same for an address that was a picture's before it was cut anew or replaced.</summary>
    /// <exception cref="QueueFullException">Too many wait already.</exception>
    public async Task<byte[]?> RenderFormerAsync(Rendition rendition, string asker = "", CancellationToken cancel = default) =>
        await TicketAtAsync(rendition.Key) is { Removed: null } ticket ? await RenderAsync(ticket, rendition, asker, cancel) : null;

    /// <summary>Makes a rendition before anybody asks for it, when no reader waits for one.</summary>
    /// <returns>Whether it had to be made.</returns>
    public async Task<bool> RenderAheadAsync(Picture picture, Rendition rendition, CancellationToken cancel)
    {
        var path = RenditionPath(rendition);
        if (await store.HasAsync(path, cancel)) return false;
        await _queue.MakeAheadAsync(path, () => Make(TicketOf(picture), rendition, path), cancel);
        return true;
    }

    /// <summary>A card for sharing, drawn when it is first asked for.</summary>
    /// <exception cref="QueueFullException">Too many wait already.</exception>
    public async Task<byte[]> RenderAsync(ShareCard card, string asker = "", CancellationToken cancel = default)
    {
        var path = $"cards/{card.Key}.jpg";
        if (_unkept.Get<byte[]>(path) is { } unkept) return unkept;
        if (await store.ReadAsync(path, cancel) is { } made) return made;
        return (await _queue.AskAsync(path, asker, () =>
        {
            var bytes = card.Draw();
            Keep(path, bytes);
            return bytes;
        }, cancel))!;
    }

    /// <summary>A rendition that was made before, or null.</summary>
    public async Task<byte[]?> FindAsync(Rendition rendition) =>
        _unkept.Get<byte[]>(RenditionPath(rendition)) ?? await store.ReadAsync(RenditionPath(rendition));

    /// <summary>The same to be sent as it is read. The caller closes it.</summary>
    public Task<Stream?> OpenAsync(Rendition rendition, CancellationToken cancel = default) =>
        store.OpenAsync(RenditionPath(rendition), cancel);

    /// <summary>The bytes as they were taken in.</summary>
    public Task<byte[]?> OriginalAsync(Picture picture) => store.ReadAsync(OriginalPath(picture.Hash));

    /// <summary>What an original says about itself; blank where it is not there.</summary>
    public async Task<PhotoMetadata> ReadMetadataAsync(Picture picture, CancellationToken cancel = default)
    {
        if (picture.Hash.Length == 0) return PhotoMetadata.Blank;
        await using var original = await store.OpenAsync(OriginalPath(picture.Hash), cancel);
        return original is null ? PhotoMetadata.Blank : PhotoMetadata.Read(original);
    }

    public void Dispose()
    {
        _queue.Dispose();
        _intake.Dispose();
        _looking.Dispose();
        _unkept.Dispose();
    }

    private async Task<byte[]?> RenderAsync(Ticket picture, Rendition rendition, string asker, CancellationToken cancel)
    {
        if (!Rendition.IsOffered(rendition, picture.Width, picture.Height)) return null;
        // Many readers of one new front ask for one picture at once: it is made once.
        var path = RenditionPath(rendition);
        return await _queue.AskAsync(path, asker, () => Make(picture, rendition, path), cancel);
    }

    /// <summary>
    /// On a thread of the queue's own: nothing of the picture is read before its turn, and others' work does not wait for it.
    /// </summary>
    private byte[]? Make(Ticket picture, Rendition rendition, string path)
    {
        if (_unkept.Get<byte[]>(path) is { } unkept) return unkept;
        if (Wait(store.ReadAsync(path)) is { } made) return made;
        using var original = Wait(store.OpenAsync(OriginalPath(picture.Hash)));
        if (original is null) return null;
        byte[] bytes;
        try
        {
            bytes = Print(picture, original, rendition);
        }
        catch (VipsException)
        {
            // An original that broke on the disk, or from before such files were refused: there is no picture to show.
            return null;
        }
        Keep(path, bytes);
        // It may have been removed while it was being made.
        if (Wait(TicketAtAsync(rendition.Key)) is not { Removed: not null }) return bytes;
        Wait(store.DeleteAsync(path));
        _unkept.Remove(path);
        return null;
    }

    /// <summary>Keeps what can be made anew at any time. Where the disk does not take it, readers see it all the same.</summary>
    private void Keep(string path, byte[] bytes)
    {
        try
        {
            Wait(store.SaveAsync(path, bytes));
        }
        catch (Exception e) when (StorageFailure.Of(e) is not null)
        {
            _unkept.Set(path, bytes, new MemoryCacheEntryOptions { Size = bytes.Length, AbsoluteExpirationRelativeToNow = UnkeptLasts });
            if (log is not null) Unkept(log, e);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "A picture was made for a reader and could not be kept on the disk; it is shown from memory.")]
    private static partial void Unkept(ILogger log, Exception e);

    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private static void Wait(Task task) => task.GetAwaiter().GetResult();

    private static byte[] Print(Ticket picture, Stream original, Rendition rendition)
    {
        // A page of before may name a width at which the picture is taller than its format can be.
        var (cutWidth, cutHeight) = rendition.Crop is Crop.Card
            ? Rendition.CardSize(picture.Width, picture.Height)
            : (picture.Width, picture.Height);
        var width = Math.Min(rendition.Width, Rendition.Widest(rendition.Format, cutWidth, cutHeight));
        var factor = (double)width / cutWidth;
        var height = Math.Max(1, (int)Math.Round(cutHeight * factor));
        var (wholeWidth, wholeHeight) = rendition.Crop is Crop.Full ? (width, height)
            : (Math.Max(width, (int)Math.Round(picture.Width * factor)), Math.Max(height, (int)Math.Round(picture.Height * factor)));
        // Decoded small where the format can be (JPEG, WebP), drawn at this size where it is a drawing, and put upright.
        using var whole = Image.ThumbnailStream(original, wholeWidth, height: wholeHeight, size: Enums.Size.Force);
        using var cut = rendition.Crop is Crop.Card ? CutAround(whole, width, height, picture.FocusX, picture.FocusY) : whole.Copy();
        using var colour = Colour(cut);
        using var opaque = colour.HasAlpha() ? colour.Flatten(background: [252, 250, 245]) : colour.Copy();
        // Places and cameras stay private: all that the file said goes, but for who made it and what it shows, in metadata of our own.
        var metadata = PhotoMetadata.Read(whole);
        using var print = opaque.Mutate(label =>
        {
            if (opaque.Contains("xmp-data")) label.Remove("xmp-data");
            if (!metadata.IsBlank) label.Set(GValue.BlobType, "xmp-data", metadata.ToXmp());
        });
        const Enums.ForeignKeep keep = Enums.ForeignKeep.Icc | Enums.ForeignKeep.Xmp;
        return rendition.Format switch
        {
            "avif" => print.HeifsaveBuffer(q: 52, effort: 3, compression: Enums.ForeignHeifCompression.Av1, keep: keep),
            "webp" => print.WebpsaveBuffer(q: 76, effort: 4, keep: keep),
            _ => print.JpegsaveBuffer(q: 78, interlace: true, optimizeCoding: true, keep: keep),
        };
    }

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

    private static (ImageFileCheck File, int Width, int Height, List<string> Remarks) Measure(byte[] original)
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
            // A JPEG has been read to its end above.
            if (file.Type != "image/jpeg") _ = image.Avg();
            var pages = image.Contains("n-pages") ? image.Get("n-pages") as int? : 1;
            if (pages > 1 || file.Type == "image/png" && file.Bytes.AsSpan().IndexOf("acTL"u8) is > 0 and < 200)
                remarks.Add("It is animated: only its first frame is used.");
            if (file.Type == "image/svg+xml" && DrawingCheck.NamesNoPixels(file.Bytes))
            {
                // Asked large, its proportions are not rounded.
                using var large = Image.SvgloadBuffer(
                    file.Bytes, scale: Math.Clamp(10_000.0 / Math.Max(image.Width, image.Height), 1, 100));
                var height = (int)Math.Clamp(Math.Round((double)large.Height * DrawingWidth / large.Width), 1, MaxPixels / DrawingWidth);
                return (file, DrawingWidth, height, remarks);
            }
            var onItsSide = image.Contains("orientation") && image.Get("orientation") is int and >= 5;
            return onItsSide ? (file, image.Height, image.Width, remarks) : (file, image.Width, image.Height, remarks);
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
        {
            var isTorn = e.Message.Contains("premature end", StringComparison.OrdinalIgnoreCase)
                || e.Message.Contains("bad Huffman", StringComparison.OrdinalIgnoreCase);
            // Other complaints (bytes too many, an unknown colour transform) are about pictures that are whole.
            return isTorn ? null : Sum(Enums.FailOn.Truncated);
        }

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
    /// only be tried:
    /// from the end in growing steps, then closer and closer.
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

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static Ticket TicketOf(Picture picture) =>
        new(picture.Hash, picture.Width, picture.Height, picture.FocusX, picture.FocusY, picture.File);

    private static string OriginalPath(string hash) => $"originals/{hash[..2]}/{hash}";

    /// <summary>Beside the originals: renditions may be thrown away, and no backup holds them.</summary>
    private static string TicketPath(string key) => $"{TicketFolder}/{key}.json";

    private static string RenditionPath(Rendition rendition) => $"renditions/{rendition.Key[..2]}/{rendition.Key}/{rendition.Name}";

    private async Task<Ticket?> TicketAtAsync(string key) =>
        await store.ReadAsync(TicketPath(key)) is { } note ? JsonSerializer.Deserialize<Ticket>(note) : null;

    /// <summary>What it takes to make a rendition.</summary>
    /// <param name="File">The picture's name; null in notes from before it was noted.</param>
    /// <param name="Removed">When it was removed from the server: then there is nothing to make it of, and this is what its address
    /// says.</param>
    private sealed record Ticket(
        string Hash, int Width, int Height, double FocusX, double FocusY, string? File = null, DateTimeOffset? Removed = null);
}
