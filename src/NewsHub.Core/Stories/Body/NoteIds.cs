using System.Text.RegularExpressions;

namespace NewsHub.Core.Stories.Body;

/// <summary>Names of footnotes, where several texts stand on one page.</summary>
public static partial class NoteIds
{
    /// <summary>A rendered text with names of its own: <c>fn-1</c> becomes <c>fn-KEY-1</c>, and what leads there follows.</summary>
    /// <param name="html">As <see cref="HouseMarkdown"/> made it.</param>
    /// <param name="key">Letters and digits, one for each text of the page.</param>
    public static string Apart(string html, string key) =>
        html.Contains("\"fn", StringComparison.Ordinal) || html.Contains("\"#fn", StringComparison.Ordinal)
            ? Name().Replace(html, $"$1-{key}$2")
            : html;

    /// <summary>
    /// The same for the names alone, where links lead to the story's own page: in feeds, whose readers lay many stories on one.
    /// </summary>
    public static string NamesApart(string html, string key) =>
        html.Contains("\"fn", StringComparison.Ordinal) ? OwnName().Replace(html, $"$1-{key}$2") : html;

    [GeneratedRegex("""(?<=<[a-z][^<>]* id=")(fn(?:ref)?)([^"]*")""")]
    private static partial Regex OwnName();

    // Within a tag alone: in text, "<" is an entity. A name may be what an author wrote by hand.
    [GeneratedRegex("""(?<=<[a-z][^<>]* (?:id="|href="#))(fn(?:ref)?)([^"]*")""")]
    private static partial Regex Name();
}
