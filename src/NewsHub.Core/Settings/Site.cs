using NewsHub.Core.Events;

namespace NewsHub.Core.Settings;

/// <summary>What the paper is called and how it is set: one row, changed by import and, later, by the settings page.</summary>
public sealed class Site
{
    public const string UsualMotto = "Breaking News • Analysis • Opinion";

    public static readonly IReadOnlyList<string> UsualRateSources = ["ecb", "cbn", "er-api", "file"];
    public static readonly IReadOnlyList<int> UsualRateHours = [7, 13, 17];

    public int Id { get; init; } = 1;
    public string Name { get; set; } = "E-News";
    public string Subtitle { get; set; } = "";

    /// <summary>The words of the section head with dots between them; those that begin with the name of a kind lead to its list.</summary>
    public string Motto { get; set; } = UsualMotto;
    public string Description { get; set; } = "";

    /// <summary>BCP 47.</summary>
    public string Language { get; set; } = "en";

    /// <summary>IANA name of the zone in which dates are printed.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>ISO 4217; rates are given as units of a quote for one of this.</summary>
    public string CurrencyBase { get; set; } = "USD";

    /// <summary>The ticker's currencies, in order.</summary>
    public IReadOnlyList<string> CurrencyQuotes { get; set; } = [];

    /// <summary>Where rates come from, by <see cref="Rates.RatePublisher.Key"/>: of several that have a currency,
    /// the first counts.</summary>
    public IReadOnlyList<string> RateSources { get; set; } = UsualRateSources;

    /// <summary>At which hours of the paper's own day (0 to 23) the sources are asked.</summary>
    public IReadOnlyList<int> RateHours { get; set; } = UsualRateHours;

    /// <summary>Readers may react with these, in order.</summary>
    public IReadOnlyList<ReactionKind> Reactions { get; set; } = [];

    /// <summary>Whether an edition that is published goes to the newsletter's subscribers. Off, nothing is sent.</summary>
    public bool Bulletin { get; set; } = true;

    /// <summary>Who works here only with a second factor: this role and those above it; null where nobody has to.</summary>
    public Role? SecondFactorFrom { get; set; }

    /// <summary>The accent colour on light paper, <c>#rrggbb</c> in lower-case letters; null for the usual one.</summary>
    public string? Accent { get; set; }

    /// <summary>Whether editors may publish stories, and do what belongs to it. Off, publishers do.</summary>
    public bool EditorsMayPublish { get; set; }

    /// <summary>Whether a GIF or WebP that moves is printed moving, if it is taken in from now on. Off, its first frame is.</summary>
    public bool PrintsAnimations { get; set; }

    /// <summary>When a content folder was last read to its end; null while the first import has not finished.</summary>
    public DateTimeOffset? ImportedAt { get; set; }
}

/// <summary>One reaction on offer.</summary>
public sealed record ReactionKind(string Key, string Label);
