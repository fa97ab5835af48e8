using System.Runtime.InteropServices;
using System.Text;
using AngleSharp.Html.Parser;
using NewsHub.Core.Media;
using NewsHub.Core.Stories.Body;

namespace NewsHub.Core.Tests.Stories.Body;

/// <summary>No body of Markdown, however it is made, takes more than a bounded amount of work: it is rendered, or
/// refused with a sentence.</summary>
public sealed class BodyBoundsTests
{
    private static readonly PictureUse Picture = new(
        "0123456789abcdef0123", "picture.jpg", 1200, 800, "What it shows", "A caption", "Ada Night");

    /// <summary>Every construct that our Markdown knows, whole and torn.</summary>
    private static readonly string[] Pieces =
    [
        "a  \n", "a\\\n", "a\n", "a\n\n", "a\r\n", "a ", "a\t", "\n", " ", "\t", "\u00a0", "\u0000", "é", "漢", "😀", "a\u0301",
        "*a*", "**a**", "***a***", "_a_ ", "*a ", "**a ", "_a ", "a* ", "a** ", "a*", "a**b", "*", "**", "***", "_", "__", "*_", "*a_",
        "*a **b ", "**a*b*c**", "~~a~~", "~a ",
        "`a`", "`", "``a` ", "`|`", "```\na\n```\n", "~~~\n", "```", "    a\n", "\ta\n",
        "- a\n", "* a\n", "+ a\n* b\n- c\n", "1. a\n", "1.\n", "-\n", "1) ", "- - ", "  - a\n", "- [ ] a\n", "- > ", "> - ", "> a\n", ">\n",
        ">", "> ",
        "# a\n", "## a\n", "### a\n", "###### a\n", "a\n===\n", "a\n---\n", "---\n", "***\n",
        "|a|b|\n", "|a", "|", "||", "a|", "|\n|", "|-", "|:-:|\n", "a|b\n-|-\n", "a|b\n-|-\nc|d\n\n", "| \\| ",
        "[", "]", "[](", "![", "[[a]]", "![[", "[a](b) ", "[a](b \"c\") ", "[a][b] ", "[a](<b> ", "[a]: /b\n", "[a]: <", "[a]:", "\\[",
        "![a](picture.jpg \"t\")\n", "![a](picture.jpg) ", "![](none.jpg)\n\n",
        "[^1]", "[^1]: a\n", "[^a", "a[^1]\n\n[^1]: x\n\n", "[^a]: b\n\n    c\n",
        ":::aside\na\n:::\n", ":::aside\n", ":::embed\nhttps://a.example/c\nwords\n:::\n", ":::pullquote\na\n— b\n:::\n", "— a\n", ":::x\n",
        ":::\n", "::: ", "> :::aside\n",
        "{fx 50 USD NGN} ", "{fx 50 USD NGN}\n\n", "{fx ", "{fx 1 X Y} ", "{", "}",
        "&amp;", "&", "&nbsp;", "&#65;", "&copy", "x&#0;", "a&b",
        "<b>", "</b>", "<b>a</b>", "<b>\n\n", "<b class=1>\n\n", "<a href=x>", "<a>", "<a\n", "<a b='", "<i><b>", "<p>", "<div>\n", "<li>",
        "<table>", "<td>a", "<br>", "<script>", "<style>", "<svg>", "<!--", "<?", "<![CDATA[", "<http://a.example>", "<a@b.example>",
        "(", ")", "((", "\"", "'", "--", "...", "\\", "\\a", "\\*", "\\\\", "https://a.example ", "www.a.example ",
    ];

    private static string Of(string piece, int bytes)
    {
        var count = bytes / Encoding.UTF8.GetByteCount(piece);
        return new StringBuilder(piece.Length * count).Insert(0, piece, count).ToString();
    }

    public static TheoryData<string> Bodies()
    {
        var bodies = new TheoryData<string>();
        foreach (var piece in Pieces) bodies.Add($"repeated {piece}");
        foreach (var name in Made.Keys) bodies.Add(name);
        return bodies;
    }

