using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using NewsHub.Core.Sharing;

namespace NewsHub.Core.Tests.Sharing;

/// <summary>What holds wherever nodes count together, tried at two nodes.</summary>
public abstract class SharedCountsContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2025, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private ISharedCounts _one = null!, _two = null!;

    /// <summary>What two nodes have, with nothing in it.</summary>
    protected abstract Task<(ISharedCounts One, ISharedCounts Two)> OpenAsync();

    protected abstract Task CloseAsync();

    public async ValueTask InitializeAsync() => (_one, _two) = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Of_many_tries_at_once_at_two_nodes_as_many_pass_as_the_limit_has()
    {
        var passed = 0;
        await Parallel.ForAsync(0, 200, async (i, cancel) =>
        {
            if (await (i % 2 == 0 ? _one : _two).TakeAsync([Limit(1, 60)], Noon, cancel) is null) Interlocked.Increment(ref passed);
        });
        Assert.Equal(60, passed);
    }

    [Fact]
    public async Task Keys_that_are_taken_together_in_any_order_never_wait_for_each_other()
    {
        await Parallel.ForAsync(0, 200, async (i, cancel) =>
        {
            SharedLimit[] limits = [Limit(1, 1000), Limit(2, 1000), Limit(3, 1000)];
            if (i % 2 == 0) Array.Reverse(limits);
            Assert.Null(await _one.TakeAsync(limits, Noon, cancel));
            if (i % 3 == 0) await _two.GiveBackAsync(limits, cancel);
        });
    }

    [Fact]
    public async Task Where_one_of_several_has_none_left_none_is_taken_and_the_first_refusal_is_told_as_the_first()
    {
        Assert.Null(await TakeAsync(Limit(1, 2), Limit(2, 1)));
        Assert.Equal((TimeSpan.FromMinutes(1), true), await TakeAsync(Limit(1, 2), Limit(2, 1)));
        Assert.Equal((TimeSpan.FromMinutes(1), false), await TakeAsync(Limit(1, 2), Limit(2, 1)));
        Assert.Null(await TakeAsync(Limit(1, 2)));
        Assert.Equal((TimeSpan.FromMinutes(1), true), await TakeAsync(Limit(1, 2)));
        Assert.Equal((TimeSpan.FromSeconds(1), false), await _two.TakeAsync([Limit(1, 2)], Noon.AddSeconds(59), default));
        Assert.Null(await _two.TakeAsync([Limit(1, 2)], Noon.AddMinutes(1), default));
    }

    [Fact]
    public async Task Of_many_tries_at_once_that_share_some_of_their_limits_each_limit_lets_as_many_pass_as_it_has()
    {
        var (passed, first) = (new ConcurrentBag<int>(), 0);
        await Parallel.ForAsync(0, 300, async (i, cancel) =>
        {
            // All of them share the first limit; each of ten has one of its own, with room for seven.
            var refused = await (i % 2 == 0 ? _one : _two).TakeAsync([Limit(1, 50), Limit((byte)(10 + i % 10), 7)], Noon, cancel);
            if (refused is null) passed.Add(i % 10);
            else if (refused.Value.IsFirst) Interlocked.Increment(ref first);
        });
        Assert.Equal(50, passed.Count);
        Assert.All(passed.CountBy(own => own), own => Assert.InRange(own.Value, 1, 7));
        Assert.InRange(first, 1, 300 - 50);
        Assert.Equal((TimeSpan.FromMinutes(1), false), await TakeAsync(Limit(1, 50)));
    }

    [Fact]
    public async Task A_try_that_was_no_wrong_one_is_given_back()
    {
        Assert.Null(await TakeAsync(Limit(1, 1)));
        await _two.GiveBackAsync([Limit(1, 1), Limit(9, 1)], default);
        Assert.Null(await TakeAsync(Limit(1, 1)));
        Assert.NotNull(await TakeAsync(Limit(1, 1)));
    }

    [Fact]
    public async Task Readers_are_counted_by_their_numbers_and_until_they_have_gone()
    {
        var later = Noon.AddMinutes(1);
        await _one.ExchangeReadersAsync(
            [new(0, 1, later), new(7, 1, later), new(7, 1, Noon), new(7, ulong.MaxValue, later)], Noon, default);
        var counts = await _two.ExchangeReadersAsync([new(0, 1, Noon), new(7, 1, later), new(8, 1, later)], Noon, default);
        Assert.Equal(new Dictionary<long, int> { [0] = 1, [7] = 2, [8] = 1 }, counts.OrderBy(c => c.Key).ToDictionary());
        await _one.TidyAsync(later, default);
        Assert.Empty(await _one.ExchangeReadersAsync([], Noon, default));
    }

    [Fact]
    public async Task Keys_are_forgotten_when_their_limit_is_whole()
    {
        Assert.Null(await TakeAsync(Limit(1, 5)));
        await _one.TidyAsync(Noon.AddMinutes(1), default);
        Assert.Null(await _one.TakeAsync([Limit(1, 1)], Noon, default));
    }

    [Fact]
    public async Task Whoever_cannot_reach_the_counts_is_told_so_within_a_second_and_asks_again_when_they_are_back()
    {
        var counts = new SwitchedCounts(_one) { IsAway = true };
        var shared = new SharedCounts(counts, NullLogger<SharedCounts>.Instance);
        Assert.False((await shared.TryAsync((c, cancel) => c.TakeAsync([Limit(1, 1)], Noon, cancel))).IsDone);
        // For a second nobody is asked.
        counts.IsAway = false;
        Assert.False((await shared.TryAsync((c, cancel) => c.TakeAsync([Limit(1, 1)], Noon, cancel))).IsDone);
        var deadline = DateTime.UtcNow.AddSeconds(30);
        while (!(await shared.TryAsync((c, cancel) => c.TakeAsync([Limit(1, 1)], Noon, cancel))).IsDone)
        {
            Assert.True(DateTime.UtcNow < deadline);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private Task<(TimeSpan Wait, bool IsFirst)?> TakeAsync(params SharedLimit[] limits) => _one.TakeAsync(limits, Noon, default);

    private static SharedLimit Limit(byte key, int atOnce) => new([key], atOnce, TimeSpan.FromMinutes(1));

    /// <summary>Counts that are away, as behind a line that is down: they never answer.</summary>
    private sealed class SwitchedCounts(ISharedCounts counts) : ISharedCounts
    {
        public bool IsAway { get; set; }

        public async Task<(TimeSpan Wait, bool IsFirst)?> TakeAsync(
            IReadOnlyList<SharedLimit> limits, DateTimeOffset now, CancellationToken cancel)
        {
            if (IsAway) await Task.Delay(Timeout.Infinite, CancellationToken.None);
            return await counts.TakeAsync(limits, now, cancel);
        }

        public Task GiveBackAsync(IReadOnlyList<SharedLimit> limits, CancellationToken cancel) => counts.GiveBackAsync(limits, cancel);

        public Task<IReadOnlyDictionary<long, int>> ExchangeReadersAsync(
            IReadOnlyList<ReaderSeen> seen, DateTimeOffset now, CancellationToken cancel) => counts.ExchangeReadersAsync(seen, now, cancel);

        public Task TidyAsync(DateTimeOffset now, CancellationToken cancel) => counts.TidyAsync(now, cancel);
    }
}
