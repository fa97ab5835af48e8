using NewsHub.Core.Editions;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Search;

/// <summary>What stands first in the answer.</summary>
public enum SearchOrder
{
    Best,
    Newest,
}

/// <summary>
/// A reader's question. Every word must be found; what stands between quotation marks must stand together. Whatever else was typed is text: there are no operators.
/// </summary>
public sealed record SearchQuery
{
    /// <summary>Characters that a question may have.</summary>
    public const int Longest = 200;
    private const int MostTerms = 12;

    private SearchQuery(string words, IReadOnlyList<SearchTerm> terms) => (Words, Terms) = (words, terms);

    /// <summary>As it was typed.</summary>
    public string Words { get; }

    /// <summary>What is looked for; empty when no word was typed.</summary>
    public IReadOnlyList<SearchTerm> Terms { get; private init; }
    public SectionId? Section { get; init; }
    public Kind? Kind { get; init; }

    /// <summary>An author's number.</summary>
    public long? Author { get; init; }

    /// <summary>First published not before this (UTC).</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>First published before this (UTC).</summary>
    public DateTimeOffset? Until { get; init; }
    public SearchOrder Order { get; init; }

    public bool IsFiltered => Section is not null || Kind is not null || Author is not null || From is not null || Until is not null;

    public static SearchQuery Of(string words)
    {
        var terms = new List<SearchTerm>();
        var quoted = false;
        // A mark without its fellow is a letter like any other, and so nothing that is looked for.
        var parts = words.Replace('“', '"').Replace('”', '"').Replace('„', '"').Replace('«', '"').Replace('»', '"').Split('"');
        for (var i = 0; i < parts.Length; i++, quoted = !quoted)
        {
            if (quoted && i < parts.Length - 1) Add(parts[i], typed: false);
            else foreach (var word in parts[i].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) Add(word, typed: true);
        }
        // The last word may not be typed to its end yet.
        if (terms.Count > 0 && terms[^1] is { Typed: true, Words: [var last] } && !Folding.IsPair(last)) terms[^1] = terms[^1] with { MayGoOn = true };
        return new SearchQuery(words, terms);

        void Add(string text, bool typed)
        {
            var folded = Folding.Words(text).Select(w => w.Word).ToList();
            if (folded.Count > 0 && terms.Count < MostTerms) terms.Add(new SearchTerm(folded, typed));
        }
    }

    /// <summary>The same question with other words.</summary>
    internal SearchQuery With(IReadOnlyList<SearchTerm> terms) => this with { Terms = terms };
}

/// <summary>Words that must stand together; mostly one.</summary>
/// <param name="Words">Folded.</param>
/// <param name="Typed">Typed as one word, not between quotation marks.</param>
/// <param name="MayGoOn">Words that begin with it will do.</param>
public sealed record SearchTerm(IReadOnlyList<string> Words, bool Typed, bool MayGoOn = false);
