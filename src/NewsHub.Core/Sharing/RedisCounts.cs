using System.Globalization;
using StackExchange.Redis;

namespace NewsHub.Core.Sharing;

/// <summary>
/// The counts that nodes share in Redis 6.2 or newer, or Valkey. Instants are the caller's, in whole microseconds, which a double holds
/// exactly. Each key expires by the server's clock some minutes after all in it has ceased to count.
/// </summary>
/// <param name="address">As <see cref="RedisAddress"/> reads it. It is connected to when something is counted first.</param>
/// <param name="mostKeys">Keys of limits at once, as in a node's own memory.</param>
public sealed class RedisCounts(string address, int mostKeys = RedisCounts.MostKeys) : ISharedCounts, IAsyncDisposable
{
    internal const int MostKeys = 100_000;

    /// <summary>Readers of one story, as in a node's own memory.</summary>
    private const int MostReaders = 100_000;

    /// <summary>Readers that are told at once: a script keeps everybody else waiting.</summary>
    private const int ToldAtOnce = 1000;

    // In a cluster what stands in braces decides where a key is: all on one machine, as scripts on several keys need it.
    private const string Prefix = "newshub:{counts}:";

    private static readonly RedisKey Limits = Prefix + "limits", Logged = Prefix + "logged", Stories = Prefix + "stories";

    // Nodes' clocks may differ by so much.
    private static readonly long Slack = (long)TimeSpan.FromMinutes(10).TotalMilliseconds;

    /// <summary>Keeps a key for some minutes longer than until an instant, and never for less than it is kept already.</summary>
    private const string Keep = """
        local function keep(key, until_time, now)
            local left = math.ceil((until_time - now) / 1000) + SLACK
            if redis.call('PTTL', key) < left then redis.call('PEXPIRE', key, string.format('%.0f', left)) end
        end

        """;

    // Limits: when each is whole again. Logged: those of which a refusal has been told. ARGV: now, bound, and for each key its room and
    // its period.
    private static readonly string Take = Script("""
        local now, most = tonumber(ARGV[1]), tonumber(ARGV[2])
        local whole = {}
        for i = 3, #ARGV, 3 do
            local key = ARGV[i]
            local at = tonumber(redis.call('ZSCORE', KEYS[1], key) or now)
            local wait = at - now - tonumber(ARGV[i + 1])
            if wait > 0 then
                local first = redis.call('ZADD', KEYS[2], string.format('%.0f', at), key)
                keep(KEYS[2], at, now)
                return {string.format('%.0f', wait), first}
            end
            whole[i] = math.max(at, now) + tonumber(ARGV[i + 2])
        end
        for i = 3, #ARGV, 3 do
            redis.call('ZADD', KEYS[1], string.format('%.0f', whole[i]), ARGV[i])
            redis.call('ZREM', KEYS[2], ARGV[i])
            keep(KEYS[1], whole[i], now)
        end
        for k = 1, 2 do redis.call('ZREMRANGEBYRANK', KEYS[k], 0, -most - 1) end
        return false
        """);

    // ARGV: each key and its period.
    private static readonly string GiveBack = Script("""
        for i = 1, #ARGV, 2 do
            local at = redis.call('ZSCORE', KEYS[1], ARGV[i])
            if at then redis.call('ZADD', KEYS[1], string.format('%.0f', at - ARGV[i + 1]), ARGV[i]) end
        end
        """);

    // KEYS: the stories, and the readers of each of some. ARGV: now, bound, and of each sight which key, the story, the reader, until when.
    private static readonly string Tell = Script("""
        local now, most = tonumber(ARGV[1]), tonumber(ARGV[2])
        for i = 3, #ARGV, 4 do
            local key, at = KEYS[tonumber(ARGV[i])], tonumber(ARGV[i + 3])
            redis.call('ZADD', key, 'GT', ARGV[i + 3], ARGV[i + 2])
            redis.call('ZADD', KEYS[1], 'GT', ARGV[i + 3], ARGV[i + 1])
            keep(key, at, now)
            keep(KEYS[1], at, now)
        end
        for k = 2, #KEYS do
            redis.call('ZREMRANGEBYSCORE', KEYS[k], '-inf', ARGV[1])
            redis.call('ZREMRANGEBYRANK', KEYS[k], 0, -most - 1)
        end
        """);

