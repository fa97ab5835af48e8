using NewsHub.Core.Events;

namespace NewsHub.Core.Editions;

/// <summary>Where on the front a story stands.</summary>
public enum SlotKind
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

    public FrontSlot(SlotKind slotKind, StoryId story) => (Place, StoryId) = (slotKind, story);

    public EditionId EditionId { get; private set; }

    /// <summary>Manual order over the whole front, from 1, as the editor set it.</summary>
    public int Position { get; internal set; }
    public SlotKind Place { get; private set; }
    public StoryId StoryId { get; private set; }

    internal void Take(SlotKind slotKind, StoryId story) => (Place, StoryId) = (slotKind, story);
}
