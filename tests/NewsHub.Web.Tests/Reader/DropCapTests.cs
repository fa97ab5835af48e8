using AngleSharp.Html.Parser;
using NewsHub.Web.Pages.Shared;

namespace NewsHub.Web.Tests.Reader;

/// <summary>What is drawn large at the beginning of a story: never half of a figure or letter, and nothing in
/// scripts without capitals.</summary>
public sealed class DropCapTests
{
    [Theory]
    [InlineData("It began.", "en", "I", false)]
    [InlineData("Éva came.", "fr", "É", false)]
    [InlineData("E\u0301va came.", "fr", "E\u0301", false)]
    [InlineData("Ẹ káàbọ̀.", "yo", "Ẹ", false)]
    [InlineData("Правда.", "ru", "П", false)]
    [InlineData("Ωραία.", "el", "Ω", false)]
    [InlineData("“It began,” she said.", "en", "“I", false)]
    [InlineData("‘“It began.”’", "en", "‘“I", false)]
    [InlineData("\"It began,\" she said.", "en", "\"I", false)]
    [InlineData("(It began.)", "en", "(I", false)]
    [InlineData("¿Qué?", "es", "¿Q", false)]
    [InlineData("„Es begann.“", "de", "„E", false)]
    [InlineData("«\u00A0Le film.\u00A0»", "fr", "«\u00A0L", true)]
    [InlineData("50 people came.", "en", "50", true)]
    [InlineData("5 people came.", "en", "5", true)]
    [InlineData("1,250 people came.", "en", "1,250", true)]
    [InlineData("12.5% of them.", "en", "12.5%", true)]
    [InlineData("$50 million.", "en", "$50", true)]
    [InlineData("₦1,530 for a dollar.", "en", "₦1,530", true)]
    [InlineData("“50 people”, she said.", "en", "“50", true)]
    [InlineData("2026. It was.", "en", "2026", true)]
    [InlineData("IJsland is koud.", "nl", "IJ", true)]
    [InlineData("IJsland is koud.", "nl-BE", "IJ", true)]
    [InlineData("“IJsland.”", "nl", "“IJ", true)]
    [InlineData("IJsland is cold.", "en", "I", false)]
    [InlineData("Ĳsland.", "nl", "Ĳ", false)]
    [InlineData("Ljubav.", "hr", "Lj", true)]
    [InlineData("Szeged.", "hu", "Sz", true)]
    [InlineData("Dzsungel.", "hu", "Dzs", true)]
    [InlineData("Chyba.", "cs", "Ch", true)]
    [InlineData("Change.", "en", "C", false)]
    public void Something_is_drawn_large(string text, string language, string cap, bool whole) =>
        Assert.Equal((cap.Length, whole), DropCap.Measure(text, language));

    [Theory]
    [InlineData("เมื่อวานนี้", "th")]
    [InlineData("東京で地震", "ja")]
    [InlineData("“很好”", "zh-Hans")]
    [InlineData("가족이", "ko")]
    [InlineData("हिन्दी", "hi")]
    [InlineData("אבג", "he")]
    [InlineData("مرحبا", "ar")]
    [InlineData("ქართული", "ka")]
    [InlineData("አማርኛ", "am")]
    [InlineData("2026年", "zh")]
    [InlineData("50 คน", "th")]
    [InlineData("– Non, dit-il.", "fr")]
    [InlineData("— Нет.", "ru")]
    [InlineData("… and then.", "en")]
    [InlineData("1,234,567 people came.", "en")]
    [InlineData("((((x", "en")]
    [InlineData("", "en")]
    [InlineData("“", "en")]
    [InlineData("😀 Hi", "en")]
    public void Nothing_is_drawn_large(string text, string language) => Assert.Equal((0, false), DropCap.Measure(text, language));

    [Theory]
    [InlineData("<p>50 people <b>came</b>.</p>", "50")]
    [InlineData("<p><strong><a href=\"/x\">50 people</a></strong> came.</p>", "50")]
    [InlineData("<p>«&nbsp;Le film.</p>", "«\u00A0L")]
    [InlineData("<p>\"50 people\"</p>", "\"50")]
    [InlineData("<p>1,250 people</p>", "1,250")]
    [InlineData("<p lang=\"nl\">IJsland</p>", "IJ")]
    public void The_words_stay_as_they_are_each_once(string html, string cap)
    {
        var (name, marked) = DropCap.Of(html, "nl");
        Assert.Equal("", name);
        var (before, after) = (new HtmlParser().ParseDocument(html), new HtmlParser().ParseDocument(marked));
        Assert.Equal(before.Body!.TextContent, after.Body!.TextContent);
        Assert.Equal(cap, after.QuerySelector("p .cap")!.TextContent.TrimEnd(' '));
        var paragraph = after.QuerySelector("p")!;
        Assert.Equal(cap, paragraph.GetAttribute(cap.Length > 3 ? "data-cap-wide" : "data-cap"));
        foreach (var attribute in (string[])["data-cap", "data-cap-wide"]) paragraph.RemoveAttribute(attribute);
        after.QuerySelector(".cap")!.OuterHtml = after.QuerySelector(".cap")!.InnerHtml;
        Assert.Equal(before.Body.InnerHtml, after.Body.InnerHtml);
    }

    [Theory]
    [InlineData("<p>It began.</p>", " story-body--cap")]
    [InlineData("<p>R&amp;D began.</p>", " story-body--cap")]
    [InlineData("<p>&lt;3 began.</p>", "")]
    [InlineData("<figure></figure><p>It began.</p>", "")]
    [InlineData("<h2>Head</h2>", "")]
    [InlineData("<p><sup><a>1</a></sup> It</p>", "")]
    [InlineData("<p><code>x</code> is</p>", "")]
    [InlineData("<p></p>", "")]
    [InlineData("", "")]
    [InlineData("<p", "")]
    public void A_letter_alone_is_the_style_sheets(string html, string name) => Assert.Equal((name, html), DropCap.Of(html, "en"));
}
