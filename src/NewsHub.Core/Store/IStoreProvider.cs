using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace NewsHub.Core.Store;

/// <summary>The database that the store is in: what is done with it beside the queries of <see cref="NewsDb"/>.</summary>
public interface IStoreProvider
{
    /// <summary>Lets a context work on the database.</summary>
    void Use(DbContextOptionsBuilder options);

    /// <summary>What can be said of the store in a moment, before the program is built: whether it can be written to, and is not a newer
    /// program's.</summary>
    /// <exception cref="StoreException">It cannot be used; the message says why and what to do.</exception>
    void Check();

    /// <summary>Brings the store to this program's schema. Safe to call from several processes, and after one died half-way.</summary>
    /// <param name="waits">Called once where another process is at it, which is waited for.</param>
    /// <exception cref="StoreException">It was made by a newer program, or cannot be written.</exception>
    Task MigrateAsync(NewsDb db, Action? waits, CancellationToken cancel);

    /// <summary>Held by everyone who works on the store, several at once; until the last lets go, nobody puts another in its
    /// place.</summary>
    /// <exception cref="StoreException">It is being restored at this moment, or cannot be opened.</exception>
    Task<IAsyncDisposable> HoldAsync(CancellationToken cancel);

    /// <summary>Tries whether the store can be written to at this moment. Nothing is changed.</summary>
    /// <param name="patience">How long a lock is waited for, in whole seconds.</param>
    /// <exception cref="System.Data.Common.DbException">It cannot; see <see cref="StorageFailure.Of"/>.</exception>
    void TryWriting(int patience);

    /// <summary>Whether this node is the one that does a piece of work which one alone should do, such as sending mail at a set rate. Asked
    /// each time; what is done so must not be wrong when, for a moment, two do it.</summary>
    /// <exception cref="System.Data.Common.DbException">The store cannot say.</exception>
    Task<bool> LeadsAsync(string work, CancellationToken cancel);
}

/// <summary>What any database says of a save that it refused.</summary>
public static class RefusedSave
{
    /// <summary>Whether a save failed because something with the same name, address or number is there already:
    /// somebody was quicker.</summary>
    public static bool IsTaken(this DbUpdateException failure) => failure.InnerException switch
    {
        SqliteException e => SqliteStore.IsTaken(e),
        PostgresException e => e.SqlState is PostgresErrorCodes.UniqueViolation,
        _ => false,
    };
}

/// <summary>The store as one SQLite file.</summary>
/// <param name="patience">How long a statement waits while another process writes, in whole seconds.</param>
public sealed class SqliteProvider(string file, int patience = 15) : IStoreProvider
{
    public void Use(DbContextOptionsBuilder options) => options.UseSqliteStore(file, patience);

    public void Check()
    {
        using var hold = SqliteStore.Hold(file);
        SqliteStore.Check(file);
    }

    public Task MigrateAsync(NewsDb db, Action? waits, CancellationToken cancel) => SqliteStore.MigrateAsync(db, file, waits, cancel);

    public Task<IAsyncDisposable> HoldAsync(CancellationToken cancel) => Task.FromResult<IAsyncDisposable>(SqliteStore.Hold(file));

    public void TryWriting(int patience) => SqliteStore.TryLocking(file, patience);

    public Task<bool> LeadsAsync(string work, CancellationToken cancel) => Task.FromResult(true);
}
