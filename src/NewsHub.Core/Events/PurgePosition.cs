namespace NewsHub.Core.Events;

/// <summary>
/// How far the cache in front of the paper has been told what to drop, and how that goes: of several nodes each reads it, and a restart
/// forgets nothing.
/// </summary>
public sealed class PurgePosition : LogPosition
{
    /// <summary>How much of a refusal is kept, in characters.</summary>
    public const int ReasonKept = 500;

    /// <summary>When the cache last took a purge (UTC); null before the first.</summary>
    public DateTimeOffset? DeliveredAt { get; private set; }

    /// <summary>When it last did not (UTC); null where the last try went well.</summary>
    public DateTimeOffset? FailedAt { get; private set; }

    /// <summary>Why it did not; null where the last try went well.</summary>
    public string? Reason { get; private set; }

    /// <summary>Tries in a row that failed.</summary>
    public int Failures { get; private set; }

    /// <summary>The cache has dropped what the events up to this one changed.</summary>
    public void Delivered(long lastEvent, DateTimeOffset now)
    {
        LastEvent = Math.Max(LastEvent, lastEvent);
        (DeliveredAt, FailedAt, Reason, Failures) = (now, null, null, 0);
    }

    /// <summary>Nothing up to this event concerns the cache.</summary>
    public void Skip(long lastEvent) => LastEvent = Math.Max(LastEvent, lastEvent);

    public void Failed(string reason, DateTimeOffset now)
    {
        (FailedAt, Reason) = (now, reason[..Math.Min(reason.Length, ReasonKept)]);
        Failures++;
    }
}
