using System.Collections.Concurrent;
using NewsHub.Core.Media;

namespace NewsHub.Core.Tests.Media;

/// <summary>Media kept in memory, with a note of what was saved.</summary>
internal sealed class MemoryMedia : IMediaStore
{
    private readonly ConcurrentDictionary<string, byte[]> _files = new();

    public ConcurrentBag<string> Saves { get; } = [];

    public Task SaveAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancel = default)
    {
        Saves.Add(path);
        _files[path] = bytes.ToArray();
        return Task.CompletedTask;
    }

    public Task<byte[]?> ReadAsync(string path, CancellationToken cancel = default) => Task.FromResult(_files.GetValueOrDefault(path));
}
