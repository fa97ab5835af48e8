namespace NewsHub.Core.Mail;

/// <summary>The way out for mail: a mail server, or the outbox folder where there is none.</summary>
public interface IMailer
{
    /// <summary>Whether mail leaves the house; false where each is a file in the outbox folder, and nobody has been written to.</summary>
    bool Delivers => true;

    /// <exception cref="MailFailedException">It was not taken; the message says why, for whoever wanted it sent.</exception>
    Task SendAsync(Email email, CancellationToken cancel = default);

    /// <summary>For many mails, one after the other, over one connection.</summary>
    /// <exception cref="MailFailedException">There is no way out at present.</exception>
    Task<IMailRound> OpenAsync(CancellationToken cancel = default);
}

/// <summary>One connection, for as long as it lasts.</summary>
public interface IMailRound : IAsyncDisposable
{
    /// <exception cref="MailFailedException">It was not taken. Where the way out itself is broken, so is this round.</exception>
    Task SendAsync(Email email, CancellationToken cancel = default);
}
