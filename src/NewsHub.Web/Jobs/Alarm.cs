namespace NewsHub.Web.Jobs;

/// <summary>Lets a job sleep until its time comes, or until it is woken. A ring that comes while the job is awake is not lost: the next sleep ends at once.</summary>
internal sealed class Alarm(TimeProvider clock) : IDisposable
{
    /// <summary>No job sleeps for longer: what another process changes rings no bell here.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
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

    /// <summary>A job's life: it works, sleeps for as long as it says and a minute at most, and works again. Work that failed is tried again in a minute.</summary>
    /// <param name="work">Says how long there is nothing to do.</param>
    public async Task WakeAsync(Func<CancellationToken, Task<TimeSpan>> work, Action<Exception> failed, CancellationToken stop)
    {
        // The program starts without waiting for it.
        await Task.Yield();
        while (!stop.IsCancellationRequested)
        {
            var wait = Longest;
            try
            {
                wait = await work(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                failed(e);
            }
            if (wait > TimeSpan.Zero) await SleepAsync(wait < Longest ? wait : Longest, stop);
        }
    }

    public void Dispose() => _bell.Dispose();
}
