using NewsHub.Core.Editing;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;

namespace NewsHub.Core.Tests.Stories;

/// <summary>A story runs as its language is written, unless somebody said otherwise.</summary>
public sealed class DirectionTests
{
    [Theory]
    [InlineData(
        "ar he fa ur ps sd ug yi dv ckb iw prs arz apc syr nqo lrc mzn glk sdh pnb skr rhg ks AR he-IL fa-AF ur-PK ar-EG-u-nu-latn", true)]
    [InlineData("ks-Arab az-Arab pa-Arab ku-Arab uz-Arab ms-Arab ha-Arab en-Hebr ff-Adlm dv-Thaa man-Nkoo tr-Arab-TR zh-arab az-IR "
        + "pa-PK ku-IQ kk-CN uz-AF ha-SD", true)]
    [InlineData(
        "en fr ha yo ig sw pt-BR zh-Hant-TW ja ko th ru el hy ka am az pa ku uz ms ff tr kk so de-Latn-DE sr-Cyrl en-IL fr-DZ az-AZ pa-IN",
        false)]
    [InlineData("ur-Latn ar-Latn he-Latn fa-Cyrl sd-Deva ks-Deva sd-IN ug-Cyrl yi-Latn dv-Latn", false)]
    [InlineData("en-x-hebr en-u-sd-arab arabic hebrew a", false)]
    public void Direction_is_the_languages(string tags, bool backwards)
    {
        foreach (var tag in tags.Split(' ')) Assert.True(LanguageTag.RunsRightToLeft(tag) == backwards, tag);
    }

    [Theory]
    [InlineData("he", null, true)]
    [InlineData("he", false, false)]
    [InlineData("pa-Arab", null, true)]
    [InlineData(" fa ", null, true)]
    [InlineData("en", null, false)]
    [InlineData("en", true, true)]
    [InlineData("", null, false)]
    public async Task An_editor_need_not_choose_and_a_choice_stays(string language, bool? chosen, bool backwards)
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        await Copy.SetAsync(db);
        var set = await new Manuscript
        {
            Section = "world",
            Headline = "H",
            Standfirst = "S",
            Body = "B",
            Language = language,
            RightToLeft = chosen,
        }.SetAsync(db);
        Assert.Equal(backwards, set.Text.RightToLeft);
        // Opened and saved again, it is as it was.
        Assert.Equal(set.Text.RightToLeft, (await Manuscript.From(set.Text, "world", null).SetAsync(db)).Text.RightToLeft);
        var again = Manuscript.From(set.Text with { Language = "en", RightToLeft = false }, "world", null);
        again.Language = "he";
        Assert.True((await again.SetAsync(db)).Text.RightToLeft);
    }

    [Fact]
    public async Task A_direction_against_the_language_is_pointed_out_and_hinders_nothing()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        var copy = await Copy.SetAsync(db);
        foreach (var (language, backwards, said) in new[]
        {
            ("he", false, true), ("he", true, false), ("en", true, true), ("en", false, false),
        })
        {
            var checks = await db.CheckForPrintAsync(
                Copy.New(copy.Text() with { Language = language, RightToLeft = backwards }).Revisions[0]);
            Assert.Equal(said, checks.Any(c => c is { Field: nameof(StoryText.RightToLeft), Hinders: false }));
        }
    }
}
