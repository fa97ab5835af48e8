using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Markdig;
using Markdig.Extensions.CustomContainers;
using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Tables;
using Markdig.Parsers.Inlines;
using Markdig.Renderers;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using NewsHub.Core.Media;

namespace NewsHub.Core.Stories.Body;

/// <summary>
/// Our Markdown: CommonMark with tables, footnotes and the paper's furniture (figures, pull quotes, asides, embeds). Quotes and
/// dashes stay as written. Rendered once, when a text is saved; what comes out has been through <see cref="BodySanitizer"/>.
/// </summary>
public static class HouseMarkdown
{
    public const int MaxBytes = 128 * 1024;

    private static readonly string[] LineEnds = ["\r\n", "\n", "\r"];
    private static readonly string[] Containers = ["pullquote", "aside", "embed"];

    private static readonly MarkdownPipeline Pipeline = Build();

    private static MarkdownPipeline Build()
    {
        var builder = new MarkdownPipelineBuilder().UsePipeTables().UseFootnotes().UseCustomContainers();
        builder.InlineParsers.Insert(0, new MoneyInProse.Parser());
        builder.InlineParsers.Insert(0, new BodyBounds.MarkCounter());
        builder.InlineParsers.Replace<EmphasisInlineParser>(new EastAsianEmphasisParser());
        return builder.Build();
    }

    /// <summary>Renders a body. It never throws for what an author wrote: the problems say what is wrong and where.</summary>
    /// <param name="pictures">Finds a picture of the library by its file name; null when there is none.</param>
    public static RenderedBody Render(string markdown, Func<string, PictureUse?> pictures)
    {
        if (Encoding.UTF8.GetByteCount(markdown) > MaxBytes) return Refused(1, $"The body is longer than {MaxBytes / 1024} KB.");
        if (BodyBounds.Exceeded(markdown) is { } tooMuch) return Refused(tooMuch.Line, tooMuch.Message);
        try
        {
            var document = Markdown.Parse(markdown, Pipeline);
            if (BodyBounds.Exceeded(document) is { } tooMany) return Refused(tooMany.Line, tooMany.Message);
            UnescapePipes(document);
            var lines = markdown.Split(LineEnds, StringSplitOptions.None);
            var problems = Check(document, lines, pictures)
                .OrderByDescending(p => p.Hinders).ThenBy(p => p.Line).Take(BodyBounds.MaxProblems).OrderBy(p => p.Line).ToList();
            var html = Print(document, lines);
            if (BodyBounds.ExceededByHtml(html) is { } unclosed) return Refused(unclosed.Line, unclosed.Message);
            using var page = BodySanitizer.Clean(html);
            Dress(page, pictures);
            return new RenderedBody(BodyHtml.Write(page.Body!).Trim(), Words(WithoutRubyText(page.Body!)), problems);
        }
        catch (BodyTooComplexException e)
        {
            return Refused(e.Problem.Line, e.Problem.Message);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or InsufficientExecutionStackException)
        {
            // Markdig refuses what is nested too deeply by throwing.
            return Refused(1, "The body cannot be read: quotes, lists or emphasis are nested too deeply.");
        }

        static RenderedBody Refused(int line, string message) =>
            new("", 0, [new BodyProblem(line, message, Hinders: true)]) { IsRefused = true };
    }

