using NewsHub.Core.Events;

namespace NewsHub.Core.Newsletters;

public enum MailingState
{
    Waiting,

    /// <summary>The mail server has taken it.</summary>
    Sent,
    Failed,

    /// <summary>Not wanted any more, or nothing in it was asked for.</summary>
    Skipped,
}

/// <summary>One subscriber's copy of a bulletin. It names the subscriber by number alone, and outlives them as a figure.</summary>
public sealed class Mailing
{
    private Mailing() { }

    public long BulletinId { get; private set; }
    public long SubscriberId { get; private set; }
    public MailingState State { get; private set; }
    public int Tries { get; private set; }

    /// <summary>Not before this (UTC). Whoever sends it moves it on first: until then it is theirs.</summary>
    public DateTimeOffset NextAt { get; private set; }

    /// <summary>Names whoever has it in hand.</summary>
    public Guid? Claim { get; private set; }

    /// <summary>When its state last changed (UTC).</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Why it failed or was left out; the address is not in it.</summary>
    public string? Reason { get; private set; }
}

/// <summary>How far the log has been looked through for editions to send.</summary>
public sealed class BulletinPosition : LogPosition;
