namespace NewsHub.Core.Stories;

/// <summary>Where a story stands. 'Corrected' is a fact about a live story, not a state.</summary>
public enum StoryState
{
    Draft,
    Filed,
    Scheduled,
    Live,
    Withdrawn,
    Spiked,
}
