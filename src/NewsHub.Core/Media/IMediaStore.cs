namespace NewsHub.Core.Media;

/// <summary>Where originals and renditions are kept. A folder at first; object storage when one machine is outgrown.</summary>
public interface IMediaStore
{
    /// <summary>Keeps bytes under a relative path, whole or not at all. Writing the same path again is harmless.</summary>
    Task SaveAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancel = default);

    /// <summary>The bytes at a path, or null where there are none.</summary>
    Task<byte[]?> ReadAsync(string path, CancellationToken cancel = default);
}
