using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using NewsHub.Core.Search;

namespace NewsHub.Core.Store;

/// <summary>
/// Copies every row of every table of one store into another, of either kind, by the columns of the model: a table that is added later
/// comes along. All is read as it stood at one moment, and written in one transaction. The search index is left out: without its state it
/// is made anew by <see cref="Indexing"/>. In PostgreSQL texts lose what it refuses (<see cref="StorableText"/>), and instants what is
/// less than a microsecond.
/// </summary>
public static class StoreCopy
{
    private const int RowsPerReport = 2000;

    private static readonly Dictionary<Type, Func<DbDataReader, int, object>> Getters = new()
    {
        [typeof(string)] = (r, i) => r.GetString(i),
        [typeof(long)] = (r, i) => r.GetInt64(i),
        [typeof(int)] = (r, i) => r.GetInt32(i),
        [typeof(bool)] = (r, i) => r.GetBoolean(i),
        [typeof(double)] = (r, i) => r.GetDouble(i),
        [typeof(decimal)] = (r, i) => r.GetDecimal(i),
        [typeof(Guid)] = (r, i) => r.GetGuid(i),
        [typeof(DateTime)] = (r, i) => r.GetDateTime(i),
        [typeof(DateOnly)] = (r, i) => r.GetFieldValue<DateOnly>(i),
        [typeof(byte[])] = (r, i) => r.GetFieldValue<byte[]>(i),
    };

    /// <param name="from">A store with this program's schema.</param>
    /// <param name="to">Another with this program's schema, which nobody else writes to.</param>
    /// <param name="replaces">Whether what is there goes; else there must be nothing.</param>
    /// <param name="progress">In rows.</param>
    /// <returns>How many rows were copied.</returns>
    /// <exception cref="StoreException">There is something, or a row does not fit. Nothing was changed.</exception>
    public static async Task<long> RunAsync(
        NewsDb from, NewsDb to, bool replaces = false, IProgress<ImportProgress>? progress = null, CancellationToken cancel = default)
    {
        await from.Database.OpenConnectionAsync(cancel);
        await to.Database.OpenConnectionAsync(cancel);
        var (source, target) = (from.Dialect.Rows, to.Dialect.Rows);
        var tables = Match(Tables(from.Model), Tables(to.Model));
        await using var reading = await source.ReadAsync(from.Database.GetDbConnection(), cancel);
        await using var writing = await target.WriteAsync(to.Database.GetDbConnection(), cancel);
        if (!replaces) await RefuseFullAsync(writing, tables, cancel);
        await target.EmptyAsync(writing, [.. replaces ? tables.Select(t => t.Name) : [], .. IndexTables(to.Model)], cancel);
        var count = new Count(await TotalAsync(reading, tables, cancel), progress);
        foreach (var table in tables)
        {
            count.Begin(table.Name);
            await target.InsertAsync(writing, table, RowsAsync(reading, table, count, cancel), cancel);
        }
        await target.SetLastNumbersAsync(writing, await source.LastNumbersAsync(reading, cancel), cancel);
        // Whoever stopped it is told that nothing was changed.
        cancel.ThrowIfCancellationRequested();
        await writing.CommitAsync(CancellationToken.None);
        return count.Done;
    }

    /// <summary>The tables that are copied, each after those that it refers to.</summary>
    internal static IReadOnlyList<StoreTable> Tables(IModel model)
    {
        var rest = model.GetRelationalModel().Tables.Where(t => !IsOfIndex(t)).OrderBy(t => t.Name, StringComparer.Ordinal).ToList();
        var ordered = new List<StoreTable>(rest.Count);
        while (rest.Count > 0)
        {
            var next = rest.Find(t => t.ForeignKeyConstraints.All(k => k.PrincipalTable == t || !rest.Contains(k.PrincipalTable)))
                ?? throw new InvalidOperationException(
                    $"Tables refer to each other in a circle: {string.Join(", ", rest.Select(t => t.Name))}.");
            rest.Remove(next);
            ordered.Add(new StoreTable(next.Name, [.. next.Columns.Select(Column)]));
        }
        return ordered;
    }

