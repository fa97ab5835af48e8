namespace NewsHub.Core.Events;

/// <summary>
/// One line of the audit log, and at once the outbox: written in the transaction of the change, read by the followers after it.
/// </summary>
public sealed class NewsEvent
{
    private NewsEvent() { }

    /// <param name="subject">What it was done to, where no story holds the event.</param>
    /// <param name="story">The story it was done to, where no story holds the event itself.</param>
    /// <param name="before">What was there, in words or as JSON; null where that says nothing.</param>
    public NewsEvent(Act act, Actor by, DateTimeOffset at, IEnumerable<Topic> topics, string? note =
        null, EventSubject? subject = null, string? before = null, string? after = null, StoryId? story = null)
    {
        Act = act;
        By = by;
        At = at;
        Topics = [.. topics.Distinct()];
        Note = note;
        Subject = subject;
        Before = before;
        After = after;
        StoryId = story;
    }

    public long Id { get; private set; }
    public StoryId? StoryId { get; private set; }
    public Act Act { get; private set; }
    public Actor By { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>What readers see that this may have changed; empty when nothing.</summary>
    public IReadOnlyList<Topic> Topics { get; private set; } = [];

    /// <summary>The reason, the note to the reporter, or the change in words.</summary>
    public string? Note { get; private set; }

    /// <summary>What it was done to, where no story holds the event.</summary>
    public EventSubject? Subject { get; private set; }
    public string? Before { get; private set; }
    public string? After { get; private set; }
}
