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
/// Sends one batch. Each copy is claimed before it is sent and marked right after the server took it, so of several workers one sends
/// it, and a batch that was cut short goes on where it stopped. Between the server's word and our mark lies a moment in which a kill
/// leaves a copy that is sent once more; it then carries the same Message-ID, by which servers and mail programs drop the second (in
/// the outbox it is the same file).
/// </summary>
public sealed class BulletinSender(
    NewsDb db, PublishedNews news, IMailer mailer, SubscriberLinks subscriberLinks, BulletinComposer composer, TimeProvider clock)
{
    private const int LongestReason = 300;
    private static readonly Backoff Waits = Backoff.Doubling(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(320));
    private readonly Dictionary<string, BulletinCopy?> _copies = [];
    private BulletinPlan? _plan;

    public async Task<RoundReport> RunAsync(BulletinRules rules, CancellationToken cancel = default)
    {
        // Off is off: what was begun waits too.
        if (!await db.Sites.AnyAsync(s => s.Bulletin, cancel)) return new RoundReport(0);
        if (await DueAsync(clock.GetUtcNow(), cancel) is not { } bulletin)
        {
            await FinishAsync(cancel);
            return new RoundReport(0, Next: await NextDueAsync(cancel));
        }
        if (await news.EditionAsync(bulletin.Number, cancel) is not { } front)
            return new RoundReport(0, $"No. {bulletin.Number} is not in the paper.");
        _plan = await db.BulletinPlans.AsNoTracking().SingleOrDefaultAsync(p => p.EditionId == bulletin.EditionId, cancel);
        await KeepHeadAsync(bulletin, front, cancel);
        var report = await SendAsync(await BulletinBatch.ClaimAsync(db, bulletin, rules, clock, cancel), front, cancel);
        if (report.Problem is null) await FinishAsync(cancel);
        return report;
    }

    /// <summary>The oldest bulletin of which a copy is due.</summary>
    private Task<Bulletin?> DueAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var due = db.Mailings.Where(d => d.State == MailingState.Waiting && d.NextAt <= now);
        return db.Bulletins.AsNoTracking()
            .Where(b => b.State == BulletinState.Sending && due.Any(d => d.BulletinId == b.Id))
            .OrderBy(b => b.Id).FirstOrDefaultAsync(cancel);
    }

    /// <summary>When a copy is due again; null where nothing waits.</summary>
    private Task<DateTimeOffset?> NextDueAsync(CancellationToken cancel)
    {
        var waiting =
            from b in db.Bulletins
            where b.State == BulletinState.Sending
            join d in db.Mailings on b.Id equals d.BulletinId
            where d.State == MailingState.Waiting
            select d.NextAt;
        return waiting.MinAsync(n => (DateTimeOffset?)n, cancel);
    }

    /// <summary>A front that has changed since the bulletin was made has another head.</summary>
    private async Task KeepHeadAsync(Bulletin bulletin, FrontView front, CancellationToken cancel)
    {
        var (subject, preheader) = BulletinComposer.Head(front, news.Snapshot, _plan);
        if ((subject, preheader) == (bulletin.Subject, bulletin.Preheader)) return;
        await db.Bulletins.Where(b => b.Id == bulletin.Id).ExecuteUpdateAsync(
            b => b.SetProperty(x => x.Subject, subject).SetProperty(x => x.Preheader, preheader), cancel);
    }

    private async Task<RoundReport> SendAsync(BulletinBatch batch, FrontView front, CancellationToken cancel)
    {
        var taken = 0;
        await using var connection = new Connection(mailer);
        foreach (var recipient in await batch.RecipientsAsync(cancel))
        {
            try
            {
                if (await batch.IsOverAsync(cancel))
                {
                    await batch.ReleaseAsync(cancel);
                    return new RoundReport(taken, More: true);
                }
                if (await SendAsync(batch, recipient, front, connection, cancel)) taken++;
            }
            catch (MailFailedException failed) when (failed.Fault is MailFault.NoWayOut)
            {
                await batch.ReleaseAsync(cancel);
                return new RoundReport(taken, failed.Message);
            }
            catch (MailFailedException failed)
            {
                await NoteFailureAsync(batch, recipient, failed, cancel);
            }
        }
        return new RoundReport(taken, More: true);
    }

    /// <returns>Whether a mail went out; false where none is wanted any more.</returns>
    private async Task<bool> SendAsync(
        BulletinBatch batch, Recipient recipient, FrontView front, Connection connection, CancellationToken cancel)
    {
        if (recipient.Subscriber is not { State: SubscriberState.Subscribed } subscriber)
        {
            await batch.SettleAsync(recipient, MailingState.Skipped, "Left, or paused, before it was sent.", cancel);
            return false;
        }
        if (await CopyForAsync(front, subscriber, batch.Rules.Site) is not { } copy)
        {
            await batch.SettleAsync(recipient, MailingState.Skipped, "Nothing of the chosen sections is in it.", cancel);
            return false;
        }
        var round = await connection.OpenAsync(cancel);
        await round.SendAsync(Letter(batch.Bulletin, subscriber, copy, batch.Rules.Site), cancel);
        // Whatever else is cancelled: this one is out, and that must be written down.
        await batch.SettleAsync(recipient, MailingState.Sent, null, CancellationToken.None);
        return true;
    }

    private async Task NoteFailureAsync(BulletinBatch batch, Recipient recipient, MailFailedException failed, CancellationToken cancel)
    {
        var why = Clean(failed.Message, recipient.Subscriber!.Address);
        if (failed.Fault is MailFault.NotNow && recipient.Tries < batch.Rules.Tries)
            await batch.PutOffAsync(recipient, clock.GetUtcNow() + Waits.After(recipient.Tries), why, cancel);
        else await batch.SettleAsync(recipient, MailingState.Failed, why, cancel);
        if (failed.Fault is MailFault.NoSuchAddress) await BounceAsync(recipient.Id, batch.Rules.Bounces, cancel);
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
            Once = string.Create(
                CultureInfo.InvariantCulture, $"bulletin-{bulletin.MadeAt.ToUnixTimeSeconds()}-{bulletin.Id}-{subscriber.Id}"),
            Leave = $"{site}/newsletter/leave?key={key}",
        };
    }

    private async Task BounceAsync(long id, int most, CancellationToken cancel)
    {
        if (await db.Subscribers.SingleOrDefaultAsync(s => s.Id == id, cancel) is not { } subscriber) return;
        subscriber.Bounce(most);
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
    }

    /// <summary>Ends the bulletins of which nothing waits.</summary>
    private async Task FinishAsync(CancellationToken cancel)
    {
        var over = await db.Bulletins
            .Where(b => b.State == BulletinState.Sending && !db.Mailings.Any(d => d.BulletinId == b.Id && d.State == MailingState.Waiting))
            .ToListAsync(cancel);
        foreach (var bulletin in over)
        {
            var counts = await db.Mailings
                .Where(d => d.BulletinId == bulletin.Id)
                .GroupBy(d => d.State)
                .Select(g => new { g.Key, Count = g.Count() })
                .ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
            db.Events.Add(bulletin.Finish(string.Create(CultureInfo.InvariantCulture, $"sent to "
                + $"{counts.GetValueOrDefault(MailingState.Sent):N0}, failed for {counts.GetValueOrDefault(MailingState.Failed):N0}, not "
                + $"wanted by {counts.GetValueOrDefault(MailingState.Skipped):N0}"), clock.GetUtcNow()));
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
        return _copies[key] = mine is null ? null : await composer.SetAsync(mine, news.Snapshot, site, subscriber.Language, _plan);
    }

    private static string Clean(string reason, string address)
    {
        var clean = reason.Replace(address, "the address", StringComparison.OrdinalIgnoreCase);
        return clean.Length <= LongestReason ? clean : clean[..LongestReason];
    }

    /// <summary>Opened with the first mail, for all that follow.</summary>
    private sealed class Connection(IMailer mailer) : IAsyncDisposable
    {
        private IMailRound? _round;

        public async Task<IMailRound> OpenAsync(CancellationToken cancel) => _round ??= await mailer.OpenAsync(cancel);

        public ValueTask DisposeAsync() => _round?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
