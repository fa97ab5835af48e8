using System.IO.Compression;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Media;

namespace NewsHub.Core.Store;

public sealed partial class Backup
{
    /// <summary>Puts a backup back. It is unpacked and checked beside the store first; cut short at any moment, the store is
    /// the old one or the new.</summary>
    /// <param name="replace">Whether a store that is there may be replaced.</param>
    /// <exception cref="StoreException">The archive is damaged or newer than this program, there is a store already, or somebody works on
    /// it. Nothing was changed.</exception>
    public async Task<BackupManifest> RestoreAsync(
        string path, bool replace, IProgress<ImportProgress>? progress = null, CancellationToken cancel = default)
    {
        if (!File.Exists(path)) throw new StoreException($"There is no backup at {Path.GetFullPath(path)}.");
        try
        {
            await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            await using var zip = await ZipArchive.CreateAsync(
                stream, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancel);
            var manifest = await ReadManifestAsync(zip, path, cancel);
            await using var alone = await store.HoldAloneAsync(cancel);
            if (!replace && await store.IsThereAsync(cancel))
                throw new StoreException($"There is a store in {store.Name} already. With --force it is replaced by the backup.");
            // On the same disk as pictures, keys and a store that is a file, so that moving is renaming.
            var stage = Path.Combine(Path.GetFullPath(data), "restoring");
            Clear(stage);
            PrivateFiles.CreateFolder(stage);
            try
            {
                await UnpackAsync(zip, manifest, stage, progress, cancel);
                SqliteFiles.Check(Path.Combine(stage, StoreName));
                cancel.ThrowIfCancellationRequested();
                await SettleAsync(stage, manifest, progress, cancel);
            }
            finally
            {
                Clear(stage);
            }
            return manifest;
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or EndOfStreamException or NotSupportedException)
        {
            throw new StoreException($"{path} is no whole backup of this program: {e.Message} Nothing was restored.", e);
        }
    }

    private async Task<BackupManifest> ReadManifestAsync(ZipArchive zip, string path, CancellationToken cancel)
    {
        await using var stream = await (zip.GetEntry(ManifestName) ?? throw new InvalidDataException("It has no manifest."))
            .OpenAsync(cancel);
        var manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(stream, Json, cancel)
            ?? throw new InvalidDataException("Its manifest is empty.");
        await using var db = new SqliteProvider(Path.Combine(data, StoreName)).Open();
        if (manifest.Format > Format || !db.Database.GetMigrations().Contains(manifest.Schema))
            throw new StoreException($"{path} was written by a newer version of this program (its store has '{manifest.Schema}'). Update "
                + "the program, then restore it.");
        var stranger = manifest.Files.Select(f => f.Path).Concat(zip.Entries.Select(e => e.FullName)).FirstOrDefault(p => p != ManifestName
            && !IsOurs(p));
        if (stranger is not null) throw new InvalidDataException($"It holds '{stranger}', which has no place in a data folder.");
        var packed = zip.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal);
        if (!packed.SequenceEqual(
            manifest.Files.Select(f => f.Path).Append(ManifestName).Order(StringComparer.Ordinal), StringComparer.Ordinal))
        {
            throw new InvalidDataException("Its files are not those of its manifest.");
        }
        if (!manifest.Files.Any(f => f.Path == StoreName)) throw new InvalidDataException("There is no store in it.");
        if (manifest.Files.DistinctBy(f => f.Path, StringComparer.OrdinalIgnoreCase).Count() != manifest.Files.Count)
            throw new InvalidDataException("A file is in it twice.");
        return manifest;
    }

    /// <summary>The store, or a file below one of our two folders. Everything else could lead out of the data folder.</summary>
    private static bool IsOurs(string path) => path == StoreName
        || ((path.StartsWith(OriginalsName, StringComparison.Ordinal) || path.StartsWith(KeysName, StringComparison.Ordinal))
            && path.AsSpan().IndexOfAny("\\:\0") < 0 && path.Split('/').All(part => part is not ("" or "." or "..")));

    private static async Task UnpackAsync(
        ZipArchive zip, BackupManifest manifest, string stage, IProgress<ImportProgress>? progress, CancellationToken cancel)
    {
        var sizes = new Sizes(manifest.Files.Sum(f => f.Bytes), progress);
        foreach (var file in manifest.Files)
        {
            var target = Path.Combine(stage, file.Path);
            PrivateFiles.CreateFolder(Path.GetDirectoryName(target)!);
            await using var from = await zip.GetEntry(file.Path)!.OpenAsync(cancel);
            await using var to = PrivateFiles.Open(target, FileMode.CreateNew, FileAccess.ReadWrite);
            if (await PourAsync(file.Path, from, to, sizes, cancel, file.Bytes) != file)
                throw new InvalidDataException($"'{file.Path}' is not what was backed up.");
            to.Flush(flushToDisk: true);
        }
    }

    private async Task SettleAsync(
        string stage, BackupManifest manifest, IProgress<ImportProgress>? progress, CancellationToken cancel)
    {
        if (objects is not null) await UploadAsync(objects, stage, manifest, cancel);
        // Originals are named by their bytes and keys by numbers of their own: beside those that are there they
        // harm neither store, old or new.
        foreach (var file in manifest.Files.Where(f => f.Path != StoreName && (objects is null || !IsOriginal(f))))
        {
            var target = file.Path.StartsWith(KeysName, StringComparison.Ordinal)
                ? Path.Combine(keys, file.Path[KeysName.Length..])
                : Path.Combine(Originals, file.Path[OriginalsName.Length..]);
            PrivateFiles.CreateFolder(Path.GetDirectoryName(Path.GetFullPath(target))!);
            File.Move(Path.Combine(stage, file.Path), target, overwrite: true);
        }
        // The one step that counts.
        await store.ReplaceAsync(Path.Combine(stage, StoreName), progress, cancel);
    }

    /// <summary>Originals that the object store has already are left as they are: their names are their bytes. Notes beside them are
    /// written anew.</summary>
    private static async Task UploadAsync(IMediaStore objects, string stage, BackupManifest manifest, CancellationToken cancel)
    {
        var there = (await objects.ListBelowAsync("originals", cancel)).ToHashSet();
        foreach (var file in manifest.Files.Where(IsOriginal))
        {
            var path = file.Path["media/".Length..];
            if (path.EndsWith(".json", StringComparison.Ordinal) || !there.Contains(new MediaFile(path, file.Bytes)))
                await objects.SaveAsync(path, await File.ReadAllBytesAsync(Path.Combine(stage, file.Path), cancel), cancel);
        }
    }

    private static bool IsOriginal(BackedUpFile file) => file.Path.StartsWith(OriginalsName, StringComparison.Ordinal);

    private static void Clear(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
