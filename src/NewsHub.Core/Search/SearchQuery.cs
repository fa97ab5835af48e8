using System.Text.RegularExpressions;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Search;

/// <summary>What stands first in the answer.</summary>
public enum SearchOrder
{
    Best,
    Newest,
}

/// <summary>
/// A reader's question. Every word must be found; what stands between quotation marks must stand together. Whatever else was
/// typed is text: there are no operators.
/// </summary>
public sealed partial record SearchQuery
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
        var parts = Gershayim().Replace(words, "״").Replace('“', '"').Replace('”', '"').Replace('„', '"').Replace('«', '"').Replace(
            '»', '"').Replace('＂', '"').Split('"');
        for (var i = 0; i < parts.Length; i++, quoted = !quoted)
        {
            if (quoted && i < parts.Length - 1) Add(parts[i], typed: false);
            else foreach (var word in Spaces().Split(parts[i])) Add(word, typed: true);
        }
        // The last word may not be typed to its end yet.
        if (terms.Count > 0 && terms[^1] is { Typed: true, Words: [var last] } && !Folding.IsPair(last))
            terms[^1] = terms[^1] with { MayGoOn = true };
        return new SearchQuery(words, terms);

        void Add(string text, bool typed)
        {
            if (terms.Count < MostTerms && SearchTerm.Of(text.Trim(), typed) is { } term) terms.Add(term);
        }
    }

    /// <summary>Spaces, but for those within a figure.</summary>
    [GeneratedRegex(@"[\s-[\u00A0\u2007\u2009\u202F]]+|(?<!\d)[\u00A0\u2007\u2009\u202F]|[\u00A0\u2007\u2009\u202F](?!\d)")]
    private static partial Regex Spaces();

    /// <summary>The quotation mark that Hebrew abbreviations have before their last letter: no quotation begins there.</summary>
    [GeneratedRegex("(?<=\\p{IsHebrew})[\"”](?=\\p{IsHebrew})")]
    private static partial Regex Gershayim();

    /// <summary>The same question with other words.</summary>
    internal SearchQuery With(IReadOnlyList<SearchTerm> terms) => this with { Terms = terms };
}

/// <summary>Words that must stand together; mostly one.</summary>
/// <param name="Text">As it was typed.</param>
/// <param name="Words">Folded.</param>
/// <param name="Others">Other ways to write the same.</param>
/// <param name="Typed">Typed as one word, not between quotation marks.</param>
/// <param name="MayGoOn">Words that begin with it will do.</param>
public sealed record SearchTerm(
    string Text, IReadOnlyList<string> Words, IReadOnlyList<IReadOnlyList<string>> Others, bool Typed, bool MayGoOn = false)
{
    private const int MostOthers = 8;

    /// <returns>Null where there is nothing in it to look for.</returns>
    internal static SearchTerm? Of(string text, bool typed)
    {
        var folded = Folding.Read(text);
        if (folded.Words.Count == 0) return null;
        var others = folded.Others.Select(o => Instead(folded.Words, o)).ToList();
        if (folded.Others.Count > 1) others.Add(AllInstead(folded));
        return new SearchTerm(text, WithoutLast(folded.Words),
            [.. others.DistinctBy(o => string.Join(' ', o), StringComparer.Ordinal).Take(MostOthers)], typed);
    }

    /// <summary>The words with another spelling in place of those that it is for.</summary>
    private static IReadOnlyList<string> Instead(IReadOnlyList<FoldedWord> words, OtherSpelling other)
    {
        var end = other.Start + other.Length;
        return [
            .. WithoutLast([.. words.TakeWhile(w => w.Start < other.Start)]),
            .. other.Words,
            .. WithoutLast([.. words.Where(w => w.Start >= end)]),
        ];
    }

    /// <summary>The words with the first other spelling of each stretch that has one.</summary>
    private static IReadOnlyList<string> AllInstead(FoldedText folded)
    {
        var kept = new List<string>();
        var at = 0;
        foreach (var other in folded.Others.OrderBy(o => o.Start).ThenByDescending(o => o.Length))
        {
            if (other.Start < at) continue;
            kept.AddRange(folded.Words.Where(w => w.Start >= at && w.Start < other.Start).Select(w => w.Word));
            kept.AddRange(other.Words);
            at = other.Start + other.Length;
        }
        return [.. kept, .. WithoutLast([.. folded.Words.Where(w => w.Start >= at)])];
    }

    /// <summary>A run without spaces may go on where it was found: its last character, which stands in a pair already, need
    /// not be the last there.</summary>
    private static IReadOnlyList<string> WithoutLast(IReadOnlyList<FoldedWord> words) =>
        [.. (words.Count > 1 && Folding.IsSingle(words[^1].Word) && words[^2].Start + words[^2].Length == words[^1].Start + words[^1].Length
            && Folding.IsPair(words[^2].Word) ? words.SkipLast(1) : words).Select(w => w.Word)];
}
