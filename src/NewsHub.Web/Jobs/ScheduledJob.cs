using System.Threading.Channels;

namespace NewsHub.Web.Jobs;

/// <summary>
/// A job that works, sleeps until its next time or until it is woken, and works again. Whatever goes wrong is logged and tried again
/// within a minute; only the end of the program ends it.
/// </summary>
public abstract partial class ScheduledJob(TimeProvider clock, ILogger log) : BackgroundService
{
    /// <summary>No job sleeps for longer: what another process changes wakes nobody here.</summary>
    protected static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    // Holds one signal at most: one that comes while the job is awake ends its next sleep at once.
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(1);

    protected TimeProvider Clock { get; } = clock;
    protected ILogger Log { get; } = log;

    /// <summary>Ends its sleep. Anybody may call it, at any time.</summary>
    public void Wake() => _signal.Writer.TryWrite(true);

    /// <summary>Does what is to be done now.</summary>
    /// <returns>How long there is nothing to do; zero where there is more at once.</returns>
    protected internal abstract Task<TimeSpan> RunAsync(CancellationToken cancel);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested) await SleepAsync(await TryAsync(stoppingToken), stoppingToken);
    }

    /// <summary>Sleeps for so long, a minute at most, or until it is woken or the program ends.</summary>
    protected async Task SleepAsync(TimeSpan span, CancellationToken stop)
    {
        if (span <= TimeSpan.Zero) return;
        using var timer = new CancellationTokenSource(span < LongestSleep ? span : LongestSleep, Clock);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stop);
        try
        {
            await _signal.Reader.ReadAsync(over.Token);
        }
        catch (OperationCanceledException)
        {
            // Its time has come, or the program ends.
        }
    }

    private async Task<TimeSpan> TryAsync(CancellationToken stop)
    {
        try
        {
            return await RunAsync(stop);
        }
        catch (Exception e)
        {
            // The work was cut short because the program ends: nobody needs to know.
            if (e is not OperationCanceledException || !stop.IsCancellationRequested) Failed(Log, GetType().Name, e);
            return LongestSleep;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Job} failed; it is tried again within a minute.")]
    private static partial void Failed(ILogger log, string job, Exception e);
}
