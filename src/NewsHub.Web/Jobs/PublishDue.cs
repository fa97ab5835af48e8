using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Publishing;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Web.Followers;

namespace NewsHub.Web.Jobs;

/// <summary>
/// The clock: publishes what is due, the overdue at start-up, each by itself. It sleeps until the next one or a minute, whichever is less,
/// and is woken when a schedule changes, here or in another process.
/// </summary>
internal sealed partial class PublishDue(IServiceScopeFactory scopes, TimeProvider clock, ILogger<PublishDue> log)
    : ScheduledJob(clock, log), IFollower
{
    private const int Batch = 200;
    private static readonly Act[] Waking = [Act.Schedule, Act.Unschedule, Act.Embargo, Act.Save];

    // What the store itself would not take: said once, tried again each round, since it is the store that has to come back.
    private readonly ConcurrentDictionary<StoryId, int> _said = [];

    public Task FollowAsync(IReadOnlyList<NewsEvent> events, CancellationToken cancel)
    {
        if (events.Any(e => Waking.Contains(e.Act))) Wake();
        return Task.CompletedTask;
    }

    protected internal override async Task<TimeSpan> RunAsync(CancellationToken cancel)
    {
        while (await RoundAsync(cancel) == Batch) { }
        return await UntilNextAsync(cancel);
    }

    /// <summary>Publishes what is due now.</summary>
    /// <returns>How many were due.</returns>
    internal async Task<int> RoundAsync(CancellationToken cancel)
    {
        List<StoryId> due;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<NewsDb>();
            due = await db.Due(Clock.GetUtcNow()).Select(s => s.Id).Take(Batch).ToListAsync(cancel);
        }
        var stuck = 0;
        foreach (var id in due)
            if (!await PublishAsync(id, cancel)) stuck++;
        // A batch of which nothing moved would be the next batch too.
        return stuck == due.Count ? 0 : due.Count;
    }

    /// <returns>Whether this story is settled: live, noted as missed, or done by someone else.</returns>
    private async Task<bool> PublishAsync(StoryId id, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDb>();
        try
        {
            await db.RenderAheadAsync(id, cancel);
            // One writer at a time: no other story takes the address between the look for a free one and the commit.
            await using var tx = await db.Database.BeginTransactionAsync(cancel);
            var story = await db.LoadForEditingAsync(id, cancel);
            if (story is not { State: StoryState.Scheduled } || story.ScheduledFor > Clock.GetUtcNow()) return true;
            string? why = null;
            try
            {
                var text = story.Revisions.Single(r => r.Number == story.ScheduledRevision);
                await db.PublishAsync(story, text, Actor.Clock, Clock.GetUtcNow(), cancel: cancel);
            }
            catch (RefusedException refused)
            {
                why = refused.Message;
            }
            catch (Exception e) when (e is not (DbException or DbUpdateException or OperationCanceledException))
            {
                Fault(Log, id.Value, e);
                why = $"Something is wrong with the story itself ({e.GetType().Name}).";
            }
            if (why is not null)
            {
                // Whatever was half done is forgotten.
                db.ChangeTracker.Clear();
                story = (await db.LoadForEditingAsync(id, cancel))!;
                story.MarkMissed(why, Actor.Clock, Clock.GetUtcNow());
                Missed(Log, id.Value, why);
            }
            await db.SaveChangesAsync(cancel);
            await tx.CommitAsync(cancel);
            _said.TryRemove(id, out _);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            // Someone was quicker, perhaps with the same thing.
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (_said.TryAdd(id, 0)) Later(Log, id.Value, e);
            return false;
        }
    }

    private async Task<TimeSpan> UntilNextAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = Clock.GetUtcNow();
        var next = await scope.ServiceProvider
            .GetRequiredService<NewsDb>().Stories
            .Where(s => s.State == StoryState.Scheduled && s.ScheduledFor > now)
            .MinAsync(s => s.ScheduledFor, cancel);
        return next is { } at ? at - now : LongestSleep;
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Story {Story} was due and could not be published: {Why} It is on the desk, and tried again once it was changed.")]
    private static partial void Missed(ILogger log, long story, string why);

    [LoggerMessage(
        Level = LogLevel.Error, Message = "Story {Story} could not be published, and should have been refused rather than fail.")]
    private static partial void Fault(ILogger log, long story, Exception e);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Story {Story} is due and the store did not take it; it is tried each minute, and this is said once.")]
    private static partial void Later(ILogger log, long story, Exception e);
}
