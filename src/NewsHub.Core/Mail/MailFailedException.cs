namespace NewsHub.Core.Mail;

/// <summary>A mail that could not be sent. The message is a sentence for the person who wanted it sent.</summary>
public sealed class MailFailedException : Exception
{
    public MailFailedException(string message) : base(message) { }
    public MailFailedException(string message, Exception inner) : base(message, inner) { }
    public MailFailedException() { }
}
