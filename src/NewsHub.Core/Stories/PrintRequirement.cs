using NewsHub.Core.Events;
using NewsHub.Core.Media;

namespace NewsHub.Core.Stories;

/// <summary>
/// Something that a text must have before readers see it. The story refuses to go live without it, the editor's checks name it, and so do
/// the edition's: all of them read this one list.
/// </summary>
/// <param name="Field">The manuscript's property.</param>
/// <param name="Thing">What it is, as in “has no headline”.</param>
/// <param name="Advice">What to do about it, as far as that is not plain.</param>
public sealed record PrintRequirement(string Field, string Thing, string? Advice, Func<PrintFields, bool> IsMissingIn)
{
    private static readonly PrintRequirement[] All =
    [
        new(nameof(StoryText.Headline), "headline", null, t => string.IsNullOrWhiteSpace(t.Headline)),
        new(nameof(StoryText.Standfirst), "standfirst", null, t => string.IsNullOrWhiteSpace(t.Standfirst)),
        new(nameof(StoryText.Body), "body", null, t => !t.HasBody),
        new(nameof(StoryText.Section), "section", null, t => t.Section == SectionId.None),
        new(nameof(StoryText.Bylines), "byline", null, t => t.Bylines.Count == 0),
        new(nameof(StoryText.Picture), "alt text", "describe what it shows", t => t.Picture is { } picture
            && string.IsNullOrWhiteSpace(picture.Alt)),
        new(nameof(StoryText.Picture), "credit", "name its source", t => t.Picture is { } picture
            && string.IsNullOrWhiteSpace(picture.Credit)),
    ];

    /// <summary>It is the picture that lacks it, not the story.</summary>
    public bool IsOfPicture => Field == nameof(StoryText.Picture);

    /// <summary>The sentence for whoever has this one story before them.</summary>
    public string Sentence => $"The {(IsOfPicture ? "picture" : "story")} has no {Thing}.";

    /// <summary>What is missing, in the order in which it is named.</summary>
    public static IEnumerable<PrintRequirement> MissingIn(PrintFields fields) => All.Where(r => r.IsMissingIn(fields));

    public static IEnumerable<PrintRequirement> MissingIn(StoryText text) => MissingIn(new PrintFields(
        text.Headline, text.Standfirst, !string.IsNullOrWhiteSpace(text.Body), text.Section, text.Bylines, text.Picture));
}

/// <summary>The fields that a text must have before readers see it.</summary>
/// <param name="HasBody">More than white space stands in it.</param>
public readonly record struct PrintFields(
    string Headline, string Standfirst, bool HasBody, SectionId Section, IReadOnlyList<Byline> Bylines, PictureUse? Picture);
