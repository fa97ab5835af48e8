namespace NewsHub.Web.Jobs;

/// <summary>Lets a job sleep until its time comes, or until it is woken. A ring that comes while the job is awake is not lost: the next sleep ends at once.</summary>
internal sealed class Alarm(TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _bell = new(0, 1);

    public void Ring()
    {
        if (_bell.CurrentCount == 0) _bell.Release();
    }

    public async Task SleepAsync(TimeSpan span, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var wakes = _bell.WaitAsync(stop.Token);
        await Task.WhenAny(Task.Delay(span, clock, stop.Token), wakes);
        await stop.CancelAsync();
        // A ring that comes at the very end is not lost with the waiting.
        if (wakes.IsCompletedSuccessfully || cancel.IsCancellationRequested) return;
        try
        {
            await wakes;
        }
        catch (OperationCanceledException)
        {
            // Nobody rang.
        }
    }

    public void Dispose() => _bell.Dispose();
}
