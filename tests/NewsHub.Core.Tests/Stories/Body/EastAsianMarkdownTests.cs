using System.Text;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Markdig;
using Markdig.Parsers.Inlines;
using NewsHub.Core.Stories.Body;

namespace NewsHub.Core.Tests.Stories.Body;

/// <summary>Chinese, Japanese and Korean bodies: emphasis, line ends, readings.</summary>
public sealed class EastAsianMarkdownTests
{
    private static string Html(string markdown) => Copy.Render(markdown).Html;

    private static IHtmlDocument Page(string markdown) => new HtmlParser().ParseDocument(Html(markdown));

    [Theory]
    [InlineData("**历经10年发展，**年产量翻倍。", "<strong>历经10年发展，</strong>年产量翻倍。")]
    [InlineData("含**「重点」**内容。**注意：**正文。", "含<strong>「重点」</strong>内容。<strong>注意：</strong>正文。")]
    [InlineData("**真（假）**她说。**English:**next。", "<strong>真（假）</strong>她说。<strong>English:</strong>next。")]
    [InlineData("他说**“很好”**了。*这是斜体。*然后。", "他说<strong>“很好”</strong>了。<em>这是斜体。</em>然后。")]
    [InlineData("**この文は太字です。**この文のせいで。これは**「重要」**です。", "<strong>この文は太字です。</strong>この文のせいで。これは<strong>「重要」</strong>です。")]
    [InlineData("**예산(안)**을 냈다. **\"좋다.\"**라고 했다.", "<strong>예산(안)</strong>을 냈다. <strong>\"좋다.\"</strong>라고 했다.")]
    [InlineData("重点***重要！***结束", "重点<em><strong>重要！</strong></em>结束")]
    [InlineData("**重点*斜体。*重点。**文", "<strong>重点<em>斜体。</em>重点。</strong>文")]
    [InlineData("𠮷**「𠮷」**𠮷", "𠮷<strong>「𠮷」</strong>𠮷")]
    [InlineData("这是**&ldquo;好&rdquo;**的", "这是<strong>“好”</strong>的")]
    [InlineData("一 * 二 * 三", "一 * 二 * 三")]
    [InlineData("五**六", "五**六")]
    [InlineData("文件_名称_表", "文件_名称_表")]
    [InlineData("\\*\\*不是。\\*\\*粗体", "**不是。**粗体")]
    public void Emphasis_is_as_it_was_written(string markdown, string html) => Assert.Equal($"<p>{html}</p>", Html(markdown));

    public static TheoryData<string> Punctuation()
    {
        var data = new TheoryData<string>();
        foreach (var (first, last) in new[]
        {
            (0x2010, 0x2027), (0x3001, 0x303F), (0xFE10, 0xFE19), (0xFE30, 0xFE6F), (0xFF01, 0xFF65), (0x21, 0x2F), (0x3A, 0x40),
        })
            for (var c = first; c <= last; c++)
                if (char.IsPunctuation((char)c) && c is not ('*' or '<' or '&' or '\\')) data.Add($"{(char)c}");
        return data;
    }

    [Theory]
    [MemberData(nameof(Punctuation))]
    public void Emphasis_begins_and_ends_beside_every_punctuation_mark(string mark)
    {
        var shown = mark.Replace(">", "&gt;", StringComparison.Ordinal);
        foreach (var (sign, element) in new[] { ("*", "em"), ("**", "strong") })
            foreach (var letter in new[] { "年", "을", "A年" })
                foreach (var words in new[] { $"文{mark}", $"{mark}文", $"{mark}文{mark}", $"文{mark}文", $"A{mark}", $"{mark}A" })
                {
                    var plain = words.Replace(mark, shown, StringComparison.Ordinal);
                    Assert.Equal($"<p>{letter}<{element}>{plain}</{element}>{letter}後</p>", Html($"{letter}{sign}{words}{sign}{letter}後"));
                }
    }

