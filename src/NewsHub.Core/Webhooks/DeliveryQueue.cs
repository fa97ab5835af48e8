using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Store;

namespace NewsHub.Core.Webhooks;

/// <summary>
/// What is to be told, to whom, when. It follows the log from a position of its own.
/// </summary>
public sealed class DeliveryQueue(NewsDb db, TimeProvider clock)
{
    /// <summary>Settled deliveries stay in the log for so long.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Writes a delivery for each webhook that wants to know of what the log has come to hold.</summary>
    public async Task EnqueueAsync(CancellationToken cancel = default)
    {
        // In most houses there is nobody to tell.
        while (await db.Webhooks.Where(w => w.PausedAt == null).MinAsync(w => (long?)w.Since, cancel) is { } since
            && await db.FollowLogAsync<DeliveryPosition>(since, (_, events) => EnqueueAsync(events, cancel), cancel)) { }
    }

    /// <returns>The last event; null where nobody wants to know any more.</returns>
    private async Task<long?> EnqueueAsync(IReadOnlyList<NewsEvent> events, CancellationToken cancel)
    {
        var hooks = await db.Webhooks.AsNoTracking().Where(w => w.PausedAt == null).ToListAsync(cancel);
        if (hooks.Count == 0) return null;
        var now = clock.GetUtcNow();
        foreach (var e in events)
        {
            if (WebhookEventTypes.Of(e.Act) is not { } webhookEventType) continue;
            var edition = webhookEventType is WebhookEventType.EditionPublished ? e.Subject?.EditionNumber : null;
            if (e.StoryId is null && edition is null) continue;
            foreach (var hook in hooks.Where(w => e.Id > w.Since && w.EventTypes.Contains(webhookEventType)))
                db.Deliveries.Add(new Delivery(hook.Id, Guid.NewGuid(), webhookEventType, e.Id, e.StoryId, edition, e.At, now));
        }
        return events[^1].Id;
    }

    /// <summary>What is due, the oldest first of each webhook. One that is paused is sent pings alone.</summary>
    public async Task<IReadOnlyList<(long Webhook, long Delivery)>> DueAsync(int atMost, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        var due = await (
            from d in db.Deliveries.AsNoTracking()
            where d.NextTryAt <= now && (d.LeasedUntil == null || d.LeasedUntil <= now)
            join w in db.Webhooks on d.WebhookId equals w.Id
            where w.PausedAt == null || d.EventType == WebhookEventType.Ping
            orderby d.NextTryAt, d.Id
            select new { d.WebhookId, d.Id }).Take(atMost).ToListAsync(cancel);
        return [.. due.Select(d => (d.WebhookId, d.Id))];
    }

    /// <summary>When the next is due or a lease ends (UTC); null while nothing waits.</summary>
    public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancel = default) =>
        db.Deliveries.Where(d => d.NextTryAt != null
            && db.Webhooks.Any(w => w.Id == d.WebhookId && (w.PausedAt == null || d.EventType == WebhookEventType.Ping)))
            .MinAsync(d => d.LeasedUntil > d.NextTryAt ? d.LeasedUntil : d.NextTryAt, cancel);

    /// <summary>Takes a delivery to send it.</summary>
    /// <returns>Null where another worker has it, or it is not due any more.</returns>
    public async Task<Delivery?> LeaseAsync(long delivery, Guid worker, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        DateTimeOffset? until = now + Delivery.Lease;
        Guid? mine = worker;
        var taken = await db.Deliveries
            .Where(d => d.Id == delivery && d.NextTryAt <= now && (d.LeasedUntil == null || d.LeasedUntil <= now))
            .ExecuteUpdateAsync(d => d.SetProperty(x => x.LeasedTo, mine).SetProperty(x => x.LeasedUntil, until), cancel);
        return taken == 0 ? null : await db.Deliveries.SingleOrDefaultAsync(d => d.Id == delivery, cancel);
    }

    /// <summary>Forgets what was settled long ago.</summary>
    public Task<int> PruneAsync(CancellationToken cancel = default)
    {
        DateTimeOffset? before = clock.GetUtcNow() - Kept;
        return db.Deliveries.Where(d => d.NextTryAt == null && d.LastTryAt < before).ExecuteDeleteAsync(cancel);
    }
}
