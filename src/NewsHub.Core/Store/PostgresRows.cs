using System.Data;
using System.Data.Common;
using Npgsql;

namespace NewsHub.Core.Store;

internal sealed class PostgresRows : StoreRows
{
    public static readonly PostgresRows Instance = new();

    public override async Task<DbTransaction> ReadAsync(DbConnection connection, CancellationToken cancel)
    {
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        await RunAsync(transaction, "SET TRANSACTION READ ONLY; SET LOCAL idle_in_transaction_session_timeout = 0", cancel);
        return transaction;
    }

    public override async Task<DbTransaction> WriteAsync(DbConnection connection, CancellationToken cancel)
    {
        var transaction = await connection.BeginTransactionAsync(cancel);
        await RunAsync(transaction, $"{WriterLock.Take}; SET LOCAL idle_in_transaction_session_timeout = 0", cancel);
        return transaction;
    }

    public override async Task EmptyAsync(DbTransaction transaction, IReadOnlyCollection<string> tables, CancellationToken cancel)
    {
        if (tables.Count == 0) return;
        var guarded = await GuardedAsync(transaction, cancel);
        foreach (var table in guarded.Intersect(tables))
            await RunAsync(transaction, $"ALTER TABLE {Quoted(table)} DISABLE TRIGGER USER", cancel);
        await RunAsync(transaction, $"TRUNCATE {string.Join(", ", tables.Select(Quoted))}", cancel);
        foreach (var table in guarded.Intersect(tables))
            await RunAsync(transaction, $"ALTER TABLE {Quoted(table)} ENABLE TRIGGER USER", cancel);
    }

    public override async Task InsertAsync(
        DbTransaction transaction, StoreTable table, IAsyncEnumerable<object?[]> rows, CancellationToken cancel)
    {
        try
        {
            await using var into = await ((NpgsqlConnection)transaction.Connection!).BeginBinaryImportAsync(
                $"COPY {Quoted(table.Name)} ({string.Join(", ", table.Columns.Select(c => Quoted(c.Name)))}) FROM STDIN (FORMAT BINARY)",
                cancel);
            into.Timeout = TimeSpan.FromHours(1);
            await foreach (var row in rows.WithCancellation(cancel))
            {
                await into.StartRowAsync(cancel);
                for (var i = 0; i < row.Length; i++)
                {
                    if (row[i] is { } value) await into.WriteAsync(Storable(value), table.Columns[i].StoreType, cancel);
                    else await into.WriteNullAsync(cancel);
                }
            }
            await into.CompleteAsync(cancel);
        }
        catch (PostgresException e) when (StorageFailure.Of(e) is null)
        {
            throw new StoreException(
                $"A row of {table.Name} cannot be copied: {e.MessageText} ({e.Where ?? e.Detail}). Nothing was changed.", e);
        }
    }

    public override async Task<IReadOnlyDictionary<string, long>> LastNumbersAsync(DbTransaction transaction, CancellationToken cancel)
    {
        var numbers = new Dictionary<string, long>();
        foreach (var (table, column) in await CountedAsync(transaction, cancel))
        {
            await using var named = Command(transaction, "SELECT pg_get_serial_sequence(@table, @column)");
            named.Parameters.Add(new NpgsqlParameter("table", Quoted(table)));
            named.Parameters.Add(new NpgsqlParameter("column", column));
            // A name as it stands in SQL.
            var sequence = (string)(await named.ExecuteScalarAsync(cancel))!;
            await using var command = Command(transaction, $"SELECT last_value - CASE WHEN is_called THEN 0 ELSE 1 END FROM {sequence}");
            numbers[table] = (long)(await command.ExecuteScalarAsync(cancel))!;
        }
        return numbers;
    }

    public override async Task SetLastNumbersAsync(
        DbTransaction transaction, IReadOnlyDictionary<string, long> numbers, CancellationToken cancel)
    {
        foreach (var (table, column) in await CountedAsync(transaction, cancel))
        {
            await using var greatest = Command(transaction, $"SELECT max({Quoted(column)})::bigint FROM {Quoted(table)}");
            var last = Math.Max(await greatest.ExecuteScalarAsync(cancel) as long? ?? 0, numbers.GetValueOrDefault(table));
            // Unlike setval() it is undone with the transaction.
            await RunAsync(transaction, FormattableString.Invariant(
                $"ALTER TABLE {Quoted(table)} ALTER COLUMN {Quoted(column)} RESTART WITH {last + 1}"), cancel);
        }
    }

    private static object Storable(object value) => value switch
    {
        string text => StorableText.Of(text),
        DateTime at => DateTime.SpecifyKind(at, DateTimeKind.Utc),
        _ => value,
    };

    /// <summary>The columns that number the rows of their tables.</summary>
    private static Task<List<(string Table, string Column)>> CountedAsync(DbTransaction transaction, CancellationToken cancel) =>
        PairsAsync(transaction,
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema() AND is_identity = 'YES'",
            cancel);

    /// <summary>The tables whose own triggers keep rows from being taken out.</summary>
    private static async Task<List<string>> GuardedAsync(DbTransaction transaction, CancellationToken cancel) =>
        [.. (await PairsAsync(transaction, """
            SELECT DISTINCT relname, '' FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
            WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace
            """, cancel)).Select(p => p.Table)];

    private static async Task<List<(string Table, string Column)>> PairsAsync(
        DbTransaction transaction, string sql, CancellationToken cancel)
    {
        await using var command = Command(transaction, sql);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var pairs = new List<(string, string)>();
        while (await reader.ReadAsync(cancel)) pairs.Add((reader.GetString(0), reader.GetString(1)));
        return pairs;
    }
}