    private static IEnumerable<BodyProblem> Check(
        MarkdownDocument document, IReadOnlyList<string> lines, Func<string, PictureUse?> pictures)
    {
        foreach (var node in document.Descendants())
        {
            switch (node)
            {
                case HeadingBlock { Level: < 2 or > 3 } heading:
                    yield return new BodyProblem(
                        heading.Line + 1, "Write a crosshead with ## or ###. The headline is not part of the body.");
                    break;
                case LinkInline { IsImage: true, Parent: LinkInline } image:
                    yield return new BodyProblem(image.Line + 1, "A picture cannot be a link. Put the link in the text beside it.");
                    break;
                case LinkInline { IsImage: true } image when pictures(PictureMentions.Read(image.Url).File) is null:
                    yield return new BodyProblem(
                        image.Line + 1, $"There is no picture '{PictureMentions.Read(image.Url).File}' in the library.");
                    break;
                case LinkInline { IsImage: true } image
                    when pictures(PictureMentions.Read(image.Url).File) is { } use && Lack(use, image) is { } lack:
                    yield return new BodyProblem(image.Line + 1, $"The picture '{use.File}' has no {lack}.", Hinders: true, use.File);
                    break;
                case MoneyInProse.Tag { Problem: { } wrong } money:
                    yield return new BodyProblem(money.Line + 1, wrong, Hinders: true);
                    break;
                case CustomContainer container when !Containers.Contains(container.Info):
                    yield return new BodyProblem(
                        container.Line + 1, $"':::{container.Info}' is not a known element. Use one of {string.Join(", ", Containers)}.");
                    break;
                case CustomContainer { Info: "embed" } embed when EmbedAddress(embed, lines) is null:
                    yield return new BodyProblem(
                        embed.Line + 1, "Write an embed as an https:// address on its own line, with the words to show below it.");
                    break;
                case HtmlInline html when BodySanitizer.WhatIsDropped(html.Tag).FirstOrDefault() is { } dropped:
                    yield return new BodyProblem(html.Line + 1, dropped, IsNotice: true);
                    break;
                case HtmlBlock html:
                    foreach (var notice in DroppedFrom(html)) yield return notice;
                    break;
            }
        }
    }

    private static IEnumerable<BodyProblem> DroppedFrom(HtmlBlock html)
    {
        for (var i = 0; i < html.Lines.Count; i++)
        {
            var line = html.Lines.Lines[i];
            foreach (var dropped in BodySanitizer.WhatIsDropped(line.Slice.ToString()).Distinct())
                yield return new BodyProblem(line.Line + 1, dropped, IsNotice: true);
        }
    }

    /// <summary>In a table's code a pipe has to be escaped like everywhere in it; the backslash is the table's, not the code's.</summary>
    private static void UnescapePipes(MarkdownDocument document)
    {
        foreach (var table in document.Descendants<Table>())
            foreach (var code in table.Descendants<CodeInline>())
                code.Content = code.Content.Replace("\\|", "|", StringComparison.Ordinal);
    }

    private static string? Lack(PictureUse use, LinkInline image) =>
        (string.IsNullOrWhiteSpace(use.Credit), string.IsNullOrWhiteSpace(use.Alt) && image.FirstChild is null) switch
        {
            (true, true) => "alt text and no credit",
            (true, false) => "credit",
            (false, true) => "alt text",
            _ => null,
        };

    private static string Print(MarkdownDocument document, IReadOnlyList<string> lines)
    {
        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlCustomContainerRenderer>(new FurnitureRenderer(lines));
        renderer.ObjectRenderers.ReplaceOrAdd<LineBreakInlineRenderer>(new SoftBreakRenderer());
        renderer.ObjectRenderers.Add(new MoneyInProse.Renderer());
        renderer.Render(document);
        return writer.ToString();
    }

