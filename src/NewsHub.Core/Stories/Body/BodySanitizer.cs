using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ganss.Xss;

namespace NewsHub.Core.Stories.Body;

/// <summary>The allow-list that every body passes: whatever is not named here is gone.</summary>
internal static partial class BodySanitizer
{
    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "aside", "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure", "h2", "h3", "hr", "li", "ol", "p", "pre", "ul",
        "caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    };

    private static readonly HashSet<string> Phrases = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark",
        "q", "rb", "rp", "rt", "ruby", "s",
        "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
    };

    /// <summary>Elements whose content is no text of the story.</summary>
    private static readonly HashSet<string> Emptied = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "style", "template", "iframe", "object", "svg", "math", "noscript", "textarea", "title",
    };

    /// <summary>Elements that are not kept and stand within a line: all others part what is in them from what is around them.</summary>
    private static readonly HashSet<string> DroppedPhrases = new(StringComparer.OrdinalIgnoreCase)
    {
        "acronym", "big", "blink", "font", "label", "meter", "nobr", "output", "progress", "slot", "strike", "tt",
    };

    private static readonly HtmlSanitizer Sanitizer = Make();

    public static IHtmlDocument Clean(string html) => Sanitizer.SanitizeDom(html);

    /// <summary>Whether an element of this name stands within a line of text.</summary>
    public static bool IsPhrase(string element) => Phrases.Contains(element);

    /// <summary>A sentence for each opening tag in a piece of HTML that readers will not get.</summary>
    public static IEnumerable<string> WhatIsDropped(string html)
    {
        foreach (Match tag in OpeningTag().Matches(html))
        {
            var name = tag.Groups[1].Value.ToLowerInvariant();
            if (Emptied.Contains(name)) yield return $"<{name}> is not allowed and is removed with its content.";
            else if (!Blocks.Contains(name) && !Phrases.Contains(name))
                yield return $"<{name}> is not allowed: the words in it are kept as plain text.";
        }
    }

    [GeneratedRegex("<([a-zA-Z][a-zA-Z0-9:-]*)(?=[\\s/>]|$)")]
    private static partial Regex OpeningTag();

    private static HtmlSanitizer Make()
    {
        var options = new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string>(Blocks.Concat(Phrases), StringComparer.OrdinalIgnoreCase),
            AllowedAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
            {
                "alt", "cite", "class", "colspan", "datetime", "dir", "href", "id", "lang", "rowspan", "scope", "src", "start", "style",
                "title", "value",
            },
            AllowedSchemes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "https", "http", "mailto", "tel" },
            UriAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href", "src", "cite" },
            // A column's alignment, which becomes a class: the site's policy allows no style attribute.
            AllowedCssProperties = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "text-align" },
            AllowedAtRules = new HashSet<AngleSharp.Css.Dom.CssRuleType>(),
        };
        var sanitizer = new HtmlSanitizer(options) { AllowDataAttributes = false, KeepChildNodes = true };
        foreach (var name in (string[])["pullquote", "box", "embed", "where", "footnotes", "footnote-ref", "footnote-back-ref"])
            sanitizer.AllowedClasses.Add(name);
        // With KeepChildNodes the text of a dropped element stays, which is right for <font> and wrong for these.
        sanitizer.RemovingTag += (_, e) =>
        {
            if (Emptied.Contains(e.Tag.LocalName)) e.Tag.InnerHtml = "";
            else if (!DroppedPhrases.Contains(e.Tag.LocalName) && e.Tag.HasChildNodes)
            {
                // Where a block was, a space stays, or its words would run into its neighbours'.
                e.Tag.Prepend(e.Tag.Owner!.CreateTextNode(" "));
                e.Tag.Append(e.Tag.Owner!.CreateTextNode(" "));
            }
        };
        // Names are for footnotes alone: a body must not take over an element of the page around it.
        sanitizer.PostProcessNode += (_, e) =>
        {
            if (e.Node is IElement { Id: { } id } element && !id.StartsWith("fn", StringComparison.Ordinal)) element.RemoveAttribute("id");
        };
        return sanitizer;
    }
}
