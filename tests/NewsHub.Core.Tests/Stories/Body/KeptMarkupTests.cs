using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;

namespace NewsHub.Core.Tests.Stories.Body;

/// <summary>Markup that authors write by hand: what is kept, what is parted, what is said; tables and notes.</summary>
public sealed class KeptMarkupTests
{
    private static IHtmlDocument Page(string markdown) => new HtmlParser().ParseDocument(Copy.Render(markdown).Html);

    [Theory]
    [InlineData("kbd")]
    [InlineData("mark")]
    [InlineData("u")]
    [InlineData("samp")]
    [InlineData("var")]
    [InlineData("dfn")]
    [InlineData("bdi")]
    [InlineData("time")]
    public void Harmless_markup_within_a_line_is_kept(string element)
    {
        var body = Copy.Render($"One <{element}>two</{element}> three.");
        Assert.Equal($"<p>One <{element}>two</{element}> three.</p>", body.Html);
        Assert.Empty(body.Problems);
    }

    [Fact]
    public void A_list_of_terms_and_a_moment_are_kept()
    {
        var body = Copy.Render("<dl><dt>t</dt><dd>d</dd></dl>\n\nAt <time datetime=\"2026-11-28\">noon</time>.");
        Assert.Equal("<dl><dt>t</dt><dd>d</dd></dl>\n<p>At <time datetime=\"2026-11-28\">noon</time>.</p>", body.Html);
        Assert.Empty(body.Problems);
    }

    [Theory]
    [InlineData("details")]
    [InlineData("summary")]
    [InlineData("section")]
    [InlineData("article")]
    [InlineData("header")]
    [InlineData("footer")]
    [InlineData("nav")]
    [InlineData("main")]
    [InlineData("address")]
    [InlineData("center")]
    [InlineData("fieldset")]
    [InlineData("h1")]
    [InlineData("h4")]
    [InlineData("h6")]
    [InlineData("button")]
    [InlineData("x-card")]
    public void Where_a_block_is_dropped_a_space_stays_and_the_line_is_named(string element)
    {
        foreach (var markdown in new[]
        {
            $"One.\n\n<{element}>two</{element}><{element}>three</{element}>",
            $"One.\n\nBefore<{element}>two</{element}>three",
            $"One.\n\n- before<{element}>two</{element}>three",
        })
        {
            var body = Copy.Render(markdown);
            var page = new HtmlParser().ParseDocument(body.Html);
            Assert.Contains("two", page.Body!.TextContent.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
            Assert.DoesNotContain($"<{element}", body.Html, StringComparison.Ordinal);
            Assert.All(page.Body.ChildNodes,
                n => Assert.True(n is AngleSharp.Dom.IElement || string.IsNullOrWhiteSpace(n.TextContent), body.Html));
            Assert.All(body.Problems, p => Assert.Equal((3, false, true), (p.Line, p.Hinders, p.IsNotice)));
            Assert.Contains(body.Problems, p => p.Message.Contains($"<{element}> is not allowed", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("One.\n\nTwo <font color=\"red\">three</font>.", 3, "<font> is not allowed: the words")]
    [InlineData("One.\n\n<div>\n<details>\n<summary>More</summary>\nHidden.\n</details>\n</div>", 4, "<details> is not allowed: the words")]
    [InlineData("One.\n\n> - <script>alert(1)</script>", 3, "<script> is not allowed and is removed with its content")]
    [InlineData("<iframe src=\"https://example.org/\"></iframe>", 1, "<iframe> is not allowed and is removed with its content")]
    [InlineData("One <video src=\"x.mp4\"></video>", 1, "<video> is not allowed")]
    public void What_is_dropped_is_said_with_its_line(string markdown, int line, string words)
    {
        var first = Copy.Render(markdown).Problems[0];
        Assert.Equal((line, false), (first.Line, first.Hinders));
        Assert.StartsWith(words, first.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_only_looks_like_markup_is_not_told_to_be_dropped() =>
        Assert.Empty(Copy.Render("3 < 4, `<details>`, \\<center>, a<b.\n\n    <details>\n\n<!-- a note -->\n\n<p>x</p>").Problems);

    [Fact]
    public void A_pipe_in_code_within_a_table_loses_the_backslash_and_columns_stand_as_they_were_marked()
    {
        var page = Page("| a | b | c | d |\n|---|:---:|---:|:---|\n| `x \\| y` | *x \\| y* | x \\| y | `\\\\|` |\n\n`x \\| y`");
        Assert.Equal(["x | y", "x | y", "x | y", "\\|"], page.QuerySelectorAll("td").Select(c => c.TextContent));
        Assert.Equal("x \\| y", page.QuerySelector("p code")!.TextContent);
        foreach (var row in page.QuerySelectorAll("tr"))
            Assert.Equal([null, "center", "end", null], row.Children.Select(c => c.GetAttribute("class")));
        Assert.Empty(page.QuerySelectorAll("[style]"));
    }

    [Fact]
    public void The_way_back_from_a_note_is_a_letter_not_a_picture() =>
        Assert.Equal("↩\uFE0E", Page("One.[^1]\n\n[^1]: Note.").QuerySelector("a.footnote-back-ref")!.TextContent);

    [Fact]
    public void Notes_of_several_texts_on_a_page_have_names_of_their_own()
    {
        const string Text = "A.[^1] B.[^b] C.[^1] `id=\"fn-1\" href=\"#fn-1\"`\n\n[^1]: One.\n[^b]: Two.";
        var html = Copy.Render(Text).Html;
        var page = new HtmlParser().ParseDocument(html + NoteIds.Apart(html, "e1") + NoteIds.Apart(html, "e12"));
        var ids = page.QuerySelectorAll("[id]").Select(e => e.Id).ToList();
        Assert.Equal(15, ids.Count);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        foreach (var link in page.QuerySelectorAll("a"))
        {
            // A note leads back into the text that it is a note of.
            var from = link.HasAttribute("id") ? link.Id! : link.Closest("li")!.Id!;
            Assert.Equal(KeyOf(from), KeyOf(page.GetElementById(link.GetAttribute("href")![1..])!.Id!));
        }
        Assert.Equal(3, page.QuerySelectorAll("code").Count(c => c.TextContent == "id=\"fn-1\" href=\"#fn-1\""));
        Assert.Equal(page.QuerySelectorAll("a").Take(6).Select(a => a.GetAttribute("href")),
            new HtmlParser().ParseDocument(NoteIds.NamesApart(html, "s1")).QuerySelectorAll("a").Select(a => a.GetAttribute("href")));
        Assert.DoesNotContain("id=\"fn-1\">", NoteIds.NamesApart(html, "s1"), StringComparison.Ordinal);
        Assert.DoesNotContain("↩", LiveEntry.PlainText(html), StringComparison.Ordinal);
        Assert.Equal("<p>No notes.</p>", NoteIds.Apart("<p>No notes.</p>", "e1"));
    }

    private static string KeyOf(string id) => id.Split('-') is [_, var key, _] ? key : "";
}
