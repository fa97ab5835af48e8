using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Markdig;
using Markdig.Extensions.CustomContainers;
using Markdig.Extensions.Footnotes;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using NewsHub.Core.Media;

namespace NewsHub.Core.Stories;

/// <summary>
/// Our Markdown: CommonMark with tables, footnotes and the paper's furniture (figures, pull quotes, asides, embeds). Quotes and
/// dashes stay as written. Rendered once, when a text is saved; what comes out has been through <see cref="BodySanitizer"/>.
/// </summary>
public static class HouseMarkdown
{
    public const int MaxBytes = 128 * 1024;

    /// <summary>Markdig looks back over every open bracket: many thousands of them take it minutes.</summary>
    private const int MaxBrackets = 2000;

    /// <summary>A row of a table costs the square of its pipes.</summary>
    private const int MaxPipes = 5000;

    /// <summary>Unclosed formatting is repeated in every paragraph after it: the page grows by the square of the tags.</summary>
    private const int MaxTags = 500;

    private static readonly string[] LineEnds = ["\r\n", "\n", "\r"];
    private static readonly string[] Containers = ["pullquote", "aside", "embed"];

    private static readonly MarkdownPipeline Pipeline = Build();

    private static MarkdownPipeline Build()
    {
        var builder = new MarkdownPipelineBuilder().UsePipeTables().UseFootnotes().UseCustomContainers();
        builder.InlineParsers.Insert(0, new MoneyInProse.Parser());
        return builder.Build();
    }

    /// <summary>Renders a body. It never throws for what an author wrote: the problems say what is wrong and where.</summary>
    /// <param name="pictures">Finds a picture of the library by its file name; null when there is none.</param>
    public static RenderedBody Render(string markdown, Func<string, PictureUse?> pictures)
    {
        if (Encoding.UTF8.GetByteCount(markdown) > MaxBytes) return Refused(1, $"The body is longer than {MaxBytes / 1024} KB.");
        foreach (var (sign, most) in new[] { ('[', MaxBrackets), ('|', MaxPipes), ('<', MaxTags) })
            if (markdown.AsSpan().Count(sign) is var count && count > most) return Refused(1, $"The body has {count} '{sign}'; {most} is the most that is read.");
        try
        {
            var document = Markdown.Parse(markdown, Pipeline);
            var problems = Check(document, markdown, pictures).OrderBy(p => p.Line).ToList();
            using var page = BodySanitizer.Clean(Print(document, markdown));
            Dress(page, pictures);
            return new RenderedBody(page.Body!.InnerHtml.Trim(), Words(page.Body.TextContent), problems);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or InsufficientExecutionStackException)
        {
            // Markdig refuses what is nested too deeply by throwing.
            return Refused(1, "The body cannot be read: quotes, lists or emphasis are nested too deeply.");
        }

        static RenderedBody Refused(int line, string message) => new("", 0, [new BodyProblem(line, message, Hinders: true)]);
    }

    private static IEnumerable<BodyProblem> Check(MarkdownDocument document, string markdown, Func<string, PictureUse?> pictures)
    {
        foreach (var node in document.Descendants())
        {
            switch (node)
            {
                case HeadingBlock { Level: < 2 or > 3 } heading:
                    yield return new BodyProblem(heading.Line + 1, "A crosshead is ## or, below one, ###; the headline is not part of the body.");
                    break;
                case LinkInline { IsImage: true, Parent: LinkInline } image:
                    yield return new BodyProblem(image.Line + 1, "A picture cannot be a link; put the link into the text beside it.");
                    break;
                case LinkInline { IsImage: true } image when pictures(image.Url ?? "") is null:
                    yield return new BodyProblem(image.Line + 1, $"There is no picture '{image.Url}' in the library.");
                    break;
                case LinkInline { IsImage: true } image when pictures(image.Url ?? "") is { } use && Lack(use, image) is { } lack:
                    yield return new BodyProblem(image.Line + 1, $"The picture '{image.Url}' has no {lack}.", Hinders: true);
                    break;
                case MoneyInProse.Tag { Problem: { } wrong } money:
                    yield return new BodyProblem(money.Line + 1, wrong, Hinders: true);
                    break;
                case CustomContainer container when !Containers.Contains(container.Info):
                    yield return new BodyProblem(container.Line + 1, $"':::{container.Info}' is not furniture that we have: {string.Join(", ", Containers)}.");
                    break;
                case CustomContainer { Info: "embed" } embed when EmbedAddress(embed, markdown) is null:
                    yield return new BodyProblem(embed.Line + 1, "An embed is an https:// address on its own line, and below it the words to show.");
                    break;
            }
        }
    }

    private static string? Lack(PictureUse use, LinkInline image) =>
        string.IsNullOrWhiteSpace(use.Credit) ? "credit" : string.IsNullOrWhiteSpace(use.Alt) && image.FirstChild is null ? "alt text" : null;

    private static string Print(MarkdownDocument document, string markdown)
    {
        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlCustomContainerRenderer>(new FurnitureRenderer(markdown));
        renderer.ObjectRenderers.Add(new MoneyInProse.Renderer());
        renderer.Render(document);
        return writer.ToString();
    }

