using Microsoft.AspNetCore.Components;
using NewsHub.Core.Newsletters;
using NewsHub.Core.Reading;

namespace NewsHub.Web.Mail;

/// <summary>A part of a story in a bulletin.</summary>
public abstract class StoryPart : BulletinPart
{
    [Parameter, EditorRequired]
    public BulletinPiece Piece { get; set; } = null!;

    protected StoryCard Story => Piece.Story;
    protected string Address => Bulletin.AddressOf(Story.Address);

    /// <summary>The story runs in the mail's own direction.</summary>
    protected bool RunsAlong => Story.RightToLeft == Words.RightToLeft;

    protected IReadOnlyDictionary<string, object> InStoryLanguage => InLanguage(Story.Language, Story.RightToLeft);

    /// <summary>The <c>lang</c> and <c>dir</c> of something in another language than the story that it stands with.</summary>
    protected IReadOnlyDictionary<string, object> WithinStory(string language, bool rightToLeft) =>
        LanguageAttributes(language, rightToLeft, Story.Language, Story.RightToLeft);
}
