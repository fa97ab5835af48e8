using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using NewsHub.Core.Store;

namespace NewsHub.Core.Tests;

/// <summary>A real SQLite store of its own for one test: in memory, alive for as long as its connection is open.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    /// <summary>The schema, made once by the migrations and copied into each store.</summary>
    private static readonly Lazy<Task<SqliteConnection>> Migrated = new(MigrateAsync);

    private readonly SqliteConnection _connection = new("Data Source=:memory:;Foreign Keys=True");

    private TestStore() { }

    /// <summary>Every command that was run since the last <see cref="SqlLog.Clear"/>.</summary>
    public SqlLog Sql { get; } = new();

    public static async Task<TestStore> OpenAsync()
    {
        var migrated = await Migrated.Value;
        var store = new TestStore();
        await store._connection.OpenAsync();
        lock (migrated) migrated.BackupDatabase(store._connection);
        return store;
    }

    private static async Task<SqliteConnection> MigrateAsync()
    {
        var store = new TestStore();
        await store._connection.OpenAsync();
        await using var db = store.Db();
        await db.Database.MigrateAsync();
        return store._connection;
    }

    public NewsDb Db() =>
        new((DbContextOptions<NewsDb>)new DbContextOptionsBuilder<NewsDb>().UseSqlite(_connection).AddInterceptors(Sql).Options);

    /// <summary>SQLite's plan for a statement, one line a step.</summary>
    public IReadOnlyList<string> Plan(string sql)
    {
        using var command = _connection.CreateCommand();
        // Null parameters do not change a plan, and every parameter has to be there.
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        foreach (var name in System.Text.RegularExpressions.Regex.Matches(sql, "@[A-Za-z0-9_]+").Select(m => m.Value).Distinct())
            command.Parameters.AddWithValue(name, DBNull.Value);
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read()) lines.Add(reader.GetString(3));
        return lines;
    }

    /// <summary>How many rows each table holds.</summary>
    public IReadOnlyDictionary<string, long> Rows()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
        var tables = new List<string>();
        using (var reader = command.ExecuteReader())
            while (reader.Read()) tables.Add(reader.GetString(0));
        return tables.ToDictionary(t => t, t =>
        {
            using var count = _connection.CreateCommand();
#pragma warning disable CA2100 // The table's name comes from the store's own catalogue.
            count.CommandText = $"SELECT count(*) FROM \"{t}\"";
#pragma warning restore CA2100
            return (long)count.ExecuteScalar()!;
        });
    }

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();
}

/// <summary>Takes down what is asked of the store.</summary>
internal sealed class SqlLog : DbCommandInterceptor
{
    private readonly List<string> _commands = [];

    public IReadOnlyList<string> Commands => _commands;

    public void Clear() => _commands.Clear();

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        _commands.Add(command.CommandText);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        _commands.Add(command.CommandText);
        return ValueTask.FromResult(result);
    }
}
