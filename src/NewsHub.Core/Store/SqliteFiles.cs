using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace NewsHub.Core.Store;

/// <summary>What is done with a SQLite store as a file: it is copied, looked through, and put in the place of another.</summary>
internal static class SqliteFiles
{
    /// <summary>Copies a store as it stands at one moment, page by page; whoever writes meanwhile does not wait, and is not in
    /// it.</summary>
    /// <exception cref="StoreException">It cannot be read, or there is no room.</exception>
    public static void Copy(string file, string to)
    {
        try
        {
            // Whoever can read the folder of the copy must not read the store in it.
            PrivateFiles.CreateEmpty(to);
            using var from = Open(file);
            using var copy = Open(to, SqliteOpenMode.ReadWriteCreate);
            from.BackupDatabase(copy);
        }
        catch (SqliteException e)
        {
            // A full disk is that of the copy: the store is only read.
            throw new StoreException(
                $"The store {file} cannot be copied to {Path.GetDirectoryName(to)}. {StorageFailure.Of(e)?.Sentence ?? e.Message}", e);
        }
    }

    /// <returns>The last migration of a store, and how many rows each of its tables has; a fault where it is broken.</returns>
    public static (string Schema, SortedDictionary<string, long> Rows, string? Fault) Look(string file)
    {
        try
        {
            using var store = Open(file);
            var rows = new SortedDictionary<string, long>(StringComparer.Ordinal);
            if (Ask(store, "PRAGMA quick_check(1)") is not ["ok"] and var faults) return ("", rows, faults[0]);
            const string tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
            foreach (var table in Ask(store, tables))
                rows[table] = long.Parse(Ask(store, $"SELECT count(*) FROM \"{table}\"")[0], CultureInfo.InvariantCulture);
            return (Ask(store, "SELECT MigrationId FROM __EFMigrationsHistory ORDER BY MigrationId DESC LIMIT 1")[0], rows, null);
        }
        catch (SqliteException e)
        {
            return ("", [], e.Message);
        }
    }

    /// <exception cref="InvalidDataException">It is no whole store.</exception>
    public static void Check(string file)
    {
        try
        {
            using var store = Open(file);
            if (Ask(store, "PRAGMA integrity_check(1)") is not ["ok"] and var faults)
                throw new InvalidDataException($"The store in it is broken ({faults[0]}).");
        }
        catch (SqliteException e) when (StorageFailure.Of(e) is null or { Cause: StorageCause.Damaged })
        {
            throw new InvalidDataException($"The store in it cannot be read ({e.Message}).", e);
        }
    }

    /// <summary>Puts a file in the place of a store by renaming it, the one step that counts.</summary>
    public static void Replace(string store, string file)
    {
        FoldJournal(store);
        File.Move(file, store, overwrite: true);
    }

    /// <summary>Deletes a store and what SQLite and this program lay beside it.</summary>
    public static void Delete(string file)
    {
        foreach (var left in new[] { "", "-wal", "-shm", "-journal", ".lock" }) File.Delete(file + left);
    }

    /// <summary>Lets go of a store's file with its context: the last connection that closes folds the journal into it.</summary>
    public static void Release(NewsDb db) => SqliteConnection.ClearPool((SqliteConnection)db.Database.GetDbConnection());

    /// <summary>The old store's journal goes into its file: left beside the new one, SQLite would write it into that.</summary>
    private static void FoldJournal(string file)
    {
        if (File.Exists(file))
        {
            try
            {
                using var old = Open(file);
                if (Ask(old, "PRAGMA wal_checkpoint(TRUNCATE)") is not ["0"])
                    throw new StoreException($"Another program has the store {file} open. Close it, then restore. Nothing was replaced.");
            }
            catch (SqliteException)
            {
                // So broken that it cannot be read: nothing of it is worth keeping.
            }
        }
        foreach (var left in new[] { "-wal", "-shm", "-journal" }) File.Delete(file + left);
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode = SqliteOpenMode.ReadWrite)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 15 }.ConnectionString);
        connection.Open();
        return connection;
    }

    private static List<string> Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Said in this file; names of tables come from the store's own catalogue.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var first = new List<string>();
        while (reader.Read()) first.Add(reader.GetString(0));
        return first;
    }
}
