using System.Data.Common;

namespace NewsHub.Core.Store;

/// <summary>How a database reads and writes whole tables, for <see cref="StoreCopy"/>.</summary>
internal abstract class StoreRows
{
    private const int Patience = 3600;

    /// <summary>Begins to read the store as it stands at one moment; whoever writes meanwhile does not wait.</summary>
    public abstract Task<DbTransaction> ReadAsync(DbConnection connection, CancellationToken cancel);

    /// <summary>Begins to write, as the only one.</summary>
    public abstract Task<DbTransaction> WriteAsync(DbConnection connection, CancellationToken cancel);

    public abstract Task EmptyAsync(DbTransaction transaction, IReadOnlyCollection<string> tables, CancellationToken cancel);

    /// <param name="rows">Values of the driver's types in the order of the columns. Each may be the same array.</param>
    public abstract Task InsertAsync(
        DbTransaction transaction, StoreTable table, IAsyncEnumerable<object?[]> rows, CancellationToken cancel);

    /// <summary>The last number that each table has given out, also where that row is gone: links in mails have such numbers.</summary>
    public abstract Task<IReadOnlyDictionary<string, long>> LastNumbersAsync(DbTransaction transaction, CancellationToken cancel);

    /// <summary>Lets each table go on after the last number given out, or after the greatest that is in it.</summary>
    public abstract Task SetLastNumbersAsync(
        DbTransaction transaction, IReadOnlyDictionary<string, long> numbers, CancellationToken cancel);

    /// <summary>A name of the model's within a statement.</summary>
    internal static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <param name="sql">With no values in it, only names of the model's.</param>
    internal static DbCommand Command(DbTransaction transaction, string sql)
    {
        var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandTimeout = Patience;
#pragma warning disable CA2100 // See the parameter.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }

    protected static async Task RunAsync(DbTransaction transaction, string sql, CancellationToken cancel)
    {
        await using var command = Command(transaction, sql);
        await command.ExecuteNonQueryAsync(cancel);
    }

    protected static async Task<Dictionary<string, long>> NumbersAsync(DbTransaction transaction, string sql, CancellationToken cancel)
    {
        await using var command = Command(transaction, sql);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var numbers = new Dictionary<string, long>();
        while (await reader.ReadAsync(cancel)) numbers[reader.GetString(0)] = reader.GetInt64(1);
        return numbers;
    }
}
