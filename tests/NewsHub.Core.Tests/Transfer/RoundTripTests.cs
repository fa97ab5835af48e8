using System.Text;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Publishing;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;

namespace NewsHub.Core.Tests.Transfer;

/// <summary>Whatever the editor can save and publish is exported, imported elsewhere without a problem, and exported
/// there as the same bytes.</summary>
public sealed class RoundTripTests
{
    private static readonly string[] Scripts =
        [
            "The ferry strike", "Ọ̀ṣun", "Straße", "إضراب العبّارات", "نیم\u200Cفاصله", "תל אביב", "東京で地震、津波なし", "テ\u3099ータ", "首相\u3000訪米",
            "हिन्दी", "ภาษาไทย", "한국 뉴스", "Київ й ё", "😀👩‍👩‍👧", "𠀀𠮷", "20\u202F000\u00A0€",
        ];

    private static readonly string[] Odd =
        [
            "\u0000", "\u0010", "\u001f", "\u007f", "\u0085", "\u2028", "\ufeff", "\ufffe", "\ud83d", "\ude00", "\u202e", "\u2067",
            "\u2069", "\u200f", "\u00ad", "e\u0301", "\t", "\r\n", "\n", "  ", "\u3000", "\"", "\\", "\\n", "'", ": ", " #", "# ", "- ",
            "? ", "{", "}", "[", "]", "---", "%", "@", "`", "|", ">", "&amp;", "<b>", "!x", "*a*", "null", "~", "true", "0x1F", "---\n",
            "…", "\\u0041",
        ];

    private static readonly string[] Furniture =
    [
        "# One", "## Two", "#### Four", "###### Six", ":::note\nInside\n:::", ":::pullquote\nSaid.\n— Ada\n:::",
        ":::aside\n## Box\nText\n:::", ":::embed\nhttp://example.org/x\n:::", ":::embed\nhttps://example.org/x\nWords\n:::", ":::",
        "![](nosuch.jpg)", "![x](nosuch.jpg \"t\")", "[![x](cables.jpg)](https://example.org/)", "![](cables.jpg)",
        "![own](cables.jpg \"caption\")", "{fx 5 USD NGN}", "{fx 5 USD}", "| a | b |\n|---|:-:|\n| 1 | 2 |",
        "Note.[^1]\n\n[^1]: Of it.", "> quote\n>\n> more", "1. one\n2. two", "- [ ] x", "    code  ", "```\n---\nheadline: x\n---\n```",
        "---", "\n---\n", "<details>x</details>", "<script>alert(1)</script>", "line  \nbreak", "[a](/nowhere)", "\u3000段落の字下げ。",
        "&nbsp;&#0;", "***", "\tx",
    ];

    [Trait("Needs", "time")]
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Random_manuscripts_come_back_as_they_were(int seed)
    {
        await using var first = await Desk.OpenAsync();
        await first.ImportCleanAsync();
        await first.ReadAsync(async db =>
        {
            db.Authors.AddRange(new Author(Slug.Parse("null"), "Null", null, null), new Author(Slug.Parse("123"), "123", null, null));
            return await db.SaveChangesAsync();
        });
        var random = new Random(seed);
        var (published, at) = (0, first.Clock.GetUtcNow().AddDays(-40));
        for (var i = 0; i < 60; i++)
        {
            at = at.AddTicks(random.NextInt64(TimeSpan.TicksPerDay / 2));
            published += await PublishAsync(first, Manuscript(random), random, at) ? 1 : 0;
        }
        Assert.True(published > 30, $"Only {published} were published.");
        await SameThereAsync(first, published);
    }

