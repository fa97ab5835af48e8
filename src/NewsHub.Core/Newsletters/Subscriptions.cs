using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Core.Store;

namespace NewsHub.Core.Newsletters;

/// <summary>What a subscriber's own page shows.</summary>
/// <param name="Sections">The chosen ones; none is all.</param>
/// <param name="Language">See <see cref="Subscriber.Language"/>.</param>
public sealed record OwnSubscription(SubscriberState State, IReadOnlyList<long> Sections, string? Language);

/// <summary>Signing up, and all that a subscriber may do by the link in their mail. Whoever holds a link is who it was mailed to:
/// there are no accounts.</summary>
public sealed class Subscriptions(NewsDb db, SubscriberLinks subscriberLinks, SiteSnapshot.Current snapshot, TimeProvider clock)
{
    private const int ReportsAtOnce = 500;
    private static readonly TimeSpan ReportsLast = TimeSpan.FromDays(30);

    /// <summary>
    /// Somebody wants the bulletin sent there. It is kept at once, whoever's address it is; what becomes of it is found out after the
    /// answer (<see cref="Confirmations"/>), so that the answer is the same, and takes as long, for all.
    /// </summary>
    /// <param name="language">The one of ours that the reader reads in (BCP 47); null is the paper's own.</param>
    public async Task AskAsync(string address, string? language = null, CancellationToken cancel = default)
    {
        if (!Subscriber.IsAddress(address)) throw new RefusedException("That is not an email address.");
        db.SignUps.Add(new SignUp(address, clock.GetUtcNow(), language));
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Whether a key in a mail still confirms anything. Asking changes nothing.</summary>
    public async Task<bool> IsOpenAsync(string? key, CancellationToken cancel = default)
    {
        if (key is not { Length: 43 }) return false;
        var (hash, now) = (SignUp.HashOf(key), clock.GetUtcNow());
        return await db.SignUps.AnyAsync(s => s.KeyHash == hash && s.Until > now, cancel);
    }

    /// <summary>Makes the address of a key a subscriber's. A key does it once.</summary>
    /// <returns>The key of the subscriber's own page; null where this one is used, too old or not ours.</returns>
    public async Task<string?> ConfirmAsync(string? key, CancellationToken cancel = default)
    {
        if (key is not { Length: 43 }) return null;
        var (hash, now) = (SignUp.HashOf(key), clock.GetUtcNow());
        await using var tx = await db.Database.BeginTransactionAsync(cancel);
        if (await db.SignUps.AsNoTracking().SingleOrDefaultAsync(s => s.KeyHash == hash && s.Until > now, cancel) is not { } signUp)
            return null;
        var subscriber = await db.Subscribers.SingleOrDefaultAsync(s => s.Folded == signUp.Folded, cancel);
        if (subscriber is null)
        {
            db.Subscribers.Add(subscriber = new Subscriber(signUp.Address, now, signUp.Language));
            (await WeekAsync(now, cancel)).Join();
        }
        else subscriber.Arrived();
        await db.SaveChangesAsync(cancel);
        await db.SignUps.Where(s => s.Folded == signUp.Folded).ExecuteDeleteAsync(cancel);
        await tx.CommitAsync(cancel);
        return subscriberLinks.Sign(subscriber.Id);
    }

    /// <summary>A link that opens stood in a mail that arrived: bounces before it no longer count.</summary>
    /// <returns>Null where nobody has that key, or no longer.</returns>
    public async Task<OwnSubscription?> FindAsync(string? key, CancellationToken cancel = default)
    {
        if (subscriberLinks.Read(key) is not { } id) return null;
        var found = await db.Subscribers
            .AsNoTracking()
            .Where(s => s.Id == id)
            .Select(s => new { s.State, s.Sections, s.Language, s.Bounces })
            .SingleOrDefaultAsync(cancel);
        if (found is null) return null;
        if (found.Bounces > 0) await ChangeAsync(key, _ => { }, cancel);
        return new OwnSubscription(found.State, found.Sections, found.Language);
    }

    /// <summary>Chooses sections; none is all of them.</summary>
    /// <returns>False where nobody has that key.</returns>
    public Task<bool> ChooseAsync(string? key, IEnumerable<SectionId> sections, CancellationToken cancel = default) =>
        ChangeAsync(key, s => s.Choose(sections), cancel);

    /// <summary>Chooses the language of the paper's own words in mails.</summary>
    /// <param name="language">BCP 47; null is the paper's own.</param>
    /// <returns>False where nobody has that key.</returns>
    public Task<bool> ReadInAsync(string? key, string? language, CancellationToken cancel = default) =>
        ChangeAsync(key, s => s.ReadIn(language), cancel);

    public Task<bool> PauseAsync(string? key, bool pause, CancellationToken cancel = default) => ChangeAsync(key, s =>
    {
        if (pause) s.Pause();
        else s.Resume();
    }, cancel);

    /// <summary>Forgets the subscriber. Leaving twice is leaving once.</summary>
    /// <returns>False where the key is not ours.</returns>
    public async Task<bool> LeaveAsync(string? key, CancellationToken cancel = default)
    {
        if (subscriberLinks.Read(key) is not { } id) return false;
        await ForgetAsync(id, cancel: cancel);
        return true;
    }

    /// <summary>Deletes a subscriber and all that names the address; of one whose mail came back or who complained
    /// a keyed hash stays.</summary>
    /// <returns>False where there is none.</returns>
    public async Task<bool> ForgetAsync(long id, Suppression? why = null, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        await using var tx = await db.Database.BeginTransactionAsync(cancel);
        if (!await RemoveAsync(id, why, now, cancel)) return false;
        await tx.CommitAsync(cancel);
        return true;
    }

    private async Task<bool> RemoveAsync(long id, Suppression? why, DateTimeOffset now, CancellationToken cancel)
    {
        if (await db.Subscribers.SingleOrDefaultAsync(s => s.Id == id, cancel) is not { } subscriber) return false;
        if (subscriber.State is SubscriberState.Bounced) why ??= Suppression.Bounced;
        if (why is { } reason
            && subscriberLinks.MarkOf(subscriber.Address) is var mark
            && !await db.Suppressed.AnyAsync(s => s.Mark == mark, cancel))
        {
            db.Suppressed.Add(new Suppressed(mark, reason, now));
        }
        (await WeekAsync(now, cancel)).Leave();
        db.Subscribers.Remove(subscriber);
        await db.SaveChangesAsync(cancel);
        await db.SignUps.Where(s => s.Folded == subscriber.Folded).ExecuteDeleteAsync(cancel);
        await db.CountedBounces.Where(b => b.SubscriberId == id).ExecuteDeleteAsync(cancel);
        await db.Mailings.Where(d => d.SubscriberId == id && d.State == MailingState.Waiting)
            .ExecuteUpdateAsync(d => d.SetProperty(x => x.State, MailingState.Skipped)
                .SetProperty(x => x.At, now)
                .SetProperty(x => x.Reason, "Left before it was sent."), cancel);
        // Past the version: it is a figure, and no editor's business.
        if (await db.Mailings
            .Where(d => d.SubscriberId == id && d.State == MailingState.Sent)
            .MaxAsync(d => (long?)d.BulletinId, cancel) is { } last)
        {
            await db.Bulletins.Where(b => b.Id == last).ExecuteUpdateAsync(b => b.SetProperty(x => x.Left, x => x.Left + 1), cancel);
        }
        return true;
    }

    /// <summary>
    /// What a mail provider tells of mails, all of it in one transaction. Of an address that is no subscriber's nothing is kept. A report
    /// that comes again changes nothing.
    /// </summary>
    /// <param name="most">After so many soft bounces in a row nothing more is sent to an address; after a hard one at once.</param>
    /// <returns>How many reports changed something.</returns>
    public async Task<int> ReportAsync(IReadOnlyCollection<MailReport> reports, int most, CancellationToken cancel = default)
    {
        var relevant = reports.Where(r => r.Outcome is not MailOutcome.Other).OrderBy(r => r.At ?? DateTimeOffset.MinValue).ToList();
        if (relevant.Count == 0) return 0;
        await using var tx = await db.Database.BeginTransactionAsync(cancel);
        var (now, changed) = (clock.GetUtcNow(), 0);
        foreach (var some in relevant.Chunk(ReportsAtOnce))
        {
            db.ChangeTracker.Clear();
            var addresses = some.Select(r => Subscriber.Fold(r.Address)).Distinct().ToList();
            var subscribers = await db.Subscribers.Where(s => addresses.Contains(s.Folded)).ToDictionaryAsync(s => s.Folded, cancel);
            var ids = subscribers.Values.Select(s => s.Id).ToList();
            var counted = await db.CountedBounces.AsNoTracking().Where(b => ids.Contains(b.SubscriberId)).ToListAsync(cancel);
            var (known, last) = (counted.Select(b => b.Key).ToHashSet(),
                counted.GroupBy(b => b.SubscriberId).ToDictionary(g => g.Key, g => g.Max(b => b.BouncedAt)));
            var leaving = new Dictionary<long, Suppression?>();
            foreach (var report in some)
            {
                if (!subscribers.TryGetValue(Subscriber.Fold(report.Address), out var subscriber)) continue;
                var before = (subscriber.State, subscriber.Bounces);
                switch (report.Outcome)
                {
                    case MailOutcome.Arrived when last.GetValueOrDefault(subscriber.Id) is var bounced
                        && (report.At is not { } at || at > bounced):
                        subscriber.Arrived();
                        break;
                    case MailOutcome.SoftBounce when report.Id is null || known.Add(CountedBounce.KeyOf(report)):
                        subscriber.Bounce(most);
                        if (report.Id is null) break;
                        last[subscriber.Id] = report.At ?? now;
                        db.CountedBounces.Add(new CountedBounce(CountedBounce.KeyOf(report), subscriber.Id, report.At ?? now, now));
                        break;
                    case MailOutcome.HardBounce:
                        subscriber.BounceForGood();
                        break;
                    case MailOutcome.Complaint:
                        leaving[subscriber.Id] = Suppression.Complained;
                        break;
                    case MailOutcome.Unsubscribed:
                        leaving.TryAdd(subscriber.Id, null);
                        break;
                }
                if (before != (subscriber.State, subscriber.Bounces)) changed++;
            }
            await db.SaveChangesAsync(cancel);
            foreach (var (id, why) in leaving)
                if (await RemoveAsync(id, why, now, cancel)) changed++;
        }
        await tx.CommitAsync(cancel);
        return changed;
    }

    /// <summary>Forgets reports that no provider tells again.</summary>
    /// <returns>How many.</returns>
    public Task<int> TidyReportsAsync(CancellationToken cancel = default)
    {
        var old = clock.GetUtcNow() - ReportsLast;
        return db.CountedBounces.Where(b => b.At < old).ExecuteDeleteAsync(cancel);
    }

    private async Task<bool> ChangeAsync(string? key, Action<Subscriber> change, CancellationToken cancel)
    {
        if (subscriberLinks.Read(key) is not { } id
            || await db.Subscribers.SingleOrDefaultAsync(s => s.Id == id, cancel) is not { } subscriber) return false;
        subscriber.Arrived();
        change(subscriber);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    private async Task<SubscriberWeek> WeekAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var monday = SubscriberWeek.MondayOf(DateOnly.FromDateTime(snapshot.Now.Local(now).DateTime));
        var week = await db.SubscriberWeeks.SingleOrDefaultAsync(w => w.Monday == monday, cancel);
        if (week is null) db.SubscriberWeeks.Add(week = new SubscriberWeek(monday));
        return week;
    }
}
