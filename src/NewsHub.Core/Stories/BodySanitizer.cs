using AngleSharp.Html.Dom;
using Ganss.Xss;

namespace NewsHub.Core.Stories;

/// <summary>The allow-list that every body passes: whatever is not named here is gone.</summary>
internal static class BodySanitizer
{
    private static readonly HtmlSanitizer Sanitizer = Make();

    public static IHtmlDocument Clean(string html) => Sanitizer.SanitizeDom(html);

    private static HtmlSanitizer Make()
    {
        var options = new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
            {
                "a", "abbr", "aside", "b", "blockquote", "br", "cite", "code", "data", "del", "div", "em", "figcaption", "figure", "h2", "h3", "hr", "i",
                "img", "ins", "li", "ol", "p", "pre", "q", "s", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
            },
            AllowedAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
            {
                "alt", "cite", "class", "colspan", "dir", "href", "id", "lang", "rowspan", "scope", "src", "start", "style", "title", "value",
            },
            AllowedSchemes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "https", "http", "mailto", "tel" },
            UriAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href", "src", "cite" },
            // A column's alignment, which becomes a class: the site's policy allows no style attribute.
            AllowedCssProperties = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "text-align" },
            AllowedAtRules = new HashSet<AngleSharp.Css.Dom.CssRuleType>(),
        };
        var sanitizer = new HtmlSanitizer(options) { AllowDataAttributes = false, KeepChildNodes = true };
        foreach (var name in (string[])["pullquote", "box", "embed", "where", "footnotes", "footnote-ref", "footnote-back-ref"]) sanitizer.AllowedClasses.Add(name);
        // With KeepChildNodes the text of a dropped element stays, which is right for <font> and wrong for these.
        sanitizer.RemovingTag += (_, e) =>
        {
            if (e.Tag.LocalName is not ("script" or "style" or "template" or "iframe" or "object" or "svg" or "math" or "noscript" or "textarea" or "title")) return;
            e.Tag.InnerHtml = "";
        };
        // Names are for footnotes alone: a body must not take over an element of the page around it.
        sanitizer.PostProcessNode += (_, e) =>
        {
            if (e.Node is AngleSharp.Dom.IElement { Id: { } id } element && !id.StartsWith("fn", StringComparison.Ordinal)) element.RemoveAttribute("id");
        };
        return sanitizer;
    }
}
