using System.Collections.Concurrent;
using NewsHub.Core.Media;

namespace NewsHub.Core.Tests.Media;

/// <summary>Media kept in memory, with a note of what was saved.</summary>
internal sealed class MemoryMedia : IMediaStore
{
    private readonly ConcurrentDictionary<string, byte[]> _files = new();

    public ConcurrentBag<string> Saves { get; } = [];
    public ConcurrentBag<string> Opens { get; } = [];

    /// <summary>Called before each is saved.</summary>
    public Action? Saving { get; init; }

    public Task SaveAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancel = default)
    {
        Saving?.Invoke();
        Saves.Add(path);
        _files[path] = bytes.ToArray();
        return Task.CompletedTask;
    }

    public Task<byte[]?> ReadAsync(string path, CancellationToken cancel = default) => Task.FromResult(_files.GetValueOrDefault(path));

    public Task<Stream?> OpenAsync(string path, CancellationToken cancel = default)
    {
        Opens.Add(path);
        return Task.FromResult<Stream?>(_files.TryGetValue(path, out var bytes) ? new MemoryStream(bytes, writable: false) : null);
    }

    public Task<bool> HasAsync(string path, CancellationToken cancel = default) => Task.FromResult(_files.ContainsKey(path));

    public Task<IReadOnlyList<string>> ListAsync(string folder, CancellationToken cancel = default) =>
        Task.FromResult<IReadOnlyList<string>>([.. _files.Keys.Where(k => k.StartsWith(folder + "/", StringComparison.Ordinal)
            && !k[(folder.Length + 1)..].Contains('/', StringComparison.Ordinal))]);

    public Task<IReadOnlyList<MediaFile>> ListBelowAsync(string folder, CancellationToken cancel = default) =>
        Task.FromResult<IReadOnlyList<MediaFile>>([.. _files.Where(f => f.Key.StartsWith(folder + "/", StringComparison.Ordinal))
            .Select(f => new MediaFile(f.Key, f.Value.Length))
            .OrderBy(f => f.Path, StringComparer.Ordinal)]);

    public Task DeleteAsync(string path, CancellationToken cancel = default)
    {
        foreach (var file in _files.Keys.Where(k => k == path || k.StartsWith(path + "/", StringComparison.Ordinal)))
            _files.TryRemove(file, out _);
        return Task.CompletedTask;
    }

    /// <summary>The paths of all that is kept.</summary>
    public IEnumerable<string> Paths => _files.Keys;
}