    private readonly ConfigurationOptions _options = RedisAddress.Read(address) ?? throw new ArgumentException("No address of a Redis.");
    private readonly Lock _lock = new();
    private Task<ConnectionMultiplexer>? _connection;

    public async Task<(TimeSpan Wait, bool IsFirst)?> TakeAsync(
        IReadOnlyList<SharedLimit> limits, DateTimeOffset now, CancellationToken cancel)
    {
        var redis = await DatabaseAsync(cancel);
        var refused = (RedisValue[]?)await redis.ScriptEvaluateAsync(Take, [Limits, Logged],
        [
            Micros(now), mostKeys, .. limits.SelectMany(l => (RedisValue[])[l.Key, Micros((l.AtOnce - 1) * l.Period), Micros(l.Period)]),
        ]).WaitAsync(cancel);
        return refused is [var wait, var first] ? (TimeSpan.FromMicroseconds((long)wait), first == 1) : null;
    }

    public async Task GiveBackAsync(IReadOnlyList<SharedLimit> limits, CancellationToken cancel)
    {
        var redis = await DatabaseAsync(cancel);
        await redis.ScriptEvaluateAsync(GiveBack, [Limits], [.. limits.SelectMany(l => (RedisValue[])[l.Key, Micros(l.Period)])])
            .WaitAsync(cancel);
    }

    public async Task<IReadOnlyDictionary<long, int>> ExchangeReadersAsync(
        IReadOnlyList<ReaderSeen> seen, DateTimeOffset now, CancellationToken cancel)
    {
        var redis = await DatabaseAsync(cancel);
        await Task.WhenAll(seen.Chunk(ToldAtOnce).Select(some => TellAsync(redis, some, now))).WaitAsync(cancel);
        var stories = await redis.SortedSetRangeByScoreAsync(Stories, Micros(now), exclude: Exclude.Start).WaitAsync(cancel);
        // Sent together, so that they cost one round trip.
        var counts = await Task.WhenAll(stories.Select(story =>
            redis.SortedSetLengthAsync(Readers((long)story), Micros(now), exclude: Exclude.Start))).WaitAsync(cancel);
        return stories.Zip(counts).Where(s => s.Second > 0).ToDictionary(s => (long)s.First, s => (int)s.Second);
    }

    public async Task TidyAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var redis = await DatabaseAsync(cancel);
        var stories = await redis.SortedSetRangeByScoreAsync(Stories).WaitAsync(cancel);
        var sets = stories.Select(story => Readers((long)story)).Concat([Limits, Logged, Stories]);
        await Task.WhenAll(sets.Select(set => redis.SortedSetRemoveRangeByScoreAsync(set, double.NegativeInfinity, Micros(now))))
            .WaitAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        Task<ConnectionMultiplexer>? connection;
        lock (_lock) connection = _connection;
        if (connection is null) return;
        try
        {
            await (await connection).DisposeAsync();
        }
        catch (RedisException)
        {
            // It never came about.
        }
    }

    private static Task<RedisResult> TellAsync(IDatabase redis, ReaderSeen[] seen, DateTimeOffset now)
    {
        List<RedisKey> keys = [Stories];
        var places = new Dictionary<long, int>();
        List<RedisValue> values = [Micros(now), MostReaders];
        foreach (var (story, reader, until) in seen)
        {
            if (places.TryAdd(story, keys.Count + 1)) keys.Add(Readers(story));
            values.AddRange([places[story], story, reader, Micros(until)]);
        }
        return redis.ScriptEvaluateAsync(Tell, [.. keys], [.. values]);
    }

    private static RedisKey Readers(long story) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}readers:{story}");

    private static string Script(string text) =>
        Keep.Replace("SLACK", Slack.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) + text;

    private static long Micros(DateTimeOffset instant) => Micros(instant - DateTimeOffset.UnixEpoch);

    private static long Micros(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    private async Task<IDatabase> DatabaseAsync(CancellationToken cancel)
    {
        Task<ConnectionMultiplexer> connection;
        lock (_lock)
        {
            if (_connection is null or { IsFaulted: true } or { IsCanceled: true })
                _connection = Task.Run(() => ConnectionMultiplexer.ConnectAsync(_options), CancellationToken.None);
            connection = _connection;
        }
        return (await connection.WaitAsync(cancel)).GetDatabase();
    }
}
