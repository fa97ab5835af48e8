using System.Collections.Concurrent;
using System.Diagnostics;
using static System.FormattableString;

namespace NewsHub.Benchmarks.Cluster;

/// <summary>
/// Readers who read and react without a break until they are stopped. A reaction that is not acknowledged is sent again with the same
/// cookie, as somebody does who presses the button again.
/// </summary>
internal sealed class Load : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, int> _failures = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Readers _readers;
    private readonly Task _all;
    private int _reads, _failedReads, _reactions, _failedReactions;
    private long _slowest;

    /// <param name="pause">Between two requests of one reader, in milliseconds.</param>
    public Load(
        Readers readers, Func<Uri> at, IReadOnlyList<string> pages, IReadOnlyList<Printed> stories, int reading, int reacting, int pause)
    {
        _readers = readers;
        _all = Task.WhenAll(Enumerable.Range(0, reading).Select(n => ReadAsync(at, pages, n, pause))
            .Concat(Enumerable.Range(0, reacting).Select(n => ReactAsync(at, stories, n, pause))));
    }

    public int Requests => _reads + _reactions + _failedReactions;
    public int FailedReads => _failedReads;
    public int Failed => _failedReads + _failedReactions;
    public int Reactions => _reactions;
    public TimeSpan Slowest => TimeSpan.FromTicks(_slowest);

    /// <summary>Which failures there were, in words.</summary>
    public string Failures => _failures.IsEmpty
        ? "0 failed"
        : string.Join(", ", _failures.OrderBy(f => f.Key).Select(f => Invariant($"{f.Value} {f.Key}")));

    /// <summary>Lets each end what it is at: a reaction once it is acknowledged.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _all.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task ReadAsync(Func<Uri> at, IReadOnlyList<string> pages, int first, int pause)
    {
        for (var n = first; !_stop.IsCancellationRequested; n++)
        {
            var begun = Stopwatch.GetTimestamp();
            var answer = await _readers.GetAsync(at(), pages[n % pages.Count]);
            Slow(begun);
            Interlocked.Increment(ref _reads);
            if (answer.Status != 200) Fail("reads", answer, ref _failedReads);
            await Task.Delay(pause);
        }
    }

    private async Task ReactAsync(Func<Uri> at, IReadOnlyList<Printed> stories, int first, int pause)
    {
        for (var n = first; !_stop.IsCancellationRequested; n++)
        {
            var key = _readers.NewKey();
            for (var tries = 0; tries < 600; tries++)
            {
                var begun = Stopwatch.GetTimestamp();
                var answer = await _readers.SendAsync(at(), stories[n % stories.Count].Id, key);
                Slow(begun);
                if (answer.Status == 200) break;
                Fail("reactions", answer, ref _failedReactions);
                await Task.Delay(100);
            }
            Interlocked.Increment(ref _reactions);
            await Task.Delay(pause);
        }
    }

    private void Fail(string what, Reply answer, ref int count)
    {
        Interlocked.Increment(ref count);
        // Of two answers alike, one may be the proxy's own, which then names no node.
        var failure = answer.Status == 0
            ? $"without an answer ({answer.Body})"
            : Invariant($"{answer.Status} of {answer.Node ?? "no node"}");
        _failures.AddOrUpdate($"{what} {failure}", 1, (_, n) => n + 1);
    }

    private void Slow(long begun)
    {
        var took = Stopwatch.GetElapsedTime(begun).Ticks;
        for (var before = _slowest; took > before; before = _slowest) Interlocked.CompareExchange(ref _slowest, took, before);
    }
}
