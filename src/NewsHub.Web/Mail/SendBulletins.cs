using NewsHub.Core.Events;
using NewsHub.Core.Newsletters;
using NewsHub.Core.Store;
using NewsHub.Web.Followers;
using NewsHub.Web.Jobs;
using NewsHub.Web.Options;

namespace NewsHub.Web.Mail;

/// <summary>Makes a bulletin of each edition that is published, and sends bulletins batch by batch, no faster than the settings say.
/// Several workers share the work.</summary>
internal sealed partial class SendBulletins(
    IServiceScopeFactory scopes, BulletinRules rules, IStoreProvider store, TimeProvider clock, NewsletterOptions options,
    ILogger<SendBulletins> log)
    : ScheduledJob(clock, log), IFollower
{
    private static readonly Backoff Waits = Backoff.Doubling(TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(15));
    private readonly int _perMinute = options.PerMinute;
    private DateTimeOffset _notBefore;
    private int _away;

    public Task FollowAsync(IReadOnlyList<NewsEvent> events, CancellationToken cancel)
    {
        Wake();
        return Task.CompletedTask;
    }

    protected internal override async Task<TimeSpan> RunAsync(CancellationToken cancel)
    {
        await MakeAsync(cancel);
        // The rate is the paper's: of several nodes one sends.
        if (!await store.LeadsAsync("bulletins", cancel)) return LongestSleep;
        var wait = _notBefore - Clock.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : Pace(await RoundAsync(cancel));
    }

    internal async Task<int> MakeAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<BulletinMaker>().FollowAsync(cancel);
    }

    /// <summary>Sends one batch.</summary>
    internal async Task<RoundReport> RoundAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<BulletinSender>().RunAsync(rules, cancel);
    }

    /// <summary>How long to wait for the next batch: as the rate has it, and longer each time the way out is broken.</summary>
    private TimeSpan Pace(RoundReport report)
    {
        var now = Clock.GetUtcNow();
        if (report.Problem is { } problem)
        {
            if (_away++ == 0) Away(Log, problem);
            var wait = Waits.After(_away);
            _notBefore = now + wait;
            return wait;
        }
        _away = 0;
        if (!report.More) return report.Next is { } next && next > now ? next - now : LongestSleep;
        _notBefore = now + TimeSpan.FromMinutes((double)report.Taken / _perMinute);
        return _notBefore - now;
    }

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "A bulletin is waiting: {Problem} It is tried again and again, and this is said once.")]
    private static partial void Away(ILogger log, string problem);
}
