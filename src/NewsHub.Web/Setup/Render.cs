namespace NewsHub.Web.Setup;

/// <summary>How a render ended for those who waited for it.</summary>
internal enum Outcome { Ready, Refused, Abandoned }

/// <summary>A page being rendered now: who waits for it, and what was evicted since it began.</summary>
internal sealed class Render(string key)
{
    // A render that outlives so many evictions counts as touched by all: the list stays short.
    private const int MostNoted = 256;

    private readonly TaskCompletionSource<Outcome> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string[]?> evicted = [];

    public string Key { get; } = key;
    public Task<Outcome> Done => done.Task;
    public ReadyAnswer? Answer { get; private set; }
    public string[] Topics { get; private set; } = [];

    /// <summary>Evictions noted so far. Read and written under the cache's lock.</summary>
    public int Evictions => evicted.Count;

    /// <summary>Notes an eviction of <paramref name="topics"/>, or of everything (null).</summary>
    public void Note(string[]? topics)
    {
        if (evicted.Count < MostNoted) evicted.Add(topics);
        else evicted[^1] = null;
    }

    /// <summary>Whether one of the first <paramref name="evictions"/> evictions was about <paramref name="topics"/>.</summary>
    public bool Touches(string[] topics, int evictions)
    {
        for (var i = 0; i < evictions; i++)
            if (evicted[i] is not { } gone || gone.AsSpan().ContainsAny(topics)) return true;
        return false;
    }

    public void Finish(ReadyAnswer answer, string[] topics)
    {
        Answer = answer;
        Topics = topics;
        done.TrySetResult(Outcome.Ready);
    }

    public void Refuse() => done.TrySetResult(Outcome.Refused);

    public void Abandon() => done.TrySetResult(Outcome.Abandoned);
}
