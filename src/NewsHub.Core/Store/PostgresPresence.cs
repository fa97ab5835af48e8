using NewsHub.Core.Editing;
using Npgsql;
using NpgsqlTypes;

namespace NewsHub.Core.Store;

/// <summary>Who has which story open, over all nodes: in an unlogged table. The nodes tell their tabs when it changes.</summary>
public sealed class PostgresPresence(string connection, TimeProvider clock) : IPresence, IAsyncDisposable
{
    private readonly NpgsqlDataSource _source = PostgresStore.Source(connection, connections: 5);

    public async Task<IReadOnlyList<string>> StayAsync(long story, long member, string name, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        // Told to the tabs where somebody comes, and where somebody was forgotten.
        await using var command = _source.CreateCommand("""
            WITH gone AS (
                UPDATE "SharedPresence" AS p SET "SeenAt" = NULL
                FROM (SELECT "Story", "Member" FROM "SharedPresence"
                    WHERE "SeenAt" <= $4 AND NOT ("Story" = $1 AND "Member" = $2) FOR UPDATE SKIP LOCKED) AS late
                WHERE p."Story" = late."Story" AND p."Member" = late."Member" RETURNING 1),
            come AS (
                INSERT INTO "SharedPresence" AS p ("Story", "Member", "Name", "SeenAt")
                SELECT $1, $2, $3, $5 WHERE (SELECT count(*) FROM "SharedPresence" WHERE "SeenAt" > $4) < $6
                    OR EXISTS (SELECT 1 FROM "SharedPresence" WHERE "Story" = $1 AND "Member" = $2)
                ON CONFLICT ("Story", "Member") DO UPDATE SET "Name" = $3, "SeenAt" = $5)
            SELECT pg_notify('newshub', 'newsroom') WHERE EXISTS (SELECT 1 FROM gone)
                OR NOT EXISTS (SELECT 1 FROM "SharedPresence" WHERE "Story" = $1 AND "Member" = $2 AND "SeenAt" > $4)
            """);
        command.Add(NpgsqlDbType.Bigint, story);
        command.Add(NpgsqlDbType.Bigint, member);
        command.Add(NpgsqlDbType.Text, StorableText.Of(name));
        command.Add(NpgsqlDbType.TimestampTz, now - IPresence.Forgotten);
        command.Add(NpgsqlDbType.TimestampTz, now);
        command.Add(NpgsqlDbType.Integer, IPresence.Most);
        await command.ExecuteNonQueryAsync(cancel);
        return (await OfAsync([story], member, cancel)).GetValueOrDefault(story)?.Where(n => n != IPresence.Oneself).ToList() ?? [];
    }

    public async Task<IReadOnlyDictionary<long, IReadOnlyList<string>>> OfAsync(
        IReadOnlyCollection<long> stories, long member, CancellationToken cancel)
    {
        await using var command = _source.CreateCommand("""
            SELECT "Story", "Member", "Name" FROM "SharedPresence" WHERE "Story" = ANY($1) AND "SeenAt" > $2
            """);
        command.Add(NpgsqlDbType.Array | NpgsqlDbType.Bigint, stories.ToArray());
        command.Add(NpgsqlDbType.TimestampTz, clock.GetUtcNow().UtcDateTime - IPresence.Forgotten);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var here = new List<(long Story, long Member, string Name)>();
        while (await reader.ReadAsync(cancel)) here.Add((reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2)));
        return IPresence.Named(here, member);
    }

    public async Task OpenAsync(long story, long member, int revision, CancellationToken cancel)
    {
        await using var command = _source.CreateCommand("""
            INSERT INTO "SharedPresence" ("Story", "Member", "Name", "Revision", "OpenedAt")
            SELECT $1, $2, '', $3, $4 WHERE (SELECT count(*) FROM "SharedPresence") < $5
            ON CONFLICT ("Story", "Member") DO UPDATE SET "Revision" = $3, "OpenedAt" = $4
            """);
        command.Add(NpgsqlDbType.Bigint, story);
        command.Add(NpgsqlDbType.Bigint, member);
        command.Add(NpgsqlDbType.Integer, revision);
        command.Add(NpgsqlDbType.TimestampTz, clock.GetUtcNow().UtcDateTime);
        command.Add(NpgsqlDbType.Integer, IPresence.Most);
        if (await command.ExecuteNonQueryAsync(cancel) > 0) return;
        await using var tidy = _source.CreateCommand("""
            DELETE FROM "SharedPresence" WHERE ("SeenAt" IS NULL OR "SeenAt" <= $1) AND ("OpenedAt" IS NULL OR "OpenedAt" <= $2)
            """);
        tidy.Add(NpgsqlDbType.TimestampTz, clock.GetUtcNow().UtcDateTime - IPresence.Forgotten);
        tidy.Add(NpgsqlDbType.TimestampTz, clock.GetUtcNow().UtcDateTime - IPresence.OpenFor);
        await tidy.ExecuteNonQueryAsync(cancel);
        await command.ExecuteNonQueryAsync(cancel);
    }

    public async Task<bool> IsOpenElsewhereAsync(long story, long member, int revision, CancellationToken cancel)
    {
        await using var command = _source.CreateCommand("""
            SELECT EXISTS (SELECT 1 FROM "SharedPresence" WHERE "Story" = $1 AND "Member" <> $2 AND "Revision" = $3)
            """);
        command.Add(NpgsqlDbType.Bigint, story);
        command.Add(NpgsqlDbType.Bigint, member);
        command.Add(NpgsqlDbType.Integer, revision);
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    public async Task LeaveAsync(long story, long member, CancellationToken cancel)
    {
        await using var command = _source.CreateCommand("""
            WITH gone AS (
                UPDATE "SharedPresence" SET "SeenAt" = NULL WHERE "Story" = $1 AND "Member" = $2 AND "SeenAt" IS NOT NULL RETURNING 1)
            SELECT pg_notify('newshub', 'newsroom') FROM gone
            """);
        command.Add(NpgsqlDbType.Bigint, story);
        command.Add(NpgsqlDbType.Bigint, member);
        await command.ExecuteNonQueryAsync(cancel);
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
