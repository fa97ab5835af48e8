using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Mail;
using NewsHub.Core.Reading;
using NewsHub.Core.Store;

namespace NewsHub.Core.Newsletters;

/// <summary>
/// Answers sign-ups by mail, after the reader's page was answered. They wait in the store, so that one that was acknowledged is answered even if the program
/// was killed in between.
/// </summary>
public sealed class Confirmations(NewsDb db, IMailer mailer, SubscriberLinks subscriberLinks, SiteSnapshot.Current masthead, TextsOf texts, TimeProvider clock)
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
        var due = await db.SignUps.AsNoTracking().Where(s => s.NextTryAt <= clock.GetUtcNow()).OrderBy(s => s.NextTryAt).Take(Batch).ToListAsync(cancel);
        foreach (var signUp in due)
        {
            var now = clock.GetUtcNow();
            // Taken by moving it on: of several workers one changes a row.
            if (await db.SignUps.Where(s => s.Id == signUp.Id && s.NextTryAt == signUp.NextTryAt).ExecuteUpdateAsync(s => s.SetProperty(x => x.NextTryAt, now + Lease).SetProperty(x => x.Tries, x => x.Tries + 1), cancel) == 0) continue;
            try
            {
                await AnswerAsync(signUp, site, cancel);
                done++;
            }
            catch (MailFailedException e)
            {
                failed++;
                var again = now + Waits.After(signUp.Tries + 1);
                if (e.Fault is MailFault.Never or MailFault.NoSuchAddress) await db.SignUps.Where(s => s.Id == signUp.Id).ExecuteDeleteAsync(cancel);
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
        var (paper, words) = (masthead.Now.Site.Name, texts(signUp.Language));
        if (known is not null)
        {
            await mailer.SendAsync(Already(words, paper, signUp.Address, $"{site}/newsletter/yours?key={subscriberLinks.Sign(known.Id)}"), cancel);
            await db.SignUps.Where(s => s.Id == signUp.Id).ExecuteDeleteAsync(cancel);
            return;
        }
        var (key, hash) = SignUp.NewKey();
        var until = clock.GetUtcNow() + SignUp.Lasts;
        // Before the mail: a link that arrives must open.
        await db.SignUps.Where(s => s.Id == signUp.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.KeyHash, hash).SetProperty(x => x.Until, until), cancel);
        await mailer.SendAsync(Please(words, paper, signUp.Address, $"{site}/newsletter/confirm?key={key}"), cancel);
        await db.SignUps.Where(s => s.Id == signUp.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.NextTryAt, (DateTimeOffset?)null), cancel);
    }

    private static Email Please(IMailTexts words, string paper, string to, string link) => Letter(words, to, words.Say("mail.confirm.subject", ("paper", paper)),
        [words.Say("mail.asked", ("paper", paper)), words["mail.confirm.open"], link, words["mail.confirm.lasts"]]);

    private static Email Already(IMailTexts words, string paper, string to, string link) => Letter(words, to, words.Say("mail.already.subject", ("paper", paper)),
        [words.Say("mail.asked", ("paper", paper)), words["mail.already.comes"], link]);

    private static Email Letter(IMailTexts words, string to, string subject, string[] paragraphs) => new(to, "", subject, BulletinText.Paragraphs(paragraphs))
    {
        Language = words.Tag,
        // Plain text has no direction: most programs set it from left to right.
        Html = words.RightToLeft ? Html(words, subject, paragraphs) : null,
    };

    private static string Html(IMailTexts words, string subject, string[] paragraphs)
    {
        var html = new StringBuilder($"""
            <!doctype html>
            <html lang="{words.Tag}" dir="rtl">
            <head>
            <meta charset="utf-8">
            <title>{WebUtility.HtmlEncode(subject)}</title>
            </head>
            <body>
            <div lang="{words.Tag}" dir="rtl" style="max-width:600px;font:17px/1.6 Arial,sans-serif;text-align:right">

            """);
        foreach (var paragraph in paragraphs)
        {
            var text = WebUtility.HtmlEncode(paragraph);
            html.Append("<p>").Append(paragraph.StartsWith("http", StringComparison.Ordinal) ? $"<a href=\"{text}\" dir=\"ltr\">{text}</a>" : text).Append("</p>\n");
        }
        return html.Append("</div>\n</body>\n</html>\n").ToString();
    }
}
