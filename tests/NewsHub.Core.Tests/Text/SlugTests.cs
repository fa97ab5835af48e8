using System.Text;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;

namespace NewsHub.Core.Tests.Text;

public sealed class SlugTests
{
    [Theory]
    [InlineData("Ferry strike enters a second week", "ferry-strike-enters-a-second-week")]
    [InlineData("Café Ẹ̀kọ́ naïve Ångström", "cafe-eko-naive-angstrom")]
    [InlineData("Straße, Œuvre, Ærø, Łódź, Đakovo, İstanbul, ISPARTA'ya", "strasse-oeuvre-aero-lodz-dakovo-istanbul-ispartaya")]
    [InlineData("GROẞ UND KLEIN", "gross-und-klein")]
    [InlineData("O’Neill’s ‘quote’ isn't", "oneills-quote-isnt")]
    [InlineData("  --  Dashes — and – more…  ", "dashes-and-more")]
    [InlineData("50 % of £3.5m", "50-of-3-5m")]
    [InlineData("عاجل: انقطاع الكهرباء", "عاجل-انقطاع-الكهرباء")]
    [InlineData("東京で地震、津波なし", "東京で地震-津波なし")]
    [InlineData("हिन्दी समाचार", "हिन्दी-समाचार")]
    [InlineData("한국 뉴스", "한국-뉴스")]
    [InlineData("Йод и ёлка, Київ, ѓавол, ўсе", "йод-и-ёлка-київ-ѓавол-ўсе")]
    [InlineData("За\u0301мок", "замок")]
    [InlineData("Ποίηση", "ποιηση")]
    [InlineData("ﬁne ＡＢＣ x²", "fine-abc-x2")]
    [InlineData("co\u00ADop\u200D x", "coop-x")]
    [InlineData("We ❤️ ferries", "we-ferries")]
    public void A_headline_becomes_words_of_an_address(string headline, string slug) => Assert.Equal(slug, Slug.From(headline)?.Value);

    [Theory]
    [InlineData("")]
    [InlineData("😀🎉")]
    [InlineData("❤️")]
    [InlineData("👩‍👩‍👧 🇳🇬 👍🏽")]
    [InlineData("— … !?")]
    [InlineData("\u0301\u200D\uFE0F")]
    public void A_headline_without_a_word_has_no_slug(string headline) => Assert.Null(Slug.From(headline));

    [Fact]
    public void A_torn_character_is_no_accident() => Assert.Equal("a-b", Slug.From("a \ud83d b")?.Value);

    [Fact]
    public void A_long_headline_is_cut_at_a_word()
    {
        var slug = Slug.From(string.Join(' ', Enumerable.Repeat("committee", 20)))!.Value;
        Assert.Equal(string.Join('-', Enumerable.Repeat("committee", 8)), slug.Value);
        Assert.Equal(80, Slug.From(new string('x', 300))!.Value.Value.Length);
        Assert.Equal(80, Slug.From(string.Concat(Enumerable.Repeat("𠀀", 90)))!.Value.Value.Length);
        Assert.Equal(79, Slug.From("a" + string.Concat(Enumerable.Repeat("𠀀", 90)))!.Value.Value.Length);
    }

    [Fact]
    public void Whatever_becomes_a_slug_is_read_back_as_one()
    {
        for (var value = 1; value < 0x30000; value++)
        {
            if (!Rune.IsValid(value)) continue;
            foreach (var headline in new[] { $"{new Rune(value)}", $"a{new Rune(value)}b {new Rune(value)}" })
            {
                if (Slug.From(headline) is not { } slug) continue;
                Assert.True(
                    Slug.TryParse(slug.Value, out var read) && read == slug, $"U+{value:X4} gives '{slug.Value}', which is not read back.");
                Assert.True(Slug.TryParse(slug.Numbered(2).Value, out _), $"U+{value:X4}, numbered");
            }
        }
    }

    [Fact]
    public void A_numbered_slug_is_still_one_however_long()
    {
        foreach (var headline in new[]
        {
            new string('x', 80), "a" + string.Concat(Enumerable.Repeat("𠀀", 39)), string.Concat(Enumerable.Repeat("𠀀", 40)),
            string.Join('-', Enumerable.Repeat("abc", 20)),
        })
        {
            foreach (var n in new[] { 2, 10, 99999, int.MaxValue })
                Assert.True(Slug.TryParse(Slug.From(headline)!.Value.Numbered(n).Value, out _), $"{headline} {n}");
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Ferry")]
    [InlineData("-ferry")]
    [InlineData("ferry-")]
    [InlineData("ferry--strike")]
    [InlineData("ferry strike")]
    [InlineData("ferry/strike")]
    [InlineData("..")]
    [InlineData("café")]
    [InlineData("a\ud83d")]
    [InlineData("a%00")]
    public void What_is_not_a_slug_is_not_read_as_one(string? text) => Assert.False(Slug.TryParse(text, out _));

    [Fact]
    public void A_slug_has_at_most_eighty_characters()
    {
        Assert.True(Slug.TryParse(new string('x', 80), out _));
        Assert.False(Slug.TryParse(new string('x', 81), out _));
        Assert.Throws<FormatException>(() => Slug.Parse("No slug"));
    }

    [Fact]
    public void Sections_cannot_take_the_papers_own_addresses()
    {
        foreach (var kind in Enum.GetNames<Kind>())
            Assert.Contains(kind.ToLowerInvariant(), Slug.Reserved);
        Assert.Throws<RefusedException>(() => new NewsHub.Core.Settings.Section(Slug.Parse("admin"), "Admin", null, 0));
        Assert.All(Slug.Reserved, r => Assert.True(Slug.TryParse(r, out _)));
    }
}
