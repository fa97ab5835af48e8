using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;

namespace NewsHub.Core.Reading;

/// <summary>What a card's query reads; the section's name comes from the snapshot in memory.</summary>
internal sealed class CardRow
{
    public StoryId Id { get; init; }
    public string Address { get; init; } = "";
    public DateTimeOffset PublishedAt { get; init; }
    public DateTimeOffset? UpdatedAt { get; init; }
    public SectionId Section { get; init; }
    public Kind Kind { get; init; }
    public string? Kicker { get; init; }
    public string Headline { get; init; } = "";
    public string Standfirst { get; init; } = "";
    public IReadOnlyList<Byline> Bylines { get; init; } = [];
    public PictureUse? Picture { get; init; }
    public int Words { get; init; }
    public string Language { get; init; } = "en";
    public bool RightToLeft { get; init; }

    public StoryCard ToCard(SiteSnapshot siteSnapshot) => new()
    {
        Id = Id,
        Address = Address,
        Section = siteSnapshot.Sections.FirstOrDefault(s => s.Id == Section) ?? new SectionLine(Section, "", "", null),
        Kind = Kind,
        Kicker = Kicker,
        Headline = Headline,
        Standfirst = Standfirst,
        Bylines = Bylines,
        Picture = Picture,
        PublishedAt = PublishedAt,
        UpdatedAt = UpdatedAt,
        Words = Words,
        Language = Language,
        RightToLeft = RightToLeft,
        Foreign = RightToLeft || Language != siteSnapshot.Site.Language,
    };
}

/// <summary>What the query of an article's foot reads.</summary>
internal class FootRow
{
    /// <summary>Where on its edition's front it stands; 0 outside of one.</summary>
    public int Position { get; init; }
    public required CardRow Card { get; init; }
}

/// <summary>What the queries of fronts read.</summary>
internal sealed class SlotRow : FootRow
{
    public SlotKind Place { get; init; }
}

/// <summary>What the query of a composed front reads.</summary>
internal sealed class FrontRow
{
    public SlotKind Place { get; init; }

    /// <summary>The headline on this front alone.</summary>
    public string? Headline { get; init; }

    /// <summary>The picture on this front alone.</summary>
    public PictureUse? Picture { get; init; }
    public required CardRow Card { get; init; }
}

/// <summary>What the query of search reads.</summary>
internal sealed class HitRow
{
    /// <summary>Its place in the search index.</summary>
    public long Indexed { get; init; }
    public string BodyHtml { get; init; } = "";
    public required CardRow Card { get; init; }
}

/// <summary>What the queries of feeds read.</summary>
internal sealed class FullStoryRow
{
    public string BodyHtml { get; init; } = "";
    public IReadOnlyDictionary<string, FrozenRate>? Money { get; init; }
    public IReadOnlyList<TagLine> Tags { get; init; } = [];
    public required CardRow Card { get; init; }
}

/// <summary>What the article's query reads.</summary>
internal sealed class ArticleRow
{
    public StoryState State { get; init; }
    public string? WithdrawalNotice { get; init; }
    public DateTimeOffset? WithdrawnAt { get; init; }
    public int Shares { get; init; }
    public IReadOnlyDictionary<string, int> Reactions { get; init; } = new Dictionary<string, int>();
    public string BodyHtml { get; init; } = "";
    public IReadOnlyDictionary<string, FrozenRate>? Money { get; init; }
    public string? Dateline { get; init; }
    public IReadOnlyList<TagLine> Tags { get; init; } = [];
    public IReadOnlyList<long> Related { get; init; } = [];
    public string? SeoTitle { get; init; }
    public string? SeoDescription { get; init; }
    public required CardRow Card { get; init; }
    public List<CorrectionLine> Corrections { get; init; } = [];
    public EditionLine? Edition { get; init; }
}
