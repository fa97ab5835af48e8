using Microsoft.Extensions.Logging;

namespace NewsHub.Core.Sharing;

/// <summary>
/// The shared counts while they can be reached. Where they cannot, nobody waits for longer than a second: each node counts for itself, says
/// so once, and tries again a second later.
/// </summary>
public sealed partial class SharedCounts(ISharedCounts counts, ILogger<SharedCounts> log)
{
    // By the machine's own clock: what is measured is another machine.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1), Pause = TimeSpan.FromSeconds(1);
    private long _pausedAt;
    private int _isAway;

    /// <summary>Asks them.</summary>
    /// <returns>What they said; not done where they could not be reached.</returns>
    public async ValueTask<(bool IsDone, T? Value)> TryAsync<T>(Func<ISharedCounts, CancellationToken, Task<T>> ask)
    {
        if (Volatile.Read(ref _isAway) == 1 && TimeProvider.System.GetElapsedTime(Volatile.Read(ref _pausedAt)) < Pause) return default;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var value = await ask(counts, patience.Token).WaitAsync(Patience);
            if (Interlocked.Exchange(ref _isAway, 0) == 1) IsBack(log);
            return (true, value);
        }
        // Whatever is wrong there, it must not keep a reader from the paper.
        catch (Exception e)
        {
            Volatile.Write(ref _pausedAt, TimeProvider.System.GetTimestamp());
            if (Interlocked.Exchange(ref _isAway, 1) == 0) IsAway(log, e);
            return default;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The counts that nodes share cannot be reached; until they can, this node counts tries and readers for itself.")]
    private static partial void IsAway(ILogger log, Exception e);

    [LoggerMessage(Level = LogLevel.Information, Message = "The counts that nodes share can be reached again.")]
    private static partial void IsBack(ILogger log);
}
