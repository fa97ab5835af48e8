namespace NewsHub.Core.Stories;

/// <summary>What was done. The names are those of the verbs.</summary>
public enum Act
{
    Save,
    File,
    Return,
    Schedule,
    Unschedule,
    Embargo,
    Publish,
    Update,
    Correct,
    Withdraw,
    Restore,
    Spike,
    Revive,
    Readdress,
    PublishEdition,
    ChangeSite,
    ChangeRates,
}

/// <summary>
/// One line of the audit log, and at once the outbox: written in the transaction of the change, read by the followers after it.
/// </summary>
public sealed class StoryEvent
{
    private StoryEvent() { }

    public StoryEvent(Act act, Actor by, DateTimeOffset at, IEnumerable<string> topics, string? note = null)
    {
        Act = act;
        By = by;
        At = at;
        Topics = string.Join(' ', topics.Distinct());
        Note = note;
    }

    public long Id { get; private set; }
    public StoryId? StoryId { get; private set; }
    public Act Act { get; private set; }
    public Actor By { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>What readers see that this may have changed, as <see cref="Topic"/> names it, joined by spaces; empty when nothing.</summary>
    public string Topics { get; private set; } = "";

    /// <summary>The reason, the note to the reporter, or the change in words.</summary>
    public string? Note { get; private set; }
}
