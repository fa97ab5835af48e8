using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using NewsHub.Web.PageCache;

namespace NewsHub.Web.Tests.PageCache;

public sealed partial class HtmlWhiteSpaceTests(SamplePaper paper)
{
    private static readonly string[] Blocks =
    [
        "html", "head", "body", "address", "article", "aside", "blockquote", "br", "caption", "dd", "details", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li", "main",
        "nav", "ol",
        "optgroup", "option", "p", "pre", "section", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul",
    ];

    private static readonly string[] Unseen = ["base", "link", "meta", "script", "source", "style", "template", "title"];
    private static readonly string[] Verbatim = ["pre", "script", "style", "textarea", "title"];

    private static string Remove(string html)
    {
        var bytes = Encoding.UTF8.GetBytes(html);
        return Encoding.UTF8.GetString(bytes, 0, HtmlWhiteSpace.Remove(bytes));
    }

    [Theory]
    [InlineData("<ul>\n  <li>\n    one\n  </li>\n  <li>two</li>\n</ul>\n", "<ul><li>one</li><li>two</li></ul>")]
    [InlineData("<!doctype html>\n<html>\n<head>\n  <meta charset=utf-8>\n", "<!doctype html><html><head><meta charset=utf-8>")]
    [InlineData("<P>\r\n\tone\f</P>\n<Div> two </dIV>", "<P>one</P><Div>two</dIV>")]
    public void At_the_edge_of_a_block_white_space_goes(string html, string without) => Assert.Equal(without, Remove(html));

    [Theory]
    [InlineData("<p>one  two\n    three</p>", "<p>one two three</p>")]
    [InlineData("<p><b>one</b>\n  <i>two</i></p>", "<p><b>one</b> <i>two</i></p>")]
    [InlineData("<p><b>one </b> two</p>", "<p><b>one </b> two</p>")]
    [InlineData("<p><a>\n  one\n</a></p>", "<p><a> one </a></p>")]
    [InlineData("<p>one\n<img>\n<input>\n</p>", "<p>one <img> <input></p>")]
    public void Between_words_and_inline_elements_one_space_stays(string html, string without) => Assert.Equal(without, Remove(html));

    [Theory]
    [InlineData("<p><b>one</b><i>two</i>, three</p>")]
    [InlineData("<label><input>one</label>")]
    public void Where_there_was_no_white_space_there_is_none(string html) => Assert.Equal(html, Remove(html));

    [Fact]
    public void A_button_stands_in_its_line_and_has_edges_of_its_own() =>
        Assert.Equal("<p>a <button>press <b>me</b></button> b</p>", Remove("<p>\n a\n <button>\n press <b>me</b>\n </button>\n b</p>"));

    [Fact]
    public void A_line_break_takes_the_white_space_around_it_along() => Assert.Equal("<p>one<br>two", Remove("<p>one\n  <br>\n  two"));

    [Theory]
    [InlineData("<pre>\n  a\n\n    <b>  b</b>\n</pre>")]
    [InlineData("<pre>  <pre> a </pre>  b  </pre>")]
    [InlineData("<textarea>\n  <p>  a\n</textarea>")]
    [InlineData("<script>let a = '<p>  </p>';\n\n// b  </scripts>\n</script>")]
    [InlineData("<style>\na  { }\n</style>")]
    [InlineData("<script type=\"application/ld+json\">{ \"a\":  \"  b\" }</SCRIPT>")]
    [InlineData("<title>a  b</title>")]
    [InlineData("<!-- a  <p>  b -->")]
    public void What_is_no_running_text_stays_as_it_is(string html) => Assert.Equal($"<i>{html}</i>", Remove($"<i>{html}</i>"));

    [Fact]
    public void Behind_a_script_that_opens_a_comment_everything_stays_as_it_is()
    {
        const string Html = "<script><!-- <script> </script>  \n</script>\n  <p>  a";
        Assert.Equal(Html, Remove(Html));
    }

    [Theory]
    [InlineData("<a\n    href=\"/a\"\n    title='b  >  c'>d</a>", "<a href=\"/a\" title='b  >  c'>d</a>")]
    [InlineData("<a title=it's  href=b\"c>  d  \"", "<a title=it's href=b\"c> d \"")]
    [InlineData("<a  ='b>  c'>", "<a ='b> c'>")]
    [InlineData("<i a = \"  \n  \"   >x</i>", "<i a = \"  \n  \">x</i>")]
    [InlineData("<path d=\"M0  0\"\n  / >", "<path d=\"M0  0\" / >")]
    [InlineData("<img alt=\"\"\n  srcset=\"a 1x,\n b 2x\"\n>", "<img alt=\"\" srcset=\"a 1x,\n b 2x\">")]
    public void Attributes_stand_apart_by_one_space_and_keep_their_values(string html, string without) =>
        Assert.Equal(without, Remove(html));

