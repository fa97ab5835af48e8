using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using NewsHub.Core.Stories.Body;

namespace NewsHub.Core.Tests.Stories.Body;

public sealed class HouseMarkdownTests
{
    private static IHtmlDocument Page(string markdown) => new HtmlParser().ParseDocument(Clean(markdown).Html);

    private static RenderedBody Clean(string markdown)
    {
        var body = Copy.Render(markdown);
        Assert.Empty(body.Problems);
        return body;
    }

    private static BodyProblem Problem(string markdown) => Assert.Single(Copy.Render(markdown).Problems);

    [Fact]
    public void Quotes_dashes_and_scripts_stay_as_written()
    {
        const string Text = "“Real” and ‘so’ — she’s “sure” – 3 < 4 & \"straight\"… Ẹ káàbọ̀, مرحبا, 東京, हिन्दी, 😀";
        Assert.Equal(Text, Page(Text).QuerySelector("p")!.TextContent);
        Assert.Equal("a -- b ... (c)", Page("a -- b ... (c)").QuerySelector("p")!.TextContent);
    }

    [Fact]
    public void A_picture_alone_becomes_a_figure_with_caption_and_credit()
    {
        var page = Page("Before.\n\n![](cables.jpg)\n\nAfter.");
        var figure = page.QuerySelector("body > figure")!;
        Assert.Equal(["P", "FIGURE", "P"], page.Body!.Children.Select(c => c.TagName));
        Assert.Equal("Cables of a bridge", figure.QuerySelector("img")!.GetAttribute("alt"));
        Assert.Equal("The bridge at dusk", figure.QuerySelector("figcaption span:not(.credit)")!.TextContent);
        Assert.Equal("Photo: A. Osei", figure.QuerySelector("figcaption .credit")!.TextContent);
        Assert.Equal(2, figure.QuerySelectorAll("source").Length);
    }

    [Fact]
    public void A_picture_may_have_an_alt_text_and_caption_of_its_own()
    {
        var figure = Page("![Two \"towers\" \\<b>](cables.jpg \"At dawn & after\")").QuerySelector("figure")!;
        Assert.Equal("Two \"towers\" <b>", figure.QuerySelector("img")!.GetAttribute("alt"));
        Assert.Equal("At dawn & after", figure.QuerySelector("figcaption span:not(.credit)")!.TextContent);
    }

