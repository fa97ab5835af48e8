using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Reading;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Editing;

/// <summary>
/// A story as it would stand on a front that is being made: the text that would be printed, and how far the story has come. Of a live story
/// that is the text readers see (its changes are published on their own); of any other the newest.
/// </summary>
public sealed class FrontLine
{
    public StoryState State { get; init; }

    /// <summary>The story's version.</summary>
    public int Version { get; init; }

    /// <summary>The revision that would be printed.</summary>
    public int Revision { get; init; }

    /// <summary>It is the revision that an editor approved.</summary>
    public bool Approved { get; init; }

    /// <summary>Live, with a newer text that readers do not see.</summary>
    public bool Changed { get; init; }
    public DateTimeOffset? ScheduledFor { get; init; }
    public DateTimeOffset? EmbargoUntil { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
    public bool HasBody { get; init; }

    /// <summary>The body could be rendered.</summary>
    public bool IsSet { get; init; }

    /// <summary>The other editions that are being made and have the story, by number.</summary>
    public IReadOnlyList<int> Elsewhere { get; internal set; } = [];

    /// <summary>The headline that the story has on this front alone; null for its own.</summary>
    public string? FrontHeadline { get; internal set; }

    /// <summary>The picture that the story has on this front alone; null for its own.</summary>
    public PictureUse? FrontPicture { get; internal set; }

    internal CardRow Card { get; init; } = null!;

    public StoryId Id => Card.Id;
    public SectionId Section => Card.Section;
    public Kind Kind => Card.Kind;
    public string Headline => Card.Headline;
    public string Standfirst => Card.Standfirst;
    public IReadOnlyList<Byline> Bylines => Card.Bylines;
    public PictureUse? Picture => Card.Picture;

    /// <summary>The headline in quotation marks, or the story's number where it has none. One that runs from right to left does not turn
    /// the sentence that names it.</summary>
    public string Name => string.IsNullOrWhiteSpace(Headline) ? $"Story {Id}, which has no headline,"
        : Card.RightToLeft ? $"“\u2067{Headline}\u2069”"
        : $"“{Headline}”";

    /// <summary>Goes live with the edition, unless something hinders it.</summary>
    public bool GoesLive => State is StoryState.Draft or StoryState.Filed or StoryState.Scheduled;
}
