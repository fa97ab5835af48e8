using MimeKit;
using MimeKit.Utils;
using NewsHub.Core.Text;

namespace NewsHub.Core.Mail;

/// <summary>A mail to one person.</summary>
/// <param name="To">Address.</param>
/// <param name="Name">Whose it is; empty where nobody knows.</param>
/// <param name="Text">Plain, in lines.</param>
public sealed record Email(string To, string Name, string Subject, string Text)
{
    /// <summary>The same in HTML, where there is one: mail programs show what they prefer.</summary>
    public string? Html { get; init; }

    /// <summary>
    /// A name that the mail has for good, of letters, digits, dots and hyphens. Sent a second time it carries the same Message-ID, by which
    /// servers and mail programs know what they have; in the outbox it is one file.
    /// </summary>
    public string? Once { get; init; }

    /// <summary>The language that it is in (BCP 47), where that is known.</summary>
    public string? Language { get; init; }

    /// <summary>An address that takes the reader off the list by one POST (RFC 8058).</summary>
    public string? Leave { get; init; }

    internal MimeMessage Sealed(MailboxAddress from, DateTimeOffset now)
    {
        var domain = from.Domain is { Length: > 0 } d ? d : "localhost";
        var message = new MimeMessage([from], [new MailboxAddress(TypedText.Line(Name) ?? "", To)], TypedText.Line(Subject) ?? "", Body())
        {
            Date = now,
            MessageId = Once is null ? MimeUtils.GenerateMessageId(domain) : $"{Once}@{domain}",
        };
        if (Leave is null) return message;
        message.Headers.Add(HeaderId.ListId, $"<newsletter.{domain}>");
        message.Headers.Add(HeaderId.ListUnsubscribe, $"<{Leave}>");
        message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        return message;
    }

    private MimeEntity Body()
    {
        var text = new TextPart("plain") { Text = TypedText.Text(Text) };
        MimeEntity body = Html is null ? text : new MultipartAlternative(text, new TextPart("html") { Text = TypedText.Text(Html) });
        if (Language is not null) body.Headers.Add(HeaderId.ContentLanguage, Language);
        return body;
    }
}
