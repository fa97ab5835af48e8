namespace NewsHub.Core.Mail;

/// <summary>The way out for mail: a mail server, or the outbox folder where there is none.</summary>
public interface IMailer
{
    /// <exception cref="MailFailedException">It was not taken; the message says why, for whoever wanted it sent.</exception>
    Task SendAsync(Letter letter, CancellationToken cancel = default);
}
