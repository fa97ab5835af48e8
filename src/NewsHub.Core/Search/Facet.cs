using System.Globalization;

namespace NewsHub.Core.Search;

/// <summary>What a story is kept by beside its words: its section, its kind, its authors, and that it is one.</summary>
internal static class Facet
{
    // The index takes letters beyond ASCII for parts of words: nobody can type this one, for no word has it.
    private const char Letter = '\uE000';

    /// <summary>What every story has.</summary>
    public static readonly string Any = Letter.ToString();

    public static string Of(char kind, long number) => string.Create(CultureInfo.InvariantCulture, $"{Letter}{kind}{number}");

    /// <summary>Those that a question asks for; what every story has, where it has no words.</summary>
    public static IEnumerable<string> Of(SearchQuery query)
    {
        if (query.Section is { } section) yield return Of('s', section.Value);
        if (query.Kind is { } kind) yield return Of('k', (long)kind);
        if (query.Author is { } author) yield return Of('a', author);
        if (query.Terms.Count == 0) yield return Any;
    }
}
