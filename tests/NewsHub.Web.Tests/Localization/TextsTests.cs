using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Html;
using NewsHub.Web.Localization;

namespace NewsHub.Web.Tests.Localization;

public sealed partial class TextsTests
{
    private static readonly Texts French = Texts.Of("fr")!, Arabic = Texts.Of("ar")!, Hausa = Texts.Of("ha")!;

    [Fact]
    public void French_and_Arabic_have_every_text_that_English_has_and_Hausa_has_none_besides()
    {
        Assert.Equal(Texts.English.OwnKeys, French.OwnKeys);
        Assert.Equal(Texts.English.OwnKeys, Arabic.OwnKeys);
        Assert.Empty(Hausa.OwnKeys.Except(Texts.English.OwnKeys));
        Assert.NotEmpty(Hausa.OwnKeys);
    }

    [Fact]
    public void A_text_has_the_same_places_in_every_language()
    {
        var different = from wording in Texts.All
                        from key in Texts.English.OwnKeys
                        where !wording.Phrases[key][^1].Places.SequenceEqual(Texts.English.Phrases[key][^1].Places)
                        select $"{wording.Tag}: {key}";
        Assert.Empty(different);
    }

    [Fact]
    public void A_count_has_each_form_that_its_language_asks_for_and_no_form_has_a_place_but_the_number()
    {
        foreach (var key in Texts.English.OwnKeys.Where(k => Texts.English.Phrases[k].Length > 1))
            foreach (var texts in Texts.All.Where(w => w.OwnKeys.Contains(key)))
            {
                Assert.True(Plurals.Of(texts.Tag).SequenceEqual(texts.Phrases[key].Select(p => p.Form)), $"{texts.Tag}: {key}");
                Assert.Equal(["n"], texts.Phrases[key].SelectMany(p => p.Places).Distinct());
                Assert.Equal("other", texts.Phrases[key][^1].Form);
            }
    }

    [Fact]
    public void Every_text_that_is_asked_for_exists_and_every_text_is_asked_for()
    {
        var asked = Asked().ToHashSet();
        Assert.True(asked.Count > 200, $"Only {asked.Count} keys were found in the sources.");
        var known = Texts.English.OwnKeys;
        Assert.Empty(asked.Where(a => !a.Contains('*', StringComparison.Ordinal)).Except(known));
        var patterns = asked.Where(a => a.Contains('*', StringComparison.Ordinal))
            .Select(a => new Regex("^" + Regex.Escape(a).Replace(@"\*", "[a-zA-Z]+", StringComparison.Ordinal) + "$"))
            .ToList();
        var (dead, unasked) = (
            patterns.Count(p => !known.Any(k => p.IsMatch(k))), known.Except(asked).Where(k => !patterns.Exists(p => p.IsMatch(k))));
        Assert.Equal(0, dead);
        Assert.Empty(unasked);
    }

    [Fact]
    public void French_is_set_with_narrow_spaces_before_its_high_points_and_within_its_quotation_marks() =>
        Assert.Empty(AllTexts(French).Where(t => BadFrench().IsMatch(t.Text)).Select(t => $"{t.Key}: {t.Text}"));

    [Fact]
    public void Arabic_is_set_with_its_own_commas_and_question_marks() =>
        Assert.Empty(AllTexts(Arabic).Where(t => BadArabic().IsMatch(t.Text)).Select(t => $"{t.Key}: {t.Text}"));

    [Fact]
    public void Quotation_marks_and_apostrophes_are_those_of_print() =>
        Assert.Empty(Texts.All.SelectMany(AllTexts).Where(t => t.Text.AsSpan().ContainsAny('\'', '"')).Select(t => t.Key));

    [Theory]
    [InlineData(0, "0 readers", "0 lecteur", "لا قرّاء الآن")]
    [InlineData(1, "1 reader", "1 lecteur", "قارئ واحد")]
    [InlineData(2, "2 readers", "2 lecteurs", "قارئان")]
    [InlineData(3, "3 readers", "3 lecteurs", "3 قرّاء")]
    [InlineData(10, "10 readers", "10 lecteurs", "10 قرّاء")]
    [InlineData(11, "11 readers", "11 lecteurs", "11 قارئًا")]
    [InlineData(99, "99 readers", "99 lecteurs", "99 قارئًا")]
    [InlineData(100, "100 readers", "100 lecteurs", "100 قارئ")]
    [InlineData(102, "102 readers", "102 lecteurs", "102 قارئ")]
    [InlineData(103, "103 readers", "103 lecteurs", "103 قرّاء")]
    [InlineData(1_234, "1,234 readers", "1\u202f234 lecteurs", "1,234 قارئًا")]
    [InlineData(1_000_000, "1,000,000 readers", "1\u202f000\u202f000 de lecteurs", "1,000,000 قارئ")]
    public void Counts_follow_the_rules_of_their_language(long n, string english, string french, string arabic)
    {
        Assert.Equal(english, Texts.English.Count("readers", n));
        Assert.Equal(french, French.Count("readers", n));
        Assert.Equal(arabic, Arabic.Count("readers", n));
    }

