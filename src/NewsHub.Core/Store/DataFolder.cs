namespace NewsHub.Core.Store;

/// <summary>The folder that holds all that the program writes.</summary>
public static class DataFolder
{
    /// <summary>So much has to fit in: about what a saved story and its journal take.</summary>
    private static readonly byte[] Sample = new byte[64 * 1024];

    /// <summary>Makes the folder, takes from other users what they could read in it, and tries whether it can be written to.</summary>
    /// <param name="store">The store's file, in the folder itself.</param>
    /// <returns>What was changed or should be, as a sentence for the log; null where all was as it should be.</returns>
    /// <exception cref="StoreException">It cannot be made, read or written. The message says why and what to do.</exception>
    public static string? Prepare(string folder, string store)
    {
        try
        {
            PrivateFiles.CreateFolder(folder);
            var said = Close(folder, store);
            TryWriting(folder);
            return said;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var failure = StorageFailure.Of(e);
            throw new StoreException(failure switch
            {
                null => $"The data folder {folder} cannot be used: {e.Message}",
                { Cause: StorageCause.ReadOnly } => $"The data folder {folder} can only be read. {failure.Remedy}",
                _ => $"The data folder {folder} cannot be written to. {failure.Sentence} {failure.Remedy}",
            }, e);
        }
    }

    /// <summary>Writes a file of some kilobytes to the disk, and takes it away again.</summary>
    /// <exception cref="IOException">The disk is full or may only be read, or the folder is gone.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write to the folder.</exception>
    public static void TryWriting(string folder)
    {
        var file = Path.Combine(folder, $".writable-{Guid.NewGuid():n}.tmp");
        try
        {
            using var stream = PrivateFiles.Open(file, FileMode.CreateNew, FileAccess.Write);
            stream.Write(Sample);
            stream.Flush(flushToDisk: true);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string? Close(string folder, string store)
    {
        if (OperatingSystem.IsWindows()) return null;
        try
        {
            // /tmp, or the root: what many share is not ours to shut.
            if (File.GetUnixFileMode(folder).HasFlag(UnixFileMode.StickyBit) || Path.GetPathRoot(folder) == folder)
                return $"The data folder {folder} is shared with all users of this machine. Choose a folder of its own for the paper.";
            var closed = PrivateFiles.Close(folder);
            foreach (var file in new[] { store, store + "-wal", store + "-shm", store + "-journal" }.Where(File.Exists))
                closed |= PrivateFiles.Close(file);
            if (!closed) return null;
            return $"Other users of this machine could open the data folder {folder} or the store in it. "
                + "They no longer can: the folder now has mode 0700, the store 0600.";
        }
        catch (UnauthorizedAccessException)
        {
            return $"Other users of this machine can open the data folder {folder} or the store in it, which belong to another user. "
                + "Give them to the user that the program runs as, with mode 0700.";
        }
    }
}
