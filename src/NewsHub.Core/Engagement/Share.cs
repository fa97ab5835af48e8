using NewsHub.Core.Events;

namespace NewsHub.Core.Engagement;

/// <summary>One reader has handed on one story by one way; again by the same way is no other share.</summary>
public sealed class Share
{
    private Share() { }

    public Share(StoryId story, string reader, string way, DateTimeOffset at) => (StoryId, Reader, Way, At) = (story, reader, way, at);

    public StoryId StoryId { get; private set; }

    /// <summary>See <see cref="ReaderMark"/>.</summary>
    public string Reader { get; private set; } = "";

    /// <summary>Such as copy, email or whatsapp.</summary>
    public string Way { get; private set; } = "";

    /// <summary>UTC.</summary>
    public DateTimeOffset At { get; private set; }
}
