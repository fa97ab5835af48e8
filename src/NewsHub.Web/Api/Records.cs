namespace NewsHub.Web.Api;

/// <summary>A stretch of a list.</summary>
/// <param name="Next">The address of what comes after it; null at the end.</param>
internal sealed record Lines<T>(IReadOnlyList<T> Items, string? Next);

internal sealed record SectionEntry(string Slug, string Name, string? Description, string Url, string Stories);

internal sealed record SectionName(string Slug, string Name);

internal sealed record BylineEntry(string Slug, string Name, string? Role, string Url);

internal sealed record TagName(string Slug, string Name, string Url);

internal sealed record TagEntry(string Slug, string Name, string Url, string Stories);

internal sealed record AuthorEntry(string Slug, string Name, string? Title, string? Bio, string Url, string Stories);

/// <param name="Type">Such as image/avif.</param>
internal sealed record RenditionEntry(string Url, string Type, int Width, int Height);

/// <param name="Url">As JPEG, at most 960 pixels wide.</param>
internal sealed record PictureEntry(string Url, int Width, int Height, string Alt, string? Caption, string Credit);

internal sealed record WholePicture(
    string Url, int Width, int Height, string Alt, string? Caption, string Credit, IReadOnlyList<RenditionEntry> Renditions);

internal sealed record CorrectionEntry(DateTime At, string Note);

/// <summary>A story as lists have it. Times are UTC, addresses absolute.</summary>
/// <param name="Url">For readers.</param>
/// <param name="Self">For programs: the whole story.</param>
/// <param name="Direction">ltr or rtl.</param>
internal sealed record StoryEntry(
    long Id,
    string Url,
    string Self,
    string Kind,
    SectionName Section,
    string? Kicker,
    string Headline,
    string Standfirst,
    IReadOnlyList<BylineEntry> Bylines,
    PictureEntry? Picture,
    DateTime PublishedAt,
    DateTime? UpdatedAt,
    string Language,
    string Direction,
    int Words);

/// <summary>A story with all that its page shows.</summary>
/// <param name="BodyHtml">Sanitized; addresses in it are absolute.</param>
internal sealed record WholeStory(
    long Id,
    string Url,
    string Self,
    string Kind,
    SectionName Section,
    string? Kicker,
    string Headline,
    string Standfirst,
    IReadOnlyList<BylineEntry> Bylines,
    string? Dateline,
    WholePicture? Picture,
    DateTime PublishedAt,
    DateTime? UpdatedAt,
    string Language,
    string Direction,
    int Words,
    IReadOnlyList<TagName> Tags,
    EditionEntry? Edition,
    IReadOnlyList<CorrectionEntry> Corrections,
    string BodyHtml);

/// <param name="Date">The day printed on it.</param>
internal sealed record EditionEntry(int Number, DateOnly Date, string Title, DateTime PublishedAt, string Url, string Self);

/// <param name="Place">lead, second, brief, opinion or section.</param>
internal sealed record PlacedStory(string Place, StoryEntry Story);

internal sealed record EditionFront(
    int Number,
    DateOnly Date,
    string Title,
    DateTime PublishedAt,
    string Url,
    string Self,
    EditionEntry? Previous,
    EditionEntry? Next,
    IReadOnlyList<PlacedStory> Front);

/// <param name="Currency">ISO 4217.</param>
/// <param name="Rate">Units of it for one of the base.</param>
/// <param name="ChangePercent">Against the day before on which the same source published.</param>
/// <param name="Source">Its publisher; null where the newsroom set it by hand.</param>
internal sealed record RateEntry(
    string Currency, string Name, decimal Rate, decimal? ChangePercent, DateOnly Date, string? Source, string? SourceUrl, bool SetByHand);

/// <param name="Base">ISO 4217; null while there are no rates.</param>
/// <param name="Date">The newest day among them.</param>
/// <param name="LeftOut">Currencies that the paper shows, and whose publisher does not let us hand them on.</param>
internal sealed record RatesAnswer(
    string? Base, DateOnly? Date, IReadOnlyList<RateEntry> Items, IReadOnlyList<string> LeftOut, string? Next);

/// <summary>A story that was found, with what was looked for between mark tags.</summary>
internal sealed record FoundEntry(StoryEntry Story, string HeadlineHtml, string StandfirstHtml, string? SnippetHtml);

/// <param name="Count">How many fit, so far as was counted.</param>
/// <param name="CountIsLess">More fit than were counted.</param>
/// <param name="DidYouMean">Where nothing fits: words that do.</param>
internal sealed record SearchAnswer(int Count, bool CountIsLess, string? DidYouMean, IReadOnlyList<FoundEntry> Items, string? Next);
