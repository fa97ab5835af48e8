using Microsoft.Data.Sqlite;
using NewsHub.Core.Media;
using Npgsql;

namespace NewsHub.Core.Store;

/// <summary>What the machine does not let the program do.</summary>
public enum StorageCause
{
    /// <summary>There is no space left, or a quota is used up.</summary>
    DiskFull,

    /// <summary>The disk, the folder or the file may only be read by this user.</summary>
    ReadOnly,

    /// <summary>Another program holds a lock on the store.</summary>
    Locked,

    /// <summary>The folder or the store is not where it was, or cannot be opened.</summary>
    Missing,

    /// <summary>The disk fails to read or to write.</summary>
    DiskFault,

    /// <summary>The store is no whole SQLite file.</summary>
    Damaged,

    /// <summary>The object store of the pictures cannot be reached, or breaks off.</summary>
    ObjectsAway,

    /// <summary>The object store of the pictures refuses the key, or has no such bucket.</summary>
    ObjectsRefused,

    /// <summary>The database server does not answer, or is just starting or stopping.</summary>
    Unreachable,

    /// <summary>The database server refuses the user or the password, or has no such database.</summary>
    DatabaseRefused,
}

/// <summary>
/// Why something could not be kept or read by no fault of whoever asked. The one place that tells such errors from all others, by the codes
/// of SQLite, of PostgreSQL and of the operating system; what an object store says is told apart where it is asked.
/// </summary>
/// <param name="Sentence">What is wrong, as a sentence for anybody. It names no path.</param>
/// <param name="Remedy">What the one who runs the machine can do, as a sentence.</param>
public sealed record StorageFailure(StorageCause Cause, string Sentence, string Remedy)
{
    private static readonly StorageFailure[] All =
    [
        new(StorageCause.DiskFull, "The disk is full.", "Free some space on the disk that holds the data folder."),
        new(StorageCause.ReadOnly, "The data folder can only be read.",
            "Let the user that the program runs as write to the data folder and to all that is in it, and see that its "
            + "disk is not mounted read-only."),
        new(StorageCause.Locked, "Another program holds the store locked.",
            "Let that program finish, or end it: a command of this one, a backup tool, or a shell on the store."),
        new(StorageCause.Missing, "The store cannot be opened.",
            "See that the data folder is where it was, and that the user that the program runs as may open it."),
        new(StorageCause.DiskFault, "The disk does not work as it should.",
            "Look at the disk and at the operating system's log; have a backup at hand."),
        new(StorageCause.Damaged, "The store is damaged.", "Stop the paper and restore a backup."),
        new(StorageCause.ObjectsAway, "The object store that holds the pictures does not answer.",
            "See that the object store runs, and that Media:S3:Endpoint leads to it."),
        new(StorageCause.ObjectsRefused, "The object store that holds the pictures refuses what it is asked.",
            "Look at Media:S3:Bucket, Media:S3:Region, Media:S3:Key and Media:S3:Secret, at what that key may do, and at this machine's "
            + "clock."),
        new(StorageCause.Unreachable, "The database does not answer.",
            "See that the database server runs, that this machine reaches it, and that it has connections left."),
        new(StorageCause.DatabaseRefused, "The database server does not let the program in.",
            "Look at Store:Postgres: the name of the database, the user and the password."),
    ];

    // The codes of SQLite that its own library names only in part.
    private const int Permission =
        3, Busy = 5, Locked = 6, ReadOnly = 8, Fault = 10, Corrupt = 11, Full = 13, CannotOpen = 14, Protocol = 15, NoDatabase = 26;
    // A code of PostgreSQL that the driver does not name.
    private const string IdleInTransaction = "25P03";
    private const int ReadOnlyMoved = ReadOnly | (4 << 8), FaultSharedMemorySize = Fault | (19 << 8), FaultAccess = Fault | (13 << 8);

    /// <summary>The failure of the machine that an exception tells of, itself or by what caused it; null where it tells of none.</summary>
    public static StorageFailure? Of(Exception? exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is AggregateException several && several.InnerExceptions.Select(Of).FirstOrDefault(f => f is not null) is { } one)
                return one;
            if (CauseOf(e) is { } cause) return For(cause);
        }
        return null;
    }

    internal static StorageFailure For(StorageCause cause) => Array.Find(All, f => f.Cause == cause)!;

    private static StorageCause? CauseOf(Exception exception) => exception switch
    {
        PostgresException e => e.SqlState switch
        {
            PostgresErrorCodes.DiskFull => StorageCause.DiskFull,
            PostgresErrorCodes.ReadOnlySqlTransaction => StorageCause.ReadOnly,
            PostgresErrorCodes.LockNotAvailable => StorageCause.Locked,
            PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InvalidPassword
                or PostgresErrorCodes.InvalidAuthorizationSpecification => StorageCause.DatabaseRefused,
            PostgresErrorCodes.IoError => StorageCause.DiskFault,
            PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => StorageCause.Damaged,
            PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
                or PostgresErrorCodes.CannotConnectNow or IdleInTransaction => StorageCause.Unreachable,
            _ => null,
        },
        // Whatever the driver says by itself is that the server was not to be had, or went away.
        NpgsqlException => StorageCause.Unreachable,
        SqliteException e => e.SqliteExtendedErrorCode switch
        {
            ReadOnlyMoved => StorageCause.Missing,
            // On a full disk the file beside the store that readers share cannot grow.
            FaultSharedMemorySize => StorageCause.DiskFull,
            FaultAccess => StorageCause.ReadOnly,
            _ => e.SqliteErrorCode switch
            {
                Full => StorageCause.DiskFull,
                Permission or ReadOnly => StorageCause.ReadOnly,
                // The last of them: in a crowd of writers, the file that they share was not to be had.
                Busy or Locked or Protocol => StorageCause.Locked,
                CannotOpen => StorageCause.Missing,
                Fault => StorageCause.DiskFault,
                Corrupt or NoDatabase => StorageCause.Damaged,
                _ => null,
            },
        },
        MediaStoreException e => e.Cause,
        UnauthorizedAccessException => StorageCause.ReadOnly,
        DirectoryNotFoundException => StorageCause.Missing,
        // .NET hands on the number of the operating system as it is on Unix, and with a prefix on Windows.
        IOException e when OperatingSystem.IsWindows() => e.HResult switch
        {
            unchecked((int)0x80070070) or unchecked((int)0x80070027) => StorageCause.DiskFull,
            unchecked((int)0x80070013) => StorageCause.ReadOnly,
            _ => null,
        },
        IOException { HResult: 28 } => StorageCause.DiskFull,
        IOException { HResult: 122 } when OperatingSystem.IsLinux() => StorageCause.DiskFull,
        IOException { HResult: 69 } when OperatingSystem.IsMacOS() => StorageCause.DiskFull,
        IOException { HResult: 30 } => StorageCause.ReadOnly,
        IOException { HResult: 5 } => StorageCause.DiskFault,
        _ => null,
    };
}
