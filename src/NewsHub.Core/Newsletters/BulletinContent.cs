using NewsHub.Core.Mail;
using NewsHub.Core.Reading;
using NewsHub.Core.Text;

namespace NewsHub.Core.Newsletters;

/// <summary>What a bulletin says, before it is HTML or text.</summary>
/// <param name="Paper">Its name, language and sections.</param>
/// <param name="Site">The paper's address, without a last slash; empty where the addresses in it may be relative.</param>
/// <param name="Words">The paper's own words, in the language of whoever gets it.</param>
/// <param name="Preheader">What mail programs show after the subject.</param>
public sealed record BulletinContent(
    SiteSnapshot Paper, string Site, IMailTexts Words, EditionLine Edition, string Subject, string Preheader)
{
    /// <summary>The editors' own paragraphs over the stories, in the paper's language.</summary>
    public IReadOnlyList<string> Opening { get; init; } = [];

    public required IReadOnlyList<BulletinPiece> Pieces { get; init; }

    /// <summary>There is more on the front than in the mail.</summary>
    public bool Cut { get; init; }

    public string EditionTitle => BulletinComposer.Clip(Edition.Title, 80);

    /// <summary>An address within the paper, for a mail.</summary>
    public string AddressOf(string path) => Site + UrlPath.Escape(path);

    public string BylineOf(BulletinPiece piece) => Words.Join([.. piece.Story.Bylines.Select(b => b.Name)]);
}

/// <summary>How large a story stands in a bulletin.</summary>
public enum PieceSize
{
    Lead,
    Second,
    Brief,
    Opinion,
    Section,
    Line,
}

/// <summary>A story in a bulletin.</summary>
/// <param name="Heading">What stands over it, where it is the first of its kind.</param>
/// <param name="HeadingAt">Where the heading leads.</param>
/// <param name="HeadingIn">
/// The language that the heading is in, where it is a setting; null where it is one of the paper's own words.
/// </param>
public sealed record BulletinPiece(
    PieceSize Size, StoryCard Story, string? Heading = null, string? HeadingAt = null, string? HeadingIn = null)
{
    // However long a headline is, a piece is a few kilobytes.
    public string Headline => BulletinComposer.Clip(BulletinComposer.OneLine(Story.Headline), 300);
    public string Standfirst => BulletinComposer.Clip(BulletinComposer.OneLine(Story.Standfirst), Size is PieceSize.Lead ? 600 : 300);
    public string Kicker => Story.Kicker is { Length: > 0 } own ? own : Story.Section.Name;
    public string PictureAlt => BulletinComposer.Clip(Story.Picture?.Alt ?? "", 250);
}
