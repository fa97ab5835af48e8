using NewsHub.Core.Events;

namespace NewsHub.Core.Engagement;

/// <summary>What one reader thinks of one story: one reaction, which can be changed and taken back.</summary>
public sealed class Reaction
{
    private Reaction() { }

    public Reaction(StoryId story, string reader, string kind, DateTimeOffset at) =>
        (StoryId, Reader, Kind, At) = (story, reader, kind, at);

    public StoryId StoryId { get; private set; }

    /// <summary>See <see cref="ReaderMark"/>.</summary>
    public string Reader { get; private set; } = "";

    /// <summary>A key of the site's settings, as it was then.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>UTC.</summary>
    public DateTimeOffset At { get; private set; }

    public void Change(string kind, DateTimeOffset at) => (Kind, At) = (kind, at);
}
