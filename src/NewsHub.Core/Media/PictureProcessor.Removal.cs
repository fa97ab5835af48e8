using System.Globalization;
using System.Text.Json;

namespace NewsHub.Core.Media;

/// <summary>Bytes that were taken off the server, and are not taken in again.</summary>
/// <param name="Hash">SHA-256 of the original, hexadecimal.</param>
/// <param name="File">The name that it had in the library.</param>
/// <param name="Reason">Why, in the words of whoever removed it.</param>
/// <param name="At">UTC.</param>
public sealed record RemovedFile(string Hash, string File, string Reason, string By, DateTimeOffset At);

// What was removed is noted beside the originals, and so travels in every backup: a note for the bytes, one for each address.
public sealed partial class PictureProcessor
{
    private const string RemovedFolder = "originals/removed";
    private const string AddressFolder = "originals/addresses";

    /// <summary>Whether this was a picture's address, and the picture was removed from the server.</summary>
    public async Task<bool> IsRemovedAsync(string key) => await SourceAtAsync(key) is { Removed: not null };

    /// <summary>All that was removed, the newest first.</summary>
    public async Task<IReadOnlyList<RemovedFile>> RemovedAsync(CancellationToken cancel = default)
    {
        var removed = new List<RemovedFile>();
        foreach (var path in await store.ListAsync(RemovedFolder, cancel))
            if (await store.ReadAsync(path, cancel) is { } note && JsonSerializer.Deserialize<RemovedFile>(note) is { } file)
                removed.Add(file);
        return [.. removed.OrderByDescending(r => r.At)];
    }

    /// <summary>Lets bytes be taken in again. They are not brought back; until they are, their addresses name nothing.</summary>
    public async Task LiftAsync(string hash, CancellationToken cancel = default)
    {
        foreach (var (key, source) in await SourcesAsync(cancel))
            if (source.Hash == hash && source.Removed is not null) await NoteAsync(key, source with { Removed = null });
        await store.DeleteAsync(RemovedPath(hash), cancel);
    }

    /// <summary>The earlier addresses of a picture, with the bytes that each names.</summary>
    /// <param name="isIts">Whether bytes were once the picture's.</param>
    internal async Task<IReadOnlyList<(string Key, string Hash)>> FormerAsync(
        string file, Func<string, bool> isIts, CancellationToken cancel) =>
            [.. (await SourcesAsync(cancel))
                .Where(t => t.RenditionSource.Removed is null && (t.RenditionSource.File == file || isIts(t.RenditionSource.Hash)))
                .Select(t => (t.Key, t.RenditionSource.Hash))];

    /// <summary>Notes that bytes and addresses are gone: from now on nothing is made of them, and they are not taken in.</summary>
    internal async Task MarkRemovedAsync(Removal removal, string reason, string by, DateTimeOffset now)
    {
        foreach (var (hash, file) in removal.Files)
            await store.SaveAsync(RemovedPath(hash), JsonSerializer.SerializeToUtf8Bytes(new RemovedFile(hash, file, reason, by, now)));
        foreach (var (key, _) in removal.Addresses)
            if ((removal.Pictures.FirstOrDefault(p => p.Key == key) is { } picture
                ? SourceOf(picture)
                : await SourceAtAsync(key)) is { } source)
            {
                await NoteAsync(key, source with { Removed = now });
            }
    }

    /// <summary>
    /// Deletes the originals of what is noted as removed, and all that was made of them. May be run again, also after it was cut short.
    /// </summary>
    /// <param name="isHeld">Whether some picture of the library still has these bytes: then the removal was cut short before it was
    /// done, and is given up.</param>
    public async Task FinishRemovalsAsync(Func<string, Task<bool>> isHeld, CancellationToken cancel = default)
    {
        var open = new HashSet<string>();
        foreach (var path in await store.ListAsync(RemovedFolder, cancel))
        {
            var hash = path[(path.LastIndexOf('/') + 1)..].Split('.')[0];
            if (!await store.HasAsync(OriginalPath(hash), cancel)) continue;
            if (await isHeld(hash)) await LiftAsync(hash, cancel);
            else open.Add(hash);
        }
        if (open.Count == 0) return;
        var keys = (await SourcesAsync(cancel)).Where(t => open.Contains(t.RenditionSource.Hash)).Select(t => t.Key);
        await EraseAsync(open, keys, cancel);
    }

    /// <summary>Deletes originals and everything that was made of them.</summary>
    internal async Task EraseAsync(IEnumerable<string> hashes, IEnumerable<string> keys, CancellationToken cancel)
    {
        _unkept.Clear();
        foreach (var key in keys) await store.DeleteAsync(RenditionFolder(key), cancel);
        // Last: where it is cut short, this says that there is more to do.
        foreach (var hash in hashes) await store.DeleteAsync(OriginalPath(hash), cancel);
    }

    private async Task RefuseRemovedAsync(string hash)
    {
        if (await store.ReadAsync(RemovedPath(hash)) is not { } note || JsonSerializer.Deserialize<RemovedFile>(note) is not { } removed)
            return;
        throw new InvalidPictureException(string.Create(CultureInfo.InvariantCulture,
            $"is a picture that was removed from the server on {removed.At.UtcDateTime:d MMM yyyy} (“{removed.Reason}”), "
            + $"and is not taken in again. ") +
            "An administrator can lift that, at Media, Removed");
    }

    private async Task<IReadOnlyList<(string Key, RenditionSource RenditionSource)>> SourcesAsync(CancellationToken cancel)
    {
        var sources = new List<(string, RenditionSource)>();
        foreach (var path in await store.ListAsync(AddressFolder, cancel))
        {
            var key = path[(AddressFolder.Length + 1)..].Split('.')[0];
            if (key.Length == 20 && await SourceAtAsync(key) is { } source) sources.Add((key, source));
        }
        return sources;
    }

    private Task NoteAsync(string key, RenditionSource source) =>
        store.SaveAsync(SourcePath(key), JsonSerializer.SerializeToUtf8Bytes(source));

    private static string RemovedPath(string hash) => $"{RemovedFolder}/{hash}.json";
}
