using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Sqlite.Storage.Internal;

namespace NewsHub.Core.Store;

/// <summary>The store as one SQLite file. What is SQLite's own is in this file.</summary>
public static class SqliteStore
{
    private static readonly KeptStatements Statements = new();

    static SqliteStore()
    {
        SQLitePCL.Batteries_V2.Init();
        // Every allocation would else be counted under one lock, for which the threads queue. Must be said before the first connection.
        SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

#pragma warning disable EF1001 // See KeptConnection.
    public static DbContextOptionsBuilder UseSqliteStore(this DbContextOptionsBuilder options, string file) =>
        options.UseSqlite(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            ForeignKeys = true,
            // Another process may be writing: wait for it, then go on.
            DefaultTimeout = 15,
            Pooling = true,
        }.ConnectionString)
            .AddInterceptors(Statements)
            .ReplaceService<ISqliteRelationalConnection, KeptConnection>();
#pragma warning restore EF1001

    /// <summary>Brings the file to this program's schema, creating it if need be. Safe to call from several processes, and after one died half-way.</summary>
    /// <exception cref="StoreException">The file was made by a newer program, or cannot be written.</exception>
    public static async Task MigrateAsync(NewsDb db, string file, CancellationToken cancel = default)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            // The operating system frees this lock when a process dies. EF's own lock is a row, which would stay for ever.
            await using var turn = await TakeTurnAsync(file + ".lock", cancel);
            var known = db.Database.GetMigrations().ToHashSet();
            var applied = File.Exists(file) ? (await db.Database.GetAppliedMigrationsAsync(cancel)).ToList() : [];
            if (applied.Find(m => !known.Contains(m)) is { } newer)
                throw new StoreException($"{file} was written by a newer version of this program (it has '{newer}'). Update the program, or restore a backup from before.");
            if (applied.Count == known.Count) return;
            // Left by a process that died while it migrated, perhaps before the first migration was done.
            if (File.Exists(file)) await db.Database.ExecuteSqlRawAsync("""DROP TABLE IF EXISTS "__EFMigrationsLock";""", cancel);
            await db.Database.MigrateAsync(cancel);
            // EF sets it for a file that it makes, not for an empty one that it finds.
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL;", cancel);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The store {file} cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>Held by everyone who works on the store, several at once; until the last lets go, nobody puts another in its place.</summary>
    /// <exception cref="StoreException">It is being restored at this moment, or its folder cannot be.</exception>
    public static FileStream Hold(string file) =>
        Hold(file, FileAccess.Read, FileShare.Read, $"The store {file} is being restored from a backup. Try again when that is done.");

    /// <exception cref="StoreException">Somebody works on the store.</exception>
    internal static FileStream HoldAlone(string file) =>
        Hold(file, FileAccess.ReadWrite, FileShare.None, $"The store {file} is in use: the paper is being served from it, or a verb is running. Stop that, then restore.");

    /// <summary>A lock of the operating system's, which frees it when a process dies.</summary>
    private static FileStream Hold(string file, FileAccess access, FileShare share, string taken)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            return new FileStream(file + ".open", FileMode.OpenOrCreate, access, share);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(e is IOException && File.Exists(file + ".open") ? taken : $"The store {file} cannot be opened: {e.Message}", e);
        }
    }

    private static async Task<FileStream> TakeTurnAsync(string file, CancellationToken cancel)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(file) && tries < 300)
            {
                await Task.Delay(100, cancel);
            }
        }
    }
}

/// <summary>The store cannot be used. The message says why and what to do.</summary>
public sealed class StoreException : Exception
{
    public StoreException() { }
    public StoreException(string message) : base(message) { }
    public StoreException(string message, Exception inner) : base(message, inner) { }
}

/// <summary>For <c>dotnet ef migrations add</c>.</summary>
internal sealed class DesignTimeStore : IDesignTimeDbContextFactory<NewsDb>
{
    public NewsDb CreateDbContext(string[] args) =>
        new((DbContextOptions<NewsDb>)new DbContextOptionsBuilder<NewsDb>().UseSqliteStore("design.db").Options);
}
