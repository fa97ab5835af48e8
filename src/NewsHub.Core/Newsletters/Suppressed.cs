namespace NewsHub.Core.Newsletters;

/// <summary>Why an address is written to no more.</summary>
public enum Suppression
{
    Bounced,

    /// <summary>Its owner called our mail unwanted.</summary>
    Complained,
}

/// <summary>An address that must not be written to, known by a keyed hash alone.</summary>
public sealed class Suppressed
{
    private Suppressed() { }

    internal Suppressed(string mark, Suppression why, DateTimeOffset now) => (Mark, Why, At) = (mark, why, now);

    /// <summary>See <see cref="SubscriberLinks.MarkOf"/>.</summary>
    public string Mark { get; private set; } = "";
    public Suppression Why { get; private set; }
    public DateTimeOffset At { get; private set; }
}
