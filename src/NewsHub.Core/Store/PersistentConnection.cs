using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Sqlite.Storage.Internal;
using Microsoft.EntityFrameworkCore.Storage;
using SQLitePCL;

namespace NewsHub.Core.Store;

// EF Core has no public way to keep a connection open beyond a query: a pooled context closes it on its way back.
#pragma warning disable EF1001
/// <summary>A context's connection stays open until the context is gone, also while it waits in the pool.</summary>
internal sealed class PersistentConnection(
    RelationalConnectionDependencies dependencies,
    IRawSqlCommandBuilder rawSql,
    IDiagnosticsLogger<Microsoft.EntityFrameworkCore.DbLoggerCategory.Infrastructure> logger)
    : SqliteRelationalConnection(dependencies, rawSql, logger)
{
    protected override void OpenDbConnection(bool errorsExpected)
    {
        base.OpenDbConnection(errorsExpected);
        Configure();
    }

    protected override async Task OpenDbConnectionAsync(bool errorsExpected, CancellationToken cancellationToken)
    {
        await base.OpenDbConnectionAsync(errorsExpected, cancellationToken);
        Configure();
    }

    protected override void CloseDbConnection() { }

    protected override Task CloseDbConnectionAsync() => Task.CompletedTask;

    private void Configure()
    {
        var handle = ((SqliteConnection)DbConnection).Handle;
        // SQLite would plan a statement anew whenever the value of its LIMIT is bound, to see whether it is zero.
        raw.sqlite3_db_config(handle, raw.SQLITE_DBCONFIG_ENABLE_QPSG, 1, out _);
        // Several writers: SQLite tries again after one millisecond, then two, then five …; the driver, which goes on where this ends,
        // after 150 each time, and one of many would then wait for seconds while others come and go.
        raw.sqlite3_busy_timeout(handle, 1000);
    }
}
#pragma warning restore EF1001

/// <summary>
/// Statements stay prepared for as long as their connection is open. SQLite takes longer to read and plan one of ours than to run it,
/// and EF Core comes with a new command each time.
/// </summary>
internal sealed class PreparedStatementCache : DbCommandInterceptor
{
    // Statements that are put together as they come are not worth keeping.
    private const int MostKept = 64;
    private const int LongestKept = 8 * 1024;

    private readonly ConditionalWeakTable<DbConnection, Dictionary<string, Kept>> _statements = [];

    private sealed class Kept(SqliteCommand command)
    {
        public readonly SqliteCommand Command = command;
        public SqliteDataReader? Reader;
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) =>
            !result.HasResult && Find(command, make: true) is { Reader: null } kept
                ? InterceptionResult<DbDataReader>.SuppressWithResult(Run(kept, command))
                : result;

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(ReaderExecuting(command, eventData, result));
    }

    public override InterceptionResult DataReaderDisposing(
        DbCommand command, DataReaderDisposingEventData eventData, InterceptionResult result)
    {
        if (Find(command, make: false) is { } kept && kept.Reader == eventData.DataReader) kept.Reader = null;
        return result;
    }

    private Kept? Find(DbCommand command, bool make)
    {
        if (command.Connection is not SqliteConnection connection || command.CommandText.Length > LongestKept) return null;
        var statements = _statements.GetOrCreateValue(connection);
        if (statements.TryGetValue(command.CommandText, out var kept) || !make || statements.Count == MostKept) return kept;
        return statements[command.CommandText] = new Kept(new SqliteCommand(command.CommandText, connection));
    }

    private static SqliteDataReader Run(Kept kept, DbCommand asked)
    {
        var command = kept.Command;
        command.Transaction = (SqliteTransaction?)asked.Transaction;
        command.CommandTimeout = asked.CommandTimeout;
        command.Parameters.Clear();
        foreach (SqliteParameter parameter in asked.Parameters) command.Parameters.Add(parameter);
        command.Prepare();
        return kept.Reader = command.ExecuteReader();
    }
}
