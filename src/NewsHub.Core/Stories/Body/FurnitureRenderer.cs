using Markdig.Extensions.CustomContainers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace NewsHub.Core.Stories.Body;

/// <summary>Writes <c>:::</c> blocks: pull quotes with their attribution, asides, embeds as cards that load nothing.</summary>
/// <param name="lines">What is being printed, line by line: an embed's address is read from it as it was typed.</param>
internal sealed class FurnitureRenderer(IReadOnlyList<string> lines) : HtmlObjectRenderer<CustomContainer>
{
    protected override void Write(HtmlRenderer renderer, CustomContainer block)
    {
        switch (block.Info)
        {
            case "pullquote": PullQuote(renderer, block); break;
            case "embed": Embed(renderer, block); break;
            default: Wrap(renderer, block, "aside", "box"); break;
        }
    }

    private static void PullQuote(HtmlRenderer renderer, CustomContainer block)
    {
        var attribution = CutAttribution(block);
        renderer.Write("<figure class=\"pullquote\"><blockquote>");
        renderer.WriteChildren(block);
        renderer.Write("</blockquote>");
        if (attribution is not null) renderer.Write("<figcaption>— ").WriteEscape(attribution).Write("</figcaption>");
        renderer.Write("</figure>");
    }

    /// <summary>The last line, when it starts with a dash, says who spoke; it leaves the quote.</summary>
    private static string? CutAttribution(CustomContainer block)
    {
        if (block.LastOrDefault() is not ParagraphBlock { Inline: { } line }) return null;
        var dash = line.OfType<LiteralInline>().LastOrDefault(l => l.PreviousSibling is null or LineBreakInline
            && l.Content.ToString().TrimStart().StartsWith('—'));
        if (dash is null) return null;
        var name = PlainText(Following(dash)).TrimStart().TrimStart('—').Trim();
        foreach (var inline in Following(dash).ToList()) inline.Remove();
        if (line.LastChild is LineBreakInline end) end.Remove();
        if (line.FirstChild is null) block.RemoveAt(block.Count - 1);
        return name;

        static IEnumerable<Inline> Following(Inline? from)
        {
            for (var inline = from; inline is not null; inline = inline.NextSibling) yield return inline;
        }
    }

    private void Embed(HtmlRenderer renderer, CustomContainer block)
    {
        if (HouseMarkdown.EmbedAddress(block, lines) is not { } address) return;
        var words = PlainText((block[0] as ParagraphBlock)!.Inline!.SkipWhile(i => i is not LineBreakInline)).Trim();
        // An empty line between the address and the words is no reason to lose them.
        if (words.Length == 0 && block.Skip(1).FirstOrDefault() is ParagraphBlock { Inline: { } below }) words = PlainText(below).Trim();
        var host = address.Host.StartsWith("www.", StringComparison.Ordinal) ? address.Host[4..] : address.Host;
        renderer.Write("<div class=\"embed\"><a href=\"").WriteEscapeUrl(address.AbsoluteUri).Write("\">")
            .WriteEscape(words.Length > 0 ? words : address.AbsoluteUri)
            .Write("</a><p class=\"where\">On ").WriteEscape(host).Write(". The link leaves this page.</p></div>");
    }

    /// <summary>The words of a line without their markup.</summary>
    private static string PlainText(IEnumerable<Inline> line) => string.Concat(line.Select(inline => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        CodeInline code => code.Content,
        AutolinkInline link => link.Url,
        LineBreakInline => " ",
        ContainerInline inner => PlainText(inner),
        _ => "",
    }));

    private static void Wrap(HtmlRenderer renderer, CustomContainer block, string element, string name)
    {
        renderer.Write($"<{element} class=\"{name}\">");
        renderer.WriteChildren(block);
        renderer.Write($"</{element}>");
    }
}
