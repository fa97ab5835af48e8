using NewsHub.Core.Events;

namespace NewsHub.Core.Webhooks;

/// <summary>An address elsewhere that is told when something happens here.</summary>
public sealed class Webhook
{
    /// <summary>So long may every try fail until it is paused.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    private Webhook() { }

    /// <param name="sealedSecret">What its letters are signed with, sealed by the house's keys.</param>
    /// <param name="lastEvent">The newest of the log: it is told of what comes after.</param>
    public Webhook(
        Uri address, IEnumerable<WebhookEventType> webhookEventTypes, string sealedSecret, long lastEvent, Actor by, DateTimeOffset now)
    {
        Address = address.AbsoluteUri;
        SealedSecret = sealedSecret;
        Since = lastEvent;
        (AddedBy, AddedAt) = (by, now);
        Choose(webhookEventTypes);
    }

    public long Id { get; private set; }

    /// <summary>Absolute; unique.</summary>
    public string Address { get; private set; } = "";
    public IReadOnlyList<WebhookEventType> EventTypes { get; private set; } = [];
    public string SealedSecret { get; private set; } = "";
    public Actor AddedBy { get; private set; }
    public DateTimeOffset AddedAt { get; private set; }

    /// <summary>It is told of events after this one.</summary>
    public long Since { get; private set; }

    /// <summary>UTC; null while it is told.</summary>
    public DateTimeOffset? PausedAt { get; private set; }

    /// <summary>It was paused because nothing got through, not by a person.</summary>
    public bool PausedByFailing { get; private set; }

    /// <summary>The first try that failed since the last one that got through (UTC).</summary>
    public DateTimeOffset? FailingSince { get; private set; }

    public void Choose(IEnumerable<WebhookEventType> webhookEventTypes)
    {
        List<WebhookEventType> chosen = [.. webhookEventTypes.Where(o => o is not WebhookEventType.Ping).Distinct().Order()];
        if (chosen.Count == 0) throw new RefusedException("Choose at least one event.");
        EventTypes = chosen;
    }

    public void Reseal(string sealedSecret) => SealedSecret = sealedSecret;

    public void Pause(DateTimeOffset now) => PausedAt ??= now;

    /// <summary>What happened while it was paused it is not told; what waited goes out.</summary>
    public void Resume(long lastEvent)
    {
        if (PausedAt is null) return;
        (PausedAt, PausedByFailing, FailingSince, Since) = (null, false, null, lastEvent);
    }

    public void GotThrough() => FailingSince = null;

    /// <returns>Whether that was once too often, and it is paused now.</returns>
    public bool Failed(DateTimeOffset now)
    {
        FailingSince ??= now;
        if (PausedAt is not null || now - FailingSince < Patience) return false;
        (PausedAt, PausedByFailing) = (now, true);
        return true;
    }
}
