using NewsHub.Core.Sharing;
using Npgsql;
using NpgsqlTypes;

namespace NewsHub.Core.Store;

/// <summary>The counts that nodes share in unlogged tables of PostgreSQL: quick to write, and empty after a crash of the server.</summary>
public sealed class PostgresCounts(string connection) : ISharedCounts, IAsyncDisposable
{
    /// <summary>Keys of limits at once, as in a node's own memory.</summary>
    internal const int MostKeys = 100_000;

    private readonly NpgsqlDataSource _source = PostgresStore.Source(connection, connections: 5);

    public async Task<(TimeSpan Wait, bool IsFirst)?> TakeAsync(
        IReadOnlyList<SharedLimit> limits, DateTimeOffset now, CancellationToken cancel)
    {
        await using var command = _source.CreateCommand("""SELECT "Wait", "IsFirst" FROM "TakeFromLimits"($1, $2, $3, $4)""");
        Add(command, NpgsqlDbType.Array | NpgsqlDbType.Bytea, limits.Select(l => l.Key).ToArray());
        Add(command, NpgsqlDbType.Array | NpgsqlDbType.Interval, limits.Select(l => (l.AtOnce - 1) * l.Period).ToArray());
        Add(command, NpgsqlDbType.Array | NpgsqlDbType.Interval, limits.Select(l => l.Period).ToArray());
        Add(command, NpgsqlDbType.TimestampTz, now.UtcDateTime);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? (reader.GetTimeSpan(0), reader.GetBoolean(1)) : null;
    }

    public async Task GiveBackAsync(IReadOnlyList<SharedLimit> limits, CancellationToken cancel)
    {
        await using var command = _source.CreateCommand("""
            WITH given AS (SELECT k, p FROM unnest($1, $2) AS given(k, p)),
                locked AS (SELECT "Key" FROM "SharedLimits" WHERE "Key" = ANY($1) ORDER BY "Key" FOR UPDATE)
            UPDATE "SharedLimits" AS l SET "Whole" = l."Whole" - given.p FROM given, locked WHERE l."Key" = given.k AND locked."Key" = given.k
            """);
        Add(command, NpgsqlDbType.Array | NpgsqlDbType.Bytea, limits.Select(l => l.Key).ToArray());
        Add(command, NpgsqlDbType.Array | NpgsqlDbType.Interval, limits.Select(l => l.Period).ToArray());
        await command.ExecuteNonQueryAsync(cancel);
    }

    public async Task<IReadOnlyDictionary<long, int>> ExchangeReadersAsync(
        IReadOnlyList<ReaderSeen> seen, DateTimeOffset now, CancellationToken cancel)
    {
        if (seen.Count > 0)
        {
            // In one order: two nodes that tell of the same readers would else wait for each other.
            await using var tell = _source.CreateCommand("""
                INSERT INTO "SharedReaders" ("Story", "Reader", "Until")
                SELECT s, r, max(u) FROM unnest($1, $2, $3) AS seen(s, r, u) GROUP BY s, r ORDER BY s, r
                ON CONFLICT ("Story", "Reader") DO UPDATE SET "Until" = GREATEST("SharedReaders"."Until", EXCLUDED."Until")
                """);
            Add(tell, NpgsqlDbType.Array | NpgsqlDbType.Bigint, seen.Select(s => s.Story).ToArray());
            Add(tell, NpgsqlDbType.Array | NpgsqlDbType.Bigint, seen.Select(s => unchecked((long)s.Reader)).ToArray());
            Add(tell, NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, seen.Select(s => s.Until.UtcDateTime).ToArray());
            await tell.ExecuteNonQueryAsync(cancel);
        }
        await using var ask = _source.CreateCommand(
            """SELECT "Story", count(*)::int FROM "SharedReaders" WHERE "Until" > $1 GROUP BY "Story" """);
        Add(ask, NpgsqlDbType.TimestampTz, now.UtcDateTime);
        await using var reader = await ask.ExecuteReaderAsync(cancel);
        var counts = new Dictionary<long, int>();
        while (await reader.ReadAsync(cancel)) counts[reader.GetInt64(0)] = reader.GetInt32(1);
        return counts;
    }

    public async Task TidyAsync(DateTimeOffset now, CancellationToken cancel)
    {
        await using var command = _source.CreateCommand();
        command.CommandText = """
            DELETE FROM "SharedReaders" WHERE "Until" <= $1;
            """;
        Add(command, NpgsqlDbType.TimestampTz, now.UtcDateTime);
        await command.ExecuteNonQueryAsync(cancel);
        // Under a flood from many addresses: those that would be whole again first matter least.
        await using var limits = _source.CreateCommand("""
            DELETE FROM "SharedLimits" WHERE "Whole" <= $1
                OR "Key" IN (SELECT "Key" FROM "SharedLimits" ORDER BY "Whole" DESC OFFSET $2)
            """);
        Add(limits, NpgsqlDbType.TimestampTz, now.UtcDateTime);
        Add(limits, NpgsqlDbType.Bigint, (long)MostKeys);
        await limits.ExecuteNonQueryAsync(cancel);
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static void Add(NpgsqlCommand command, NpgsqlDbType type, object value) =>
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value });
}
