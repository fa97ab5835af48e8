using NewsHub.Core.Stories;

namespace NewsHub.Core.Editions;

/// <summary>Where on the front a story stands.</summary>
public enum Place
{
    Lead,
    Second,
    Brief,
    Opinion,
    Section,
}

/// <summary>One place on an edition's front, and the story in it.</summary>
public sealed class FrontSlot
{
    private FrontSlot() { }

    public FrontSlot(Place place, StoryId story) => (Place, StoryId) = (place, story);

    public EditionId EditionId { get; private set; }

    /// <summary>Manual order over the whole front, from 1, as the editor set it.</summary>
    public int Position { get; internal set; }
    public Place Place { get; private set; }
    public StoryId StoryId { get; private set; }

    internal void Take(Place place, StoryId story) => (Place, StoryId) = (place, story);
}
