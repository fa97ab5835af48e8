using MimeKit;
using NewsHub.Core.Mail;
using NewsHub.Core.Newsletters;

namespace NewsHub.Web.Options;

/// <summary>The mail server, and whom mail is from.</summary>
public sealed class SmtpOptions
{
    [Setting("Smtp:Host", "the mail server for the newsletter, invitations and links to new passwords",
        Otherwise = "none: each mail is a `.eml` file in `outbox/` of the data folder")]
    [MailServer]
    public string? Host { get; init; }

    [Setting("Smtp:Port", "the mail server's port")]
    [WholeNumber(1, 65_535)]
    public int Port { get; init; } = 587;

    [Setting("Smtp:User", "the name to sign in with at the mail server")]
    public string? User { get; init; }

    [Setting("Smtp:Password", "the password to it")]
    public string? Password { get; init; }

    [Setting("Smtp:From", "whom mail is from, such as `The Lantern <desk@lantern.example>`",
        Otherwise = "`newsroom@` and the host of `Site:Url`")]
    [Sender]
    public string? From { get; init; }

    [Setting("Smtp:Tls", "`implicit` (from the first byte; what auto does at port 465), `starttls`, `none`",
        Otherwise = "`auto`: always encrypted, but on the same machine")]
    public SmtpTls Tls { get; init; } = SmtpTls.Auto;

    /// <summary>Whom mail is from.</summary>
    /// <param name="site">The paper's own address, whose host the newsroom writes from where nobody is named.</param>
    public MailboxAddress Sender(Uri site) =>
        MailboxAddress.Parse(From ?? $"newsroom@{(site.HostNameType is UriHostNameType.Dns ? site.IdnHost : "localhost")}");

    private sealed class MailServerAttribute : RuleAttribute
    {
        public override string? Wrong(string value) => Uri.CheckHostName(value.Trim('[', ']')) is not UriHostNameType.Unknown
            ? null : "it has to be a host name alone, such as mail.lantern.example; the port is Smtp:Port.";
    }

    private sealed class SenderAttribute : RuleAttribute
    {
        public override string? Wrong(string value) => MailboxAddress.TryParse(value, out var from) && Subscriber.IsAddress(from.Address)
            ? null : "it has to be a mail address such as The Lantern <desk@lantern.example>.";
    }
}
