using System.Globalization;
using System.Net;
using System.Text;

namespace NewsHub.Web.Pages.Shared;

/// <summary>
/// What of a story's first paragraph is drawn large. A single capital is the style sheet's <c>::first-letter</c>, which takes the quotation
/// mark before it along. Figures, digraphs and marks that stand apart are more than that: the paragraph says them in an attribute, which
/// the style sheet draws, and the text's own are in an element, which it hides. What floats would be copied without the space behind it.
/// </summary>
internal static class DropCap
{
    /// <summary>A longer figure would leave no room for words beside it on a phone.</summary>
    private const int LongestFigure = 6;

    /// <summary>What is longer is drawn over two lines.</summary>
    private const int WidestOverThreeLines = 3;

    /// <summary>Pairs that are one letter, by language. English th and ch are not.</summary>
    private static readonly Dictionary<string, string[]> Digraphs = new()
    {
        ["nl"] = ["ij"],
        ["fy"] = ["ij"],
        ["hr"] = ["dž", "lj", "nj"],
        ["bs"] = ["dž", "lj", "nj"],
        ["sr"] = ["dž", "lj", "nj"],
        ["sh"] = ["dž", "lj", "nj"],
        ["cnr"] = ["dž", "lj", "nj"],
        ["hu"] = ["dzs", "cs", "dz", "gy", "ly", "ny", "sz", "ty", "zs"],
        ["cs"] = ["ch"],
        ["sk"] = ["ch", "dz", "dž"],
        ["sq"] = ["dh", "gj", "ll", "nj", "rr", "sh", "th", "xh", "zh"],
        ["cy"] = ["ch", "dd", "ff", "ng", "ll", "ph", "rh", "th"],
        ["br"] = ["c’h", "c'h", "ch"],
        ["mt"] = ["għ"],
    };

    /// <summary>The class of a text that begins with a large letter.</summary>
    public const string Class = "story-body--cap";

    /// <summary>A rendered body as the page prints it.</summary>
    /// <returns>
    /// The class that goes to the element around it, empty where no single letter is drawn large; and the body,
    /// marked where more than that is.
    /// </returns>
    public static (string Class, string Html) Of(string html, string language)
    {
        if (Start(html) is not { } start) return ("", html);
        var end = html.IndexOf('<', start);
        // The first words are enough; an entity is a letter or sign of its own.
        var length = Math.Min(end < 0 ? html.Length - start : end - start, 80);
        var typed = html.AsSpan(start, length);
        var text = WebUtility.HtmlDecode(typed[..(typed.LastIndexOf('&') is >= 68 and var cut ? cut : length)].ToString());
        var (taken, whole) = Measure(text, language);
        if (taken == 0) return ("", html);
        if (!whole) return (" " + Class, html);
        var cap = text[..taken];
        // What is not found again as it was typed is left alone.
        var raw = new[] { cap, WebUtility.HtmlEncode(cap), cap.Replace("\u00a0", "&nbsp;", StringComparison.Ordinal) }
            .FirstOrDefault(c => html.AsSpan(start).StartsWith(c, StringComparison.Ordinal));
        if (raw is null) return ("", html);
        var name = taken > WidestOverThreeLines ? "data-cap-wide" : "data-cap";
        // The space goes along: the letters around it have a size of none.
        var hidden = html.AsSpan(start + raw.Length).StartsWith(" ", StringComparison.Ordinal) ? raw + " " : raw;
        return ("",
            $"<p {name}=\"{WebUtility.HtmlEncode(cap)}\"{html.AsSpan(2, start - 2)}<span class=\"cap\">{hidden}"
            + $"</span>{html.AsSpan(start + hidden.Length)}");
    }

    private static readonly string[] NoBeginning = ["<sup", "<code", "<br", "<data", "</"];

