using NewsHub.Core.Events;

namespace NewsHub.Core.Stories;

/// <summary>
/// A live story's line in one list. Every list of the paper is one range of one index on these lines, so page 500 of a section
/// costs what page 1 costs. Written by <see cref="Story.Publish"/> alone, removed by <see cref="Story.Withdraw"/>.
/// </summary>
public sealed class Listing
{
    private Listing() { }

    internal Listing(ListOf list, long subject, DateTimeOffset liveAt) => (List, Subject, LiveAt) = (list, subject, liveAt);

    public ListOf List { get; private set; }

    /// <summary>The section's, author's or tag's id, the kind's number, or 0.</summary>
    public long Subject { get; private set; }

    /// <summary>When the story first went live.</summary>
    public DateTimeOffset LiveAt { get; private set; }
    public StoryId StoryId { get; private set; }
}
