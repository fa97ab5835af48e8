using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Publishing;
using NewsHub.Core.Store;
using NewsHub.Web.Followers;

namespace NewsHub.Web.Jobs;

/// <summary>
/// The clock of editions: publishes what is due, the overdue at start-up, each all or none. It sleeps until the next one or a minute,
/// whichever is less, and is woken when a schedule changes, here or in another process.
/// </summary>
internal sealed partial class PublishDueEditions(IServiceScopeFactory scopes, TimeProvider clock, ILogger<PublishDueEditions> log)
    : ScheduledJob(clock, log), IFollower
{
    /// <summary>So often it is tried at once where colleagues change the edition at the same moment; then in the next round.</summary>
    private const int MostTries = 3;

    // What the store itself would not take: said once, tried again each round, since it is the store that has to come back.
    private readonly ConcurrentDictionary<int, int> _said = [];

    public Task FollowAsync(IReadOnlyList<NewsEvent> events, CancellationToken cancel)
    {
        if (events.Any(e => e.Act is Act.Schedule or Act.Unschedule && e.Subject?.EditionNumber is not null)) Wake();
        return Task.CompletedTask;
    }

    protected internal override async Task<TimeSpan> RunAsync(CancellationToken cancel)
    {
        await RoundAsync(cancel);
        await using var scope = scopes.CreateAsyncScope();
        var now = Clock.GetUtcNow();
        var next = await scope.ServiceProvider.GetRequiredService<NewsDb>().Editions
            .Where(e => e.PublishedAt == null && e.ScheduledFor > now)
            .MinAsync(e => e.ScheduledFor, cancel);
        return next is { } at ? at - now : LongestSleep;
    }

    /// <summary>Publishes what is due now.</summary>
    internal async Task RoundAsync(CancellationToken cancel)
    {
        List<int> due;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<NewsDb>();
            due = await db.DueEditions(Clock.GetUtcNow()).Select(e => e.Number).ToListAsync(cancel);
        }
        foreach (var number in due)
            for (var tries = 0; tries < MostTries && !await PublishAsync(number, cancel); tries++) { }
    }

    /// <returns>False where somebody changed the edition at the same moment.</returns>
    private async Task<bool> PublishAsync(int number, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            if (await scope.ServiceProvider.GetRequiredService<NewsDb>().PublishDueAsync(number, Clock.GetUtcNow(), cancel) is { } why)
                Missed(Log, number, why);
            _said.TryRemove(number, out _);
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (_said.TryAdd(number, 0)) Later(Log, number, e);
        }
        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "No. {Edition} was due and could not be published: {Why} Nothing of it is out. It is on the desk until it is scheduled "
            + "anew or published by hand.")]
    private static partial void Missed(ILogger log, int edition, string why);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "No. {Edition} is due and the store did not take it; it is tried each minute, and this is said once.")]
    private static partial void Later(ILogger log, int edition, Exception e);
}
