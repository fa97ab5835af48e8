using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using NewsHub.Core.Media;

namespace NewsHub.Core.Store;

/// <summary>
/// The whole paper in one zip file: the store as it stands at one moment, the originals of its pictures, its keys, and a manifest with the
/// hash of each. Whatever database the store is in, in the zip it is a SQLite file, so it can be restored into any. Renditions are left
/// out, because they are made anew when they are asked for.
/// </summary>
/// <param name="data">The folder of all that the program writes; a restore unpacks there.</param>
/// <param name="media">The media folder; its <c>originals</c> are kept.</param>
/// <param name="keys">The folder of the keys that sign what the program hands out.</param>
/// <param name="objects">The object store that has the originals instead of the media folder; null where there is none.</param>
public sealed partial class Backup(
    IStoreProvider store, string data, string media, string keys, TimeProvider time, IMediaStore? objects = null)
{
    private const int Format = 1;
    private const string ManifestName = "manifest.json";
    private const string StoreName = "news.db";
    private const string OriginalsName = "media/originals/";
    private const string KeysName = "keys/";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private string Originals => Path.Combine(media, "originals");

    /// <summary>Writes a backup, also while the paper is served and written to. Under its name it is there whole or not at all.</summary>
    /// <param name="path">The file to write; in a folder that exists it gets a name by the instant (UTC).</param>
    /// <returns>Where it is, and what is in it.</returns>
    /// <exception cref="StoreException">There is no store, it is broken, the name is taken, or originals lie in the media folder that the
    /// object store has not.</exception>
    public async Task<(string File, BackupManifest Manifest)> WriteAsync(
        string path, IProgress<ImportProgress>? progress = null, CancellationToken cancel = default)
    {
        if (!await store.IsThereAsync(cancel)) throw new StoreException($"There is no store in {store.Name}: nothing to back up.");
        await using var hold = await store.HoldAsync(cancel);
        var made = time.GetUtcNow();
        var target = Path.GetFullPath(Directory.Exists(path)
            ? Path.Combine(path, FormattableString.Invariant($"e-news-{made.UtcDateTime:yyyyMMdd-HHmmss}Z.zip"))
            : path);
        if (File.Exists(target))
            throw new StoreException($"{target} is there already. Choose another name, or a folder: then the backup is named by the time.");
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var draft = $"{target}.{Guid.NewGuid():n}.part";
        var copy = draft + ".db";
        try
        {
            // The store first: the original of every picture in it was there before.
            await store.CopyToAsync(copy, progress, cancel);
            var (schema, rows, fault) = SqliteFiles.Look(copy);
            if (fault is not null)
                throw new StoreException(
                    $"The store in {store.Name} is broken ({fault}), and was not backed up. Restore an earlier backup.");
            var manifest = new BackupManifest(Format, schema, made, rows, []);
            await using (var stream = PrivateFiles.Open(draft, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                await using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
                    await PackAsync(zip, copy, manifest, progress, cancel);
                stream.Flush(flushToDisk: true);
            }
            File.Move(draft, target);
            return (target, manifest);
        }
        finally
        {
            File.Delete(draft);
            SqliteFiles.Delete(copy);
        }
    }

    private async Task PackAsync(
        ZipArchive zip, string copy, BackupManifest manifest, IProgress<ImportProgress>? progress, CancellationToken cancel)
    {
        var files = await FilesAsync(copy, cancel);
        var sizes = new Sizes(files.Sum(f => f.Bytes), progress);
        foreach (var (name, _, open) in files)
        {
            await using var from = await open();
            // A picture that was removed from the server meanwhile.
            if (from is null) continue;
            var entry = zip.CreateEntry(
                name, name.StartsWith(OriginalsName, StringComparison.Ordinal) ? CompressionLevel.NoCompression : CompressionLevel.Fastest);
            entry.LastWriteTime = manifest.Made;
            await using var to = await entry.OpenAsync(cancel);
            manifest.Files.Add(await PourAsync(name, from, to, sizes, cancel));
        }
        await using var last = await zip.CreateEntry(ManifestName, CompressionLevel.Fastest).OpenAsync(cancel);
        await JsonSerializer.SerializeAsync(last, manifest, Json, cancel);
    }

    private async Task<List<Source>> FilesAsync(string copy, CancellationToken cancel)
    {
        if (objects is null) return [Local(StoreName, copy), .. Below(Originals, OriginalsName), .. Below(keys, KeysName)];
        var originals = await objects.ListBelowAsync("originals", cancel);
        var known = originals.Select(f => OriginalsName + f.Path["originals/".Length..]).ToHashSet(StringComparer.Ordinal);
        var forgotten = Below(Originals, OriginalsName).Count(f => !known.Contains(f.Name));
        if (forgotten > 0)
            throw new StoreException(FormattableString.Invariant($"{forgotten} originals lie in {Originals} and not in the object store, ")
                + "from which backups take them. Copy them there by “media copy --to s3”, or move that folder away; then back up again.");
        return
        [
            Local(StoreName, copy),
            .. originals.Select(f => new Source(
                OriginalsName + f.Path["originals/".Length..], f.Bytes, () => objects.OpenAsync(f.Path, cancel))),
            .. Below(keys, KeysName),
        ];
    }

    /// <summary>Files below a folder, with their names in the archive; what is still being written is left out.</summary>
    private static IEnumerable<Source> Below(string folder, string name) => !Directory.Exists(folder) ? [] :
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith(".tmp", StringComparison.Ordinal))
            .Select(f => Local(name + Path.GetRelativePath(folder, f).Replace('\\', '/'), f))
            .OrderBy(f => f.Name, StringComparer.Ordinal);

    private static Source Local(string name, string file) => new(name, new FileInfo(file).Length, () => Task.FromResult<Stream?>(
        new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)));

    /// <param name="atMost">More than this is not written on.</param>
    private static async Task<BackedUpFile> PourAsync(
        string name, Stream from, Stream to, Sizes sizes, CancellationToken cancel, long atMost = long.MaxValue)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[128 * 1024];
        long bytes = 0;
        for (int read; bytes <= atMost && (read = await from.ReadAsync(buffer, cancel)) > 0; bytes += read)
        {
            hash.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), cancel);
            sizes.Add(read, name);
        }
        return new BackedUpFile(name, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>A file on its way into the archive.</summary>
    /// <param name="Name">Its place there.</param>
    private sealed record Source(string Name, long Bytes, Func<Task<Stream?>> Open);

    /// <summary>Progress in kilobytes, told at each file and once in a megabyte.</summary>
    private sealed class Sizes(long total, IProgress<ImportProgress>? progress)
    {
        private long _done, _told;
        private string? _name;

        public void Add(int bytes, string name)
        {
            _done += bytes;
            if (progress is null || (_done - _told < 1024 * 1024 && _done < total && _name == name)) return;
            (_told, _name) = (_done, name);
            progress.Report(new ImportProgress((int)(_done / 1024), (int)(Math.Max(total, _done) / 1024), name));
        }
    }
}

/// <summary>What a backup says of itself.</summary>
/// <param name="Format">The form of the archive.</param>
/// <param name="Schema">The last migration of the store in it.</param>
/// <param name="Made">When, in UTC.</param>
/// <param name="Rows">How many rows each table has.</param>
/// <param name="Files">Every file but the manifest.</param>
public sealed record BackupManifest(
    int Format, string Schema, DateTimeOffset Made, SortedDictionary<string, long> Rows, IList<BackedUpFile> Files);

/// <param name="Path">Its place in the archive and below the data folder, with slashes.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">In lower-case hexadecimal.</param>
public sealed record BackedUpFile(string Path, long Bytes, string Sha256);
