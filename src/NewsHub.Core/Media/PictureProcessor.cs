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
    /// <summary>The largest original that is taken in.</summary>
    public const int MaxBytes = 40 * 1024 * 1024;

    /// <summary>As wide as a picture is shown to whoever crops it.</summary>
    private const int WholeWidth = 1280;

    /// <summary>
    /// For the whole program: the library keeps what it complains of in one place for all threads, and whoever reads it there clears it. Of
    /// two checks at once, one would not learn that its JPEG is torn.
    /// </summary>
    private static readonly SemaphoreSlim Checking = new(1);

    private readonly RenditionQueue _queue = new();
    private readonly SemaphoreSlim _intake = new(1);

    // What the disk or the object store did not take, for a while: each reader would else have it made anew.
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
    /// <param name="animate">Whether the paper prints animations; else of each the first frame.</param>
    /// <returns>What whoever brought it should know, in sentences: that something was cut off, that of a moving picture the first
    /// moment is printed.</returns>
    /// <exception cref="InvalidPictureException">It is no picture that the paper prints, or it was removed from the server; the message
    /// says why.</exception>
    public async Task<IReadOnlyList<string>> TakeInAsync(
        Picture picture, byte[] original, bool keep = true, bool animate = false, CancellationToken cancel = default)
    {
        if (original.Length > MaxBytes) throw new InvalidPictureException($"is larger than {MaxBytes / 1024 / 1024} MB");
        var hash = Hash(original);
        await RefuseRemovedAsync(hash);
        var isHeldSo = picture.Hash == hash && (picture.IsAnimated == animate || !picture.MayBeAnimated);
        if (isHeldSo && (!keep || await store.HasAsync(OriginalPath(hash), cancel))) return [];
        await Checking.WaitAsync(cancel);
        OriginalCheck found;
        try
        {
            found = await Task.Run(() => OriginalCheck.Of(original, animate), cancel);
        }
        finally
        {
            Checking.Release();
            NativeMemory.GiveBack();
        }
        hash = Hash(found.File.Bytes);
        await RefuseRemovedAsync(hash);
        if (keep) await store.SaveAsync(OriginalPath(hash), found.File.Bytes, cancel);
        picture.Hold(hash, found.File.Type, found.Width, found.Height, found.IsAnimated);
        return found.Remarks;
    }

    /// <summary>
    /// Before a picture is cropped anew or replaced: how to note, afterwards, what it takes to make the renditions under its address
    /// of now. Whoever holds an old address gets what it named. Does nothing where the address stayed.
    /// </summary>
    public Func<Task> Remember(Picture picture)
    {
        var (key, source) = (picture.Key, SourceOf(picture));
        return () => key.Length == 0 || picture.Key == key ? Task.CompletedTask : NoteAsync(key, source);
    }

    /// <summary>The bytes of a rendition, made now if this is its first reader; null where the picture has no such rendition.</summary>
    /// <param name="asker">Who asks; of several the one with the fewest in the line goes first.</param>
    /// <exception cref="QueueFullException">Too many wait already.</exception>
    public Task<byte[]?> RenderAsync(Picture picture, Rendition rendition, string asker = "", CancellationToken cancel = default) =>
        RenderAsync(SourceOf(picture), rendition, asker, cancel);

    /// <summary>The same for an address that was a picture's before it was cut anew or replaced.</summary>
    /// <exception cref="QueueFullException">Too many wait already.</exception>
    public async Task<byte[]?> RenderFormerAsync(Rendition rendition, string asker = "", CancellationToken cancel = default) =>
        await SourceAtAsync(rendition.Key) is { Removed: null } source ? await RenderAsync(source, rendition, asker, cancel) : null;

    /// <summary>All of an original, whatever part of it is printed, for whoever crops it: WebP, at most 1,280 pixels wide. It is not
    /// kept, and has no address of its own.</summary>
    /// <exception cref="QueueFullException">Too many wait already.</exception>
    public Task<byte[]?> RenderWholeAsync(Picture picture, string asker = "", CancellationToken cancel = default)
    {
        var source = SourceOf(picture) with { Width = picture.OriginalWidth, Height = picture.OriginalHeight, CroppedFrom = null };
        var widths = Rendition.Widths(Crop.Full, source.Width, source.Height, "webp");
        var rendition = new Rendition(picture.Key, Crop.Full, widths.LastOrDefault(w => w <= WholeWidth, widths[0]), "webp");
        return _queue.AskAsync($"whole/{picture.Hash}", asker, () => Encode(source, rendition), cancel);
    }

    /// <summary>Makes a rendition before anybody asks for it, when no reader waits for one.</summary>
    /// <returns>Whether it had to be made.</returns>
    public async Task<bool> RenderAheadAsync(Picture picture, Rendition rendition, CancellationToken cancel)
    {
        var path = RenditionPath(rendition);
        if (await store.HasAsync(path, cancel)) return false;
        await _queue.MakeAheadAsync(path, () => Make(SourceOf(picture), rendition, path), cancel);
        return true;
    }

    /// <summary>The names of a picture's renditions that have been made: by one question, where an object store is asked.</summary>
    public async Task<IReadOnlySet<string>> MadeAsync(Picture picture, CancellationToken cancel = default) =>
        (await store.ListAsync(RenditionFolder(picture.Key), cancel)).Select(path => path[(path.LastIndexOf('/') + 1)..]).ToHashSet();

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
    public async Task<Stream?> OpenAsync(Rendition rendition, CancellationToken cancel = default) =>
        _unkept.Get<byte[]>(RenditionPath(rendition)) is { } unkept
            ? new MemoryStream(unkept, writable: false)
            : await store.OpenAsync(RenditionPath(rendition), cancel);

    /// <summary>Where in the media store a rendition is; null where it has not been made, or was not kept.</summary>
    public async Task<string?> PathOfAsync(Rendition rendition, CancellationToken cancel = default)
    {
        var path = RenditionPath(rendition);
        return !_unkept.TryGetValue(path, out _) && await store.HasAsync(path, cancel) ? path : null;
    }

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
        _unkept.Dispose();
    }

    private async Task<byte[]?> RenderAsync(RenditionSource picture, Rendition rendition, string asker, CancellationToken cancel)
    {
        if (rendition.Crop is Crop.Animated && !picture.IsAnimated) return null;
        if (!Rendition.IsOffered(rendition, picture.Width, picture.Height)) return null;
        // Many readers of one new front ask for one picture at once: it is made once.
        var path = RenditionPath(rendition);
        return await _queue.AskAsync(path, asker, () => Make(picture, rendition, path), cancel);
    }

    /// <summary>
    /// On a thread of the queue's own: nothing of the picture is read before its turn, and others' work does not wait for it.
    /// </summary>
    private byte[]? Make(RenditionSource picture, Rendition rendition, string path)
    {
        if (_unkept.Get<byte[]>(path) is { } unkept) return unkept;
        if (Wait(store.ReadAsync(path)) is { } made) return made;
        if (Encode(picture, rendition) is not { } bytes) return null;
        Keep(path, bytes);
        // It may have been removed while it was being made.
        if (Wait(SourceAtAsync(rendition.Key)) is not { Removed: not null }) return bytes;
        Wait(store.DeleteAsync(path));
        _unkept.Remove(path);
        return null;
    }

    /// <summary>The bytes of a rendition; null where the original is not there or cannot be decoded.</summary>
    private byte[]? Encode(RenditionSource picture, Rendition rendition)
    {
        using var original = Wait(store.OpenAsync(OriginalPath(picture.Hash)));
        if (original is null) return null;
        try
        {
            return RenditionEncoder.Encode(picture, original, rendition);
        }
        catch (VipsException)
        {
            // An original that broke on the disk, or from before such files were refused: there is no picture to show.
            return null;
        }
    }

    /// <summary>Keeps what can be made anew at any time. Where it cannot be kept, readers see it all the same.</summary>
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
        Level = LogLevel.Warning, Message = "A picture was made for a reader and could not be kept; it is shown from memory.")]
    private static partial void Unkept(ILogger log, Exception e);

    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private static void Wait(Task task) => task.GetAwaiter().GetResult();

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static RenditionSource SourceOf(Picture picture) =>
        new(picture.Hash, picture.Width, picture.Height, picture.FocusX, picture.FocusY, picture.File)
        {
            CroppedFrom = picture.IsCropped ? new(picture.OriginalWidth, picture.OriginalHeight, picture.Left, picture.Top) : null,
            IsAnimated = picture.IsAnimated,
        };

    private static string OriginalPath(string hash) => $"originals/{hash[..2]}/{hash}";

    /// <summary>Beside the originals: renditions may be thrown away, and no backup holds them.</summary>
    private static string SourcePath(string key) => $"{AddressFolder}/{key}.json";

    private static string RenditionPath(Rendition rendition) => $"{RenditionFolder(rendition.Key)}/{rendition.Name}";

    private static string RenditionFolder(string key) => $"renditions/{key[..2]}/{key}";

    private async Task<RenditionSource?> SourceAtAsync(string key) =>
        await store.ReadAsync(SourcePath(key)) is { } note ? JsonSerializer.Deserialize<RenditionSource>(note) : null;
}
