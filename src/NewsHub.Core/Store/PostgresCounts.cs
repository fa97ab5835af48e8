using System.Threading.Channels;
using NewsHub.Core.Sharing;
using Npgsql;
using NpgsqlTypes;

namespace NewsHub.Core.Store;

/// <summary>The counts that nodes share in unlogged tables of PostgreSQL: quick to write, and empty after a crash of the server.</summary>
public sealed class PostgresCounts : ISharedCounts, IAsyncDisposable
{
    internal const int MostKeys = 100_000;

    /// <summary>As many rows go within the patience of whoever asks.</summary>
    private const int TidiedAtOnce = 20_000;

    private const int MostWaiting = 20_000, AskedAtOnce = 500;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Channel<Asked> _asked =
        Channel.CreateBounded<Asked>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    private readonly NpgsqlDataSource _source;
    private readonly int _mostKeys;
    private readonly Task _answering;

    /// <param name="mostKeys">Keys of limits at once, as in a node's own memory.</param>
    public PostgresCounts(string connection, int mostKeys = MostKeys)
    {
        (_source, _mostKeys) = (PostgresStore.Source(connection, connections: 5), mostKeys);
        _answering = Task.Run(AnswerAsync);
    }

    /// <summary>
    /// What is asked while a question is under way goes with the next one, and tries at the same limits as one: of two nodes whose readers
    /// try the same limit, each would else wait for the row that the other one wrote, a reader at a time.
    /// </summary>
    public Task<(TimeSpan Wait, bool IsFirst)?> TakeAsync(IReadOnlyList<SharedLimit> limits, DateTimeOffset now, CancellationToken cancel)
    {
        var asked = new Asked(limits, now, new(TaskCreationOptions.RunContinuationsAsynchronously), cancel);
        if (!_asked.Writer.TryWrite(asked)) throw new StoreException("More is being tried than can be counted.");
        return asked.Answer.Task.WaitAsync(cancel);
    }

    private async Task AnswerAsync()
    {
        while (await _asked.Reader.WaitToReadAsync())
        {
            var all = new List<Asked>();
            while (all.Count < AskedAtOnce && _asked.Reader.TryRead(out var asked))
                // Who waits no longer has counted for itself.
                if (!asked.Cancel.IsCancellationRequested) all.Add(asked);
            if (all.Count == 0) continue;
            try
            {
                await AskAsync([.. all.GroupBy(asked => asked.Name).Select(group => group.ToList())]);
            }
            catch (Exception e)
            {
                foreach (var asked in all) asked.Answer.TrySetException(new StoreException("The limits cannot be counted.", e));
            }
        }
    }

    /// <param name="groups">Each of tries at the same limits.</param>
    private async Task AskAsync(IReadOnlyList<List<Asked>> groups)
    {
        using var patience = new CancellationTokenSource(Patience);
        var limits = groups.SelectMany(group => group[0].Limits).ToList();
        var (firsts, next) = (new int[groups.Count], 1);
        for (var n = 0; n < groups.Count; next += groups[n++][0].Limits.Count) firsts[n] = next;
        await using var command = _source.CreateCommand(
            """SELECT "Taken", "Wait", "IsFirst" FROM "TakeFromLimits"($1, $2, $3, $4, $5, $6)""");
        command.Add(NpgsqlDbType.Array | NpgsqlDbType.Integer, groups.Select(group => group.Count).ToArray());
        command.Add(NpgsqlDbType.Array | NpgsqlDbType.Integer, firsts);
        command.Add(NpgsqlDbType.Array | NpgsqlDbType.Bytea, limits.Select(l => l.Key).ToArray());
        command.Add(NpgsqlDbType.Array | NpgsqlDbType.Interval, limits.Select(l => (l.AtOnce - 1) * l.Period).ToArray());
        command.Add(NpgsqlDbType.Array | NpgsqlDbType.Interval, limits.Select(l => l.Period).ToArray());
        command.Add(NpgsqlDbType.TimestampTz, groups.Max(group => group.Max(asked => asked.Now)).UtcDateTime);
        await using var reader = await command.ExecuteReaderAsync(patience.Token);
        foreach (var group in groups)
        {
            await reader.ReadAsync(patience.Token);
            var taken = reader.GetInt32(0);
            for (var n = 0; n < group.Count; n++)
                group[n].Answer.TrySetResult(n < taken ? null : (reader.GetTimeSpan(1), n == taken && reader.GetBoolean(2)));
        }
    }

