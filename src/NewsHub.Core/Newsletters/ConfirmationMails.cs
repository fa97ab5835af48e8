using NewsHub.Core.Mail;
using NewsHub.Core.Reading;

namespace NewsHub.Core.Newsletters;

/// <summary>The mails that a sign-up is answered with, in the reader's language.</summary>
public sealed class ConfirmationMails(SiteSnapshot.Current snapshot, IMailHtml mailHtml, TextsOf texts)
{
    /// <summary>To somebody new.</summary>
    internal Task<Email> PleaseAsync(SignUp signUp, string link)
    {
        var (paper, words) = (snapshot.Now.Site.Name, texts(signUp.Language));
        return MailAsync(words, signUp.Address, words.Say("mail.confirm.subject", ("paper", paper)),
            [words.Say("mail.asked", ("paper", paper)), words["mail.confirm.open"], link, words["mail.confirm.lasts"]]);
    }

    /// <summary>To somebody who is a subscriber.</summary>
    internal Task<Email> AlreadyAsync(SignUp signUp, string link)
    {
        var (paper, words) = (snapshot.Now.Site.Name, texts(signUp.Language));
        return MailAsync(words, signUp.Address, words.Say("mail.already.subject", ("paper", paper)),
            [words.Say("mail.asked", ("paper", paper)), words["mail.already.comes"], link]);
    }

    private async Task<Email> MailAsync(IMailTexts words, string to, string subject, string[] paragraphs) =>
        new(to, "", subject, BulletinText.Paragraphs(paragraphs))
        {
            Language = words.Tag,
            // Plain text has no direction: most programs set it from left to right.
            Html = words.RightToLeft ? await mailHtml.ParagraphsAsync(words, subject, paragraphs) : null,
        };
}
