using NewsHub.Core.Events;

namespace NewsHub.Core.Stories;

/// <summary>A dated public note that a story was wrong and how; never edited, never removed.</summary>
public sealed class Correction
{
    private Correction() { }

    internal Correction(string note, Actor by, DateTimeOffset at) => (Note, By, At) = (note, by, at);

    public long Id { get; private set; }
    public StoryId StoryId { get; private set; }
    public string Note { get; private set; } = "";
    public Actor By { get; private set; }
    public DateTimeOffset At { get; private set; }
}
