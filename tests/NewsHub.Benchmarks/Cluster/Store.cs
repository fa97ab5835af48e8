using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using Npgsql;
using static System.FormattableString;

namespace NewsHub.Benchmarks.Cluster;

/// <param name="Rows">Reactions that are kept.</param>
/// <param name="Sums">Reactions by the sums of all stories.</param>
/// <param name="Lost">Acknowledged reactions of which there is no row.</param>
/// <param name="Wrong">Stories whose sum is not that of their rows.</param>
internal sealed record Counted(int Acknowledged, int Rows, int Sums, int Lost, int Wrong)
{
    public bool IsExact => Acknowledged == Rows && Rows == Sums && Lost == 0 && Wrong == 0;

    public string InWords => IsExact
        ? Invariant($"{Acknowledged:N0} acknowledged = rows = sums")
        : Invariant($"{Acknowledged:N0} acknowledged, {Rows:N0} rows, {Sums:N0} in the sums, {Lost} lost, ")
            + Invariant($"{Wrong} stories with a wrong sum");
}

/// <summary>The database, as another process than the nodes looks into it.</summary>
internal sealed class Store(string database)
{
    // A connection that was kept may be of a server that has been stopped since.
    private readonly string _connection = $"{database};Pooling=false";

    public PostgresNewsDb Open() =>
        new((DbContextOptions<PostgresNewsDb>)new DbContextOptionsBuilder<PostgresNewsDb>().UsePostgresStore(_connection).Options);

    public async Task<IReadOnlyList<Printed>> StoriesAsync(CancellationToken cancel)
    {
        await using var db = Open();
        return await db.Stories.Where(s => s.State == StoryState.Live).OrderBy(s => s.Id)
            .Select(s => new Printed(s.Id.Value, s.Address!)).ToListAsync(cancel);
    }

    /// <summary>Compares what was acknowledged with what there is.</summary>
    public async Task<Counted> CountAsync(IReadOnlyCollection<string> acknowledged, CancellationToken cancel)
    {
        await using var own = await OpenAsync(cancel);
        await using var command = own.CreateCommand();
        command.CommandText = """
            WITH counted AS (
                SELECT (SELECT count(*) FROM "Reactions" r WHERE r."StoryId" = s."Id") AS rows,
                    (SELECT coalesce(sum(sum::int), 0) FROM json_each_text(s."Reactions"::json) AS kinds (kind, sum)) AS sums
                FROM "Stories" s)
            SELECT sum(rows)::int, sum(sums)::int, count(*) FILTER (WHERE rows <> sums)::int,
                (SELECT count(*)::int FROM unnest($1) AS mark WHERE NOT EXISTS (SELECT FROM "Reactions" WHERE "Reader" = mark))
            FROM counted
            """;
        command.Parameters.Add(new NpgsqlParameter { Value = acknowledged.ToArray() });
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return new Counted(acknowledged.Count, row.GetInt32(0), row.GetInt32(1), row.GetInt32(3), row.GetInt32(2));
    }

    /// <summary>Ends the connections over which nodes hear of each other.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> DeafenAsync(CancellationToken cancel)
    {
        await using var own = await OpenAsync(cancel);
        await using var command = own.CreateCommand();
        command.CommandText = """
            SELECT count(pg_terminate_backend(pid))::int FROM pg_stat_activity
            WHERE datname = current_database() AND query = 'LISTEN newshub'
            """;
        return (int)(await command.ExecuteScalarAsync(cancel))!;
    }

    public async Task<string> VersionAsync(CancellationToken cancel)
    {
        await using var own = await OpenAsync(cancel);
        return own.PostgreSqlVersion.ToString();
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancel)
    {
        var own = new NpgsqlConnection(_connection);
        await own.OpenAsync(cancel);
        return own;
    }
}
