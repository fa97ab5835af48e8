using System.Runtime.InteropServices;

namespace NewsHub.Core.Media;

/// <summary>What only the operating system can do for work in native code: give its memory back, and let others go first.</summary>
public static partial class NativeMemory
{
    // glibc's malloc.h.
    private const int TrimThreshold = -1, MapThreshold = -3, ArenaMax = -8;
    // What compressing a page takes is below it, and comes from a heap; pictures are above, and go back at once.
    private const int MapFrom = 4 * 1024 * 1024;

    private const long MuchManaged = 96 * 1024 * 1024;
    private static bool _cannotTrim;

    /// <summary>
    /// Called once, before native code takes memory. The C library of Linux keeps a heap for each of many threads, and learns from large
    /// pictures to keep up to 64 MB free at the end of each, which <see cref="GiveBack"/> does not reach: after ten minutes under load 245
    /// MB were kept for the 28 in use.
    /// </summary>
    public static void TuneAllocator()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = SetAllocatorOption(ArenaMax, Math.Clamp(2 * Environment.ProcessorCount, 4, 16));
            // Saying either also ends the learning.
            _ = SetAllocatorOption(MapThreshold, MapFrom);
            _ = SetAllocatorOption(TrimThreshold, 2 * MapFrom);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // Another C library (musl) keeps little by itself.
        }
    }

    /// <summary>Gives back what libvips has freed: the C library of Linux would keep it for later. A few milliseconds.</summary>
    internal static void GiveBack()
    {
        if (_cannotTrim || !OperatingSystem.IsLinux()) return;
        try
        {
            _ = Trim(0);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // Not every C library keeps freed memory, and not every one can be asked (musl).
            _cannotTrim = true;
        }
    }

    /// <summary>
    /// After a burst: what uploads and renditions left in managed memory goes too, where it is much. Everything stands still for a
    /// tenth of a second, so
    /// it is done once, when it is quiet.
    /// </summary>
    internal static void GiveBackAll()
    {
        if (GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes > MuchManaged)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GiveBack();
    }

    /// <summary>Makes the calling thread, and the threads that it begins, stand back where others want the processor.</summary>
    /// <param name="niceness">1 to 19: how far.</param>
    internal static void StandBack(int niceness)
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            // On Linux “process 0” is the calling thread alone.
            _ = SetPriority(0, 0, niceness);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // Then it runs like any other.
        }
    }

    [DllImport("libc", EntryPoint = "malloc_trim", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Trim(nuint pad);

    [DllImport("libc", EntryPoint = "mallopt", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetAllocatorOption(int option, int value);

    [DllImport("libc", EntryPoint = "setpriority", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, uint who, int niceness);
}
