namespace NewsHub.Core.Sharing;

/// <summary>So many tries at once under a key, and one more for each period that goes by.</summary>
/// <param name="Key">A hash: what it was made of is nobody's business.</param>
public readonly record struct SharedLimit(byte[] Key, int AtOnce, TimeSpan Period);

/// <summary>A reader who is there.</summary>
/// <param name="Story">The story's number; 0 for the whole paper.</param>
/// <param name="Reader">The number that the browser made up.</param>
/// <param name="Until">Until when the reader counts without another sign of life (UTC).</param>
public readonly record struct ReaderSeen(long Story, ulong Reader, DateTimeOffset Until);

/// <summary>What the nodes of one paper count together, and may lose: tries, and who is reading now. Instants are the caller's.</summary>
public interface ISharedCounts
{
    /// <summary>Takes one try from each limit; null where all of them had one. Otherwise nothing is taken.</summary>
    /// <returns>How long until the next try is listened to, and whether this is the first that was refused since one was
    /// taken.</returns>
    Task<(TimeSpan Wait, bool IsFirst)?> TakeAsync(IReadOnlyList<SharedLimit> limits, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Gives a try of each back: it was no wrong one.</summary>
    Task GiveBackAsync(IReadOnlyList<SharedLimit> limits, CancellationToken cancel);

    /// <summary>Tells the others whom this node has seen.</summary>
    /// <returns>How many read each story now, over all nodes; a story that nobody reads is left out.</returns>
    Task<IReadOnlyDictionary<long, int>> ExchangeReadersAsync(IReadOnlyList<ReaderSeen> seen, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Forgets some of what counts no more, and of what is more than may be kept. Asked every few seconds.</summary>
    Task TidyAsync(DateTimeOffset now, CancellationToken cancel);
}
