using NewsHub.Core.Search;

namespace NewsHub.Core.Tests.Search;

public sealed class FoldingTests
{
    [Theory]
    [InlineData("Ferry STRIKE", "ferry strike")]
    [InlineData("Café, Straumvær & Łódź", "cafe straumvaer lodz")]
    [InlineData("Ọ̀yọ́ ɗan ƙasa", "oyo dan kasa")]
    [InlineData("l’école d'été", "l ecole d ete")]
    [InlineData("1,530.38 naira", "1 530 38 naira")]
    [InlineData("Straße STRASSE", "strasse strasse")]
    [InlineData("مُحَمَّد كاتـــب", "محمد كاتب")]
    [InlineData("Σίσυφος", "σισυφοσ")]
    [InlineData("co\u00ADoperate", "cooperate")]
    [InlineData("xylo\uE000s12", "xylo s12")]
    [InlineData("* \" ( ) AND", "and")]
    [InlineData("🦊 \uD800", "")]
    public void Words_lose_capitals_accents_and_signs(string text, string folded) => Assert.Equal(folded, Folding.Whole(text));

    [Theory]
    [InlineData("東京都知事", "東京 京都 都知 知事")]
    [InlineData("서울에서", "서울 울에 에서")]
    [InlineData("税 was 5", "税 was 5")]
    [InlineData("NHK東京", "nhk 東京")]
    public void Scripts_without_spaces_become_pairs(string text, string folded) => Assert.Equal(folded, Folding.Whole(text));

    [Fact]
    public void A_word_knows_where_it_stands_in_the_text()
    {
        const string text = "Ein Café in der Straße.";
        var words = Folding.Words(text).ToDictionary(w => w.Word, w => text.Substring(w.Start, w.Length));
        Assert.Equal("Café", words["cafe"]);
        Assert.Equal("Straße", words["strasse"]);
    }

    [Fact]
    public void A_monster_of_a_word_is_cut() => Assert.Equal(40, Folding.Whole(new string('a', 4000)).Length);

    [Theory]
    [InlineData("ferry strike", 2)]
    [InlineData("\"ferry strike\" now", 2)]
    [InlineData("“ferry strike”", 1)]
    [InlineData("\"ferry strike", 2)]
    [InlineData("\" * AND %", 1)]
    [InlineData("   ", 0)]
    public void A_question_has_terms_of_which_the_quoted_stand_together(string typed, int terms) => Assert.Equal(terms, SearchQuery.Of(typed).Terms.Count);

    [Theory]
    [InlineData("ferry", "ferry", 0)]
    [InlineData("fery", "ferry", 1)]
    [InlineData("ferrry", "ferry", 1)]
    [InlineData("efrry", "ferry", 1)]
    [InlineData("verri", "ferry", 2)]
    [InlineData("bridge", "ferry", 3)]
    public void Steps_between_two_words_are_counted_up_to_a_limit(string from, string to, int steps) => Assert.Equal(steps, Spelling.Steps(from, to, 2));
}
