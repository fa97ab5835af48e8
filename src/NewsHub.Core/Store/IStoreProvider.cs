using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace NewsHub.Core.Store;

/// <summary>The database that the store is in: what is done with it beside the queries of <see cref="NewsDb"/>.</summary>
public interface IStoreProvider
{
    /// <summary>How messages call it within a sentence: by its file, or by its database and server.</summary>
    string Name { get; }

    /// <summary>Lets a context work on the database.</summary>
    void Use(DbContextOptionsBuilder options);

    /// <summary>A context on the database, outside of any pool.</summary>
    NewsDb Open();

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

    /// <summary>Held by the one who moves the store, or puts another in its place.</summary>
    /// <exception cref="StoreException">Somebody works on the store, or it cannot be opened.</exception>
    Task<IAsyncDisposable> HoldAloneAsync(CancellationToken cancel);

    /// <summary>Whether there is a store: a file, or a database in which this program has kept anything.</summary>
    Task<bool> IsThereAsync(CancellationToken cancel);

    /// <summary>Fills what is empty with another store, whole or not at all. Nobody else works on it meanwhile.</summary>
    /// <param name="from">On a store with this program's schema.</param>
    /// <param name="progress">In rows.</param>
    /// <returns>How many rows were copied.</returns>
    /// <exception cref="StoreException">It is not empty, in use, or cannot be written. Nothing was changed.</exception>
    Task<long> FillAsync(NewsDb from, IProgress<ImportProgress>? progress, CancellationToken cancel);

    /// <summary>Writes the store as it stands at one moment into a SQLite file, also while others write.</summary>
    /// <param name="copy">The file, which is made.</param>
    /// <exception cref="StoreException">It cannot be read, or the file not be written.</exception>
    Task CopyToAsync(string copy, IProgress<ImportProgress>? progress, CancellationToken cancel);

    /// <summary>Puts the store in a SQLite file in the place of this one, whole or not at all. Whoever asks holds it alone.</summary>
    /// <param name="by">A SQLite file with this program's schema or an older one. It is used up.</param>
    /// <exception cref="StoreException">It cannot be done. Nothing was changed.</exception>
    Task ReplaceAsync(string by, IProgress<ImportProgress>? progress, CancellationToken cancel);

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
