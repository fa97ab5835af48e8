namespace NewsHub.Core.Mail;

/// <summary>What is to be done about a mail that was not taken.</summary>
public enum MailFault
{
    /// <summary>The way out is broken, or the server will have none of our mail: it says nothing about this one.</summary>
    NoWayOut,

    /// <summary>Later it may be taken.</summary>
    NotNow,

    /// <summary>This mail never will be.</summary>
    Never,

    /// <summary>Nobody has that address.</summary>
    NoSuchAddress,
}

/// <summary>A mail that could not be sent. The message is a sentence for the person who wanted it sent.</summary>
public sealed class MailFailedException : Exception
{
    public MailFailedException(string message) : base(message) { }
    public MailFailedException(string message, Exception inner) : base(message, inner) { }
    public MailFailedException() { }

    public MailFault Fault { get; init; } = MailFault.NoWayOut;
}
