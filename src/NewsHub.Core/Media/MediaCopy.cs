using System.Security.Cryptography;
using NewsHub.Core.Store;

namespace NewsHub.Core.Media;

/// <summary>
/// Copies originals, and the notes beside them, from one media store to another. What is there already is left alone, so a copy that was
/// cut short goes on where it was. Renditions are made anew where they are asked for.
/// </summary>
public static class MediaCopy
{
    private const string Folder = "originals";
    private const string Removed = "originals/removed/";

    /// <summary>How many are on their way at once; each is in memory meanwhile.</summary>
    private const int AtOnce = 4;

    /// <param name="progress">Told of each file.</param>
    /// <exception cref="IOException">One of the two cannot be read or written, such as <see cref="MediaStoreException"/>.</exception>
    public static async Task<MediaCopyResult> RunAsync(
        IMediaStore from, IMediaStore to, IProgress<ImportProgress>? progress = null, CancellationToken cancel = default)
    {
        var source = await from.ListBelowAsync(Folder, cancel);
        var there = (await to.ListBelowAsync(Folder, cancel)).ToDictionary(f => f.Path, f => f.Bytes, StringComparer.Ordinal);
        // What was removed from the server does not come back by way of an older copy of it.
        var removed = source.Select(f => f.Path).Concat(there.Keys)
            .Where(path => path.StartsWith(Removed, StringComparison.Ordinal))
            .Select(Path.GetFileNameWithoutExtension)
            .ToHashSet();
        var (done, copied, kept, damaged) = (0, 0, 0, new List<string>());
        var gate = new Lock();
        // Notes first: they say what of the rest is not to be copied.
        await Parallel.ForEachAsync(
            source.OrderBy(f => !IsNote(f.Path)),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (file, stop) =>
            {
                var outcome = IsNote(file.Path) ? await NoteAsync(file.Path, stop)
                    : removed.Contains(Path.GetFileName(file.Path)) || there.GetValueOrDefault(file.Path, -1) == file.Bytes ? Outcome.Kept
                    : await OriginalAsync(file.Path, stop);
                lock (gate)
                {
                    if (outcome is Outcome.Copied) copied++;
                    else if (outcome is Outcome.Kept) kept++;
                    else damaged.Add(file.Path);
                    progress?.Report(new ImportProgress(++done, source.Count, file.Path));
                }
            });
        return new MediaCopyResult(copied, kept, [.. damaged.Order(StringComparer.Ordinal)]);

        async Task<Outcome> NoteAsync(string path, CancellationToken stop)
        {
            // Gone since it was listed.
            if (await from.ReadAsync(path, stop) is not { } note) return Outcome.Kept;
            if (there.ContainsKey(path) && await to.ReadAsync(path, stop) is { } same && note.AsSpan().SequenceEqual(same))
                return Outcome.Kept;
            await to.SaveAsync(path, note, stop);
            return Outcome.Copied;
        }

        async Task<Outcome> OriginalAsync(string path, CancellationToken stop)
        {
            if (await from.ReadAsync(path, stop) is not { } bytes) return Outcome.Kept;
            if (Path.GetFileName(path) != Convert.ToHexStringLower(SHA256.HashData(bytes))) return Outcome.Damaged;
            await to.SaveAsync(path, bytes, stop);
            return Outcome.Copied;
        }
    }

    private static bool IsNote(string path) => path.EndsWith(".json", StringComparison.Ordinal);

    private enum Outcome
    {
        Copied,
        Kept,
        Damaged,
    }
}

/// <param name="Copied">How many files were not there, or were others.</param>
/// <param name="Kept">How many were there already, or are not to be there.</param>
/// <param name="Damaged">Paths of originals whose bytes are not those that their names say; they were not copied.</param>
public sealed record MediaCopyResult(int Copied, int Kept, IReadOnlyList<string> Damaged);
