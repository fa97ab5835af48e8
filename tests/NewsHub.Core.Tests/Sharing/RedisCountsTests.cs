using System.Diagnostics;
using Microsoft.Extensions.Logging;
using NewsHub.Core.Sharing;

namespace NewsHub.Core.Tests.Sharing;

/// <summary>What nodes count together in Redis, and what they do when it is away.</summary>
public sealed class RedisCountsTests : SharedCountsContract
{
    private static readonly DateTimeOffset Noon = new(2025, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private RedisServer? _server;
    private RedisCounts? _one, _two;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected override async Task<(ISharedCounts One, ISharedCounts Two)> OpenAsync()
    {
        _server = await RedisServer.StartAsync();
        return (_one = new(_server.Address), _two = new(_server.Address));
    }

    protected override async Task CloseAsync()
    {
        if (_server is null || _one is null || _two is null) return;
        await _one.DisposeAsync();
        await _two.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Everything_in_it_expires_by_itself_and_not_before_it_has_ceased_to_count()
    {
        await _one!.TakeAsync([Limit(1, 1, minutes: 30)], Noon, Cancel);
        await _one.TakeAsync([Limit(1, 1, minutes: 30)], Noon, Cancel);
        await _one.TakeAsync([Limit(2, 1, minutes: 1)], Noon, Cancel);
        await _one.GiveBackAsync([Limit(2, 1, minutes: 1)], Cancel);
        await _two!.ExchangeReadersAsync([new(0, 1, Noon.AddMinutes(1)), new(7, 1, Noon.AddMinutes(1))], Noon, Cancel);
        await _one.TidyAsync(Noon, Cancel);

        await using var redis = await _server!.ConnectAsync();
        var keys = redis.GetServer(redis.GetEndPoints()[0]).Keys().ToList();
        Assert.Equal(5, keys.Count);
        foreach (var key in keys)
        {
            Assert.StartsWith("newshub:", key.ToString(), StringComparison.Ordinal);
            var left = await redis.GetDatabase().KeyTimeToLiveAsync(key);
            Assert.NotNull(left);
            // As long as the longest in it counts, and ten minutes.
            var longest = key.ToString() is [.., 'l', 'i', 'm', 'i', 't', 's'] or [.., 'l', 'o', 'g', 'g', 'e', 'd'] ? 40 : 11;
            Assert.InRange(left.Value.TotalMinutes, longest - 1, longest);
        }
    }

    [Fact]
    public async Task Of_keys_and_of_refusals_no_more_are_kept_than_the_bound_and_those_that_are_whole_first_go_first()
    {
        await using var counts = new RedisCounts(_server!.Address, mostKeys: 10);
        for (byte key = 1; key <= 30; key++)
        {
            Assert.Null(await counts.TakeAsync([Limit(key, 1, minutes: key)], Noon, Cancel));
            Assert.NotNull(await counts.TakeAsync([Limit(key, 1, minutes: key)], Noon, Cancel));
        }
        await using var redis = await _server.ConnectAsync();
        foreach (var key in redis.GetServer(redis.GetEndPoints()[0]).Keys())
            Assert.InRange(await redis.GetDatabase().SortedSetLengthAsync(key), 1, 11);
        Assert.NotNull(await counts.TakeAsync([Limit(21, 1, minutes: 21)], Noon, Cancel));
        Assert.Null(await counts.TakeAsync([Limit(20, 1, minutes: 20)], Noon, Cancel));
    }

    [Fact]
    public async Task More_readers_than_are_told_at_once_are_all_counted()
    {
        var seen = Enumerable.Range(0, 2500).Select(i => new ReaderSeen(i % 3, ulong.MaxValue - (ulong)i, Noon.AddMinutes(1))).ToList();
        await _one!.ExchangeReadersAsync(seen, Noon, Cancel);
        var counts = await _two!.ExchangeReadersAsync(seen[..100], Noon, Cancel);
        Assert.Equal(new Dictionary<long, int> { [0] = 834, [1] = 833, [2] = 833 }, counts.OrderBy(c => c.Key).ToDictionary());
    }

    [Fact]
    public async Task When_it_is_wiped_while_it_is_used_counting_goes_on_from_nothing()
    {
        await using var redis = await _server!.ConnectAsync();
        var server = redis.GetServer(redis.GetEndPoints()[0]);
        for (var round = 0; round < 3; round++)
        {
            Assert.Null(await _one!.TakeAsync([Limit(1, 1)], Noon, Cancel));
            Assert.Equal((TimeSpan.FromMinutes(1), true), await _two!.TakeAsync([Limit(1, 1)], Noon, Cancel));
            var counts = await _two.ExchangeReadersAsync([new(7, (ulong)round, Noon.AddMinutes(1))], Noon, Cancel);
            Assert.Equal(1, counts[7]);
            await server.FlushAllDatabasesAsync();
            await server.ScriptFlushAsync();
        }
    }

    [Theory, Trait("Needs", "time")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task While_it_is_away_nobody_waits_longer_than_a_second_that_is_said_once_and_it_is_used_again_when_it_is_back(bool hangs)
    {
        var log = new Lines();
        var shared = new SharedCounts(_one!, log);
        Assert.True(await IsDoneAsync(shared));
        await (hangs ? _server!.HangAsync() : _server!.StopAsync());
        // Long enough that it is asked again.
        for (var away = Stopwatch.StartNew(); away.Elapsed < TimeSpan.FromSeconds(2.5); await Task.Delay(50, Cancel))
        {
            var since = Stopwatch.StartNew();
            Assert.False(await IsDoneAsync(shared));
            // A second, on a machine that has much else to do.
            Assert.InRange(since.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4));
        }
        Assert.Equal(["Warning"], log.Levels);
        await (hangs ? _server.GoOnAsync() : _server.StartAgainAsync());
        await EventuallyDoneAsync(shared);
        Assert.Equal(["Warning", "Information"], log.Levels);
        // Both nodes, and together again.
        await EventuallyDoneAsync(new SharedCounts(_two!, log));
        Assert.Null(await _one!.TakeAsync([Limit(9, 1)], Noon, Cancel));
        Assert.NotNull(await _two!.TakeAsync([Limit(9, 1)], Noon, Cancel));
    }

    [Theory]
    [InlineData("redis://lantern.example", "lantern.example:6379", null, null, 0, false)]
    [InlineData("redis://lantern.example:7000/3", "lantern.example:7000", null, null, 3, false)]
    [InlineData("rediss://desk:a%2Fb%40c@lantern.example/", "lantern.example:6379", "desk", "a/b@c", 0, true)]
    [InlineData("redis://:a:b@10.0.0.7:6379/0", "10.0.0.7:6379", null, "a:b", 0, false)]
    [InlineData("lantern.example,password=a=b,user=desk,ssl=true,defaultDatabase=2", "lantern.example:6380", "desk", "a=b", 2, true)]
    [InlineData("lantern.example:7000,abortConnect=true", "lantern.example:7000", null, null, null, false)]
    public void An_address_is_read_in_either_form(string text, string end, string? user, string? password, int? database, bool tls)
    {
        var options = RedisAddress.Read(text)!;
        Assert.Equal(end, Assert.Single(options.EndPoints).ToString()!.Replace("Unspecified/", "", StringComparison.Ordinal));
        Assert.Equal((user, password, database, tls), (options.User, options.Password, options.DefaultDatabase, options.Ssl));
        Assert.False(options.AbortOnConnectFail);
    }

    [Fact, Trait("Needs", "time")]
    public async Task Where_it_is_away_at_the_start_it_is_used_as_soon_as_it_is_there()
    {
        await _server!.StopAsync();
        var shared = new SharedCounts(_one!, new Lines());
        Assert.False(await IsDoneAsync(shared));
        await _server.StartAgainAsync();
        await EventuallyDoneAsync(shared);
    }

    private static SharedLimit Limit(byte key, int atOnce, int minutes = 1) => new([key], atOnce, TimeSpan.FromMinutes(minutes));

    private static async Task<bool> IsDoneAsync(SharedCounts shared) =>
        (await shared.TryAsync((c, cancel) => c.TakeAsync([Limit(1, 1000)], Noon, cancel))).IsDone;

    private static async Task EventuallyDoneAsync(SharedCounts shared)
    {
        for (var deadline = Stopwatch.StartNew(); !await IsDoneAsync(shared); await Task.Delay(50, Cancel))
            Assert.True(deadline.Elapsed < TimeSpan.FromSeconds(30));
    }

    /// <summary>How loud each line was.</summary>
    private sealed class Lines : ILogger<SharedCounts>
    {
        public List<string> Levels { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId id, TState state, Exception? e, Func<TState, Exception?, string> format) =>
            Levels.Add(logLevel.ToString());
    }
}
