using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NewsHub.Web.Jobs;

namespace NewsHub.Web.Tests.Jobs;

/// <summary>The life that all scheduled jobs share: sleep, wake, try, log.</summary>
public sealed class ScheduledJobTests
{
    private static readonly TimeSpan Hours = TimeSpan.FromHours(3);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_sleeps_as_long_as_its_work_says_and_a_minute_at_most()
    {
        using var job = new Job(run => run == 1 ? TimeSpan.FromSeconds(20) : Hours);
        await job.StartAsync(Cancel);
        Assert.Equal(TimeSpan.FromSeconds(20), await job.FallsAsleepAsync());
        job.Time.Advance(TimeSpan.FromSeconds(19));
        Assert.Equal(1, job.Runs);
        job.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Minute, await job.FallsAsleepAsync());
        Assert.Equal(2, job.Runs);
        job.Time.Advance(Minute);
        Assert.Equal(Minute, await job.FallsAsleepAsync());
        Assert.Equal(3, job.Runs);
    }

    [Fact]
    public async Task It_works_again_at_once_where_there_is_more()
    {
        using var job = new Job(run => run < 5 ? TimeSpan.Zero : Hours);
        await job.StartAsync(Cancel);
        await job.FallsAsleepAsync();
        Assert.Equal(5, job.Runs);
    }

    [Fact]
    public async Task It_is_woken_from_its_sleep_once_however_many_call()
    {
        using var job = new Job(_ => Hours);
        await job.StartAsync(Cancel);
        await job.FallsAsleepAsync();
        job.Wake();
        await job.FallsAsleepAsync();
        Assert.Equal(2, job.Runs);
        job.Time.Advance(Minute);
        await job.FallsAsleepAsync();
        Assert.Equal(3, job.Runs);
    }

    [Fact]
    public async Task A_call_that_comes_while_it_is_awake_is_not_lost()
    {
        Job? job = null;
        using var made = job = new Job(run =>
        {
            // Many may call at the same moment, and none is told off for it.
            if (run == 1) Parallel.For(0, 100, _ => job!.Wake());
            return Hours;
        });
        await job.StartAsync(Cancel);
        // The first sleep ends as it begins.
        await job.FallsAsleepAsync();
        await job.FallsAsleepAsync();
        Assert.Equal(2, job.Runs);
    }

    [Fact]
    public async Task What_fails_is_said_in_a_line_that_names_the_job_and_tried_again_in_a_minute()
    {
        using var job = new Job(run => run switch
        {
            1 => throw new InvalidOperationException("Broken."),
            // Somebody else's time-out is a failure like any other.
            2 => throw new OperationCanceledException("Too slow."),
            _ => Hours,
        });
        await job.StartAsync(Cancel);
        for (var run = 1; run <= 3; run++)
        {
            Assert.Equal(Minute, await job.FallsAsleepAsync());
            Assert.Equal(run, job.Runs);
            job.Time.Advance(Minute);
        }
        await job.FallsAsleepAsync();
        Assert.All(job.Said, s => Assert.Equal(LogLevel.Warning, s.Level));
        Assert.All(job.Said, s => Assert.Equal("Job failed; it is tried again within a minute.", s.Sentence));
        Assert.Equal(["Broken.", "Too slow."], job.Said.Select(s => s.Cause!.Message));
    }

    [Fact]
    public async Task It_ends_with_the_program_asleep_and_says_nothing()
    {
        using var job = new Job(_ => Hours);
        await job.StartAsync(Cancel);
        await job.FallsAsleepAsync();
        await job.StopAsync(Cancel);
        Assert.True(job.ExecuteTask!.IsCompletedSuccessfully);
        Assert.Equal(1, job.Runs);
        Assert.Empty(job.Said);
    }

    [Fact]
    public async Task It_ends_with_the_program_at_work_and_says_nothing_and_no_start_waits_for_its_work()
    {
        using var works = new SemaphoreSlim(0);
        CancellationToken stop = default;
        using var job = new Job(_ =>
        {
            works.Release();
            stop.WaitHandle.WaitOne();
            throw new OperationCanceledException(stop);
        }, token => stop = token);
        await job.StartAsync(Cancel);
        await works.WaitAsync(Cancel);
        await job.StopAsync(Cancel);
        Assert.True(job.ExecuteTask!.IsCompletedSuccessfully);
        Assert.Empty(job.Said);
    }

    /// <param name="work">Gets the number of the run.</param>
    private sealed class Job(Func<int, TimeSpan> work, Action<CancellationToken>? begins, SleepLog time, SayingLog log)
        : ScheduledJob(time, log)
    {
        public Job(Func<int, TimeSpan> work, Action<CancellationToken>? begins = null)
            : this(work, begins, new SleepLog(), new SayingLog()) { }

        public int Runs { get; private set; }
        public FakeTimeProvider Time => time;
        public IReadOnlyList<(LogLevel Level, string Sentence, Exception? Cause)> Said => log.Said;

        /// <summary>Waits until it sleeps.</summary>
        /// <returns>For how long it means to.</returns>
        public ValueTask<TimeSpan> FallsAsleepAsync() => time.Sleeps.Reader.ReadAsync(Cancel);

        protected internal override Task<TimeSpan> RunAsync(CancellationToken cancel)
        {
            begins?.Invoke(cancel);
            return Task.FromResult(work(++Runs));
        }
    }

    /// <summary>A clock that stands until it is turned, and tells of each sleep that begins.</summary>
    private sealed class SleepLog : FakeTimeProvider
    {
        public Channel<TimeSpan> Sleeps { get; } = Channel.CreateUnbounded<TimeSpan>();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Sleeps.Writer.TryWrite(dueTime);
            return timer;
        }
    }

    private sealed class SayingLog : ILogger
    {
        public List<(LogLevel Level, string Sentence, Exception? Cause)> Said { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? cause, Func<TState, Exception?, string> formatter) =>
            Said.Add((level, formatter(state, cause), cause));
    }
}
