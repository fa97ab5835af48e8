using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;

namespace NewsHub.Core.Reading;

/// <summary>A section as a story or a menu names it.</summary>
public sealed record SectionLine(SectionId Id, string Slug, string Name, string? Description)
{
    public string Address => $"/{Slug}";
}

/// <summary>A page about the paper as other pages name it.</summary>
/// <param name="InFooter">Whether every page leads to it.</param>
public sealed record PageLine(string Slug, string Title, bool InFooter)
{
    public string Address => $"/{Slug}";
}

/// <summary>An edition as other pages name it.</summary>
public sealed record EditionLine(EditionId Id, int Number, DateOnly Date, string Title, DateTimeOffset PublishedAt)
{
    public string Address => FormattableString.Invariant($"/editions/{Number}");
}

/// <summary>A live story as lists and fronts show it. Times are UTC.</summary>
public sealed record StoryCard
{
    public required StoryId Id { get; init; }
    public required string Address { get; init; }
    public required SectionLine Section { get; init; }
    public required Kind Kind { get; init; }
    public string? Kicker { get; init; }
    public required string Headline { get; init; }
    public required string Standfirst { get; init; }
    public required IReadOnlyList<Byline> Bylines { get; init; }
    public PictureUse? Picture { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
    public DateTimeOffset? UpdatedAt { get; init; }
    public required int Words { get; init; }

    /// <summary>BCP 47.</summary>
    public required string Language { get; init; }
    public bool RightToLeft { get; init; }

    /// <summary>Not in the paper's own language, so that a page has to say in which.</summary>
    public bool Foreign { get; init; }

    /// <summary>As it stands on a front that has a headline or a picture of its own for it.</summary>
    internal StoryCard OnFront(string? headline, PictureUse? picture) =>
        headline is null && picture is null ? this : this with { Headline = headline ?? Headline, Picture = picture ?? Picture };

    /// <summary>At 230 words a minute, at least 1.</summary>
    public int ReadingMinutes => Math.Max(1, (Words + 115) / 230);
}

/// <summary>A stretch of a list; <see cref="Next"/> is the cursor of the stretch after it, null at the end.</summary>
public sealed record StoryPage(IReadOnlyList<StoryCard> Stories, string? Next)
{
    public static readonly StoryPage Empty = new([], null);
}

/// <summary>A live story with its text, as it is told outside of the paper's own pages.</summary>
/// <param name="BodyHtml">Sanitized; what is in it of money is printed by <see cref="MoneyInProse.Print"/>.</param>
public sealed record FullStory(
    StoryCard Story, string BodyHtml, IReadOnlyDictionary<string, FrozenRate>? Money, IReadOnlyList<TagLine> Tags)
{
    /// <summary>When it last changed for readers.</summary>
    public DateTimeOffset ChangedAt => Story.UpdatedAt ?? Story.PublishedAt;
}

/// <summary>All that the article page shows.</summary>
public sealed record ArticleView
{
    public required StoryCard Story { get; init; }

    /// <summary>For a live story alone.</summary>
    public LiveView? Live { get; init; }

    /// <summary>Sanitized HTML. What is in it of money is printed by <see cref="MoneyInProse.Print"/>.</summary>
    public required string BodyHtml { get; init; }
    public IReadOnlyDictionary<string, FrozenRate>? Money { get; init; }
    public string? Dateline { get; init; }
    public required IReadOnlyList<TagLine> Tags { get; init; }
    public required IReadOnlyList<CorrectionLine> Corrections { get; init; }
    public EditionLine? Edition { get; init; }
    /// <summary>Distinct readers within the last minute, as of now; 0 where nobody is known to read.</summary>
    public required int Readers { get; init; }
    public required int Shares { get; init; }

    /// <summary>In the order of the site's settings.</summary>
    public required IReadOnlyList<ReactionTally> Reactions { get; init; }

    /// <summary>The edition's other stories, in its order; <c>Next</c> is a cursor for the edition's list of stories.</summary>
    public required StoryPage More { get; init; }

    /// <summary>What to read next, nearest first.</summary>
    public IReadOnlyList<StoryCard> Related { get; init; } = [];
    public string? SeoTitle { get; init; }
    public string? SeoDescription { get; init; }
}

public sealed record ReactionTally(string Key, string Label, int Count);

/// <summary>A live story beside one reader's own reaction to it.</summary>
/// <param name="Own">The key; null where there is none.</param>
public sealed record ReactedView(
    StoryId Id, string Address, string Headline, string Language, bool RightToLeft, IReadOnlyList<ReactionTally> Reactions, string? Own);

/// <summary>A correction at its story, or in the public log (then with the story's headline and address).</summary>
public sealed record CorrectionLine(
    DateTimeOffset At, string Note, string? Headline = null, string? Address = null, string? Language = null);

public sealed record CorrectionPage(IReadOnlyList<CorrectionLine> Corrections, string? Next);

/// <summary>What stands at an address.</summary>
public abstract record ArticleAnswer
{
    private ArticleAnswer() { }

    public sealed record Found(ArticleView Article) : ArticleAnswer;

    /// <summary>The story is at another address now.</summary>
    public sealed record Moved(string Address) : ArticleAnswer;

    /// <summary>It was published and taken back; readers get the notice, no word of the story.</summary>
    public sealed record Withdrawn(StoryId Id, string Notice, DateTimeOffset At) : ArticleAnswer;

    public sealed record Unknown : ArticleAnswer;
}

/// <summary>A composed front. Places that the editor left empty are empty lists.</summary>
public sealed record FrontView
{
    public required EditionLine Edition { get; init; }
    public StoryCard? Lead { get; init; }
    public required IReadOnlyList<StoryCard> Seconds { get; init; }
    public required IReadOnlyList<StoryCard> Briefs { get; init; }
    public required IReadOnlyList<StoryCard> Opinions { get; init; }
    public required IReadOnlyList<SectionFront> Sections { get; init; }

    /// <summary>Published since the edition and not placed by an editor; only on the front page. Newest first.</summary>
    public required IReadOnlyList<StoryCard> Latest { get; init; }
    public EditionLine? Previous { get; init; }
    public EditionLine? Next { get; init; }

    /// <summary>Every story that is on it.</summary>
    public IEnumerable<StoryCard> Stories =>
        [.. Lead is null ? Array.Empty<StoryCard>() : [Lead], .. Seconds, .. Briefs, .. Opinions, .. Sections.SelectMany(
            s => s.Lines.Prepend(s.Lead)), .. Latest];
}

/// <summary>A section's part of a front: one lead and up to three lines.</summary>
public sealed record SectionFront(SectionLine Section, StoryCard Lead, IReadOnlyList<StoryCard> Lines);

public sealed record AuthorView(long Id, string Slug, string Name, string? Title, string? Bio, StoryPage Stories);

public sealed record TagView(long Id, string Slug, string Name, StoryPage Stories);

public sealed record EditionStories(EditionLine Edition, StoryPage Stories);

/// <summary>The editions of one year, newest first, and the years that have any.</summary>
public sealed record ArchiveView(int Year, IReadOnlyList<int> Years, IReadOnlyList<EditionLine> Editions);

public sealed record PageView(string Slug, string Title, string Description, string BodyHtml);