    [Theory]
    [InlineData("<p>a <!-- b --> c</p>", "<p>a <!-- b -->c</p>")]
    [InlineData("<p>a<!-- b --> c</p>", "<p>a<!-- b --> c</p>")]
    [InlineData("<p>a <script>b</script> c</p>", "<p>a <script>b</script>c</p>")]
    [InlineData("<!-->  <p>  a", "<!--><p>a")]
    public void What_is_not_shown_parts_no_white_space(string html, string without) => Assert.Equal(without, Remove(html));

    [Theory]
    [InlineData("<p>\u00a0a\u00a0 b\u202fc\u2009\u3000d&nbsp; &#32;e</p>")]
    [InlineData("<p>a &lt;  b</p>", "<p>a &lt; b</p>")]
    public void Other_spaces_and_entities_are_letters(string html, string? without = null) => Assert.Equal(without ?? html, Remove(html));

    [Fact]
    public void A_line_break_between_Chinese_letters_is_no_space() =>
        Assert.Equal("<p>漢字\n漢字 <b>漢</b>\n字 a b</p>", Remove("<p>漢字\n  漢字  <b>漢</b>\n字 a\nb</p>"));

    [Fact]
    public void Arabic_is_parted_as_it_was() =>
        Assert.Equal("<p dir=\"rtl\">خبر\nجديد <b>من</b> بيروت", Remove("<p dir=\"rtl\"> خبر\n جديد <b>من</b> بيروت"));

    [Theory]
    [InlineData("a  <  b <3 </  > c", "a < b <3 </  >c")]
    [InlineData("<p>a\n<p>b\n<li>c", "<p>a<p>b<li>c")]
    [InlineData("a <b", "a <b")]
    [InlineData("a <b c=\"d  ", "a <b c=\"d  ")]
    [InlineData("a <!-- b  ", "a <!-- b  ")]
    [InlineData("<textarea>  a", "<textarea>  a")]
    [InlineData("<", "<")]
    [InlineData("</", "</")]
    [InlineData("", "")]
    public void What_is_not_closed_or_no_tag_does_no_harm(string html, string without) => Assert.Equal(without, Remove(html));

    [Fact]
    public void Documents_of_every_kind_are_read_the_same_without_it()
    {
        for (var seed = 0; seed < 1500; seed++)
        {
            var html = new RandomDocument(new Random(seed)).Write();
            var without = Remove(html);
            Assert.True(Seen(html) == Seen(without), $"Seed {seed}:\n{html}\nbecame\n{without}");
            Assert.Equal(without, Remove(without));
        }
    }

    [Fact]
    public async Task Every_page_of_the_paper_is_read_the_same_however_its_markup_is_set()
    {
        var pages = (await paper.PagesAsync()).Where(p => p.IsPage).ToList();
        Assert.True(pages.Count > 100);
        foreach (var page in pages)
        {
            // What a reader gets has none left.
            Assert.Equal(page.Text, Remove(page.Text));
            var loose = Loosen(page.Text, new Random(page.Text.Length));
            Assert.True(loose.Length > page.Text.Length);
            Assert.True(Seen(page.Text) == Seen(Remove(loose)), page.Path);
        }
    }

    /// <summary>The page with white space where it is not seen: at the edge of blocks and between attributes.</summary>
    private static string Loosen(string html, Random random)
    {
        return Tags().Replace(html, tag =>
        {
            if (tag.Groups["text"].Success) return tag.Value;
            var inside = AttributeStart().Replace(tag.Value, m => RandomDocument.Space(random) + m.Value);
            return Blocks.Contains(tag.Groups["name"].Value) && tag.Groups["name"].Value != "pre"
                ? RandomDocument.Space(random) + inside + RandomDocument.Space(random)
                : inside;
        });
    }

    /// <summary>A document as a reader has it: elements, attributes, and texts with their white space collapsed as CSS does it.</summary>
    private static string Seen(string html)
    {
        var seen = new StringBuilder();
        var (atEdge, waits) = (true, false);
        Read(new HtmlParser(new HtmlParserOptions { IsScripting = false }).ParseDocument(html), false);
        return seen.ToString();

        void Read(INode node, bool isVerbatim)
        {
            foreach (var child in node.ChildNodes)
            {
                if (child is IComment comment) seen.Append("<!--").Append(comment.Data).Append("-->");
                else if (child is IText text) Text(text.Data, isVerbatim);
                else if (child is IElement element) Element(element, isVerbatim);
            }
        }

        void Text(string data, bool isVerbatim)
        {
            foreach (var letter in data)
            {
                if (!isVerbatim && letter is ' ' or '\n' or '\t' or '\r' or '\f')
                {
                    waits = true;
                    continue;
                }
                Space();
                seen.Append(letter);
            }
        }

        void Space()
        {
            if (waits && !atEdge) seen.Append(' ');
            (atEdge, waits) = (false, false);
        }

        void Element(IElement element, bool isVerbatim)
        {
            var name = element.LocalName;
            var isBlock = Blocks.Contains(name);
            var isBox = name is "button" or "select";
            if (isBlock) (atEdge, waits) = (true, false);
            else if (isBox || name is "img" or "input" or "textarea" or "svg") Space();
            seen.Append('<').Append(name);
            foreach (var attribute in element.Attributes)
                seen.Append(' ').Append(attribute.Name).Append("=\"").Append(attribute.Value).Append('"');
            seen.Append('>');
            var before = (atEdge, waits);
            if (isBox) (atEdge, waits) = (true, false);
            Read(element, isVerbatim || Verbatim.Contains(name));
            if (Unseen.Contains(name)) (atEdge, waits) = before;
            else if (isBlock) (atEdge, waits) = (true, false);
            else if (isBox || name is "textarea") (atEdge, waits) = (false, false);
            seen.Append("</").Append(name).Append('>');
        }
    }

