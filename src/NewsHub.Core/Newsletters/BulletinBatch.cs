using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Store;

namespace NewsHub.Core.Newsletters;

/// <summary>The copies of a bulletin that one worker has claimed.</summary>
internal sealed class BulletinBatch
{
    private readonly NewsDb _db;
    private readonly TimeProvider _clock;
    private readonly Guid _claim;
    private readonly DateTimeOffset _stops;

    private BulletinBatch(NewsDb db, Bulletin bulletin, BulletinRules rules, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        (_db, Bulletin, Rules, _clock) = (db, bulletin, rules, clock);
        (_claim, _stops) = (Guid.CreateVersion7(now), now + (rules.Lease / 2));
    }

    public Bulletin Bulletin { get; }
    public BulletinRules Rules { get; }

    private IQueryable<Mailing> Copies => _db.Mailings.Where(d => d.BulletinId == Bulletin.Id);

    /// <summary>The claimed copies that are still to be seen to.</summary>
    private IQueryable<Mailing> Waiting => Copies.Where(d => d.Claim == _claim && d.State == MailingState.Waiting);

    public static async Task<BulletinBatch> ClaimAsync(
        NewsDb db, Bulletin bulletin, BulletinRules rules, TimeProvider clock, CancellationToken cancel)
    {
        var batch = new BulletinBatch(db, bulletin, rules, clock);
        var (now, claim) = (clock.GetUtcNow(), batch._claim);
        var until = now + rules.Lease;
        var due = batch.Copies.Where(d => d.State == MailingState.Waiting && d.NextAt <= now);
        var next = due.OrderBy(d => d.NextAt).ThenBy(d => d.SubscriberId).Take(rules.Batch).Select(d => d.SubscriberId);
        // Asked once more at the row itself: where two pick the same, the later finds it taken.
        await due.Where(d => next.Contains(d.SubscriberId)).ExecuteUpdateAsync(
            d => d.SetProperty(x => x.Claim, claim).SetProperty(x => x.NextAt, until).SetProperty(x => x.Tries, x => x.Tries + 1),
            cancel);
        return batch;
    }

    public Task<List<Recipient>> RecipientsAsync(CancellationToken cancel)
    {
        var recipients =
            from d in Waiting.AsNoTracking()
            join s in _db.Subscribers on d.SubscriberId equals s.Id into subscribers
            from s in subscribers.DefaultIfEmpty()
            orderby d.SubscriberId
            select new Recipient(d.SubscriberId, d.Tries, s);
        return recipients.ToListAsync(cancel);
    }

    /// <summary>Held, cancelled, or so slow that somebody else may soon take over.</summary>
    public async Task<bool> IsOverAsync(CancellationToken cancel) =>
        _clock.GetUtcNow() > _stops
        || !await _db.Bulletins.AnyAsync(b => b.Id == Bulletin.Id && b.State == BulletinState.Sending, cancel);

    public Task SettleAsync(Recipient recipient, MailingState state, string? reason, CancellationToken cancel)
    {
        var at = _clock.GetUtcNow();
        return Waiting.Where(d => d.SubscriberId == recipient.Id).ExecuteUpdateAsync(
            d => d.SetProperty(x => x.State, state).SetProperty(x => x.At, at).SetProperty(x => x.Reason, reason)
                .SetProperty(x => x.Claim, (Guid?)null),
            cancel);
    }

    public Task PutOffAsync(Recipient recipient, DateTimeOffset until, string reason, CancellationToken cancel) =>
        Copies.Where(d => d.SubscriberId == recipient.Id && d.Claim == _claim).ExecuteUpdateAsync(
            d => d.SetProperty(x => x.NextAt, until).SetProperty(x => x.Reason, reason).SetProperty(x => x.Claim, (Guid?)null),
            cancel);

    /// <summary>What was not seen to is anybody's again.</summary>
    public Task ReleaseAsync(CancellationToken cancel)
    {
        var now = _clock.GetUtcNow();
        return Waiting.ExecuteUpdateAsync(
            d => d.SetProperty(x => x.Claim, (Guid?)null).SetProperty(x => x.NextAt, now).SetProperty(x => x.Tries, x => x.Tries - 1),
            cancel);
    }
}

/// <summary>Whom a copy is for.</summary>
/// <param name="Tries">How often it was claimed, this time included.</param>
/// <param name="Subscriber">Null where they are on the list no more.</param>
internal sealed record Recipient(long Id, int Tries, Subscriber? Subscriber);
