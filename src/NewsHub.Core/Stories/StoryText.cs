using NewsHub.Core.Events;
using NewsHub.Core.Media;

namespace NewsHub.Core.Stories;

/// <summary>Everything an editor writes about a story, as it is to be printed. Headlines are stored as written:
/// capitals are the stylesheet's.</summary>
public sealed record StoryText
{
    /// <summary><see cref="SectionId.None"/> until one is chosen; a text that readers see has one.</summary>
    public required SectionId Section { get; init; }
    public required Kind Kind { get; init; }
    public string? Kicker { get; init; }
    public required string Headline { get; init; }
    public required string Standfirst { get; init; }

    /// <summary>House Markdown.</summary>
    public required string Body { get; init; }
    public required IReadOnlyList<Byline> Bylines { get; init; }
    public string? Dateline { get; init; }
    public PictureUse? Picture { get; init; }
    public IReadOnlyList<TagLine> Tags { get; init; } = [];

    /// <summary>BCP 47.</summary>
    public string Language { get; init; } = "en";
    public bool RightToLeft { get; init; }
    public string? SeoTitle { get; init; }
    public string? SeoDescription { get; init; }
}
