using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Html;

namespace NewsHub.Web.Localization;

/// <summary>A text with places in it: <c>{name}</c> for a value, <c>[words](name)</c> for words that lead to an address.</summary>
internal sealed partial class Phrase
{
    private readonly (string Text, string Html, string? Place, bool IsLink)[] _parts;

    public Phrase(string text, string form)
    {
        (Text, Form) = (text, form);
        var parts = new List<(string, string, string?, bool)>();
        var at = 0;
        foreach (Match match in Place().Matches(text))
        {
            Plain(text[at..match.Index]);
            if (match.Groups[1].Success) parts.Add(("", "", match.Groups[1].Value, false));
            else parts.Add((match.Groups[2].Value, WebUtility.HtmlEncode(match.Groups[2].Value), match.Groups[3].Value, true));
            at = match.Index + match.Length;
        }
        Plain(text[at..]);
        _parts = [.. parts];

        void Plain(string words)
        {
            if (words.Length > 0) parts.Add((words, WebUtility.HtmlEncode(words), null, false));
        }
    }

    public string Text { get; }

    /// <summary>Of a text with a number, the form that this is; else “other”.</summary>
    public string Form { get; }

    public IEnumerable<string> Places => _parts.Where(p => p.Place is not null).Select(p => p.Place!).Order(StringComparer.Ordinal);

    /// <summary>As plain text. A value that runs the other way is kept from pulling its neighbours along.</summary>
    /// <param name="rightToLeft">The direction of the text; null where the values are its own words.</param>
    public string Say(bool? rightToLeft, ReadOnlySpan<(string Place, object Value)> with)
    {
        if (_parts is [{ Place: null } only]) return only.Text;
        var text = new StringBuilder();
        foreach (var part in _parts)
        {
            if (part.Place is null || part.IsLink) text.Append(part.Text);
            else if (Value(part.Place, with) is string words
                && (rightToLeft is true ? HasLeftToRight(words) : rightToLeft is false && HasRightToLeft(words)))
                text.Append('\u2068').Append(words).Append('\u2069');
            else text.Append(Value(part.Place, with));
        }
        return text.ToString();
    }

    /// <summary>As HTML: what is HTML already goes in as it is, and only that.</summary>
    public HtmlString Set(bool rightToLeft, ReadOnlySpan<(string Place, object Value)> with)
    {
        var html = new StringBuilder();
        foreach (var part in _parts)
        {
            if (part.Place is null) html.Append(part.Html);
            else if (part.IsLink)
                html.Append("<a href=\"").Append(WebUtility.HtmlEncode((string)Value(part.Place, with))).Append("\">").Append(part.Html)
                    .Append("</a>");
            else if (Value(part.Place, with) is HtmlString ready) html.Append(ready.Value);
            else
            {
                var words = Value(part.Place, with).ToString()!;
                var isolate = rightToLeft || HasRightToLeft(words);
                html.Append(isolate ? "<bdi>" : "").Append(WebUtility.HtmlEncode(words)).Append(isolate ? "</bdi>" : "");
            }
        }
        return new HtmlString(html.ToString());
    }

    private static bool HasLeftToRight(string text) => text.Any(c => char.IsLetter(c) && c < '\u0590');

    /// <summary>Whether a text has letters that are written from right to left.</summary>
    public static bool HasRightToLeft(string text) => text.Any(c =>
        c is >= '\u0590' and < '\u0900' or >= '\uFB1D' and < '\uFE00' or >= '\uFE70' and < '\uFF00' or '\uD802' or '\uD803' or '\uD83A'
            or '\uD83B');

    private object Value(string place, ReadOnlySpan<(string Place, object Value)> with)
    {
        foreach (var (name, value) in with)
            if (name == place) return value;
        throw new KeyNotFoundException($"Nothing was given for {{{place}}} in “{Text}”.");
    }

    [GeneratedRegex(@"\{(\w+)\}|\[([^\]]+)\]\((\w+)\)")]
    private static partial Regex Place();
}
