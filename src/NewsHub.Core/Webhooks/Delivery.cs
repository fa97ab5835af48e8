using NewsHub.Core.Events;

namespace NewsHub.Core.Webhooks;

public enum DeliveryState
{
    Waiting,
    Delivered,

    /// <summary>Every try failed.</summary>
    GivenUp,

    /// <summary>Overtaken: what it was about is not so any more, and it was not sent.</summary>
    Dropped,
}

/// <summary>
/// Something that one webhook is told. What is said is written when it is sent, from what readers see then: a story that was withdrawn
/// meanwhile is not sent out by a late try. Whoever sends it holds a lease, so that no two do at once.
/// </summary>
public sealed class Delivery
{
    /// <summary>How long a try may take before another worker may think that it died.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>Characters of an answer that are kept.</summary>
    public const int AnswerKept = 1024;

    private static readonly Backoff Waits = new(
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromHours(24));

    private Delivery() { }

    /// <param name="key">What the receiver knows it by, the same at every try.</param>
    /// <param name="logEvent">Its line in the log; null for a ping.</param>
    public Delivery(
        long webhook,
        Guid key,
        WebhookEventType webhookEventType,
        long? logEvent,
        StoryId? story,
        int? edition,
        DateTimeOffset at,
        DateTimeOffset now)
    {
        (WebhookId, Key, EventType, LogEvent, StoryId, Edition, At, NextTryAt) = (
            webhook, key, webhookEventType, logEvent, story, edition, at, now);
    }

    public long Id { get; private set; }
    public long WebhookId { get; private set; }
    public Guid Key { get; private set; }
    public WebhookEventType EventType { get; private set; }
    public long? LogEvent { get; private set; }
    public StoryId? StoryId { get; private set; }

    /// <summary>The edition's number.</summary>
    public int? Edition { get; private set; }

    /// <summary>When it happened (UTC).</summary>
    public DateTimeOffset At { get; private set; }
    public DeliveryState State { get; private set; }
    public int Tries { get; private set; }

    /// <summary>Of the tries, those since it was last asked for: by them the waits grow.</summary>
    public int Round { get; private set; }

    /// <summary>UTC; null once it is settled.</summary>
    public DateTimeOffset? NextTryAt { get; private set; }
    public DateTimeOffset? LastTryAt { get; private set; }

    /// <summary>Who is sending it, until when (UTC).</summary>
    public Guid? LeasedTo { get; internal set; }
    public DateTimeOffset? LeasedUntil { get; internal set; }

    /// <summary>The HTTP status of the last answer; null where there was none.</summary>
    public int? Status { get; private set; }

    /// <summary>The beginning of the last answer, or why there was none.</summary>
    public string? Answer { get; private set; }

    public void GotThrough(int status, string answer, DateTimeOffset now) => Settle(DeliveryState.Delivered, status, answer, now);

    /// <param name="answer">What was answered, or a sentence that says why nothing was.</param>
    public void Failed(int? status, string answer, DateTimeOffset now)
    {
        if (Round >= Waits.Steps)
        {
            Settle(DeliveryState.GivenUp, status, answer, now);
            return;
        }
        Tried(status, answer, now);
        NextTryAt = now + Waits.After(++Round);
    }

    public void Drop(string why, DateTimeOffset now)
    {
        (State, Answer, Status, NextTryAt, LastTryAt) = (DeliveryState.Dropped, Cut(why), null, null, now);
        Release();
    }

    /// <summary>Sends it once more, under the same key: a receiver that has it knows it again.</summary>
    public void Replay(DateTimeOffset now) => (State, Round, NextTryAt) = (DeliveryState.Waiting, 0, now);

    private void Settle(DeliveryState state, int? status, string answer, DateTimeOffset now)
    {
        Tried(status, answer, now);
        (State, NextTryAt) = (state, null);
    }

    private void Tried(int? status, string answer, DateTimeOffset now)
    {
        Tries++;
        (Status, Answer, LastTryAt) = (status, Cut(answer), now);
        Release();
    }

    private static string Cut(string answer) => answer.Length > AnswerKept ? answer[..AnswerKept] : answer;

    private void Release() => (LeasedTo, LeasedUntil) = (null, null);
}