    private static readonly Dictionary<string, Func<int, string>> Made = new(StringComparer.Ordinal)
    {
        ["quotes one deeper each line"] = n =>
            string.Concat(Enumerable.Range(1, (int)Math.Sqrt(n)).Select(i => new string('>', i) + " a\n")),
        ["lists one deeper each line"] = n =>
            string.Concat(Enumerable.Range(0, (int)Math.Sqrt(n)).Select(i => new string(' ', 2 * i) + "- a\n")),
        ["fences one longer each line"] = n =>
            string.Concat(Enumerable.Range(3, (int)Math.Sqrt(n)).Select(i => new string(':', i) + "aside\n")),
        ["backticks one more each"] = n => string.Concat(Enumerable.Range(1, (int)Math.Sqrt(n)).Select(i => new string('`', i) + " ")),
        ["a pull quote that nobody leaves"] = n => $":::pullquote\n{Of("— a\n", n - 32)}:::\n",
        ["a wide table with short rows"] = n =>
            $"{Of("|a", Math.Min(n / 4, 2600))}\n{Of("|-", Math.Min(n / 4, 2600))}\n{Of("|\n", Math.Min(n / 4, 4000))}",
        ["a table of as many cells as there may be"] = n => $"|a|b|c|d|\n|-|-|-|-|\n{Of("|a|b|c|d|\n", Math.Min(n - 32, 9900))}",
        ["many notes"] = n => string.Concat(Enumerable.Range(1, n / 26).Select(i => $"a[^{i}]\n\n[^{i}]: b\n\n")),
        ["one note asked for again and again"] = n => $"{Of("a[^1] ", n - 32)}\n\n[^1]: b\n",
        ["many references"] = n => string.Concat(Enumerable.Range(1, n / 26).Select(i => $"[a{i}]\n\n[a{i}]: /b\n\n")),
        ["emphasis opened and then closed"] = n => Of("*a ", n / 2) + Of("b* ", n / 2),
        ["emphasis as dense as a paragraph may have it"] = n => Of($"{Of("*a ", 1500)}\n\n", n),
        ["links within links"] = n => $"{Of("[", Math.Min(900, n / 6))}a{Of("](b)", Math.Min(900, n / 6) * 4)}",
        ["open tags before many paragraphs"] = n => string.Concat(Enumerable.Range(0, 450).Select(i => $"<b class={i}>"))
            + "\n\n"
            + Of("a\n\n", n - 8000),
        ["one word"] = n => new string('a', n),
        ["pictures in one paragraph"] = n => Of("![a](picture.jpg) ", Math.Min(n, 18 * 1900)),
        ["as many hard breaks as there may be"] = n => Of("a  \n", Math.Min(n, 4 * (BodyBounds.MaxNodes / 2 - 10))),
        ["as many paragraphs as there may be"] = n => Of("a\n\n", Math.Min(n, 3 * (BodyBounds.MaxNodes / 2 - 10))),
        ["as many list items as there may be"] = n => Of("- a\n", Math.Min(n, 4 * (BodyBounds.MaxNodes / 3 - 10))),
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void A_body_is_rendered_within_bounds_or_refused_with_a_sentence(string name)
    {
        foreach (var bytes in new[]
        {
            HouseMarkdown.MaxBytes, HouseMarkdown.MaxBytes / 2, HouseMarkdown.MaxBytes / 3, HouseMarkdown.MaxBytes / 8,
        })
        {
            var body = Made.TryGetValue(name, out var make) ? make(bytes) : Of(name["repeated ".Length..], bytes);
            var (allocated, began) = (GC.GetAllocatedBytesForCurrentThread(), Spent());
            var rendered = HouseMarkdown.Render(body, file => file == Picture.File ? Picture : null);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            if (rendered.IsRefused)
                Assert.True(rendered is { Html: "", Words: 0, Problems: [{ Hinders: true, Line: > 0, Message.Length: > 20 }] });
            Assert.True(
                rendered.Html.Length < 24 * HouseMarkdown.MaxBytes, $"{name}, {bytes} bytes: {rendered.Html.Length} characters came out.");
            Assert.InRange(rendered.Problems.Count, 0, BodyBounds.MaxProblems);
            Assert.True(allocated < 768L * 1024 * 1024, $"{name}, {bytes} bytes: {allocated / 1024 / 1024} MB were allocated.");
            // The thread's own time on the processor, however busy the machine is. It was minutes where it went wrong;
            // a quarter of a second is usual.
            Assert.True(Spent() - began < TimeSpan.FromSeconds(8),
                $"{name}, {bytes} bytes: {(Spent() - began).TotalSeconds:0.0} s of the processor, {rendered.Html.Length} characters.");
        }
    }

    [Theory]
    [InlineData("a  \n", "parts")]
    [InlineData("- a\n", "parts")]
    [InlineData("**a** ", "marks of emphasis")]
    [InlineData(":::x\n", "':::'")]
    [InlineData("# a\n", "headings")]
    public void What_is_too_much_is_said(string piece, string word)
    {
        var rendered = HouseMarkdown.Render(Of(piece, 120 * 1024), _ => null);
        Assert.True(rendered.IsRefused);
        Assert.Contains(word, Assert.Single(rendered.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_reads_that_somebody_may_well_write_are_rendered()
    {
        // A list of two thousand names in bold, six hundred links, a table of five hundred rows, sixty embeds, five hundred sums of money.
        var names = string.Concat(Enumerable.Range(0, 2000).Select(i => $"- **Name {i}**: a few words about *it*.\n"));
        var links = string.Concat(Enumerable.Range(0, 600)
            .Select(i => $"A sentence with a [link number {i}](https://example.com/{i}) and some more words in it.\n\n"));
        var table = "| a | b | c | d | e |\n|---|---|---|---|---|\n"
            + string.Concat(Enumerable.Range(0, 500).Select(i => $"| {i} | two | three | four | five |\n"));
        var embeds = string.Concat(Enumerable.Range(0, 60).Select(i => $":::embed\nhttps://example.com/{i}\nWords {i}\n:::\n\n"));
        var money = string.Concat(Enumerable.Range(1, 500).Select(i => $"It cost {{fx {i} USD NGN}} then.\n\n"));
        foreach (var body in new[] { names, links, table, embeds, money })
        {
            var rendered = HouseMarkdown.Render(body, _ => null);
            Assert.False(rendered.IsRefused, string.Join(" ", rendered.Problems.Select(p => p.Message)));
            Assert.Empty(rendered.Problems);
        }
    }

    [Fact]
    public void The_html_that_is_written_is_the_html_that_the_parser_would_write()
    {
        var odd = "## A & B\n\nOne “two” <sub>3</sub>\u00a0&lt;b&gt; *x* `a < b & \"c\"`  \nnext[^1] {fx 50 USD NGN}\n\n"
            + "![a \"quoted\" & alt](picture.jpg \"t < u\")\n\n| a | b |\n|--:|---|\n| 1 | 2 |\n\n```\n\n<pre>\n```\n\n:::aside\n"
            + "### In & out\n:::\n\n[^1]: A note.\n";
        var rendered = HouseMarkdown.Render(odd, file => file == Picture.File ? Picture : null);
        using var page = new HtmlParser().ParseDocument(rendered.Html);
        Assert.Equal(page.Body!.InnerHtml, BodyHtml.Write(page.Body));
        Assert.Equal(rendered.Html, page.Body.InnerHtml);
    }

    [Trait("Needs", "time")]
    [Fact]
    public void Rendered_bodies_are_kept_within_a_bound_and_not_beyond_a_change_of_a_picture()
    {
        for (var i = 0; i < 200; i++) RenderedBodies.Render($"{i} {new string('a', 100_000)}", _ => null);
        Assert.InRange(RenderedBodies.Characters, 1, RenderedBodies.MaxCharacters);
        var (body, asked) = ($"![](picture.jpg)\n\n{Guid.NewGuid()}", 0);
        Assert.Contains("Ada Night", RenderedBodies.Render(body, _ => Picture).Html, StringComparison.Ordinal);
        Assert.Contains("Ben Day", RenderedBodies.Render(body, _ => Picture with { Credit = "Ben Day" }).Html, StringComparison.Ordinal);
        Assert.Same(RenderedBodies.Render(body, Count), RenderedBodies.Render(body, Count));
        Assert.Equal(2, asked);

        PictureUse? Count(string _)
        {
            asked++;
            return Picture with { Credit = "Ben Day" };
        }
    }

    /// <summary>Of the processor by this thread, so far; on systems that do not tell, the time that went by.</summary>
    private static TimeSpan Spent()
    {
        if (!OperatingSystem.IsLinux()) return TimeSpan.FromMilliseconds(Environment.TickCount64);
        _ = GetTime(3, out var time);
        return TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000);
    }

    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int GetTime(int clock, out TimeSpec time);
}
