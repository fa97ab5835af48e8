using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using NewsHub.Core.Store;
using Npgsql;

namespace NewsHub.Core.Tests;

/// <summary>
/// A real store of its own for one test: in SQLite's memory, or, with <c>NEWSHUB_TEST_STORE=postgres</c> in the environment, a database of
/// a real PostgreSQL.
/// </summary>
internal abstract class TestStore : IAsyncDisposable
{
    public const string
        PlansAreSqlites = "The plans are SQLite's: PostgreSQL chooses by how many rows there are.";

    public static bool IsPostgres => Environment.GetEnvironmentVariable("NEWSHUB_TEST_STORE") == "postgres";

    /// <summary>Every command that was run since the last <see cref="SqlLog.Clear"/>.</summary>
    public SqlLog Sql { get; } = new();

    public static Task<TestStore> OpenAsync() => IsPostgres ? PostgresTestStore.OpenAsync() : SqliteTestStore.OpenAsync();

    /// <summary>For what holds of SQLite alone: where all others run on PostgreSQL, the test is skipped and says why.</summary>
    public static Task<TestStore> OpenSqliteAsync(string because)
    {
        Assert.SkipWhen(IsPostgres, because);
        return SqliteTestStore.OpenAsync();
    }

    /// <summary>A context on a database of PostgreSQL.</summary>
    public static PostgresNewsDb OnPostgres(string connection, params IInterceptor[] interceptors) =>
        new((DbContextOptions<PostgresNewsDb>)new DbContextOptionsBuilder<PostgresNewsDb>()
            .UsePostgresStore(connection).AddInterceptors(interceptors).Options);

    public abstract NewsDb Db();

    /// <summary>SQLite's plan for a statement, one line a step.</summary>
    public abstract IReadOnlyList<string> Plan(string sql);

    /// <summary>How many rows each table holds.</summary>
    public abstract IReadOnlyDictionary<string, long> Rows();

    /// <summary>Whether the store takes nothing, as on a disk that may only be read.</summary>
    public abstract Task RefuseWritesAsync(bool refuse);

    /// <summary>Lets the store refuse rows of a table for a reason of its own.</summary>
    /// <param name="condition">SQL of <c>NEW</c>.</param>
    public abstract Task RefuseAsync(string table, string condition, string message);

    public abstract Task RefuseNoMoreAsync(string table);

    public abstract ValueTask DisposeAsync();

    private protected async Task RunAsync(string sql)
    {
        await using var db = Db();
        await db.Database.ExecuteSqlRawAsync(sql);
    }

    private protected static IReadOnlyDictionary<string, long> Rows(DbConnection connection, string tablesSql)
    {
        var tables = Read(connection, tablesSql, r => r.GetString(0));
        return tables.ToDictionary(t => t, t => Read(connection, $"SELECT count(*) FROM \"{t}\"", r => r.GetInt64(0))[0]);
    }

    private protected static List<T> Read<T>(DbConnection connection, string sql, Func<DbDataReader, T> row)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Tables' names come from the store's own catalogue.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(row(reader));
        return rows;
    }
}

/// <summary>A store in memory, alive for as long as its connection is open.</summary>
internal sealed class SqliteTestStore : TestStore
{
    /// <summary>The schema, made once by the migrations and copied into each store.</summary>
    private static readonly Lazy<Task<SqliteConnection>> Migrated = new(MigrateAsync);

    private readonly SqliteConnection _connection = new("Data Source=:memory:;Foreign Keys=True");

    private SqliteTestStore() { }

    public static new async Task<TestStore> OpenAsync()
    {
        var migrated = await Migrated.Value;
        var store = new SqliteTestStore();
        await store._connection.OpenAsync();
        lock (migrated) migrated.BackupDatabase(store._connection);
        return store;
    }

    private static async Task<SqliteConnection> MigrateAsync()
    {
        var store = new SqliteTestStore();
        await store._connection.OpenAsync();
        await using var db = store.Db();
        await db.Database.MigrateAsync();
        return store._connection;
    }

    public override NewsDb Db() =>
        new((DbContextOptions<NewsDb>)new DbContextOptionsBuilder<NewsDb>().UseSqlite(_connection).AddInterceptors(Sql).Options);

    public override IReadOnlyList<string> Plan(string sql)
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

    public override IReadOnlyDictionary<string, long> Rows() =>
        Rows(_connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");

    public override Task RefuseWritesAsync(bool refuse) => RunAsync($"PRAGMA query_only = {(refuse ? 1 : 0)}");

    public override Task RefuseAsync(string table, string condition, string message) =>
        RunAsync($"CREATE TRIGGER \"Fault\" BEFORE INSERT ON \"{table}\" WHEN {condition} BEGIN SELECT RAISE(ABORT, '{message}'); END");

    public override Task RefuseNoMoreAsync(string table) => RunAsync("DROP TRIGGER \"Fault\"");

    public override async ValueTask DisposeAsync() => await _connection.DisposeAsync();
}

/// <summary>A database, gone when it is disposed.</summary>
internal sealed class PostgresTestStore(string connection) : TestStore
{
    public static new async Task<TestStore> OpenAsync() => new PostgresTestStore(await PostgresServer.MakeDatabaseAsync());

    public override NewsDb Db() => OnPostgres(connection, Sql);

    public override IReadOnlyList<string> Plan(string sql) => throw new NotSupportedException("Plans are SQLite's: open that.");

    public override IReadOnlyDictionary<string, long> Rows()
    {
        using var own = new NpgsqlConnection(connection);
        own.Open();
        return Rows(own, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
    }

    public override Task RefuseWritesAsync(bool refuse) => PostgresServer.SetAsync(connection, "default_transaction_read_only", refuse);

    public override Task RefuseAsync(string table, string condition, string message) => RunAsync($"""
        CREATE FUNCTION "Fault"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{message}'; END $$;
        CREATE TRIGGER "Fault" BEFORE INSERT ON "{table}" FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION "Fault"();
        """);

    public override Task RefuseNoMoreAsync(string table) => RunAsync($"DROP TRIGGER \"Fault\" ON \"{table}\"");

    public override async ValueTask DisposeAsync() => await PostgresServer.DropAsync(connection);
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
