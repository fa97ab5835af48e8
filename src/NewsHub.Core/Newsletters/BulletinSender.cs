using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Mail;
using NewsHub.Core.Reading;
using NewsHub.Core.Store;

namespace NewsHub.Core.Newsletters;

/// <summary>How bulletins are sent: the machine's settings.</summary>
/// <param name="Site">The paper's address, without a last slash.</param>
/// <param name="Batch">Mails over one connection.</param>
/// <param name="Lease">For how long a batch is its worker's. A worker that died has its batch taken over after this.</param>
/// <param name="Tries">After so many a mail that is put off again and again has failed.</param>
/// <param name="Bounces">After so many returns in a row nothing more is sent to an address.</param>
public sealed record BulletinRules(string Site, int Batch, TimeSpan Lease, int Tries, int Bounces);

/// <param name="Taken">Mails that went out.</param>
/// <param name="Problem">Why the round ended early, as a sentence; null where it did not.</param>
/// <param name="More">There may be another batch at once.</param>
/// <param name="Next">When something is due again (UTC); null where nothing waits.</param>
public sealed record RoundReport(int Taken, string? Problem = null, bool More = false, DateTimeOffset? Next = null);

/// <summary>
/// Sends one batch. Each copy is claimed before it is sent and marked right after the server took it, so of several workers one sends it, and a batch that
/// was cut short goes on where it stopped. Between the server's word and our mark lies a moment in which a kill leaves a copy that is sent once more; it then
/// carries the same Message-ID, by which servers and mail programs drop the second (in the outbox it is the same file).
/// </summary>
public sealed class BulletinSender(NewsDb db, PublishedNews news, IMailer mailer, SubscriberLinks subscriberLinks, BulletinComposer composer, TimeProvider clock)
{
    private const int LongestReason = 300;
    private static readonly Backoff Waits = Backoff.Doubling(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(320));
    private readonly Dictionary<string, BulletinCopy?> _copies = [];

    public async Task<RoundReport> RunAsync(BulletinRules rules, CancellationToken cancel = default)
    {
        // Off is off: what was begun waits too.
        if (!await db.Sites.AnyAsync(s => s.Bulletin, cancel)) return new RoundReport(0);
        var now = clock.GetUtcNow();
        var bulletin = await db.Bulletins.AsNoTracking().Where(b => b.State == BulletinState.Sending && db.Mailings.Any(d => d.BulletinId == b.Id && d.State == MailingState.Waiting && d.NextAt <= now)).OrderBy(b => b.Id).FirstOrDefaultAsync(cancel);
        if (bulletin is null)
        {
            await FinishAsync(cancel);
            var waiting = from b in db.Bulletins where b.State == BulletinState.Sending join d in db.Mailings on b.Id equals d.BulletinId where d.State == MailingState.Waiting select d.NextAt;
            return new RoundReport(0, Next: await waiting.MinAsync(n => (DateTimeOffset?)n, cancel));
        }
        if (await news.EditionAsync(bulletin.Number, cancel) is not { } front) return new RoundReport(0, $"No. {bulletin.Number} is not in the paper.");
        var (subject, preheader) = BulletinComposer.Head(front, news.Snapshot);
        if ((subject, preheader) != (bulletin.Subject, bulletin.Preheader))
            await db.Bulletins.Where(b => b.Id == bulletin.Id).ExecuteUpdateAsync(b => b.SetProperty(x => x.Subject, subject).SetProperty(x => x.Preheader, preheader), cancel);

        var claim = await ClaimAsync(bulletin, rules, now, cancel);
        var mine = await (
            from d in db.Mailings.AsNoTracking()
            where d.Claim == claim && d.BulletinId == bulletin.Id && d.State == MailingState.Waiting
            join s in db.Subscribers on d.SubscriberId equals s.Id into subscribers
            from s in subscribers.DefaultIfEmpty()
            orderby d.SubscriberId
            select new { d.SubscriberId, d.Tries, Subscriber = s }).ToListAsync(cancel);
        var (taken, stops) = (0, now + (rules.Lease / 2));
        IMailRound? round = null;
        try
        {
            for (var i = 0; i < mine.Count; i++)
            {
                var (id, tries, subscriber) = (mine[i].SubscriberId, mine[i].Tries, mine[i].Subscriber);
                // Held, cancelled, or so slow that somebody else may soon take over: the rest is anybody's again.
                if (clock.GetUtcNow() > stops || !await db.Bulletins.AnyAsync(b => b.Id == bulletin.Id && b.State == BulletinState.Sending, cancel))
                {
                    await ReleaseAsync(bulletin.Id, claim, clock.GetUtcNow(), cancel);
                    return new RoundReport(taken, More: true);
                }
                if (subscriber is not { State: SubscriberState.Subscribed } || await CopyForAsync(front, subscriber, rules.Site) is not { } copy)
                {
                    await SettleAsync(id, MailingState.Skipped, subscriber is { State: SubscriberState.Subscribed } ? "Nothing of the chosen sections is in it." : "Left, or paused, before it was sent.", cancel);
                    continue;
                }
                try
                {
                    round ??= await mailer.OpenAsync(cancel);
                    await round.SendAsync(Letter(bulletin, subscriber, copy, rules.Site), cancel);
                    // Whatever else is cancelled: this one is out, and that must be written down.
                    await SettleAsync(id, MailingState.Sent, null, CancellationToken.None);
                    taken++;
                }
                catch (MailFailedException failed) when (failed.Fault is MailFault.NoWayOut)
                {
                    await ReleaseAsync(bulletin.Id, claim, clock.GetUtcNow(), cancel);
                    return new RoundReport(taken, failed.Message);
                }
                catch (MailFailedException failed)
                {
                    var why = Clean(failed.Message, subscriber.Address);
                    var again = failed.Fault is MailFault.NotNow && tries < rules.Tries;
                    if (again) await PutOffAsync(id, clock.GetUtcNow() + Waits.After(tries), why, cancel);
                    else await SettleAsync(id, MailingState.Failed, why, cancel);
                    if (failed.Fault is MailFault.NoSuchAddress) await ChangeAsync(id, s => s.Bounce(rules.Bounces), cancel);
                }
            }
        }
        finally
        {
            if (round is not null) await round.DisposeAsync();
        }
        await FinishAsync(cancel);
        return new RoundReport(taken, More: true);

        Task SettleAsync(long id, MailingState state, string? reason, CancellationToken stop)
        {
            var at = clock.GetUtcNow();
            return db.Mailings.Where(d => d.BulletinId == bulletin.Id && d.SubscriberId == id && d.Claim == claim && d.State == MailingState.Waiting)
                .ExecuteUpdateAsync(d => d.SetProperty(x => x.State, state).SetProperty(x => x.At, at).SetProperty(x => x.Reason, reason).SetProperty(x => x.Claim, (Guid?)null), stop);
        }

        Task PutOffAsync(long id, DateTimeOffset until, string reason, CancellationToken stop) =>
            db.Mailings.Where(d => d.BulletinId == bulletin.Id && d.SubscriberId == id && d.Claim == claim)
                .ExecuteUpdateAsync(d => d.SetProperty(x => x.NextAt, until).SetProperty(x => x.Reason, reason).SetProperty(x => x.Claim, (Guid?)null), stop);
    }