    [GeneratedRegex(
        """(?<text><(pre|script|style|textarea|title)\b.*?</\1>|<!.*?>)|</?(?<name>[a-z0-9]+)(?:[^>"]|"[^"]*")*>""",
        RegexOptions.Singleline)]
    private static partial Regex Tags();

    [GeneratedRegex("""(?<=[a-z0-9"]) (?=[a-z-]+=")""")]
    private static partial Regex AttributeStart();

    /// <summary>Markup as nobody would write it, from one number.</summary>
    private sealed class RandomDocument(Random random)
    {
        private static readonly string[] Containers = ["div", "section", "ul", "blockquote", "article", "nav", "DIV"];
        private static readonly string[] Paragraphs = ["p", "li", "h2", "p", "summary"];
        private static readonly string[] Inlines = ["b", "span", "code", "time", "label", "em"];
        private static readonly string[] Words =
            ["one", "two,", "&amp;", "&nbsp;", "\u00a0", "漢", "خبر", "< ", "a<3", "\"", "'", ">", "&#32;x", "é"];

        private static readonly string[] Odd =
        [
            "<br>", "<img alt=\"a  >  b\">", "<input value='  x  '>", "<!-- <p>  c -->", "<script>if (a <  b)\n  c();</script>", "<wbr>",
            "<button>\n a <b>b</b>\n</button>", "<textarea> <b> \n x </textarea>", "<svg viewBox=\"0 0 1 1\"><path d=\"M0  0\"/></svg>",
            "<select><option>a<option selected> b </select>", "<style>a  { b }</style>", "<link rel=x>", "<a href=x/ >y</a>",
        ];

        private static readonly string[] Wholes =
        [
            "<pre>\n  a <b>  c</b>\n</pre>", "<pre> <pre>  a\n</pre>  b</pre>", "<hr>", "<DL> <dt> a <dd> b </dl>",
            "<table>\n <tbody>\n<tr> <th> a  b </th>\n<td><b>c </b>\n d</td>\n</tr></tbody> </table>",
        ];

        private readonly StringBuilder _html = new("<!doctype html>");

        public static string Space(Random random) => random.Next(8) switch
        {
            0 => " ",
            1 => "\n",
            2 => "\n    ",
            3 => "  ",
            4 => "\t",
            5 => " \r\n ",
            _ => "",
        };

        public string Write()
        {
            for (var i = random.Next(1, 6); i > 0; i--) Block(0);
            return _html.ToString();
        }

        private void Space() => _html.Append(Space(random));

        private void Open(string name)
        {
            _html.Append('<').Append(name);
            for (var i = random.Next(3); i > 0; i--)
            {
                _html.Append(random.Next(2) == 0 ? " " : "\n   ").Append((char)('m' + i));
                _html.Append(random.Next(5) switch { 0 => "=\"1  >  2\"", 1 => "='\"'", 2 => "=a'b\"c", 3 => " = \"\n\"", _ => "" });
            }
            if (random.Next(4) == 0) Space();
            _html.Append('>');
        }

        private void Block(int depth)
        {
            Space();
            if (random.Next(6) == 0) _html.Append(Pick(Wholes));
            else if (depth > 3 || random.Next(3) == 0)
            {
                var name = Pick(Paragraphs);
                Open(name);
                Line(0);
                // An end that is implied.
                if (name is not "p" and not "li" || random.Next(3) > 0) _html.Append("</").Append(name).Append('>');
            }
            else
            {
                var name = Pick(Containers);
                Open(name);
                for (var i = random.Next(4); i > 0; i--) Block(depth + 1);
                if (random.Next(4) == 0) Line(0);
                _html.Append("</").Append(name).Append('>');
            }
            Space();
        }

        private void Line(int depth)
        {
            for (var i = random.Next(7); i > 0; i--)
            {
                Space();
                if (depth < 3 && random.Next(4) == 0)
                {
                    var name = Pick(Inlines);
                    Open(name);
                    Line(depth + 1);
                    _html.Append("</").Append(name).Append('>');
                }
                else _html.Append(random.Next(6) == 0 ? Pick(Odd) : Pick(Words));
                Space();
            }
        }

        private string Pick(string[] from) => from[random.Next(from.Length)];
    }
}