    /// <summary>What the sanitizer would not let an author write by hand, and the paper adds itself.</summary>
    private static void Dress(IHtmlDocument page, Func<string, PictureUse?> pictures)
    {
        var figures = new HashSet<IElement>();
        foreach (var image in page.QuerySelectorAll("img").ToList())
        {
            var use = pictures(image.GetAttribute("src") ?? "");
            if (use is null) image.Remove();
            else PutFigure(page, image, use, figures);
        }
        foreach (var money in page.QuerySelectorAll("data").ToList()) MoneyInProse.Dress(money);
        foreach (var table in page.QuerySelectorAll("table").ToList())
        {
            var box = page.CreateElement("div");
            box.ClassName = "table-scroll";
            box.SetAttribute("tabindex", "0");
            box.SetAttribute("role", "group");
            box.SetAttribute("aria-label", table.QuerySelector("th")?.TextContent.Trim() is { Length: > 0 } first ? $"Table: {first}" : "Table");
            table.Replace(box);
            box.Append(table);
        }
        foreach (var aligned in page.QuerySelectorAll("[style]").ToList())
        {
            if (aligned.GetAttribute("style")!.Contains("right", StringComparison.Ordinal)) aligned.ClassName = "end";
            aligned.RemoveAttribute("style");
        }
        foreach (var header in page.QuerySelectorAll("th:not([scope])")) header.SetAttribute("scope", "col");
        foreach (var box in page.QuerySelectorAll("aside.box")) box.SetAttribute("aria-label", box.QuerySelector("h2, h3")?.TextContent.Trim() is { Length: > 0 } name ? name : "Background");
        DressNotes(page);
        foreach (var link in page.QuerySelectorAll("a[href^='http']")) link.SetAttribute("rel", "noopener");
    }

    private static void DressNotes(IHtmlDocument page)
    {
        foreach (var mark in page.QuerySelectorAll("a.footnote-ref").ToList())
        {
            var number = mark.TextContent;
            var raised = page.CreateElement("sup");
            mark.Replace(raised);
            mark.TextContent = number;
            mark.SetAttribute("aria-label", $"Note {number}");
            raised.Append(mark);
        }
        foreach (var back in page.QuerySelectorAll("a.footnote-back-ref")) back.SetAttribute("aria-label", "Back to the text");
        // A colon in a name has to be escaped wherever a stylesheet or a script wants it.
        foreach (var named in page.QuerySelectorAll("[id^='fn']")) named.Id = named.Id!.Replace(':', '-');
        foreach (var link in page.QuerySelectorAll("a[href^='#fn']")) link.SetAttribute("href", link.GetAttribute("href")!.Replace(':', '-'));
        foreach (var notes in page.QuerySelectorAll("div.footnotes").ToList())
        {
            var section = page.CreateElement("section");
            section.ClassName = "footnotes";
            section.SetAttribute("aria-label", "Notes");
            notes.Replace(section);
            section.Append([.. notes.ChildNodes]);
        }
    }

    private static void PutFigure(IHtmlDocument page, IElement image, PictureUse use, HashSet<IElement> figures)
    {
        var caption = image.GetAttribute("title") ?? use.Caption;
        var alt = image.GetAttribute("alt") is { Length: > 0 } own ? own : use.Alt;
        var figure = page.CreateElement("figure");
        figure.ClassName = "shot";
        figure.InnerHtml = PictureHtml.Write(use, Crop.Full, "(width < 48rem) 100vw, 42rem", alt: alt);
        var words = page.CreateElement("figcaption");
        if (!string.IsNullOrWhiteSpace(caption))
        {
            var text = page.CreateElement("span");
            text.TextContent = caption;
            words.Append(text, page.CreateTextNode(" "));
        }
        var credit = page.CreateElement("span");
        credit.ClassName = "credit";
        credit.TextContent = $"Photo: {use.Credit}";
        words.Append(credit);
        figure.Append(words);
        // Alone in its paragraph the picture takes the paragraph's place; within a sentence it stands after it, behind the figures that stand there already.
        if (image.Closest("p, h2, h3") is not { } line)
        {
            image.Replace(figure);
            return;
        }
        var last = line;
        while (last.NextElementSibling is { } next && figures.Contains(next)) last = next;
        last.After(figure);
        figures.Add(figure);
        image.Remove();
        if (string.IsNullOrWhiteSpace(line.TextContent) && line.QuerySelector("img") is null) line.Remove();
    }

    /// <summary>As it was typed: read as Markdown, an address may hold emphasis and entities.</summary>
    internal static Uri? EmbedAddress(CustomContainer embed, string markdown) =>
        embed.FirstOrDefault() is ParagraphBlock first
        && Uri.TryCreate(markdown.Split(LineEnds, StringSplitOptions.None)[first.Line].Trim(' ', '\t', '>'), UriKind.Absolute, out var address)
        && address.Scheme == Uri.UriSchemeHttps
            ? address : null;

    private static int Words(string text)
    {
        var (words, ideographs, inWord) = (0, 0, false);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is >= 0x3040 and < 0x3100 or >= 0x3400 and < 0xA000 or >= 0x20000 and < 0x30000) ideographs++;
            // Vowel signs and tone marks are part of the word that they stand in.
            else if (Rune.IsLetterOrDigit(rune) || inWord && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
            {
                if (!inWord) words++;
                inWord = true;
                continue;
            }
            else if (rune.Value is '\'' or '’' or '-') continue;
            inWord = false;
        }
        return words + (ideographs + 1) / 2;
    }
}
