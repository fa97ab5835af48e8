using NewsHub.Core.Events;

namespace NewsHub.Web.PageCache;

/// <summary>How a render ended for those who waited for it.</summary>
internal enum Outcome { Ready, Refused, Abandoned }

/// <summary>A page being rendered now: who waits for it, and what was evicted since it began.</summary>
internal sealed class PendingRender(string key)
{
    // A render that outlives so many evictions counts as touched by all: the list stays short.
    private const int MostNoted = 256;

    private readonly TaskCompletionSource<Outcome> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Topic[]?> _evicted = [];

    public string Key { get; } = key;
    public Task<Outcome> Done => _done.Task;
    public CachedResponse? Answer { get; private set; }
    public Topic[] Topics { get; private set; } = [];

    /// <summary>Evictions noted so far. Read and written under the cache's lock.</summary>
    public int Evictions => _evicted.Count;

    /// <summary>Notes an eviction of <paramref name="topics"/>, or of everything (null).</summary>
    public void Note(Topic[]? topics)
    {
        if (_evicted.Count < MostNoted) _evicted.Add(topics);
        else _evicted[^1] = null;
    }

    /// <summary>Whether one of the first <paramref name="evictions"/> evictions was about <paramref name="topics"/>.</summary>
    public bool Touches(Topic[] topics, int evictions)
    {
        for (var i = 0; i < evictions; i++)
            if (_evicted[i] is not { } gone || gone.AsSpan().ContainsAny(topics)) return true;
        return false;
    }

    public void Finish(CachedResponse answer, Topic[] topics)
    {
        Answer = answer;
        Topics = topics;
        _done.TrySetResult(Outcome.Ready);
    }

    public void Refuse() => _done.TrySetResult(Outcome.Refused);

    public void Abandon() => _done.TrySetResult(Outcome.Abandoned);
}
