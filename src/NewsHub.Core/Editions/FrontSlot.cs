using NewsHub.Core.Events;
using NewsHub.Core.Media;

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

    /// <summary>The headline on this front alone; null for the story's.</summary>
    public string? Headline { get; private set; }

    /// <summary>The picture on this front alone, with an alt text of its own; null for the story's.</summary>
    public PictureUse? Picture { get; private set; }

    internal void Take(SlotKind slotKind, StoryId story) => (Place, StoryId) = (slotKind, story);

    internal void Print(string? headline, PictureUse? picture) => (Headline, Picture) = (headline, picture);

    /// <summary>The picture as it is now in the library.</summary>
    /// <param name="before">As it was.</param>
    internal void PrintAnew(PictureUse before, Picture picture)
    {
        if (Picture?.File == picture.File) Picture = picture.Use(alt: Picture.Alt == before.Alt ? null : Picture.Alt);
    }

    /// <summary>Without a picture that is not on the server any more.</summary>
    internal void TakeOutPicture() => Picture = null;
}