    /// <summary>What the sanitizer would not let an author write by hand, and the paper adds itself.</summary>
    private static void Dress(IHtmlDocument page, Func<string, PictureUse?> pictures)
    {
        var figures = new Dictionary<IElement, IElement>();
        foreach (var image in page.QuerySelectorAll("img").ToList())
        {
            var (file, width) = PictureMentions.Read(image.GetAttribute("src"));
            if (pictures(file) is { } use) PutFigure(page, image, use, width, figures);
            else image.Remove();
        }
        foreach (var money in page.QuerySelectorAll("data").ToList()) MoneyInProse.Dress(money);
        foreach (var table in page.QuerySelectorAll("table").ToList())
        {
            var box = page.CreateElement("div");
            box.ClassName = "table-scroll";
            box.SetAttribute("tabindex", "0");
            box.SetAttribute("role", "group");
            box.SetAttribute(
                "aria-label", table.QuerySelector("th")?.TextContent.Trim() is { Length: > 0 } first ? $"Table: {first}" : "Table");
            table.Replace(box);
            box.Append(table);
        }
        foreach (var aligned in page.QuerySelectorAll("[style]").ToList())
        {
            var style = aligned.GetAttribute("style")!;
            if (style.Contains("right", StringComparison.Ordinal)) aligned.ClassName = "end";
            else if (style.Contains("center", StringComparison.Ordinal)) aligned.ClassName = "center";
            aligned.RemoveAttribute("style");
        }
        foreach (var header in page.QuerySelectorAll("th:not([scope])")) header.SetAttribute("scope", "col");
        foreach (var box in page.QuerySelectorAll("aside.box"))
            box.SetAttribute("aria-label", box.QuerySelector("h2, h3")?.TextContent.Trim() is { Length: > 0 } name ? name : "Background");
        DressNotes(page);
        DressRuby(page);
        WrapLooseText(page);
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
        foreach (var back in page.QuerySelectorAll("a.footnote-back-ref"))
        {
            back.SetAttribute("aria-label", "Back to the text");
            // The selector says that the arrow is a letter of the text: phones would draw it as a blue picture.
            back.TextContent = "↩\uFE0E";
        }
        // A colon in a name has to be escaped wherever a stylesheet or a script wants it.
        foreach (var named in page.QuerySelectorAll("[id^='fn']")) named.Id = named.Id!.Replace(':', '-');
        foreach (var link in page.QuerySelectorAll("a[href^='#fn']"))
            link.SetAttribute("href", link.GetAttribute("href")!.Replace(':', '-'));
        foreach (var notes in page.QuerySelectorAll("div.footnotes").ToList())
        {
            var section = page.CreateElement("section");
            section.ClassName = "footnotes";
            section.SetAttribute("aria-label", "Notes");
            notes.Replace(section);
            section.Append([.. notes.ChildNodes]);
        }
    }

    /// <summary>Brackets around a reading, shown where nothing can set it above the word: in mails, feeds and plain text.</summary>
    private static void DressRuby(IHtmlDocument page)
    {
        foreach (var reading in page.QuerySelectorAll("ruby rt").ToList())
        {
            if (reading.PreviousElementSibling?.LocalName is not "rp") reading.Before(Bracket("（"));
            if (reading.NextElementSibling?.LocalName is not "rp") reading.After(Bracket("）"));
        }

        IElement Bracket(string sign)
        {
            var bracket = page.CreateElement("rp");
            bracket.TextContent = sign;
            return bracket;
        }
    }

    /// <summary>What stands between the blocks, because the element around it was not kept, is a paragraph.</summary>
    private static void WrapLooseText(IHtmlDocument page)
    {
        IElement? paragraph = null;
        foreach (var node in page.Body!.ChildNodes.ToList())
        {
            // A link may be around a block, and a paragraph may not.
            var isLoose = node is IText
                || node is IElement element && element.QuerySelectorAll("*").Prepend(element).All(e => BodySanitizer.IsPhrase(e.LocalName));
            if (!isLoose)
            {
                if (paragraph is not null) page.Body.InsertBefore(page.CreateTextNode("\n"), node);
                paragraph = null;
            }
            else if (paragraph is not null) paragraph.Append(node);
            else if (!string.IsNullOrWhiteSpace(node.TextContent))
            {
                if (node.PreviousSibling is IElement) page.Body.InsertBefore(page.CreateTextNode("\n"), node);
                page.Body.InsertBefore(paragraph = page.CreateElement("p"), node);
                paragraph.Append(node);
            }
        }
        foreach (var line in page.Body.Children.Where(c => c.LocalName is "p").ToList())
        {
            if (line.FirstChild is IText first) first.Data = first.Data.TrimStart(' ', '\n');
            if (line.LastChild is IText last) last.Data = last.Data.TrimEnd(' ', '\n');
            if (line.TextContent.Length == 0 && line.ChildElementCount == 0) line.Remove();
        }
    }

