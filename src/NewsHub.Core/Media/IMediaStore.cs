namespace NewsHub.Core.Media;

/// <summary>
/// Where originals and renditions are kept: a folder, or an object store. What the machine or the object store does not let be done is an
/// exception that <see cref="Store.StorageFailure"/> knows.
/// </summary>
public interface IMediaStore
{
    /// <summary>Keeps bytes under a relative path, whole or not at all. Writing the same path again is harmless.</summary>
    Task SaveAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancel = default);

    /// <summary>The bytes at a path, or null where there are none.</summary>
    Task<byte[]?> ReadAsync(string path, CancellationToken cancel = default);

    /// <summary>The same to be read piece by piece, from any place on: the stream seeks, and is on this machine, so that what it is handed
    /// to need not cope with a network. The caller closes it.</summary>
    Task<Stream?> OpenAsync(string path, CancellationToken cancel = default);

    /// <summary>Whether there is something at a path.</summary>
    Task<bool> HasAsync(string path, CancellationToken cancel = default);

    /// <summary>The paths of all files directly in a folder; none where there is no such folder.</summary>
    Task<IReadOnlyList<string>> ListAsync(string folder, CancellationToken cancel = default);

    /// <summary>All files below a folder, however deep, in the order of their paths; none where there is no such folder.</summary>
    Task<IReadOnlyList<MediaFile>> ListBelowAsync(string folder, CancellationToken cancel = default);

    /// <summary>Deletes a file, or a folder with all that is in it. That it is not there is no fault.</summary>
    Task DeleteAsync(string path, CancellationToken cancel = default);
}

/// <summary>A file that a media store has.</summary>
/// <param name="Path">Relative, with slashes.</param>
/// <param name="Bytes">Its size.</param>
public sealed record MediaFile(string Path, long Bytes);
