using MimeKit;

namespace NewsHub.Core.Mail;

/// <summary>A mail to one person, in plain text.</summary>
/// <param name="To">Address.</param>
/// <param name="Name">Whose it is.</param>
public sealed record Letter(string To, string Name, string Subject, string Text)
{
    internal MimeMessage Sealed(MailboxAddress from, DateTimeOffset now)
    {
        var domain = from.Domain is { Length: > 0 } d ? d : "localhost";
        return new MimeMessage([from], [new MailboxAddress(Name, To)], Subject, new TextPart("plain") { Text = Text })
        {
            Date = now,
            MessageId = MimeKit.Utils.MimeUtils.GenerateMessageId(domain),
        };
    }
}
