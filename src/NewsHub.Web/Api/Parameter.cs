using NewsHub.Core.Search;
using NewsHub.Core.Stories;

namespace NewsHub.Web.Api;

/// <summary>Something that can be said with a call: read by <see cref="ApiQuery"/>, described in the OpenAPI document, a field on the page
/// about the interface.</summary>
/// <param name="About">A sentence.</param>
internal sealed record Parameter(string Name, string About)
{
    public const int MostLines = 50;
    public const int UsualLines = 20;

    /// <summary>All that it can be; null where that is open.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>A whole number from 1 to this.</summary>
    public int? Most { get; init; }

    /// <summary>Written like 2025-07-01.</summary>
    public bool IsDay { get; init; }

    /// <summary>Part of the path, not of the query.</summary>
    public bool InPath { get; init; }
    public int? Longest { get; init; }

    public static readonly Parameter Limit =
        new("limit", $"How many at most: 1 to {MostLines}. Without it, {UsualLines}.") { Most = MostLines };
    public static readonly Parameter After = new("after", "Where the list goes on. Follow next instead of making one up.");
    public static readonly Parameter Section = new("section", "Only this section, by its slug.");
    public static readonly Parameter Kind =
        new("kind", "Only this kind.") { Choices = [.. Enum.GetNames<Kind>().Select(k => k.ToLowerInvariant())] };
    public static readonly Parameter Author = new("author", "Only what this author has signed, by their slug.");
    public static readonly Parameter Tag = new("tag", "Only what carries this tag, by its slug.");
    public static readonly Parameter Q =
        new("q", "Words. Each must be found; words between quotation marks must stand together.") { Longest = SearchQuery.Longest };
    public static readonly Parameter From = new("from", "First published on this day or later, by the paper's clock.") { IsDay = true };
    public static readonly Parameter To = new("to", "First published on this day or earlier, by the paper's clock.") { IsDay = true };
    public static readonly Parameter Order = new("order", "What comes first. Without it, the best.") { Choices = ["best", "newest"] };
    public static readonly Parameter Slug = new("slug", "The slug, as addresses have it.") { InPath = true };
    public static readonly Parameter Id = new("id", "The story's number.") { InPath = true };
    public static readonly Parameter Number = new("number", "The edition's number.") { InPath = true };
}