    [Theory]
    [InlineData("![](cables.jpg)", "shot")]
    [InlineData("![](cables.jpg#wide)", "shot shot--wide")]
    [InlineData("Look: ![One](cables.jpg#full).", "shot shot--full")]
    [InlineData("![One](upright.jpg#full)", "shot")]
    public void A_picture_takes_as_much_of_the_page_as_stands_behind_its_name_unless_it_is_upright(string markdown, string name)
    {
        var html = HouseMarkdown.Render(markdown, f => f switch
        {
            "cables.jpg" => Copy.Cables,
            "upright.jpg" => Copy.Cables with { File = f, Width = 1000, Height = 1600 },
            _ => null,
        }).Html;
        var figure = new HtmlParser().ParseDocument(html).QuerySelector("body > figure")!;
        Assert.Equal(name, figure.ClassName);
        Assert.DoesNotContain("#", figure.QuerySelector("img")!.GetAttribute("src"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_width_that_there_is_not_is_no_part_of_a_name_in_the_library() =>
        Assert.Equal("There is no picture 'cables.jpg#huge' in the library.", Problem("![](cables.jpg#huge)").Message);

    [Theory]
    [InlineData("![One](cables.jpg) ![Two](cables.jpg)")]
    [InlineData("![One](cables.jpg)\n![Two](cables.jpg)")]
    [InlineData("Look: ![One](cables.jpg) and ![Two](cables.jpg).")]
    public void Pictures_in_one_paragraph_stay_in_order(string markdown)
    {
        var page = Page(markdown);
        Assert.Equal(["One", "Two"], page.QuerySelectorAll("img").Select(i => i.GetAttribute("alt")));
        Assert.Equal(2, page.QuerySelectorAll("body > figure").Length);
        Assert.DoesNotContain(page.QuerySelectorAll("p"), p => string.IsNullOrWhiteSpace(p.TextContent));
    }

    [Theory]
    [InlineData("A *word ![One](cables.jpg)* here.")]
    [InlineData("## A head ![One](cables.jpg)")]
    public void A_figure_never_stands_within_a_paragraph_or_crosshead(string markdown)
    {
        var html = Clean(markdown).Html;
        var page = new HtmlParser().ParseDocument(html);
        Assert.Single(page.QuerySelectorAll("figure img"));
        Assert.Equal(html, page.Body!.InnerHtml);
        Assert.Empty(page.QuerySelectorAll("p figure, h2 figure, h3 figure, a figure"));
    }

    [Theory]
    [InlineData(":::pullquote\nThe sentence.\n— Editorial Board\n:::", "The sentence.", "— Editorial Board")]
    [InlineData(":::pullquote\nThe sentence.\n\n— Editorial Board\n:::", "The sentence.", "— Editorial Board")]
    [InlineData(":::pullquote\nOne line,\nanother line.\n— Ada Obi, in Lagos\n:::", "One line,\nanother line.", "— Ada Obi, in Lagos")]
    [InlineData(":::pullquote\nNobody said it.\n:::", "Nobody said it.", null)]
    [InlineData(":::pullquote\nA dash — within.\n:::", "A dash — within.", null)]
    [InlineData(":::pullquote\nBold.\n— *The Times*, & [others](https://example.org/)\n:::", "Bold.", "— The Times, & others")]
    [InlineData(":::pullquote\n**All bold.**\n— Ada\n:::", "All bold.", "— Ada")]
    public void A_pull_quote_has_its_attribution(string markdown, string quote, string? attribution)
    {
        var figure = Page(markdown).QuerySelector("figure.pullquote")!;
        Assert.Equal(quote, figure.QuerySelector("blockquote")!.TextContent.Trim());
        Assert.Equal(attribution, figure.QuerySelector("figcaption")?.TextContent);
        Assert.DoesNotContain(figure.QuerySelectorAll("p"), p => p.TextContent.Length == 0);
    }

    [Fact]
    public void An_aside_is_a_box_with_a_title()
    {
        var aside = Page(":::aside\n### The sums\nOne.\n\nTwo.\n:::").QuerySelector("aside.box")!;
        Assert.Equal(["H3", "P", "P"], aside.Children.Select(c => c.TagName));
    }

    [Theory]
    [InlineData("https://www.youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/watch?v=_a*b*c_d-__x")]
    [InlineData("https://www.youtube.com/watch?a=1&copy=2&lt=3")]
    public void An_embed_is_a_card_that_loads_nothing(string address)
    {
        // An empty line between address and words loses none of them.
        Assert.Equal("The first take", Page($":::embed\n{address}\n\nThe first take\n:::").QuerySelector(".embed > a")!.TextContent);
        var page = Page($":::embed\n{address}\nThe *first* take & last\n:::");
        var link = page.QuerySelector(".embed > a")!;
        Assert.Equal(address, link.GetAttribute("href"));
        Assert.Equal("noopener", link.GetAttribute("rel"));
        Assert.Equal("The first take & last", link.TextContent);
        Assert.Contains("youtube.com", page.QuerySelector(".embed .where")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("iframe, script, img"));
    }

    [Theory]
    [InlineData(":::embed\njavascript:alert(1)\nx\n:::")]
    [InlineData(":::embed\nhttp://example.org/\n:::")]
    [InlineData(":::embed\n:::")]
    [InlineData(":::embed\n- https://example.org/\n:::")]
    [InlineData(":::embed\n[x](https://example.org/)\n:::")]
    public void An_embed_of_anything_but_an_https_address_is_named(string markdown)
    {
        Assert.Equal(3, Problem("One.\n\n" + markdown).Line);
        Assert.DoesNotContain("<a", Copy.Render(markdown).Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_stands_in_a_box_that_scrolls()
    {
        var box = Page("| Year | Sum |\n|---|---:|\n| 2024 | 5 |\n").QuerySelector("div.table-scroll")!;
        Assert.Equal(
            ("0", "group", "Table: Year"), (box.GetAttribute("tabindex"), box.GetAttribute("role"), box.GetAttribute("aria-label")));
        Assert.Equal("TABLE", Assert.Single(box.Children).TagName);
        Assert.Equal(2, box.QuerySelectorAll("th").Length);
    }

    [Fact]
    public void Footnotes_lead_there_and_back()
    {
        var page = Page("One.[^1] Two.[^b]\n\n[^1]: First note.\n[^b]: Second note.");
        var links = page.QuerySelectorAll("a");
        Assert.Equal(4, links.Length);
        foreach (var link in links) Assert.NotNull(page.GetElementById(link.GetAttribute("href")![1..]));
        Assert.Equal(2, page.QuerySelectorAll(".footnotes li").Length);
        Assert.All(page.QuerySelectorAll("a.footnote-back-ref"), b => Assert.Equal("Back to the text", b.GetAttribute("aria-label")));
    }

    [Theory]
    [InlineData("One.\n\nTwo.\n\n# A headline\n", 5)]
    [InlineData("#### Too deep\n", 1)]
    [InlineData("One.\n\nTwo\nthree ![x](nowhere.jpg).\n", 4)]
    [InlineData("> quote\n>\n> ![x](nowhere.jpg)\n", 3)]
    [InlineData("One.\n\n:::sidebar\nx\n:::\n", 3)]
    [InlineData("One.\n\n:::\nx\n:::\n", 3)]
    [InlineData("[^1]\n\n[^1]: x ![x](nowhere.jpg)\n", 3)]
    public void What_is_wrong_is_named_with_its_line(string markdown, int line) => Assert.Equal(line, Problem(markdown).Line);

    [Fact]
    public void A_picture_without_credit_or_alt_text_cannot_be_used()
    {
        Assert.Contains(
            "credit",
            Assert.Single(HouseMarkdown.Render("![](c.jpg)", _ => Copy.Cables with { Credit = " " }).Problems).Message,
            StringComparison.Ordinal);
        Assert.Contains("alt text", Assert.Single(HouseMarkdown.Render("![](c.jpg)", _ => Copy.Cables with { Alt = "" }).Problems).Message,
            StringComparison.Ordinal);
        Assert.Empty(HouseMarkdown.Render("![Its own](c.jpg)", _ => Copy.Cables with { Alt = "" }).Problems);
    }

    [Fact]
    public void All_that_is_wrong_is_named_in_order() =>
        Assert.Equal([1, 3, 5], Copy.Render("# a\n\n![x](y)\n\n:::z\n:::\n").Problems.Select(p => p.Line));

    [Fact]
    public void A_body_over_its_size_is_refused()
    {
        Assert.Contains("128 KB", Problem(new string('é', 65 * 1024)).Message, StringComparison.Ordinal);
        Assert.Empty(Copy.Render(string.Concat(Enumerable.Repeat("A line of text. \n\n", 500))).Problems);
    }

    public static TheoryData<string, string> Bombs() => new()
    {
        { "links", Many("[a](", 30000) },
        { "brackets", Many("[", 2000) },
        { "pictures", Many("![", 1000) },
        { "quotes", Many("> ", 5000) + "x" },
        { "lists", string.Concat(Enumerable.Range(0, 300).Select(i => new string(' ', 2 * i) + "- x\n")) },
        { "emphasis", Many("*a **b ", 5000) },
        { "containers", Many(":::aside\n", 3000) },
        { "pipes", "|a|b|\n|-|-|\n" + Many("|", 100000) },
        { "tags", Many("<div>", 26000) },
        { "formatting", string.Concat(Enumerable.Range(0, 3000).Select(i => $"<b title={i}>")) + Many("<p>x", 3000) },
        { "comments", Many("<!-- ", 5000) },
        { "entities", Many("&amp;", 20000) },
        { "ticks", string.Concat(Enumerable.Range(1, 400).Select(i => new string('`', i) + " ")) },
    };

    [Theory(Timeout = 20_000)]
    [MemberData(nameof(Bombs))]
    public async Task A_bomb_is_answered_and_not_waited_for(string name, string markdown)
    {
        var body = await Task.Run(() => Copy.Render(markdown), TestContext.Current.CancellationToken);
        Assert.True(body.Problems.Count > 0 || body.Html.Length < 3_000_000, name);
    }

    [Fact]
    public async Task Deep_nesting_is_a_problem_and_no_exception()
    {
        foreach (var markdown in new[]
        {
            Many("> ", 1000) + "x", Many("*a **b ", 5000), Many(":::aside\n", 200), Many("[", 1000) + "x" + Many("](y)", 1000),
        })
        {
            Assert.NotNull(await Task.Run(() => Copy.Render(markdown), TestContext.Current.CancellationToken));
        }
        Assert.Contains("too deeply", Problem(Many("> ", 1000) + "x").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("One two, three.", 3)]
    [InlineData("It’s a well-known fact — 1,000 of them.", 8)]
    [InlineData("हिन्दी समाचार", 2)]
    [InlineData("Ẹ káàbọ̀ sí Ìbàdàn", 4)]
    [InlineData("cafe\u0301 noir", 2)]
    [InlineData("東京で地震", 3)]
    [InlineData("One.\n\nTwo.\n\n- three\n- four\n\n| five | six |\n|---|---|\n| seven | eight |", 8)]
    [InlineData("![](cables.jpg)", 7)]
    public void Words_are_counted_as_a_reader_counts(string markdown, int words) => Assert.Equal(words, Clean(markdown).Words);

    [Fact]
    public void Names_in_the_page_are_for_footnotes_alone() =>
        Assert.False(Page("<p id=\"main\">x</p>").QuerySelector("p")!.HasAttribute("id"));

    private static string Many(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