    /// <summary>A bulletin's copy for one reader.</summary>
    public Email Letter(Bulletin bulletin, Subscriber subscriber, BulletinCopy copy, string site)
    {
        var key = subscriberLinks.Sign(subscriber.Id);
        var (html, text) = copy.For(key);
        return new Email(subscriber.Address, "", copy.Subject, text)
        {
            Html = html,
            Language = copy.Language,
            // With its second of birth: a store that was begun anew counts from 1 again.
            Once = string.Create(CultureInfo.InvariantCulture, $"bulletin-{bulletin.MadeAt.ToUnixTimeSeconds()}-{bulletin.Id}-{subscriber.Id}"),
            Leave = $"{site}/newsletter/leave?key={key}",
        };
    }

    private async Task<Guid> ClaimAsync(Bulletin bulletin, BulletinRules rules, DateTimeOffset now, CancellationToken cancel)
    {
        var (claim, until) = (Guid.CreateVersion7(now), now + rules.Lease);
        var next = db.Mailings.Where(d => d.BulletinId == bulletin.Id && d.State == MailingState.Waiting && d.NextAt <= now).OrderBy(d => d.NextAt).ThenBy(d => d.SubscriberId).Take(rules.Batch).Select(d => d.SubscriberId);
        // Asked once more at the row itself: where two pick the same, the later finds it taken.
        await db.Mailings.Where(d => d.BulletinId == bulletin.Id && d.State == MailingState.Waiting && d.NextAt <= now && next.Contains(d.SubscriberId))
            .ExecuteUpdateAsync(d => d.SetProperty(x => x.Claim, claim).SetProperty(x => x.NextAt, until).SetProperty(x => x.Tries, x => x.Tries + 1), cancel);
        return claim;
    }

    private Task<int> ReleaseAsync(long bulletin, Guid claim, DateTimeOffset now, CancellationToken cancel) =>
        db.Mailings.Where(d => d.Claim == claim && d.BulletinId == bulletin && d.State == MailingState.Waiting)
            .ExecuteUpdateAsync(d => d.SetProperty(x => x.Claim, (Guid?)null).SetProperty(x => x.NextAt, now).SetProperty(x => x.Tries, x => x.Tries - 1), cancel);

    private async Task ChangeAsync(long id, Action<Subscriber> change, CancellationToken cancel)
    {
        if (await db.Subscribers.SingleOrDefaultAsync(s => s.Id == id, cancel) is not { } subscriber) return;
        change(subscriber);
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
    }

    /// <summary>Ends the bulletins of which nothing waits.</summary>
    private async Task FinishAsync(CancellationToken cancel)
    {
        var over = await db.Bulletins.Where(b => b.State == BulletinState.Sending && !db.Mailings.Any(d => d.BulletinId == b.Id && d.State == MailingState.Waiting)).ToListAsync(cancel);
        foreach (var bulletin in over)
        {
            var counts = await db.Mailings.Where(d => d.BulletinId == bulletin.Id).GroupBy(d => d.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
            db.Events.Add(bulletin.Finish(string.Create(CultureInfo.InvariantCulture, $"sent to {counts.GetValueOrDefault(MailingState.Sent):N0}, failed for {counts.GetValueOrDefault(MailingState.Failed):N0}, not wanted by {counts.GetValueOrDefault(MailingState.Skipped):N0}"), clock.GetUtcNow()));
        }
        if (over.Count == 0) return;
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another worker ended it, or somebody cancelled it at the same moment.
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>Composed once for all who get the same.</summary>
    private async Task<BulletinCopy?> CopyForAsync(FrontView front, Subscriber subscriber, string site)
    {
        var key = $"{subscriber.Language}:{string.Join(',', subscriber.Sections)}";
        if (_copies.TryGetValue(key, out var known)) return known;
        var mine = BulletinComposer.Only(front, subscriber.Sections);
        return _copies[key] = mine is null ? null : await composer.SetAsync(mine, news.Snapshot, site, subscriber.Language);
    }

    private static string Clean(string reason, string address)
    {
        var clean = reason.Replace(address, "the address", StringComparison.OrdinalIgnoreCase);
        return clean.Length <= LongestReason ? clean : clean[..LongestReason];
    }
}
