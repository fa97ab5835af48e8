using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Store;

namespace NewsHub.Core.Events;

/// <summary>
/// Reads the event log from a stored position. What is done about a batch and the new position are one transaction: a kill loses no
/// event and does nothing twice, and of several processes one at a time has the batch.
/// </summary>
public static class LogFollower
{
    private const int Batch = 500;

    /// <summary>Where there is no position yet, one behind the newest event: whoever follows from it is told nothing of what happened
    /// before. Several processes may do so at once.</summary>
    public static async Task BeginBehindNewestAsync<TPosition>(this NewsDb db, CancellationToken cancel = default)
        where TPosition : LogPosition, new()
    {
        var positions = db.Set<TPosition>();
        // A look without the write lock first: there is one at every start but the first.
        if (await positions.AnyAsync(cancel)) return;
        await using var tx = await db.Database.BeginTransactionAsync(cancel);
        if (await positions.AnyAsync(cancel)) return;
        positions.Add(new TPosition { LastEvent = await db.Events.MaxAsync(e => (long?)e.Id, cancel) ?? 0 });
        await db.SaveChangesAsync(cancel);
        await tx.CommitAsync(cancel);
    }

    /// <summary>Hands over the next batch of events. Nothing stays tracked from before.</summary>
    /// <param name="skipTo">The events up to this one concern nobody; 0 where all of them do.</param>
    /// <param name="handle">
    /// Changes the store, within the transaction, and returns the last event that it is done with; null takes everything back.
    /// </param>
    /// <returns>Whether there may be more; false where no event comes after the position.</returns>
    internal static async Task<bool> FollowLogAsync<TPosition>(
        this NewsDb db, long skipTo, Func<TPosition, IReadOnlyList<NewsEvent>, Task<long?>> handle, CancellationToken cancel)
        where TPosition : LogPosition, new()
    {
        db.ChangeTracker.Clear();
        var positions = db.Set<TPosition>();
        // A look without the write lock first: mostly there is nothing.
        var after = Math.Max(skipTo, await positions.AsNoTracking().Select(p => (long?)p.LastEvent).SingleOrDefaultAsync(cancel) ?? 0);
        if (!await db.Events.AnyAsync(e => e.Id > after, cancel)) return false;
        await using var tx = await db.Database.BeginTransactionAsync(cancel);
        var position = await positions.SingleOrDefaultAsync(cancel) ?? positions.Add(new TPosition()).Entity;
        after = Math.Max(skipTo, position.LastEvent);
        var events = await db.Events.AsNoTracking().Where(e => e.Id > after).OrderBy(e => e.Id).Take(Batch).ToListAsync(cancel);
        if (events.Count == 0 || await handle(position, events) is not { } last) return true;
        position.LastEvent = last;
        await db.SaveChangesAsync(cancel);
        await tx.CommitAsync(cancel);
        return true;
    }
}