    [Trait("Needs", "time")]
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task Texts_at_their_limits_come_back_and_longer_ones_are_never_saved(int over)
    {
        await using var desk = await Desk.OpenAsync();
        await desk.ImportCleanAsync();
        foreach (var letter in new[] { "x", "é", "東", "😀" })
        {
            var manuscript = new Manuscript
            {
                Section = "business",
                Kicker = Of(TextLimits.Kicker),
                Headline = "H" + Of(TextLimits.Headline - 1),
                Standfirst = Of(TextLimits.Standfirst),
                Dateline = Of(TextLimits.Dateline),
                SeoTitle = Of(TextLimits.SeoTitle),
                SeoDescription = Of(TextLimits.SeoDescription),
                Picture = "cables.jpg",
                PictureCaption = Of(TextLimits.PictureCaption),
                Bylines = [new() { Author = "ben", Role = Of(TextLimits.BylineRole) }],
                Tags = string.Join(",", Enumerable.Range(0, TextLimits.Tags + over).Select(n => $"t{n} ".PadRight(TextLimits.Tag, 'x'))),
                Body = "Text.",
            };
            var saved = await PublishAsync(desk, manuscript, new Random(1), desk.Clock.GetUtcNow().AddDays(-1));
            Assert.Equal(over <= 0, saved);

            string Of(int most) => string.Concat(Enumerable.Repeat(letter, (most + over) / letter.Length + (over > 0 ? 1 : 0)));
        }
        if (over <= 0) await SameThereAsync(desk, 4);
    }

    /// <summary>Files that the editor's own words made, and the importer refused.</summary>
    [Theory]
    [InlineData("kicker: \"A kicker of exactly eighty characters that is a good deal longer than three word\"\n", "Body.\n")]
    [InlineData("tags: [\"t one\", \"t two\", \"t three\", \"t four\", \"t five\", \"t six\", \"t seven\", \"t eight\", \"t nine\", \"t "
        + "ten\", \"t eleven\", \"t twelve\"]\n", "Body.\n")]
    [InlineData("", "Text.\n\n:::embed\nhttp://example.org/x\n:::\n")]
    [InlineData("", "#### A fourth level heading\n\nText.\n")]
    [InlineData("", "# A first level heading\n\nText.\n")]
    [InlineData("", "Text.\n\n![](nosuch.jpg)\n\nMore.\n")]
    [InlineData("", "Text.\n\n:::note\nInside\n:::\n")]
    public async Task What_was_exported_from_the_editor_is_taken_in(string fields, string body)
    {
        await using var desk = await Desk.OpenAsync();
        desk.WriteStory("2025-07-01-case", Desk.Story("Case", fields + "slug: case\nlanguage: en\ndirection: ltr\n", body));
        await desk.ImportCleanAsync();
        Assert.Equal(StoryState.Live, (await desk.StoryAsync("2025-07-01-case")).State);
    }