    /// <summary>Where the first paragraph's text begins; null where the text begins with something else.</summary>
    private static int? Start(string html)
    {
        if (!html.StartsWith("<p>", StringComparison.Ordinal) && !html.StartsWith("<p ", StringComparison.Ordinal)) return null;
        var at = 0;
        while (at < html.Length && html[at] == '<')
        {
            // A note's number, code and the end of the paragraph are no beginning of a sentence.
            if (NoBeginning.Any(tag => html.AsSpan(at).StartsWith(tag, StringComparison.Ordinal))) return null;
            at = html.IndexOf('>', at) + 1;
            if (at == 0) return null;
        }
        return at < html.Length ? at : null;
    }

    /// <summary>How many characters are drawn large, 0 for none, and whether that is more than a style sheet takes by itself.</summary>
    internal static (int Taken, bool Whole) Measure(string text, string language)
    {
        var (at, apart) = (0, false);
        while (at < text.Length && IsOpening(text, at)) at++;
        var signs = at;
        while (at > 0 && at < text.Length && char.IsSeparator(text[at])) (at, apart) = (at + 1, true);
        // More than a quotation within a quotation is no beginning of a sentence.
        if (signs > 3 || at - signs > 1 || at >= text.Length) return (0, false);
        if (Figure(text, at) is > 0 and var figure)
            return figure <= LongestFigure && (FirstLetter(text, at + figure) is not { } letter || HasCapitals(letter))
                ? (at + figure, true)
                : (0, false);
        if (!Rune.TryGetRuneAt(text, at, out var first) || !HasCapitals(first)) return (0, false);
        if (Digraph(text, at, language) is > 0 and var digraph) return (at + digraph, true);
        return (at + StringInfo.GetNextTextElementLength(text.AsSpan(at)), apart);
    }

    private static bool IsOpening(string text, int at) =>
        CharUnicodeInfo.GetUnicodeCategory(text[at]) is UnicodeCategory.OpenPunctuation or UnicodeCategory.InitialQuotePunctuation
        || text[at] is '"' or '\'' or '’' or '”' or '»' or '›' or '¿' or '¡';

    /// <summary>The length of a figure, with the signs that belong to it: <c>1,250</c>, <c>$50</c>, <c>12.5%</c>.</summary>
    private static int Figure(string text, int from)
    {
        var at = from;
        if (char.GetUnicodeCategory(text[at]) is UnicodeCategory.CurrencySymbol) at++;
        var digits = at;
        while (at < text.Length && (char.IsDigit(text[at])
            || at > digits && IsWithinFigure(text[at]) && at + 1 < text.Length && char.IsDigit(text[at + 1]))) at++;
        if (at == digits) return 0;
        if (at < text.Length && (text[at] is '%' or '‰' or '°' || char.GetUnicodeCategory(text[at]) is UnicodeCategory.CurrencySymbol))
            at++;
        return at - from;
    }

    private static bool IsWithinFigure(char c) =>
        c is '.' or ',' or ':' or '/' or '\'' or '’' or '\u00a0' or '\u2009' or '\u202f' or '–' or '-';

    private static int Digraph(string text, int at, string language)
    {
        if (!Digraphs.TryGetValue(language.Split('-')[0].ToLowerInvariant(), out var pairs)) return 0;
        foreach (var pair in pairs)
            if (string.Compare(text, at, pair, 0, pair.Length, StringComparison.OrdinalIgnoreCase) == 0) return pair.Length;
        return 0;
    }

    private static Rune? FirstLetter(string text, int from)
    {
        foreach (var rune in text[from..].EnumerateRunes())
            if (Rune.IsLetter(rune)) return rune;
        return null;
    }

    /// <summary>Letters that come large and small. Georgian sentences begin with a small one, whatever Unicode has for them.</summary>
    private static bool HasCapitals(Rune letter) =>
        Rune.GetUnicodeCategory(letter)
            is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        && letter.Value is not (>= 0x10A0 and < 0x1100 or >= 0x1C90 and < 0x1CC0 or >= 0x2D00 and < 0x2D30);
}