    [Fact]
    public void Hausa_counts_one_and_many_and_is_English_where_it_has_no_word()
    {
        Assert.Equal(("Mai karatu 1", "Masu karatu 2"), (Hausa.Count("readers", 1), Hausa.Count("readers", 2)));
        Assert.Equal("1 share", Hausa.Count("shares", 1));
        Assert.Equal("Labarai", Hausa["kind.news"]);
        Assert.Equal(Texts.English["colophon"], Hausa["colophon"]);
    }

    [Fact]
    public void Days_are_written_as_each_language_writes_them_in_Western_digits()
    {
        var (first, other) = (new DateOnly(2025, 7, 1), new DateOnly(2024, 2, 29));
        Assert.Equal(["1 July 2025", "1er juillet 2025", "1 يوليو 2025", "1 ga Yuli, 2025"], Texts.All.Select(w => w.Day(first)));
        Assert.Equal(["Thursday, 29 February 2024", "jeudi 29 février 2024", "الخميس، 29 فبراير 2024", "Alhamis, 29 ga Fabrairu, 2024"],
            Texts.All.Select(w => w.Weekday(other)));
        Assert.Equal(["1 Jul", "1er juil.", "1 يوليو", "1 ga Yul"], Texts.All.Select(w => w.ShortDay(first)));
        Assert.All(Texts.All, w => Assert.Equal((12, 12, 7),
            (w["months"].Split('|').Distinct().Count(), w["months.short"].Split('|').Length, w["weekdays"].Split('|').Distinct().Count())));
    }

    [Fact]
    public void Names_are_joined_as_each_language_joins_them()
    {
        Assert.Equal("A, B and C", Texts.English.Join(["A", "B", "C"]));
        Assert.Equal("A et B", French.Join(["A", "B"]));
        Assert.Equal("أحمد وسارة", Arabic.Join(["أحمد", "سارة"]));
        // Onto Latin letters the Arabic “and” cannot be written.
        Assert.Equal("<b>Ada</b> و\u00a0<b>Bo</b>", Arabic.Join(["<b>Ada</b>", "<b>Bo</b>"]));
        Assert.Equal(("Ada", ""), (Arabic.Join(["Ada"]), French.Join([])));
    }

    [Fact]
    public void What_is_put_into_a_text_is_text_unless_it_is_HTML_already()
    {
        Assert.Equal("By <b>Ada</b>", Texts.English.Set("by", ("names", new HtmlString("<b>Ada</b>"))).Value);
        Assert.Equal("By &lt;b&gt;", Texts.English.Set("by", ("names", "<b>")).Value);
        Assert.Equal("The rest of the paper is on the <a href=\"/\">front page</a>.", Texts.English.Set("none.rest", ("front", "/")).Value);
        Assert.Equal("بقلم <bdi>Ada</bdi>", Arabic.Set("by", ("names", "Ada")).Value);
        Assert.Equal("خبر عاجل: \u2068Ada\u2069", Arabic.Say("breaking.say", ("headline", "Ada")));
        Assert.Throws<KeyNotFoundException>(() => Texts.English.Say("by"));
    }

    [Fact]
    public void A_setting_is_answered_in_the_nearest_language()
    {
        Assert.Equal(
            ["fr", "fr", "ar", "en", "en"], ((string[])["fr", "fr-CA", "ar-LB", "en-GB", "de"]).Select(tag => Texts.Nearest(tag).Tag));
        Assert.Null(Texts.Of("fr-CA"));
    }

    [Fact]
    public async Task What_is_said_in_one_request_is_not_said_in_the_next()
    {
        Assert.Equal("ar", await Task.Run(() => { Arabic.Use(); return Texts.Now.Tag; }, TestContext.Current.CancellationToken));
        Assert.Equal("en", Texts.Now.Tag);
    }

    private static IEnumerable<(string Key, string Text)> AllTexts(Texts texts) =>
        texts.OwnKeys.SelectMany(k => texts.Phrases[k].Select(p => (k, p.Text)));

    /// <summary>The keys in the sources: what stands in quotation marks where a text is asked for. A part that is put
    /// together counts as a star.</summary>
    private static IEnumerable<string> Asked() =>
        from pattern in (string[])["*.cs", "*.cshtml"]
        from file in Directory.EnumerateFiles(Repository.Source, pattern, SearchOption.AllDirectories)
        where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        from Match call in Call().Matches(File.ReadAllText(file))
        from Match key in Key().Matches(call.Groups[1].Value)
        select Hole().Replace(key.Groups[1].Value, "*");

    // Up to the next argument or the end: no key has such characters, but for what is put together.
    [GeneratedRegex("""(?:(?:\bw|\bwords|\bnow|\bthis|Texts\.Now|Texts\.English)(?:\[|\.(?:Say|Set|Count|Forms|Has)\(\s*)|"""
        + """\bDate\()((?:\$?"[^"]*"|[^",\]<\n]|< )*)|_phrases\["([^"]+)"\]""")]
    private static partial Regex Call();

    [GeneratedRegex("""\$?"([a-z0-9][a-zA-Z0-9.{}()_ -]*)"(?!\s*\?)""")]
    private static partial Regex Key();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"[^\u202f][;!?»]|(?<!\u202f)(?<!\d):(?!//)|«[^\u202f]")]
    private static partial Regex BadFrench();

    [GeneratedRegex(@"[;?]|,(?!\d)(?<!^,)")]
    private static partial Regex BadArabic();
}
