using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Sqlite.Storage.Internal;

namespace NewsHub.Core.Store;

/// <summary>The store as one SQLite file. What is SQLite's own is in this file.</summary>
public static class SqliteStore
{
    private static readonly PreparedStatementCache Statements = new();

    static SqliteStore()
    {
        SQLitePCL.Batteries_V2.Init();
        // Every allocation would else be counted under one lock, for which the threads queue. Must be said before the first connection.
        SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

#pragma warning disable EF1001 // See PersistentConnection.
    /// <param name="patience">How long a statement waits while another process writes, in whole seconds.</param>
    public static DbContextOptionsBuilder UseSqliteStore(this DbContextOptionsBuilder options, string file, int patience = 15) =>
        options.UseSqlite(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            ForeignKeys = true,
            DefaultTimeout = patience,
            Pooling = true,
        }.ConnectionString)
            .AddInterceptors(Statements)
            .ReplaceService<ISqliteRelationalConnection, PersistentConnection>();
#pragma warning restore EF1001

    /// <summary>Brings the file to this program's schema, creating it if need be. Safe to call from several processes, and
    /// after one died half-way.</summary>
    /// <exception cref="StoreException">The file was made by a newer program, or cannot be written.</exception>
    public static Task MigrateAsync(NewsDb db, string file, CancellationToken cancel = default) => MigrateAsync(db, file, null, cancel);

    /// <param name="waits">Called once where another process is at it, which is waited for.</param>
    /// <exception cref="StoreException">The file was made by a newer program, or cannot be written.</exception>
    public static async Task MigrateAsync(NewsDb db, string file, Action? waits, CancellationToken cancel)
    {
        try
        {
            PrivateFiles.CreateFolder(Path.GetDirectoryName(Path.GetFullPath(file))!);
            // The operating system frees this lock when a process dies. EF's own lock is a row, which would stay for ever.
            await using var fileLock = await TakeTurnAsync(file + ".lock", waits, cancel);
            var known = db.Database.GetMigrations().ToHashSet();
            var applied = File.Exists(file) ? (await db.Database.GetAppliedMigrationsAsync(cancel)).ToList() : [];
            if (applied.Find(m => !known.Contains(m)) is { } newer)
                throw Newer(file, newer);
            if (applied.Count == known.Count) return;
            PrivateFiles.CreateEmpty(file);
            // Left by a process that died while it migrated, perhaps before the first migration was done.
            if (File.Exists(file)) await db.Database.ExecuteSqlRawAsync("""DROP TABLE IF EXISTS "__EFMigrationsLock";""", cancel);
            await db.Database.MigrateAsync(cancel);
            // EF sets it for a file that it makes, not for an empty one that it finds.
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL;", cancel);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw CannotOpen(file, e);
        }
    }

    /// <summary>Tries whether the store can be written to: whether another program holds it locked, or this user may only read
    /// it. Nothing is changed.</summary>
    /// <param name="patience">How long a lock is waited for, in whole seconds.</param>
    /// <exception cref="SqliteException">It cannot.</exception>
    public static void TryLocking(string file, int patience)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = patience,
        }.ConnectionString);
        connection.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        transaction.Rollback();
    }

    /// <summary>What can be said of a store in a moment, before the program is built: whether it can be written to, and is
    /// not a newer program's.</summary>
    /// <exception cref="StoreException">It cannot be used; the message says why and what to do.</exception>
    public static void Check(string file)
    {
        // One that is yet to be made is none that is locked.
        if (!File.Exists(file)) return;
        try
        {
            TryLocking(file, patience: 1);
            var known = typeof(NewsDb).Assembly.GetTypes()
                .Where(t => t.GetCustomAttribute<DbContextAttribute>()?.ContextType == typeof(NewsDb))
                .Select(t => t.GetCustomAttribute<MigrationAttribute>()?.Id)
                .ToHashSet();
            if (Applied(file).Find(m => !known.Contains(m)) is { } newer) throw Newer(file, newer);
        }
        catch (SqliteException e)
        {
            throw CannotOpen(file, e);
        }
    }

    private static List<string> Applied(string file)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = 1,
        }.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = '__EFMigrationsHistory'";
        if ((long)command.ExecuteScalar()! == 0) return [];
        command.CommandText = "SELECT MigrationId FROM __EFMigrationsHistory";
        using var reader = command.ExecuteReader();
        var applied = new List<string>();
        while (reader.Read()) applied.Add(reader.GetString(0));
        return applied;
    }

    private static StoreException Newer(string file, string migration) =>
        new($"{file} was written by a newer version of this program (it has '{migration}'). Update the program, or "
            + "restore a backup from before.");

    internal static StoreException CannotOpen(string file, Exception e) => StorageFailure.Of(e) is { } failure
        ? new StoreException($"The store {file} cannot be used. {failure.Sentence} {failure.Remedy}", e)
        : new StoreException($"The store {file} cannot be opened: {e.Message}", e);

    internal static bool IsTaken(SqliteException failure) =>
        failure.SqliteExtendedErrorCode is SQLitePCL.raw.SQLITE_CONSTRAINT_UNIQUE or SQLitePCL.raw.SQLITE_CONSTRAINT_PRIMARYKEY;

    /// <summary>Held by everyone who works on the store, several at once; until the last lets go, nobody puts
    /// another in its place.</summary>
    /// <exception cref="StoreException">It is being restored at this moment, or its folder cannot be.</exception>
    public static FileStream Hold(string file) =>
        Hold(file, FileAccess.Read, FileShare.Read, $"The store {file} is being restored or moved. Try again when that is done.");

    /// <exception cref="StoreException">Somebody works on the store.</exception>
    internal static FileStream HoldAlone(string file) =>
        Hold(file, FileAccess.ReadWrite, FileShare.None,
            $"The store {file} is in use: the paper is being served from it, or a command is running. Stop that first.");

    /// <summary>A lock of the operating system's, which frees it when a process dies.</summary>
    private static FileStream Hold(string file, FileAccess access, FileShare share, string taken)
    {
        try
        {
            PrivateFiles.CreateFolder(Path.GetDirectoryName(Path.GetFullPath(file))!);
            return PrivateFiles.Open(file + ".open", FileMode.OpenOrCreate, access, share);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StorageFailure.Of(e) is null && e is IOException && File.Exists(file + ".open")
                ? new StoreException(taken, e)
                : CannotOpen(file, e);
        }
    }

    private static async Task<FileStream> TakeTurnAsync(string file, Action? waits, CancellationToken cancel)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return PrivateFiles.Open(file, FileMode.OpenOrCreate, FileAccess.ReadWrite);
            }
            // A disk that is full or may only be read does not get better by waiting.
            catch (IOException e) when (StorageFailure.Of(e) is null && File.Exists(file) && tries < 300)
            {
                if (tries == 10) waits?.Invoke();
                await Task.Delay(100, cancel);
            }
        }
    }
}

/// <summary>For <c>dotnet ef migrations add</c>.</summary>
internal sealed class DesignTimeStore : IDesignTimeDbContextFactory<NewsDb>
{
    public NewsDb CreateDbContext(string[] args) =>
        new((DbContextOptions<NewsDb>)new DbContextOptionsBuilder<NewsDb>().UseSqliteStore("design.db").Options);
}
