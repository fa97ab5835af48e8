using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editions;
using NewsHub.Core.Reading;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Newsletters;

/// <summary>What a subscriber's own page shows.</summary>
/// <param name="Sections">The chosen ones; none is all.</param>
public sealed record OwnSubscription(SubscriberState State, IReadOnlyList<long> Sections);

/// <summary>Signing up, and all that a subscriber may do by the link in their mail. Whoever holds a link is who it was mailed to: there are no accounts.</summary>
public sealed class Subscriptions(NewsDb db, Signet signet, Masthead.Current masthead, TimeProvider clock)
{
    /// <summary>
    /// Somebody wants the bulletin sent there. It is kept at once, whoever's address it is; what becomes of it is found out after the answer
    /// (<see cref="Confirmations"/>), so that the answer is the same, and takes as long, for all.
    /// </summary>
    public async Task AskAsync(string address, CancellationToken cancel = default)
    {
        if (!Subscriber.IsAddress(address)) throw new RefusedException("That is not an email address.");
        db.SignUps.Add(new SignUp(address, clock.GetUtcNow()));
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
        await using var turn = await db.Database.BeginTransactionAsync(cancel);
        if (await db.SignUps.AsNoTracking().SingleOrDefaultAsync(s => s.KeyHash == hash && s.Until > now, cancel) is not { } signUp) return null;
        var subscriber = await db.Subscribers.SingleOrDefaultAsync(s => s.Folded == signUp.Folded, cancel);
        if (subscriber is null)
        {
            db.Subscribers.Add(subscriber = new Subscriber(signUp.Address, now));
            (await WeekAsync(now, cancel)).Join();
        }
        await db.SaveChangesAsync(cancel);
        await db.SignUps.Where(s => s.Folded == signUp.Folded).ExecuteDeleteAsync(cancel);
        await turn.CommitAsync(cancel);
        return signet.Sign(subscriber.Id);
    }

    /// <returns>Null where nobody has that key, or no longer.</returns>
    public async Task<OwnSubscription?> FindAsync(string? key, CancellationToken cancel = default) =>
        signet.Read(key) is { } id ? await db.Subscribers.AsNoTracking().Where(s => s.Id == id).Select(s => new OwnSubscription(s.State, s.Sections)).SingleOrDefaultAsync(cancel) : null;

    /// <summary>Chooses sections; none is all of them.</summary>
    /// <returns>False where nobody has that key.</returns>
    public Task<bool> ChooseAsync(string? key, IEnumerable<SectionId> sections, CancellationToken cancel = default) => ChangeAsync(key, s => s.Choose(sections), cancel);

    public Task<bool> PauseAsync(string? key, bool pause, CancellationToken cancel = default) => ChangeAsync(key, s =>
    {
        if (pause) s.Pause();
        else s.Resume();
    }, cancel);

    /// <summary>Forgets the subscriber. Leaving twice is leaving once.</summary>
    /// <returns>False where the key is not ours.</returns>
    public async Task<bool> LeaveAsync(string? key, CancellationToken cancel = default)
    {
        if (signet.Read(key) is not { } id) return false;
        await ForgetAsync(id, cancel: cancel);
        return true;
    }

    /// <summary>Deletes a subscriber and all that names the address; of one whose mail came back or who complained a keyed hash stays.</summary>
    /// <returns>False where there is none.</returns>
    public async Task<bool> ForgetAsync(long id, Suppression? why = null, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        await using var turn = await db.Database.BeginTransactionAsync(cancel);
        if (await db.Subscribers.SingleOrDefaultAsync(s => s.Id == id, cancel) is not { } subscriber) return false;
        if (subscriber.State is SubscriberState.Bounced) why ??= Suppression.Bounced;
        if (why is { } reason && signet.MarkOf(subscriber.Address) is var mark && !await db.Suppressed.AnyAsync(s => s.Mark == mark, cancel)) db.Suppressed.Add(new Suppressed(mark, reason, now));
        (await WeekAsync(now, cancel)).Leave();
        db.Subscribers.Remove(subscriber);
        await db.SaveChangesAsync(cancel);
        await db.SignUps.Where(s => s.Folded == subscriber.Folded).ExecuteDeleteAsync(cancel);
        await db.Mailings.Where(d => d.SubscriberId == id && d.State == MailingState.Waiting)
            .ExecuteUpdateAsync(d => d.SetProperty(x => x.State, MailingState.Skipped).SetProperty(x => x.At, now).SetProperty(x => x.Reason, "Left before it was sent."), cancel);
        // Past the version: it is a figure, and no editor's business.
        if (await db.Mailings.Where(d => d.SubscriberId == id && d.State == MailingState.Sent).MaxAsync(d => (long?)d.BulletinId, cancel) is { } last)
            await db.Bulletins.Where(b => b.Id == last).ExecuteUpdateAsync(b => b.SetProperty(x => x.Left, x => x.Left + 1), cancel);
        await turn.CommitAsync(cancel);
        return true;
    }

    /// <summary>What a mail provider tells of an address. Of one that is no subscriber's nothing is kept.</summary>
    /// <param name="most">After so many returns in a row nothing more is sent there.</param>
    /// <returns>Whether it changed anything.</returns>
    public async Task<bool> ReturnAsync(string address, bool complained, int most, CancellationToken cancel = default)
    {
        var folded = Subscriber.Fold(address);
        if (await db.Subscribers.SingleOrDefaultAsync(s => s.Folded == folded, cancel) is not { } subscriber) return false;
        if (complained) return await ForgetAsync(subscriber.Id, Suppression.Complained, cancel);
        subscriber.Bounce(most);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    private async Task<bool> ChangeAsync(string? key, Action<Subscriber> change, CancellationToken cancel)
    {
        if (signet.Read(key) is not { } id || await db.Subscribers.SingleOrDefaultAsync(s => s.Id == id, cancel) is not { } subscriber) return false;
        change(subscriber);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    private async Task<SubscriberWeek> WeekAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var monday = SubscriberWeek.MondayOf(DateOnly.FromDateTime(masthead.Now.Local(now).DateTime));
        var week = await db.SubscriberWeeks.SingleOrDefaultAsync(w => w.Monday == monday, cancel);
        if (week is null) db.SubscriberWeeks.Add(week = new SubscriberWeek(monday));
        return week;
    }
}
