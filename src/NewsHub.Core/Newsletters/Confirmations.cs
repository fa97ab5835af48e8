using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Mail;
using NewsHub.Core.Store;

namespace NewsHub.Core.Newsletters;

/// <summary>
/// Answers sign-ups by mail, after the reader's page was answered. They wait in the store, so that one that was acknowledged is answered
/// even if the program was killed in between.
/// </summary>
public sealed class Confirmations(NewsDb db, IMailer mailer, SubscriberLinks subscriberLinks, ConfirmationMails mails, TimeProvider clock)
{
    private const int Batch = 50;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly Backoff Waits = Backoff.Doubling(TimeSpan.FromMinutes(1), TimeSpan.FromHours(4));

    /// <summary>Sends what is due.</summary>
    /// <param name="site">The paper's address, without a last slash.</param>
    /// <returns>How many were seen to, and how often mail did not go out.</returns>
    public async Task<(int Done, int Failed)> AnswerAsync(string site, CancellationToken cancel = default)
    {
        var (done, failed) = (0, 0);
        var due = await db.SignUps
            .AsNoTracking()
            .Where(s => s.NextTryAt <= clock.GetUtcNow())
            .OrderBy(s => s.NextTryAt)
            .Take(Batch)
            .ToListAsync(cancel);
        foreach (var signUp in due)
        {
            var now = clock.GetUtcNow();
            // Taken by moving it on: of several workers one changes a row.
            if (await db.SignUps.Where(s => s.Id == signUp.Id && s.NextTryAt == signUp.NextTryAt).ExecuteUpdateAsync(
                s => s.SetProperty(x => x.NextTryAt, now + Lease).SetProperty(x => x.Tries, x => x.Tries + 1), cancel) == 0)
            {
                continue;
            }
            try
            {
                await AnswerAsync(signUp, site, cancel);
                done++;
            }
            catch (MailFailedException e)
            {
                failed++;
                var again = now + Waits.After(signUp.Tries + 1);
                if (e.Fault is MailFault.Never or MailFault.NoSuchAddress)
                    await db.SignUps.Where(s => s.Id == signUp.Id).ExecuteDeleteAsync(cancel);
                else await db.SignUps.Where(s => s.Id == signUp.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.NextTryAt, again), cancel);
                // The server is away: the others wait with this one.
                if (e.Fault is MailFault.NoWayOut) break;
            }
        }
        return (done, failed);
    }

    /// <summary>Forgets what nobody confirmed in time.</summary>
    /// <returns>How many.</returns>
    public Task<int> TidyAsync(CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        return db.SignUps.Where(s => s.Until <= now).ExecuteDeleteAsync(cancel);
    }

    private async Task AnswerAsync(SignUp signUp, string site, CancellationToken cancel)
    {
        var mark = subscriberLinks.MarkOf(signUp.Address);
        var known = await db.Subscribers.AsNoTracking().SingleOrDefaultAsync(s => s.Folded == signUp.Folded, cancel);
        if (known?.State is SubscriberState.Bounced || await db.Suppressed.AnyAsync(s => s.Mark == mark, cancel))
        {
            await db.SignUps.Where(s => s.Id == signUp.Id).ExecuteDeleteAsync(cancel);
            return;
        }
        if (known is not null)
        {
            await mailer.SendAsync(
                await mails.AlreadyAsync(signUp, $"{site}/newsletter/yours?key={subscriberLinks.Sign(known.Id)}"), cancel);
            await db.SignUps.Where(s => s.Id == signUp.Id).ExecuteDeleteAsync(cancel);
            return;
        }
        var (key, hash) = SignUp.NewKey();
        var until = clock.GetUtcNow() + SignUp.Lasts;
        // Before the mail: a link that arrives must open.
        await db.SignUps
            .Where(s => s.Id == signUp.Id)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.KeyHash, hash).SetProperty(x => x.Until, until), cancel);
        await mailer.SendAsync(await mails.PleaseAsync(signUp, $"{site}/newsletter/confirm?key={key}"), cancel);
        await db.SignUps
            .Where(s => s.Id == signUp.Id)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.NextTryAt, (DateTimeOffset?)null), cancel);
    }
}
