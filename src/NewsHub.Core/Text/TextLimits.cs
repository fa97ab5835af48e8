namespace NewsHub.Core.Text;

/// <summary>
/// How long texts may be, in UTF-16 characters, and how many there may be of what is counted: one rule book for the editor, the importer,
/// the exporter and the API. What one of them takes, all of them take.
/// </summary>
public static class TextLimits
{
    public const int Kicker = 80;
    public const int Headline = 400;
    public const int Standfirst = 1000;
    public const int Dateline = 80;

    /// <summary>What an author did, after the name.</summary>
    public const int BylineRole = 80;
    public const int SeoTitle = 300;
    public const int SeoDescription = 1000;
    public const int Tags = 20;
    public const int Tag = 60;

    /// <summary>A correction, a notice of withdrawal, a note to a reporter, a reason for the log.</summary>
    public const int Note = 1000;

    public const int PictureFile = 120;
    public const int PictureAlt = 1000;
    public const int PictureCaption = 2000;
    public const int PictureCredit = 200;
    public const int PictureLicence = 80;
    public const int PictureSource = 300;

    public const int SectionName = 80;
    public const int SectionDescription = 300;
    public const int PageTitle = 120;
    public const int PageDescription = 300;
    public const int AuthorName = 120;
    public const int AuthorTitle = 120;
    public const int AuthorBio = 1000;
    public const int EditionTitle = 200;

    /// <summary>A newsletter's subject, and its preview text: what the list of mails shows.</summary>
    public const int MailHead = 150;

    /// <summary>A newsletter's opening words.</summary>
    public const int MailOpening = 2000;
    public const int EntryHeadline = 150;
    public const int EntryBy = 200;

    public const int AssignmentLine = 200;
    public const int AssignmentNote = 4000;

    public const int SiteName = 80;
    public const int SiteLine = 120;
    public const int SiteDescription = 300;
    public const int Reactions = 8;
    public const int Quotes = 30;
    public const int ReactionKey = 30;
    public const int ReactionLabel = 40;
}