    [Fact]
    public async Task The_export_counts_what_it_wrote_and_fits_the_names_of_files()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.ImportCleanAsync();
        foreach (var n in new[] { 1, 2 })
            Assert.True(await PublishAsync(desk, new Manuscript
            {
                Section = n == 1 ? "business" : "world",
                Headline = string.Concat(Enumerable.Repeat("東", 90)),
                Standfirst = "x",
                Body = "y",
                Kind = Kind.Live,
                Bylines = [new() { Author = "ben" }],
            }, new Random(4), desk.Clock.GetUtcNow().AddDays(-1)));
        using var folder = new TempFolder();
        var written = await desk.ExportAsync(folder.Root);
        Assert.Equal(folder.Files().Count, written);
        Assert.All(folder.Files().Keys, f => Assert.True(Encoding.UTF8.GetByteCount(Path.GetFileName(f)) <= 255, f));
        await SameThereAsync(desk, 2);
    }

    private static async Task SameThereAsync(Desk first, int stories)
    {
        using var one = new TempFolder();
        Assert.Equal(await first.ExportAsync(one.Root), one.Files().Count);
        await using var second = await Desk.OpenAsync(withContent: false);
        second.Clock.SetUtcNow(first.Clock.GetUtcNow());
        Assert.Empty((await second.ImportAsync(folder: one.Root)).Problems);
        using var two = new TempFolder();
        await second.ExportAsync(two.Root);
        Assert.Equal(one.Files().Keys.Order(StringComparer.Ordinal), two.Files().Keys.Order(StringComparer.Ordinal));
        foreach (var file in one.Files().Keys) Assert.Equal(one.Read(file), two.Read(file));
        Assert.Equal(stories + 2, one.Files().Keys.Count(f => f.StartsWith("stories/", StringComparison.Ordinal)));
    }

    /// <returns>Whether the editor could save it, and readers see it.</returns>
    private static Task<bool> PublishAsync(Desk desk, Manuscript manuscript, Random random, DateTimeOffset at) => desk.ReadAsync(async db =>
    {
        await using var tx = await db.Database.BeginTransactionAsync();
        var copy = await manuscript.SetAsync(db);
        if (copy.Problems.Count > 0) return false;
        try
        {
            var story = new Story(copy.Text, copy.Body, Copy.Editor, at);
            db.Stories.Add(story);
            await db.SaveChangesAsync();
            if (copy.Slug is { } slug) story.ChooseSlug(slug);
            await db.PublishAsync(story, story.Newest(), Copy.Editor, at);
            await db.SaveChangesAsync();
            if (random.Next(4) == 0 && TypedText.Lines(Words(random, 1000)) is { } note)
                story.NoteCorrection(note, Copy.Editor, at.AddMinutes(1));
            if (random.Next(6) == 0)
                story.Readdress(await db.Sections.SingleAsync(s => s.Slug == Slug.Parse("world")),
                    Slug.Parse($"moved-{random.Next()}"), Copy.Editor, at.AddMinutes(2));
            if (random.Next(5) == 0) await db.RedateAsync(story, at.AddDays(-3), "A wrong clock.", Copy.Editor, at.AddMinutes(3));
            await db.SaveChangesAsync();
            if (copy.Text.Kind is Kind.Live)
                for (var n = 0; n < 4; n++)
                    if (TypedText.Lines(Words(random, 300)) is { } text)
                        await db.AddEntryAsync(
                            story.Id, new LiveEntryText(TypedText.Line(Words(random, 150)), text), $"{story.Id}-{n}", Copy.Editor,
                            at.AddMinutes(n / 3), isPinned: n == 2);
            db.ChangeTracker.Clear();
            if (random.Next(6) == 0 && TypedText.Lines(Words(random, 1000)) is { } notice)
            {
                (await db.LoadForEditingAsync(story.Id))!.Withdraw(notice, "x", Copy.Editor, at.AddMinutes(9));
                await db.SaveChangesAsync();
            }
            await tx.CommitAsync();
            return true;
        }
        catch (RefusedException)
        {
            return false;
        }
    });

    private static Manuscript Manuscript(Random random) => new()
    {
        Section = random.Next(2) == 0 ? "business" : "world",
        Kind = (Kind)random.Next(5),
        Kicker = Maybe(random, TextLimits.Kicker),
        Headline = "H " + Words(random, TextLimits.Headline - 2),
        Standfirst = "S " + Words(random, TextLimits.Standfirst - 2),
        Dateline = Maybe(random, TextLimits.Dateline),
        SeoTitle = Maybe(random, TextLimits.SeoTitle),
        SeoDescription = Maybe(random, TextLimits.SeoDescription),
        Picture = random.Next(3) == 0 ? "cables.jpg" : null,
        PictureCaption = Maybe(random, TextLimits.PictureCaption),
        Bylines = [new() { Author = Pick(random, ["ben", "amara-okafor", "null", "123"]), Role = Maybe(random, TextLimits.BylineRole) }],
        Tags = string.Join(',', Enumerable.Range(0, random.Next(6)).Select(
            _ => Pick(random, ["C", "C#", "C++", "Disney+", "йод", "иод", "null", "Yes: no", "東京", "x & y", "\"q\"", "E\u0301", "#1"]))),
        Language = Pick(random, ["en", "ar", "zh-Hant-TW", "no", "fr"]),
        RightToLeft = random.Next(2) == 0,
        Slug = random.Next(4) == 0 ? Pick(random, ["null", "true", "123", "東京", "йод"]) : null,
        Body = string.Join(random.Next(5) == 0 ? "\r\n" : "\n\n", Enumerable.Range(0, random.Next(1, 7))
            .Select(_ => random.Next(2) == 0 ? Pick(random, Furniture) : Words(random, 200))
            .Append("Text.")),
    };

    private static string? Maybe(Random random, int most) => random.Next(2) == 0 ? Words(random, most) : null;

    private static string Words(Random random, int most)
    {
        var words = new StringBuilder();
        for (var n = random.Next(1, 9); n > 0; n--)
            words.Append(Pick(random, random.Next(3) == 0 ? Odd : Scripts)).Append(random.Next(3) == 0 ? "" : " ");
        return words.Length <= most ? words.ToString() : words.ToString(0, most);
    }

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
