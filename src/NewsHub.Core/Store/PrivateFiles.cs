namespace NewsHub.Core.Store;

/// <summary>Folders and files that no other user of the machine can open: in the store are drafts and addresses, and
/// the keys open doors.</summary>
public static class PrivateFiles
{
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode = FileMode | UnixFileMode.UserExecute;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Makes a folder and those above it where there are none, with mode 0700. One that is there stays as it is.</summary>
    public static void CreateFolder(string folder)
    {
        if (Directory.Exists(folder)) return;
        // .NET would give the mode to the last of them alone.
        if (Path.GetDirectoryName(Path.GetFullPath(folder)) is { } above) CreateFolder(above);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, FolderMode);
    }

    /// <summary>Opens a file; where this makes it, with mode 0600 from the first moment on.</summary>
    public static FileStream Open(string file, System.IO.FileMode mode, FileAccess access, FileShare share = FileShare.None)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share };
        if (!OperatingSystem.IsWindows() && mode is not System.IO.FileMode.Open) options.UnixCreateMode = FileMode;
        return new FileStream(file, options);
    }

    /// <summary>Makes an empty file where there is none: SQLite opens it, and gives what it lays beside it the same mode.</summary>
    public static void CreateEmpty(string file)
    {
        if (!File.Exists(file)) Open(file, System.IO.FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite).Dispose();
    }

    /// <summary>Takes from other users what they may do with a folder or a file.</summary>
    /// <returns>Whether they could do anything.</returns>
    /// <exception cref="UnauthorizedAccessException">It belongs to another user.</exception>
    internal static bool Close(string path)
    {
        if (OperatingSystem.IsWindows()) return false;
        var mode = File.GetUnixFileMode(path);
        if ((mode & Others) == 0) return false;
        File.SetUnixFileMode(path, mode & ~Others);
        return true;
    }
}
