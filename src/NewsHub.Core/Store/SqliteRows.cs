using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace NewsHub.Core.Store;

internal sealed class SqliteRows : StoreRows
{
    public static readonly SqliteRows Instance = new();

    public override Task<DbTransaction> ReadAsync(DbConnection connection, CancellationToken cancel) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: true));

    public override async Task<DbTransaction> WriteAsync(DbConnection connection, CancellationToken cancel)
    {
        var transaction = ((SqliteConnection)connection).BeginTransaction(deferred: false);
        // A row may come before the one of its own table that it refers to.
        await RunAsync(transaction, "PRAGMA defer_foreign_keys = ON", cancel);
        return transaction;
    }

    // The log of events keeps its rows: a store that is replaced is another file.
    public override async Task EmptyAsync(DbTransaction transaction, IReadOnlyCollection<string> tables, CancellationToken cancel)
    {
        foreach (var table in tables) await RunAsync(transaction, $"DELETE FROM {Quoted(table)}", cancel);
    }

    public override async Task InsertAsync(
        DbTransaction transaction, StoreTable table, IAsyncEnumerable<object?[]> rows, CancellationToken cancel)
    {
        await using var command = (SqliteCommand)Command(transaction,
            $"INSERT INTO {Quoted(table.Name)} ({string.Join(", ", table.Columns.Select(c => Quoted(c.Name)))}) "
            + $"VALUES ({string.Join(", ", table.Columns.Select((_, i) => FormattableString.Invariant($"@p{i}")))})");
        var values = table.Columns
            .Select((_, i) => command.Parameters.Add(new SqliteParameter(FormattableString.Invariant($"@p{i}"), DBNull.Value)))
            .ToArray();
        await foreach (var row in rows.WithCancellation(cancel))
        {
            for (var i = 0; i < row.Length; i++) values[i].Value = row[i] ?? DBNull.Value;
            command.ExecuteNonQuery();
        }
    }

    public override async Task<IReadOnlyDictionary<string, long>> LastNumbersAsync(DbTransaction transaction, CancellationToken cancel) =>
        await NumbersAsync(transaction, "SELECT name, seq FROM sqlite_sequence", cancel);

    public override async Task SetLastNumbersAsync(
        DbTransaction transaction, IReadOnlyDictionary<string, long> numbers, CancellationToken cancel)
    {
        await using var command = (SqliteCommand)Command(transaction, """
            UPDATE sqlite_sequence SET seq = max(seq, @number) WHERE name = @table;
            INSERT INTO sqlite_sequence (name, seq) SELECT @table, @number
            WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = @table)
            AND EXISTS (SELECT 1 FROM sqlite_master WHERE name = @table AND sql LIKE '%AUTOINCREMENT%')
            """);
        foreach (var (table, number) in numbers)
        {
            command.Parameters.Clear();
            command.Parameters.AddWithValue("@table", table);
            command.Parameters.AddWithValue("@number", number);
            await command.ExecuteNonQueryAsync(cancel);
        }
    }
}
