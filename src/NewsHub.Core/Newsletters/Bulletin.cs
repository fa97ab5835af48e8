using NewsHub.Core.Events;

namespace NewsHub.Core.Newsletters;

public enum BulletinState
{
    Sending,

    /// <summary>Nothing more goes out until somebody lets it.</summary>
    Held,

    /// <summary>Nothing more goes out.</summary>
    Cancelled,

    /// <summary>Everyone it was for has been seen to.</summary>
    Sent,
}

/// <summary>One newsletter send: an edition on its way to its subscribers. There is one for an edition at most.</summary>
public sealed class Bulletin
{
    private Bulletin() { }

    internal Bulletin(EditionId edition, int number, string subject, string preheader, DateTimeOffset now) =>
        (EditionId, Number, Subject, Preheader, MadeAt) = (edition, number, subject, preheader, now);

    public long Id { get; private set; }
    public EditionId EditionId { get; private set; }

    /// <summary>The edition's.</summary>
    public int Number { get; private set; }
    public string Subject { get; private set; } = "";

    /// <summary>What mail programs show after the subject.</summary>
    public string Preheader { get; private set; } = "";
    public BulletinState State { get; private set; }
    public DateTimeOffset MadeAt { get; private set; }

    /// <summary>When it was sent to its end, or cancelled (UTC).</summary>
    public DateTimeOffset? DoneAt { get; private set; }

    /// <summary>How many left the newsletter after this one, before the next.</summary>
    public int Left { get; private set; }
    public int Version { get; private set; }

    /// <summary>Stops it where it is.</summary>
    /// <returns>The event to store with the change.</returns>
    /// <exception cref="RefusedException">It is not on its way.</exception>
    public NewsEvent Hold(Actor by, DateTimeOffset now)
    {
        if (State is not BulletinState.Sending) throw new RefusedException($"The newsletter is {Word} and cannot be paused.");
        return Become(BulletinState.Held, "held", by, now);
    }

    /// <summary>Lets it go on where it stopped.</summary>
    public NewsEvent Resume(Actor by, DateTimeOffset now)
    {
        if (State is not BulletinState.Held) throw new RefusedException($"The newsletter is {Word} and cannot be resumed.");
        return Become(BulletinState.Sending, "resumed", by, now);
    }

    /// <summary>Ends it: whoever has not got it will not.</summary>
    public NewsEvent Cancel(Actor by, DateTimeOffset now)
    {
        if (State is not (BulletinState.Sending or BulletinState.Held))
            throw new RefusedException($"The newsletter is {Word} and cannot be cancelled.");
        DoneAt = now;
        return Become(BulletinState.Cancelled, "cancelled", by, now);
    }

    internal NewsEvent Finish(string tally, DateTimeOffset now)
    {
        DoneAt = now;
        return Become(BulletinState.Sent, tally, Actor.Clock, now);
    }

    /// <summary>What changed of the edition while it went out: a story that was withdrawn is in no further copy.</summary>
    internal void Head(string subject, string preheader) => (Subject, Preheader) = (subject, preheader);

    /// <summary>The state as it stands in a sentence.</summary>
    public string Word => State switch
    {
        BulletinState.Sending => "being sent",
        BulletinState.Held => "paused",
        BulletinState.Cancelled => "cancelled",
        _ => "sent",
    };

    private NewsEvent Become(BulletinState state, string note, Actor by, DateTimeOffset now)
    {
        State = state;
        Version++;
        return new NewsEvent(Act.SendBulletin, by, now, [], note, EventSubject.Bulletin(Number));
    }
}