    internal static IEnumerable<string> IndexTables(IModel model) =>
        model.GetRelationalModel().Tables.Where(IsOfIndex).Select(t => t.Name);

    private static bool IsOfIndex(ITable table) =>
        table.EntityTypeMappings.All(m => m.TypeBase.ClrType.Namespace == typeof(IndexState).Namespace);

    // A column of JSON has no property of its own.
    private static StoreColumn Column(IColumn column) => new(
        column.Name,
        column.PropertyMappings.Count == 0 ? typeof(string) : column.ProviderClrType,
        column.StoreTypeMapping.StoreTypeNameBase);

    private static IReadOnlyList<StoreTable> Match(IReadOnlyList<StoreTable> from, IReadOnlyList<StoreTable> to)
    {
        var there = to.ToDictionary(t => t.Name);
        if (from.FirstOrDefault(t => !there.TryGetValue(t.Name, out var same)
            || !t.Columns.Select(c => c.Name).Order().SequenceEqual(same.Columns.Select(c => c.Name).Order())) is { } own)
        {
            throw new InvalidOperationException($"The table {own.Name} is not the same in both kinds of store.");
        }
        // Columns as the target types them, in the order in which both are asked.
        return [.. from.Select(t => there[t.Name] with
        {
            Columns = [.. t.Columns.Select(c => c with { StoreType = there[t.Name].Columns.Single(o => o.Name == c.Name).StoreType })],
        })];
    }

    private static async Task RefuseFullAsync(DbTransaction writing, IReadOnlyList<StoreTable> tables, CancellationToken cancel)
    {
        foreach (var table in tables)
            if (await CountAsync(writing, table.Name, cancel) is > 0 and var rows)
                throw new StoreException(FormattableString.Invariant(
                    $"The store to fill is not empty (rows in {table.Name}: {rows}). Nothing was changed. Choose one that is empty."));
    }

    private static async Task<long> TotalAsync(DbTransaction reading, IReadOnlyList<StoreTable> tables, CancellationToken cancel)
    {
        long total = 0;
        foreach (var table in tables) total += await CountAsync(reading, table.Name, cancel);
        return total;
    }

    private static async Task<long> CountAsync(DbTransaction transaction, string table, CancellationToken cancel)
    {
        await using var command = StoreRows.Command(transaction, $"SELECT count(*) FROM {StoreRows.Quoted(table)}");
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>The rows of a table; each is the same array, filled anew.</summary>
    private static async IAsyncEnumerable<object?[]> RowsAsync(
        DbTransaction reading, StoreTable table, Count count, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = StoreRows.Command(reading,
            $"SELECT {string.Join(", ", table.Columns.Select(c => StoreRows.Quoted(c.Name)))} FROM {StoreRows.Quoted(table.Name)}");
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancel);
        var getters = table.Columns.Select(c => Getters.GetValueOrDefault(c.Type)
            ?? throw new InvalidOperationException($"{table.Name}.{c.Name} is of a type that is not copied yet: {c.Type}.")).ToArray();
        var row = new object?[getters.Length];
        while (await reader.ReadAsync(cancel))
        {
            for (var i = 0; i < row.Length; i++) row[i] = reader.IsDBNull(i) ? null : getters[i](reader, i);
            count.Add();
            yield return row;
        }
    }

    private sealed class Count(long total, IProgress<ImportProgress>? progress)
    {
        private string _table = "";

        public long Done { get; private set; }

        public void Begin(string table)
        {
            _table = table;
            Report();
        }

        public void Add()
        {
            if (++Done % RowsPerReport == 0) Report();
        }

        private void Report() => progress?.Report(new ImportProgress((int)Done, (int)Math.Max(total, Done), _table));
    }
}

/// <param name="Columns">In the order in which their values stand in a row.</param>
internal sealed record StoreTable(string Name, IReadOnlyList<StoreColumn> Columns);

/// <param name="Type">As what the driver reads it.</param>
/// <param name="StoreType">As the database calls it, without a length.</param>
internal sealed record StoreColumn(string Name, Type Type, string StoreType);