    [Fact]
    public void Western_emphasis_is_CommonMarks_own()
    {
        var ours = new MarkdownPipelineBuilder();
        ours.InlineParsers.Replace<EmphasisInlineParser>(new EastAsianEmphasisParser());
        var (mine, usual) = (ours.Build(), new MarkdownPipelineBuilder().Build());
        string[] pieces = [
            "a", "B", "é", "я", " ", "\n", "*", "**", "***", "_", "__", "\"", "(", ")", ".", ",", "-", "“", "”", "…", "&nbsp;", "\\*", "1",
            "`x`", "[y](z)", "😀", "ا", "ก",
        ];
        var random = new Random(20261128);
        for (var i = 0; i < 2000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(2, 16)).Select(_ => pieces[random.Next(pieces.Length)]));
            Assert.Equal(Markdown.ToHtml(text, usual), Markdown.ToHtml(text, mine));
        }
    }

    // From the chapter on emphasis of CommonMark 0.31.2.
    [Theory]
    [InlineData("*foo bar*", "<em>foo bar</em>")]
    [InlineData("a * foo bar*", "a * foo bar*")]
    [InlineData("a*\"foo\"*", "a*\"foo\"*")]
    [InlineData("foo*bar*", "foo<em>bar</em>")]
    [InlineData("_foo*", "_foo*")]
    [InlineData("*(*foo)", "*(*foo)")]
    [InlineData("*(*foo*)*", "<em>(<em>foo</em>)</em>")]
    [InlineData("*foo*bar", "<em>foo</em>bar")]
    [InlineData("**foo bar **", "**foo bar **")]
    [InlineData("**(**foo)", "**(**foo)")]
    [InlineData("**foo \"*bar*\" foo**", "<strong>foo \"<em>bar</em>\" foo</strong>")]
    [InlineData("a**\"foo\"**", "a**\"foo\"**")]
    [InlineData("*foo**bar**baz*", "<em>foo<strong>bar</strong>baz</em>")]
    [InlineData("*foo**bar*", "<em>foo**bar</em>")]
    [InlineData("foo***bar***baz", "foo<em><strong>bar</strong></em>baz")]
    [InlineData("***foo* bar**", "<strong><em>foo</em> bar</strong>")]
    [InlineData("**foo*bar*baz**", "<strong>foo<em>bar</em>baz</strong>")]
    [InlineData("__foo, __bar__, baz__", "<strong>foo, <strong>bar</strong>, baz</strong>")]
    [InlineData("_foo_bar_baz_", "<em>foo_bar_baz</em>")]
    public void Examples_of_CommonMark_come_out_as_they_stand_there(string markdown, string html) =>
        Assert.Equal($"<p>{html}</p>", Html(markdown));

    public static TheoryData<string, string> Pairs()
    {
        var data = new TheoryData<string, string>();
        string[] all = ["漢", "か", "カ", "ｶ", "。", "」", "，", "“漢", "A", "1", "é", "א", "ก", "가", "ㄱ", ".", "𠮷", "😀"];
        foreach (var before in all) foreach (var after in all) data.Add(before, after);
        return data;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_line_end_is_a_space_but_between_wide_characters_and_beside_wide_punctuation(string before, string after)
    {
        string[] wide = ["漢", "か", "カ", "ｶ", "。", "」", "，", "“漢", "𠮷"];
        // Wide punctuation brings its own space, also beside a letter that is not wide.
        string[] signs = ["。", "」", "，"], hangul = ["가", "ㄱ"];
        var isJoined = wide.Contains(before) && wide.Contains(after)
            || (signs.Contains(before) || signs.Contains(after)) && !hangul.Contains(before) && !hangul.Contains(after);
        var between = isJoined ? "" : "\n";
        Assert.Equal($"<p>x{before}{between}{after}x</p>", Html($"x{before}\n{after}x"));
        Assert.Equal($"<p>x<em>x{before}</em>{between}<strong>{after}x</strong></p>", Html($"x*x{before}*\n**{after}x**"));
        Assert.Equal($"<p>x{before}<br>\n{after}x</p>", Html($"x{before}\\\n{after}x"));
        Assert.Equal(between, Page($"> - [x{before}](/x)\n>   [{after}x](/y)")
            .QuerySelectorAll("li a")[0].NextSibling is AngleSharp.Dom.IText text ? text.Data : "");
    }

    [Fact]
    public void Lines_of_a_Japanese_paragraph_join_and_the_attribution_of_a_quote_stays()
    {
        Assert.Equal("<p>Goでアプリを開発しています。東京は首都です。</p>", Html("Goでアプリを\n開発しています。東京は\n首都です。"));
        Assert.Equal("<p>東京——“首都”です。</p>", Html("東京——\n“首都”です。"));
        Assert.Equal("<p>한국어는\n띄어쓰기를 한다.</p>", Html("한국어는\n띄어쓰기를 한다."));
        Assert.Equal("——李明",
            Page(":::pullquote\n这句话。\n——李明\n:::").QuerySelector("figcaption")!.TextContent.Replace("— ", "——", StringComparison.Ordinal));
        Assert.Equal("<pre><code>東\n京\n</code></pre>", Html("```\n東\n京\n```"));
    }

    [Fact]
    public void Readings_are_kept_and_stand_in_brackets_where_nothing_sets_them_above_the_words()
    {
        var page = Page("<ruby>虐待<rt>ぎゃくたい</rt></ruby>の<ruby>疑<rp>(</rp><rt>うたが</rt><rp>)</rp></ruby>い。");
        Assert.Equal("虐待（ぎゃくたい）の疑(うたが)い。", page.QuerySelector("p")!.TextContent);
        Assert.Equal(["虐待", "疑"], page.QuerySelectorAll("ruby").Select(r => r.FirstChild!.TextContent));
        Assert.Equal(Copy.Render("虐待の疑い。").Words, Copy.Render("<ruby>虐待<rt>ぎゃくたい</rt></ruby>の<ruby>疑<rt>うたが</rt></ruby>い。").Words);
    }

    // The first article of the Universal Declaration of Human Rights, which has 30 words in English.
    [Theory]
    [InlineData("มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ ต่างมีเหตุผลและมโนธรรม "
        + "และควรปฏิบัติต่อกันด้วยเจตนารมณ์แห่งภราดรภาพ")]
    [InlineData("ມະນຸດທຸກຄົນເກີດມາມີກຽດສັກສີ, ສິດທິ, ເສລີພາບ ແລະ ຄວາມສະເໝີພາບເທົ່າທຽມກັນ. ທຸກໆຄົນມີເຫດຜົນ ແລະ "
        + "ຄວາມຄິດຄວາມເຫັນສ່ວນຕົວຂອງໃຜຂອງມັນ, ແຕ່ວ່າມະນຸດທຸກໆຄົນຕ້ອງປະພຶດຕໍ່ກັນຄືກັບອ້າຍນ້ອງ.")]
    [InlineData("មនុស្សទាំងអស់ កើតមកមានសេរីភាព និងសមភាព ក្នុងផ្នែកសេចក្ដីថ្លៃថ្នូរនិងសិទ្ធិ។ មនុស្ស "
        + "មានវិចារណញ្ញាណនិងសតិសម្បជញ្ញៈជាប់ពីកំណើត ហើយគប្បីប្រព្រឹត្ដចំពោះគ្នាទៅវិញទៅមក ក្នុងស្មារតីភាតរភាពជាបងប្អូន។")]
    [InlineData("လူတိုင်းသည် တူညီ လွတ်လပ်သော ဂုဏ်သိက္ခာဖြင့် လည်းကောင်း၊ တူညီလွတ်လပ်သော အခွင့်အရေးများဖြင့် လည်းကောင်း၊ "
        + "မွေးဖွားလာသူများ ဖြစ်သည်။ ထိုသူတို့၌ ပိုင်းခြား ဝေဖန်တတ်သော ဉာဏ်နှင့် ကျင့်ဝတ် သိတတ်သော စိတ်တို့ရှိကြ၍ ထိုသူတို့သည် "
        + "အချင်းချင်း မေတ္တာထား၍ ဆက်ဆံကျင့်သုံးသင့်၏။")]
    [InlineData("すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。人間は、理性と良心とを授けられており、互いに同胞の精神をもって行動しなければならない。")]
    public void A_text_without_spaces_is_about_as_long_as_its_translation(string article)
    {
        Assert.InRange(Copy.Render(article).Words, 22, 40);
        // Where its phrases end makes it no longer, nor does a figure in it more than one word.
        Assert.InRange(Copy.Render(string.Join(
            ' ', article.Split(' ').Append("1,250"))).Words - Copy.Render(article.Replace(" ", "", StringComparison.Ordinal)).Words, 0, 5);
    }

    [Theory]
    [InlineData(0x0E01, 0x0E30)]
    [InlineData(0x0E94, 0x0E97)]
    [InlineData(0x1000, 0x102A)]
    [InlineData(0x1780, 0x17B3)]
    [InlineData(0x1950, 0x196D)]
    [InlineData(0x1980, 0x19AB)]
    [InlineData(0x1A20, 0x1A54)]
    [InlineData(0xA984, 0xA9B2)]
    [InlineData(0x1B05, 0x1B33)]
    public void A_run_of_letters_of_a_script_without_spaces_is_many_words(int first, int last)
    {
        var text = new StringBuilder();
        for (var i = 0; i < 700; i++) text.Append(char.ConvertFromUtf32(first + i % (last - first)));
        Assert.InRange(Copy.Render(text.ToString()).Words, 150, 250);
    }
}
