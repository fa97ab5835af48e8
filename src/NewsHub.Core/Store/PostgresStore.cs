using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace NewsHub.Core.Store;

/// <summary>The store as a database of PostgreSQL 15 or newer. What is PostgreSQL's own is in the files that are named for it.</summary>
public static class PostgresStore
{
    private const int OldestServer = 15;

    // “News” in ASCII; 1 is the writers', see WriterLock.
    private const long MigrationKey = 0x4E65_7773_0000_0002, HoldKey = 0x4E65_7773_0000_0003;

    /// <summary>A pool of the driver's own size, with several nodes, takes more connections than a server has.</summary>
    private const int MostConnections = 20;

    private static readonly WriterLock Writers = new();

    /// <param name="connection">A connection string of Npgsql's; what it says goes before what is said here.</param>
    /// <param name="patience">How long a statement waits for a lock, in whole seconds.</param>
    public static DbContextOptionsBuilder UsePostgresStore(this DbContextOptionsBuilder options, string connection, int patience = 15) =>
        // Without retries: they forbid transactions, and whoever asks is told in time.
        options.UseNpgsql(Settings(connection, patience).ConnectionString).AddInterceptors(Writers);

    /// <summary>Brings the database to this program's schema. Safe to call from several processes, and after one died half-way: what it
    /// did is one transaction.</summary>
    /// <param name="waits">Called once where another process is at it, which is waited for.</param>
    /// <exception cref="StoreException">There is no such database, it was made by a newer program, or cannot be written.</exception>
    public static async Task MigrateAsync(NewsDb db, string connection, Action? waits = null, CancellationToken cancel = default)
    {
        try
        {
            var own = await OpenAsync(connection, cancel);
            await using var held = new HeldLocks(own);
            for (var tries = 0; !await TryLockAsync(own, "pg_try_advisory_lock", MigrationKey, cancel); tries++)
            {
                if (tries == 10) waits?.Invoke();
                if (tries == 300) throw new StoreException($"Another process has been changing {Name(connection)} for half a minute.");
                await Task.Delay(100, cancel);
            }
            var known = db.Database.GetMigrations().ToHashSet();
            var applied = (await db.Database.GetAppliedMigrationsAsync(cancel)).ToList();
            if (applied.Find(m => !known.Contains(m)) is { } newer) throw Newer(connection, newer);
            if (applied.Count == known.Count) return;
            // A large table takes its time.
            var usual = db.Database.GetCommandTimeout();
            db.Database.SetCommandTimeout(TimeSpan.FromHours(1));
            await db.Database.MigrateAsync(cancel);
            db.Database.SetCommandTimeout(usual);
        }
        catch (NpgsqlException e)
        {
            throw CannotOpen(connection, e);
        }
    }

    /// <summary>What can be said of a store in a moment, before the program is built: whether it can be written to, and is
    /// not a newer program's.</summary>
    /// <exception cref="StoreException">It cannot be used; the message says why and what to do.</exception>
    public static void Check(string connection)
    {
        try
        {
            // Other nodes write, each for a moment.
            using var own = new NpgsqlConnection(Settings(connection, patience: 15, pooled: false).ConnectionString);
            own.Open();
            RefuseOld(own);
            TryWriting(own);
            var known = typeof(NewsDb).Assembly.GetTypes()
                .Where(t => t.GetCustomAttribute<DbContextAttribute>()?.ContextType == typeof(PostgresNewsDb))
                .Select(t => t.GetCustomAttribute<MigrationAttribute>()?.Id)
                .ToHashSet();
            if (Applied(own).Find(m => !known.Contains(m)) is { } newer) throw Newer(connection, newer);
        }
        catch (NpgsqlException e)
        {
            throw CannotOpen(connection, e);
        }
    }

    /// <summary>Tries whether the store can be written to: whether the server answers, lets this user write, and no other program keeps
    /// the writers' lock. Nothing is changed.</summary>
    /// <param name="patience">How long the lock is waited for, in whole seconds.</param>
    /// <exception cref="NpgsqlException">It cannot.</exception>
    public static void TryWriting(string connection, int patience)
    {
        using var own = new NpgsqlConnection(Settings(connection, patience).ConnectionString);
        own.Open();
        TryWriting(own);
    }

    /// <summary>Held by everyone who works on the store, several at once, or by one who puts another in its place, alone. Lasts as long as
    /// its connection: a server that is started anew knows nothing of it.</summary>
    /// <exception cref="StoreException">Somebody else keeps it from being held so, or there is no such database.</exception>
    public static async Task<IAsyncDisposable> HoldAsync(string connection, bool alone = false, CancellationToken cancel = default)
    {
        try
        {
            var own = await OpenAsync(connection, cancel);
            if (await TryLockAsync(own, alone ? "pg_try_advisory_lock" : "pg_try_advisory_lock_shared", HoldKey, cancel))
                return new HeldLocks(own);
            await own.DisposeAsync();
            throw new StoreException(alone
                ? $"{Name(connection)} is in use: the paper is being served from it, or a command is running. Stop that first."
                : $"{Name(connection)} is being restored or filled. Try again when that is done.");
        }
        catch (NpgsqlException e)
        {
            throw CannotOpen(connection, e);
        }
    }

    /// <summary>Whether any of these tables is there and has a row.</summary>
    internal static async Task<bool> HasRowsAsync(string connection, IEnumerable<string> tables, CancellationToken cancel)
    {
        try
        {
            await using var own = await OpenAsync(connection, cancel);
            await using var command = own.CreateCommand();
            foreach (var table in tables.Select(StoreRows.Quoted))
            {
#pragma warning disable CA2100 // Names of the model's.
                command.CommandText = $"SELECT to_regclass('{table}') IS NOT NULL";
                if (!(bool)(await command.ExecuteScalarAsync(cancel))!) continue;
                command.CommandText = $"SELECT EXISTS (SELECT 1 FROM {table})";
#pragma warning restore CA2100
                if ((bool)(await command.ExecuteScalarAsync(cancel))!) return true;
            }
            return false;
        }
        catch (NpgsqlException e)
        {
            throw CannotOpen(connection, e);
        }
    }

