namespace NewsHub.Core.Media;

/// <summary>Media in a folder on this machine.</summary>
public sealed class FolderMediaStore(string folder) : IMediaStore
{
    public async Task SaveAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancel = default)
    {
        var target = Locate(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        // Written beside and moved into place, so that a killed process leaves no half of a picture.
        var draft = $"{target}.{Guid.NewGuid():n}.tmp";
        try
        {
            await File.WriteAllBytesAsync(draft, bytes, cancel);
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

    private string Locate(string path)
    {
        var full = Path.GetFullPath(Path.Combine(folder, path));
        return full.StartsWith(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? full
            : throw new ArgumentException($"'{path}' leads out of the media folder.", nameof(path));
    }
}
