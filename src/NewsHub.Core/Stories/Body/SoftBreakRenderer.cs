using Markdig.Extensions.Footnotes;
using Markdig.Renderers;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax.Inlines;

namespace NewsHub.Core.Stories.Body;

/// <summary>
/// Writes the end of a line within a paragraph. A browser shows it as a space, so it is left out between two wide characters.
/// </summary>
internal sealed class SoftBreakRenderer : LineBreakInlineRenderer
{
    protected override void Write(HtmlRenderer renderer, LineBreakInline obj)
    {
        if (!obj.IsHard && Text(obj, back: true) is { } before && Text(obj, back: false) is { } after
            && EastAsianText.JoinsLines(before, after)) return;
        base.Write(renderer, obj);
    }

    /// <summary>The nearest text on one side, whatever markup stands between; null where something else than text does.</summary>
    private static string? Text(Inline from, bool back)
    {
        var at = from;
        while (true)
        {
            var next = back ? at.PreviousSibling : at.NextSibling;
            if (next is null)
            {
                if (at.Parent is not { } parent) return null;
                at = parent;
                continue;
            }
            at = next;
            while (at is ContainerInline inner and not LinkInline { IsImage: true }
                && (back ? inner.LastChild : inner.FirstChild) is { } child) at = child;
            switch (at)
            {
                case LiteralInline { Content.Length: > 0 } literal: return literal.Content.ToString();
                case HtmlEntityInline { Transcoded.Length: > 0 } entity: return entity.Transcoded.ToString();
                case CodeInline code: return code.Content;
                // Tags and the numbers of notes are not seen between two words.
                case LiteralInline or HtmlEntityInline or FootnoteLink or ContainerInline and not LinkInline { IsImage: true }: break;
                case HtmlInline tag when !tag.Tag.StartsWith("<br", StringComparison.OrdinalIgnoreCase): break;
                default: return null;
            }
        }
    }
}
