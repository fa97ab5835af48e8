namespace NewsHub.Web.PageCache;

/// <summary>The one worker who makes the smallest codings of answers that proved wanted, one at a time.</summary>
internal sealed class BackgroundCompressor
{
    private const int LongestQueue = 256;

    private readonly Lock _gate = new();
    private int _waiting;

    /// <summary>Complete when nothing waits.</summary>
    public Task Quiet { get; private set; } = Task.CompletedTask;

    /// <summary>False where too many wait already: the answer may ask again.</summary>
    public bool TryEnqueue(CachedResponse answer)
    {
        lock (_gate)
        {
            if (_waiting == LongestQueue) return false;
            _waiting++;
            Quiet = Quiet.ContinueWith(_ => Compress(answer), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            return true;
        }
    }

    private void Compress(CachedResponse answer)
    {
        try
        {
            answer.CompressBest();
        }
        finally
        {
            lock (_gate) _waiting--;
        }
    }
}