    /// <returns>The migrations that a store has, oldest first.</returns>
    internal static async Task<IReadOnlyList<string>> AppliedAsync(string connection, CancellationToken cancel)
    {
        await using var own = await OpenAsync(connection, cancel);
        return [.. Applied(own).Order(StringComparer.Ordinal)];
    }

    /// <summary>The connection string, with what this program needs.</summary>
    private static NpgsqlConnectionStringBuilder Settings(string connection, int patience, bool pooled = true)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection)
        {
            // The server takes longer to read and plan a statement of ours than to run it.
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
        };
        if (!pooled) settings.Pooling = false;
        if (settings.MaxPoolSize == new NpgsqlConnectionStringBuilder().MaxPoolSize) settings.MaxPoolSize = MostConnections;
        settings.ApplicationName ??= "NewsHub";
        // A program that is cut off while it has the writers' lock keeps all others waiting until the server notices.
        settings.Options = FormattableString.Invariant($"-c default_transaction_isolation=read\\ committed -c lock_timeout={patience}s ")
            + "-c idle_in_transaction_session_timeout=10s -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 "
            + $"-c jit=off {settings.Options}".TrimEnd();
        return settings;
    }

    /// <summary>Connections for what is beside the queries of <see cref="NewsDb"/> and waits for no writer.</summary>
    internal static NpgsqlDataSource Source(string connection, int connections)
    {
        var settings = Settings(connection, patience: 15);
        settings.MaxPoolSize = connections;
        return NpgsqlDataSource.Create(settings);
    }

    /// <summary>A connection that is kept for as long as it lasts; one whose server has gone is found out within seconds.</summary>
    internal static async Task<NpgsqlConnection> OpenToListenAsync(string connection, CancellationToken cancel)
    {
        var settings = Settings(connection, patience: 15, pooled: false);
        settings.KeepAlive = 5;
        var own = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await own.OpenAsync(cancel);
            return own;
        }
        catch
        {
            await own.DisposeAsync();
            throw;
        }
    }

    internal static async Task<NpgsqlConnection> OpenAsync(string connection, CancellationToken cancel)
    {
        var own = new NpgsqlConnection(Settings(connection, patience: 15, pooled: false).ConnectionString);
        try
        {
            await own.OpenAsync(cancel);
            RefuseOld(own);
            return own;
        }
        catch
        {
            await own.DisposeAsync();
            throw;
        }
    }

    private static void RefuseOld(NpgsqlConnection own)
    {
        if (own.PostgreSqlVersion.Major < OldestServer)
            throw new StoreException($"The server is PostgreSQL {own.PostgreSqlVersion}. Use {OldestServer} or newer.");
    }

    private static void TryWriting(NpgsqlConnection own)
    {
        using var transaction = own.BeginTransaction();
        using var command = own.CreateCommand();
        // So it is on a server that follows another one.
        command.CommandText = "SELECT current_setting('transaction_read_only')";
        if ((string)command.ExecuteScalar()! == "on")
            throw new PostgresException("Only reading is allowed.", "ERROR", "ERROR", PostgresErrorCodes.ReadOnlySqlTransaction);
#pragma warning disable CA2100 // A constant.
        command.CommandText = WriterLock.Take;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
        transaction.Rollback();
    }

    private static async Task<bool> TryLockAsync(NpgsqlConnection own, string function, long key, CancellationToken cancel)
    {
        await using var command = own.CreateCommand();
#pragma warning disable CA2100 // Constants.
        command.CommandText = FormattableString.Invariant($"SELECT {function}({key})");
#pragma warning restore CA2100
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static List<string> Applied(NpgsqlConnection own)
    {
        using var command = own.CreateCommand();
        command.CommandText = """SELECT to_regclass('"__EFMigrationsHistory"') IS NOT NULL""";
        if (!(bool)command.ExecuteScalar()!) return [];
        command.CommandText = """SELECT "MigrationId" FROM "__EFMigrationsHistory" """;
        using var reader = command.ExecuteReader();
        var applied = new List<string>();
        while (reader.Read()) applied.Add(reader.GetString(0));
        return applied;
    }

    /// <summary>How messages call the database: without who is let in, and by what.</summary>
    internal static string NameOf(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        return $"the database {settings.Database ?? settings.Username} at {settings.Host}";
    }

    private static string Name(string connection) => $"T{NameOf(connection)[1..]}";

    private static StoreException Newer(string connection, string migration) =>
        new($"{Name(connection)} was written by a newer version of this program (it has '{migration}'). Update the program, or "
            + "restore a backup from before.");

    internal static StoreException CannotOpen(string connection, NpgsqlException e) => StorageFailure.Of(e) is { } failure
        ? new StoreException($"{Name(connection)} cannot be used. {failure.Sentence} {failure.Remedy} ({e.Message})", e)
        : new StoreException($"{Name(connection)} cannot be used: {e.Message}", e);
}

/// <summary>The locks of a connection of its own. A server frees them when the connection ends, but only after whoever closed it has
/// gone on: so they are given back first.</summary>
file sealed class HeldLocks(NpgsqlConnection connection) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        try
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT pg_advisory_unlock_all()";
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // The connection has ended, and the locks with it.
        }
        await connection.DisposeAsync();
    }
}