    private static string WithoutRubyText(IElement body) => body.QuerySelector("ruby") is null ? body.TextContent
        : string.Concat(body.Descendants<IText>().Where(t => t.ParentElement?.LocalName is not ("rt" or "rp")).Select(t => t.Data));

    private static void PutFigure(
        IHtmlDocument page, IElement image, PictureUse use, PictureWidth width, Dictionary<IElement, IElement> figures)
    {
        var caption = image.GetAttribute("title") ?? use.Caption;
        var alt = image.GetAttribute("alt") is { Length: > 0 } own ? own : use.Alt;
        var figure = page.CreateElement("figure");
        // An upright picture would be taller than any screen.
        var (name, sizes) = (use.Height > use.Width ? PictureWidth.Column : width) switch
        {
            PictureWidth.Wide => ("shot shot--wide", "(width < 80rem) 100vw, 76rem"),
            PictureWidth.Full => ("shot shot--full", "100vw"),
            _ => ("shot", "(width < 48rem) 100vw, 42rem"),
        };
        figure.ClassName = name;
        figure.InnerHtml = PictureHtml.Write(use, Crop.Full, sizes, alt: alt);
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
        // Alone in its paragraph the picture takes the paragraph's place; within a sentence it stands after it, behind the
        // figures that stand there already.
        if (image.Closest("p, h2, h3") is not { } line)
        {
            image.Replace(figure);
            return;
        }
        figures.GetValueOrDefault(line, line).After(figure);
        figures[line] = figure;
        image.Remove();
        if (string.IsNullOrWhiteSpace(line.TextContent) && line.QuerySelector("img") is null) line.Remove();
    }

    /// <summary>As it was typed: read as Markdown, an address may hold emphasis and entities.</summary>
    internal static Uri? EmbedAddress(CustomContainer embed, IReadOnlyList<string> lines) =>
        embed.FirstOrDefault() is ParagraphBlock first
        && Uri.TryCreate(lines[first.Line].Trim(' ', '\t', '>'), UriKind.Absolute, out var address)
        && address.Scheme == Uri.UriSchemeHttps
            ? address : null;

    private static int Words(string text)
    {
        var (words, ideographs, unspaced, inWord) = (0, 0, 0, false);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsIdeographOrKana(rune.Value)) ideographs++;
            else if (IsWrittenWithoutSpaces(rune.Value) && !Rune.IsDigit(rune))
            {
                if (Rune.IsLetter(rune)) unspaced++;
            }
            // Vowel signs and tone marks are part of the word that they stand in.
            else if (Rune.IsLetterOrDigit(rune)
                || inWord && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
            {
                if (!inWord) words++;
                inWord = true;
                continue;
            }
            else if (rune.Value is '\'' or '’' or '-') continue;
            inWord = false;
        }
        return words + (ideographs + 1) / 2 + (2 * unspaced + 6) / 7;
    }

    private static bool IsIdeographOrKana(int c) =>
        c is >= 0x3005 and < 0x3008 or >= 0x3040 and < 0x3100 or >= 0x31F0 and < 0x3200 or >= 0x3400 and < 0xA000
            or >= 0xF900 and < 0xFB00 or >= 0xFF66 and < 0xFFA0 or >= 0x20000 and < 0x34000;

    /// <summary>
    /// Thai, Lao, Burmese, Khmer, Tai Le, New Tai Lue, Tai Tham, Tai Viet, Javanese and Balinese: spaces part phrases, not words.
    /// A word of an English translation is as long as three and a half of their letters, vowel signs and tone marks not counted.
    /// </summary>
    private static bool IsWrittenWithoutSpaces(int c) =>
        c is >= 0x0E00 and < 0x0F00 or >= 0x1000 and < 0x10A0 or >= 0x1780 and < 0x1800 or >= 0x1950 and < 0x19E0
            or >= 0x1A20 and < 0x1AB0 or >= 0x1B00 and < 0x1B80
            or >= 0xA980 and < 0xAA00 or >= 0xAA60 and < 0xAAE0;
}
