using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace NewsHub.Core.Store;

/// <summary>
/// One writer at a time, as in SQLite: the first thing that each transaction does is to wait for one lock, which it keeps to its end. So
/// nobody else writes between what a transaction reads and what it writes, and events are seen in the order of their numbers: a
/// follower that reads on from the last one misses none. Taken later than the first row lock, two writers could wait for each other.
/// </summary>
internal sealed class WriterLock : DbCommandInterceptor, IDbTransactionInterceptor
{
    // “News” in ASCII, and 1.
    private const long Key = 0x4E65_7773_0000_0001;

    /// <summary>The statement that waits for the lock, which is kept until the transaction ends.</summary>
    internal static readonly string Take = FormattableString.Invariant($"SELECT pg_advisory_xact_lock({Key})");

    public DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result)
    {
        try
        {
            using var command = Command(connection, result);
            command.ExecuteNonQuery();
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    public async ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = Command(connection, result);
            await command.ExecuteNonQueryAsync(cancellationToken);
            return result;
        }
        catch
        {
            await result.DisposeAsync();
            throw;
        }
    }

    public override InterceptionResult<int> NonQueryExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        LockFirst(command, eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        LockFirst(command, eventData);
        return ValueTask.FromResult(result);
    }

    /// <summary>A statement that changes rows without a transaction of its own: both statements are one to the server, and one
    /// transaction.</summary>
    private static void LockFirst(DbCommand command, CommandEventData eventData)
    {
        if (command.Transaction is null && eventData.CommandSource
            is CommandSource.ExecuteUpdate or CommandSource.ExecuteDelete or CommandSource.ExecuteSqlRaw)
        {
            command.CommandText = $"{Take}; {command.CommandText}";
        }
    }

    private static DbCommand Command(DbConnection connection, DbTransaction transaction)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // A constant.
        command.CommandText = Take;
#pragma warning restore CA2100
        return command;
    }
}
