using NewsHub.Core.Store;

namespace NewsHub.Core.Media;

/// <summary>Media in a folder on this machine.</summary>
public sealed class FolderMediaStore(string folder) : IMediaStore
{
    public async Task SaveAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancel = default)
    {
        var target = Locate(path);
        PrivateFiles.CreateFolder(Path.GetDirectoryName(target)!);
        // Written beside and moved into place, so that a killed process leaves no half of a picture.
        var draft = $"{target}.{Guid.NewGuid():n}.tmp";
        try
        {
            await using (var stream = PrivateFiles.Open(draft, FileMode.CreateNew, FileAccess.Write))
                await stream.WriteAsync(bytes, cancel);
            File.Move(draft, target, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    public async Task<byte[]?> ReadAsync(string path, CancellationToken cancel = default)
    {
        var target = Locate(path);
        return File.Exists(target) ? await File.ReadAllBytesAsync(target, cancel) : null;
    }

    public Task<Stream?> OpenAsync(string path, CancellationToken cancel = default)
    {
        var target = Locate(path);
        try
        {
            // Whoever deletes it need not wait until it has been read.
            return Task.FromResult<Stream?>(File.Exists(target)
                ? new FileStream(target, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
                : null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Deleted in this moment.
            return Task.FromResult<Stream?>(null);
        }
    }

    public Task<bool> HasAsync(string path, CancellationToken cancel = default) => Task.FromResult(File.Exists(Locate(path)));

    public Task<IReadOnlyList<string>> ListAsync(string folder, CancellationToken cancel = default)
    {
        var target = Locate(folder);
        return Task.FromResult<IReadOnlyList<string>>(!Directory.Exists(target) ? [] :
            [.. Directory.EnumerateFiles(target)
                .Where(f => !f.EndsWith(".tmp", StringComparison.Ordinal))
                .Select(f => $"{folder}/{Path.GetFileName(f)}")]);
    }

    public Task<IReadOnlyList<MediaFile>> ListBelowAsync(string folder, CancellationToken cancel = default)
    {
        var target = Locate(folder);
        return Task.FromResult<IReadOnlyList<MediaFile>>(!Directory.Exists(target) ? [] :
            [.. new DirectoryInfo(target).EnumerateFiles("*", SearchOption.AllDirectories)
                .Where(f => !f.Name.EndsWith(".tmp", StringComparison.Ordinal))
                .Select(f => new MediaFile($"{folder}/{Path.GetRelativePath(target, f.FullName).Replace('\\', '/')}", f.Length))
                .OrderBy(f => f.Path, StringComparer.Ordinal)]);
    }

    public Task DeleteAsync(string path, CancellationToken cancel = default)
    {
        var target = Locate(path);
        if (Directory.Exists(target)) Directory.Delete(target, recursive: true);
        else if (File.Exists(target)) File.Delete(target);
        return Task.CompletedTask;
    }

    private string Locate(string path)
    {
        var full = Path.GetFullPath(Path.Combine(folder, path));
        return full.StartsWith(
            Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? full
            : throw new ArgumentException($"'{path}' leads out of the media folder.", nameof(path));
    }
}
