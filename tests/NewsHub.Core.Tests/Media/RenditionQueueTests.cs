using NewsHub.Core.Media;

namespace NewsHub.Core.Tests.Media;

/// <summary>The line in which renditions wait: bounded, fair, left by whoever goes away.</summary>
public sealed class RenditionQueueTests : IDisposable
{
    private readonly RenditionQueue _queue = new();
    private readonly List<string> _made = [];
    private readonly ManualResetEventSlim _gate = new();
    private readonly CancellationToken _test = TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _gate.Set();
        _queue.Dispose();
        _gate.Dispose();
    }

    [Fact]
    public async Task One_is_made_at_a_time_and_who_asks_for_the_same_waits_for_the_same()
    {
        var (now, most) = (0, 0);
        var all = Enumerable.Range(0, 60).Select(i => _queue.AskAsync($"{i % 20}", "a", () =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            Thread.Yield();
            Interlocked.Decrement(ref now);
            return Make($"{i % 20}");
        }, _test)).ToList();
        await Task.WhenAll(all);
        Assert.Equal(1, most);
        Assert.InRange(_made.Count, 20, 60);
        Assert.Equal(0, _queue.Waiting);
    }

    [Fact]
    public async Task Another_reader_does_not_wait_behind_one_readers_dozens()
    {
        var busy = Begun();
        var dozens = Enumerable.Range(0, 40).Select(i => _queue.AskAsync($"many {i}", "one", () => Make($"many {i}"), _test)).ToList();
        var other = _queue.AskAsync("other", "another", () => Make("other"), _test);
        _gate.Set();
        await Task.WhenAll([busy, other, .. dozens]);
        // The one being made, the first that was asked for, and then theirs.
        Assert.InRange(_made.IndexOf("other"), 1, 2);
        Assert.Equal(
            [.. Enumerable.Range(0, 40).Select(i => $"many {i}")], _made.Where(m => m.StartsWith("many", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_picture_that_a_second_reader_wants_too_goes_where_that_reader_would_stand()
    {
        var busy = Begun();
        var dozens = Enumerable.Range(0, 40).Select(i => _queue.AskAsync($"many {i}", "one", () => Make($"many {i}"), _test)).ToList();
        var same = _queue.AskAsync("many 39", "another", () => Make("never"), _test);
        _gate.Set();
        await Task.WhenAll([busy, same, .. dozens]);
        Assert.InRange(_made.IndexOf("many 39"), 1, 3);
        Assert.DoesNotContain("never", _made);
    }

    [Fact]
    public async Task Beyond_the_bound_one_is_told_when_to_come_again_and_nothing_is_read()
    {
        var busy = Begun();
        var mine = Enumerable.Range(0, RenditionQueue.LongestOfOne)
            .Select(i => _queue.AskAsync($"mine {i}", "me", () => Make("mine"), _test))
            .ToList();
        var full = await Assert.ThrowsAsync<QueueFullException>(() => _queue.AskAsync("one more", "me", () => Make("one more"), _test));
        Assert.InRange(full.RetryAfter, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(60));
        // There is room for others, until the whole line is full.
        var others = Enumerable.Range(0, RenditionQueue.Longest - RenditionQueue.LongestOfOne)
            .Select(i => _queue.AskAsync($"other {i}", $"other {i}", () => Make("other"), _test))
            .ToList();
        await Assert.ThrowsAsync<QueueFullException>(() => _queue.AskAsync("last", "somebody", () => Make("last"), _test));
        Assert.Equal(RenditionQueue.Longest, _queue.Waiting);
        // What is in the line already may be waited for by any number.
        var joined = _queue.AskAsync("mine 0", "somebody", () => Make("never"), _test);
        _gate.Set();
        await Task.WhenAll([busy, joined, .. mine, .. others]);
        Assert.Equal(RenditionQueue.LongestOfOne, _made.Count(m => m == "mine"));
        Assert.DoesNotContain("one more", _made);
        Assert.Equal("again", System.Text.Encoding.ASCII.GetString((await _queue.AskAsync("again", "me", () => Make("again"), _test))!));
    }

    [Fact]
    public async Task Who_goes_away_leaves_the_line_and_what_nobody_wants_is_not_made()
    {
        var busy = Begun();
        using var leaves = new CancellationTokenSource();
        var gone = Enumerable.Range(0, RenditionQueue.LongestOfOne)
            .Select(i => _queue.AskAsync($"gone {i}", "me", () => Make("gone"), leaves.Token))
            .ToList();
        var stays = _queue.AskAsync("gone 3", "another", () => Make("gone 3"), _test);
        await leaves.CancelAsync();
        foreach (var one in gone) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        Assert.Equal(1, _queue.Waiting);
        var next = _queue.AskAsync("next", "me", () => Make("next"), _test);
        _gate.Set();
        await Task.WhenAll(busy, stays, next);
        Assert.Equal(["busy", "gone", "next"], _made.Order());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _queue.AskAsync("x", "me", () => Make("x"), leaves.Token));
    }

    [Fact]
    public async Task What_is_made_ahead_waits_while_a_reader_waits()
    {
        var busy = Begun();
        var ask = _queue.AskAsync("asked", "me", () => Make("asked"), _test);
        var ahead = _queue.MakeAheadAsync("ahead", () => Make("ahead"), _test);
        Assert.False(ahead.IsCompleted);
        _gate.Set();
        await Task.WhenAll(busy, ask, ahead);
        Assert.True(_made.IndexOf("busy") < _made.IndexOf("ahead"));
        Assert.Contains("ahead", _made);
    }

    [Fact]
    public async Task One_that_cannot_be_made_fails_alone_and_may_be_asked_for_again()
    {
        await Assert.ThrowsAsync<IOException>(() => _queue.AskAsync("x", "me", () => throw new IOException("The disk is full."), _test));
        Assert.NotNull(await _queue.AskAsync("x", "me", () => Make("x"), _test));
    }

    [Fact]
    public async Task When_the_program_stops_nobody_waits_on()
    {
        var busy = Begun();
        var waits = _queue.AskAsync("x", "me", () => Make("x"), _test);
        var ahead = _queue.MakeAheadAsync("y", () => Make("y"), _test);
        var stops = Task.Run(_queue.Dispose, _test);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waits);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ahead);
        _gate.Set();
        await Task.WhenAll(stops, busy);
        Assert.Equal(["busy"], _made);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _queue.AskAsync("z", "me", () => Make("z"), _test));
    }

    /// <summary>Something that is being made until the gate opens.</summary>
    private Task<byte[]?> Begun()
    {
        using var begun = new ManualResetEventSlim();
        var busy = _queue.AskAsync("busy", "somebody else", () =>
        {
            begun.Set();
            _gate.Wait(_test);
            return Make("busy");
        }, _test);
        begun.Wait(_test);
        return busy;
    }

    private byte[] Make(string name)
    {
        lock (_made) _made.Add(name);
        return System.Text.Encoding.ASCII.GetBytes(name);
    }
}