    public async Task GiveBackAsync(IReadOnlyList<SharedLimit> limits, CancellationToken cancel)
    {
        await using var command = _source.CreateCommand("""
            WITH given AS (SELECT k, p FROM unnest($1, $2) AS given(k, p)),
                locked AS (SELECT "Key" FROM "SharedLimits" WHERE "Key" = ANY($1) ORDER BY "Key" FOR UPDATE)
            UPDATE "SharedLimits" AS l SET "Whole" = l."Whole" - given.p FROM given, locked
            WHERE l."Key" = given.k AND locked."Key" = given.k
            """);
        command.Add(NpgsqlDbType.Array | NpgsqlDbType.Bytea, limits.Select(l => l.Key).ToArray());
        command.Add(NpgsqlDbType.Array | NpgsqlDbType.Interval, limits.Select(l => l.Period).ToArray());
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
            tell.Add(NpgsqlDbType.Array | NpgsqlDbType.Bigint, seen.Select(s => s.Story).ToArray());
            tell.Add(NpgsqlDbType.Array | NpgsqlDbType.Bigint, seen.Select(s => unchecked((long)s.Reader)).ToArray());
            tell.Add(NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, seen.Select(s => s.Until.UtcDateTime).ToArray());
            await tell.ExecuteNonQueryAsync(cancel);
        }
        await using var ask = _source.CreateCommand(
            """SELECT "Story", count(*)::int FROM "SharedReaders" WHERE "Until" > $1 GROUP BY "Story" """);
        ask.Add(NpgsqlDbType.TimestampTz, now.UtcDateTime);
        await using var reader = await ask.ExecuteReaderAsync(cancel);
        var counts = new Dictionary<long, int>();
        while (await reader.ReadAsync(cancel)) counts[reader.GetInt64(0)] = reader.GetInt32(1);
        return counts;
    }

    public async Task TidyAsync(DateTimeOffset now, CancellationToken cancel)
    {
        await using var readers = _source.CreateCommand("""
            DELETE FROM "SharedReaders" WHERE ctid = ANY(ARRAY(SELECT ctid FROM "SharedReaders" WHERE "Until" <= $1 LIMIT $2))
            """);
        readers.Add(NpgsqlDbType.TimestampTz, now.UtcDateTime);
        readers.Add(NpgsqlDbType.Integer, TidiedAtOnce);
        await readers.ExecuteNonQueryAsync(cancel);
        // Under a flood from many addresses: those that would be whole again first matter least.
        await using var limits = _source.CreateCommand("""
            DELETE FROM "SharedLimits" WHERE ctid = ANY(ARRAY(
                SELECT ctid FROM "SharedLimits"
                WHERE "Whole" <= GREATEST($1, (SELECT "Whole" FROM "SharedLimits" ORDER BY "Whole" DESC OFFSET $2 LIMIT 1))
                ORDER BY "Whole" LIMIT $3 FOR UPDATE SKIP LOCKED))
            """);
        limits.Add(NpgsqlDbType.TimestampTz, now.UtcDateTime);
        limits.Add(NpgsqlDbType.Bigint, (long)_mostKeys);
        limits.Add(NpgsqlDbType.Integer, TidiedAtOnce);
        await limits.ExecuteNonQueryAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        _asked.Writer.TryComplete();
        await _answering;
        await _source.DisposeAsync();
    }

    private sealed record Asked(
        IReadOnlyList<SharedLimit> Limits, DateTimeOffset Now, TaskCompletionSource<(TimeSpan Wait, bool IsFirst)?> Answer,
        CancellationToken Cancel)
    {
        /// <summary>The same for tries at the same limits.</summary>
        public string Name { get; } =
            string.Join(' ', Limits.Select(l => $"{Convert.ToHexString(l.Key)} {l.AtOnce} {l.Period.Ticks}"));
    }
}
