using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NewsHub.Core.Search;
using NewsHub.Core.Text;

namespace NewsHub.Core.Tests.Search;

public sealed class FoldingTests
{
    /// <summary>
    /// What stands in the index and in addresses was made by these rules. Another hash means that the index has to be built anew, and that
    /// addresses already given may not be found. Left out is what was assigned since Unicode 15.1, which not every ICU decomposes.
    /// </summary>
    [Fact]
    public void What_every_code_point_becomes_in_the_index_and_in_an_address_stays_as_it_is()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            if (!Rune.TryCreate(value, out var rune) || IsRecent(value)) continue;
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse) continue;
            var letter = rune.ToString();
            var slug = Slug.From(letter);
            hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\t', value, Folding.Fold(letter), Folding.Fold(letter + '\u0301'),
                slug, slug?.WithoutMarks, Slug.From($"a{letter}b"), Slug.From(letter + '\u0308')) + '\n'));
        }
        Assert.Equal("74c587fe8a921554", Convert.ToHexStringLower(hash.GetHashAndReset())[..16]);

        static bool IsRecent(int value) =>
            value is >= 0xA7CB and <= 0xA7DC or 0xA7F1 or >= 0x105C0 and <= 0x105FF or >= 0x11380 and <= 0x113FF
                or >= 0x16100 and <= 0x1613F or >= 0x16D40 and <= 0x16D7F or >= 0x1CC00 and <= 0x1CEBF;
    }

    [Theory]
    [InlineData("Ferry STRIKE", "ferry strike")]
    [InlineData("Café, Straumvær & Łódź", "cafe straumvaer lodz")]
    [InlineData("Ọ̀yọ́ ɗan ƙasa", "oyo dan kasa")]
    [InlineData("l’école d'été", "l ecole d ete")]
    [InlineData("1,530.38 naira", "1530 38 naira")]
    [InlineData("Straße STRASSE", "strasse strasse")]
    [InlineData("مُحَمَّد كاتـــب", "محمد كاتب")]
    [InlineData("Σίσυφος", "σισυφοσ")]
    [InlineData("co\u00ADoperate", "cooperate")]
    [InlineData("xylo\uE000s12", "xylo s12")]
    [InlineData("* \" ( ) AND", "and")]
    [InlineData("🦊 \uD800", "")]
    public void Words_lose_capitals_accents_and_signs(string text, string folded) => Assert.Equal(folded, Plain(text));

    [Theory]
    [InlineData("東京都知事", "東京 京都 都知 知事 事")]
    [InlineData("서울에서", "서울 울에 에서 서")]
    [InlineData("税 was 5", "税 was 5")]
    [InlineData("NHK東京", "nhk 東京 京")]
    [InlineData("ｶﾞｲﾄﾞ", "ガイ イド ド")]
    [InlineData("㈱人々", "株 人々 々")]
    [InlineData("ﾟ", "")]
    public void Scripts_without_spaces_become_pairs_and_end_with_their_last_character(string text, string folded) =>
        Assert.Equal(folded, Plain(text));

    [Theory]
    [InlineData("co-operate", "cooperate")]
    [InlineData("the U.S. Army", "us")]
    [InlineData("20,000", "20 000")]
    [InlineData("Müller", "mueller")]
    [InlineData("O’Brien-Smith", "obriensmith|obrien|briensmith")]
    [InlineData("l’avant-garde", "lavantgarde|lavant|avantgarde")]
    [InlineData("کتاب\u200Cهای", "كتابهاي")]
    [InlineData("צה״ל", "צהל")]
    [InlineData("1.2.3.4.5.6.7.8.9", "")]
    [InlineData("end. Next, please - now", "")]
    public void What_may_be_written_otherwise_is_known_by_that_too(string text, string others) =>
        Assert.Equal(others, string.Join('|', Folding.Read(text).Others.Select(o => string.Join(' ', o.Words))));

    private static string Plain(string text) => string.Join(' ', Folding.Words(text).Select(w => w.Word));

    [Fact]
    public void Every_code_point_alone_doubled_and_beside_others_gives_words_that_are_none_of_them_empty()
    {
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            var one = value is >= 0xD800 and <= 0xDFFF ? ((char)value).ToString() : char.ConvertFromUtf32(value);
            // Half of Unicode is nobody's yet, and the rest of a plane of ideographs is like its first thousand.
            if (value > 0x3500 && value % 16 != 0 && char.GetUnicodeCategory(
                one, 0) is UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.OtherLetter)
            {
                continue;
            }
            foreach (var text in (string[])[one, one + one, "a" + one, one + "a", "社" + one + "5", "א\u200C" + one])
            {
                var folded = Folding.Read(text);
                foreach (var word in folded.Words.Concat(
                    folded.Others.Select(o => new FoldedWord(string.Join(' ', o.Words), o.Start, o.Length))))
                {
                    if (word.Word.Length is > 0 and <= 90 && word.Start >= 0 && word.Length > 0 && word.Start + word.Length <= text.Length)
                        continue;
                    Assert.Fail($"U+{value:X4} in '{text}' gives '{word}'.");
                }
                if (folded.Words.Any(w => w.Word.AsSpan().ContainsAny("\" \0\uE000\uE001")))
                    Assert.Fail($"U+{value:X4} gives a word that the index cannot quote.");
            }
        }
    }

    [Fact]
    public void Every_code_point_is_folded_as_what_it_is_made_of_and_what_it_makes()
    {
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            if (value is >= 0xD800 and <= 0xDFFF || !char.IsLetter(char.ConvertFromUtf32(value), 0)) continue;
            var one = char.ConvertFromUtf32(value);
            foreach (var form in (NormalizationForm[])[NormalizationForm.FormD, NormalizationForm.FormC])
                if (Plain(one) != Plain(one.Normalize(form)))
                    Assert.Fail($"U+{value:X4} {one}: '{Plain(one)}' as it is, '{Plain(one.Normalize(form))}' in form {form}.");
        }
    }

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
    public void A_question_has_terms_of_which_the_quoted_stand_together(string typed, int terms) =>
        Assert.Equal(terms, SearchQuery.Of(typed).Terms.Count);

    [Theory]
    [InlineData("ferry", "ferry", 0)]
    [InlineData("fery", "ferry", 1)]
    [InlineData("ferrry", "ferry", 1)]
    [InlineData("efrry", "ferry", 1)]
    [InlineData("verri", "ferry", 2)]
    [InlineData("bridge", "ferry", 3)]
    public void Steps_between_two_words_are_counted_up_to_a_limit(string from, string to, int steps) =>
        Assert.Equal(steps, Spelling.Steps(from, to, 2));
}
