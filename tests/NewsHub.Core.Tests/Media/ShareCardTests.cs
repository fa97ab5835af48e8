using NewsHub.Core.Media;

namespace NewsHub.Core.Tests.Media;

/// <summary>The card for sharing has letters on it, or no line where the face lacks one: never boxes.</summary>
public sealed class ShareCardTests
{
    private static readonly FontCoverage Face = new(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "card.ttf")));
    private static readonly ShareCard Paper = new("E-News", "Entertainment News Hub", null, null);

    [Theory]
    [InlineData("Ferry strike: “crews” stay ashore – for £5 & ₦1,000")]
    [InlineData("Élève, Łódź, Žižkov, İstanbul, Ångström, Þór, Größe, ŋ, Œuvre")]
    [InlineData("Ẹ káàbọ̀ sí Ìbàdàn: ọjà ṣí")]
    [InlineData("Đường sắt mới")]
    [InlineData("Ụmụaka na ọkụ")]
    [InlineData("E\u0301le\u0300ve de\u0301compose\u0301")]
    [InlineData("L’été\u202F: «\u00A0bien\u00A0» e\u00ADmail well\u2011known")]
    public void A_headline_that_the_face_has_letters_for_is_set(string headline)
    {
        var fitting = Face.Fit(headline);
        Assert.NotNull(fitting);
        // The same letters, whether the face has an accented one or its parts.
        static string Bare(string text) => string.Concat(text.Normalize(System.Text.NormalizationForm.FormD).Where(char.IsLetterOrDigit));
        Assert.Equal(Bare(headline), Bare(fitting));
        Assert.All(fitting.EnumerateRunes(), r => Assert.NotNull(Face.Fit($"a{r}")));
        Assert.NotEqual(Paper.Draw(), (Paper with { Headline = headline }).Draw());
    }

    [Theory]
    [InlineData("Ƙasa Ɗan Ƴanci: ƙarin Ǝ ŋ Ɛ Ɔ Ƨ")]
    [InlineData("Sarki ya ɗauki ɓangare")]
    [InlineData("Правда")]
    [InlineData("Αθήνα")]
    [InlineData("東京で地震")]
    [InlineData("العبّارات")]
    [InlineData("ข่าว")]
    [InlineData("Ferries 🎉")]
    [InlineData("Temperature: 5 ℃")]
    [InlineData("½ ⅔")]
    [InlineData("\u200B\u2060")]
    public void A_line_that_the_face_has_no_letters_for_leaves_the_papers_card(string headline)
    {
        Assert.Null(Face.Fit(headline));
        Assert.Equal(Paper.Draw(), (Paper with { Headline = headline }).Draw());
    }

    [Fact]
    public void A_kicker_a_subtitle_or_a_nameplate_in_another_script_is_left_out_and_the_headline_stays()
    {
        var card = Paper with { Kicker = "Technology", Headline = "Ferry strike" };
        Assert.Equal((card with { Kicker = null }).Draw(), (card with { Kicker = "Техника" }).Draw());
        Assert.Equal((card with { Subtitle = "" }).Draw(), (card with { Subtitle = "أخبار" }).Draw());
        Assert.Equal((card with { Paper = "" }).Draw(), (card with { Paper = "الأخبار" }).Draw());
        Assert.NotEqual(card.Draw(), (card with { Paper = "الأخبار" }).Draw());
        Assert.NotEmpty(new ShareCard("新聞", "ニュース", null, null).Draw());
    }

    [Fact]
    public void Every_letter_that_is_set_is_in_the_faces_own_table()
    {
        // What is in the table is set as it is; what is not comes out in other characters that are, or not at all.
        var (asItIs, inParts) = (0, 0);
        for (var c = 0x21; c < 0x3000; c++)
        {
            if (char.IsSurrogate((char)c) || Face.Fit(((char)c).ToString()) is not { } fitting) continue;
            if (fitting == ((char)c).ToString()) asItIs++;
            else inParts++;
            Assert.All(fitting.EnumerateRunes(), r => Assert.Equal($"a{r}".Normalize(), Face.Fit($"a{r}")?.Normalize()));
        }
        Assert.InRange(asItIs, 400, 1000);
        Assert.True(inParts > 0);
    }

    [Fact]
    public void A_file_that_is_no_font_is_refused()
    {
        Assert.Throws<InvalidDataException>(() => new FontCoverage("no font"u8));
        Assert.Throws<InvalidDataException>(
            () => new FontCoverage(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "card.ttf")).AsSpan(0, 400)));
    }
}
