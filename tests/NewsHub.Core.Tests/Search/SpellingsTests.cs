using System.Globalization;
using System.Text;
using NewsHub.Core.Publishing;
using NewsHub.Core.Reading;
using NewsHub.Core.Search;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Tests.Reading;
using Paper = NewsHub.Core.Tests.Reading.Paper;

namespace NewsHub.Core.Tests.Search;

/// <summary>Each word of a text finds it, from every way to write it, in every script.</summary>
public sealed class SpellingsTests
{
    private static readonly DateTimeOffset Now = Copy.Noon.AddDays(1);

    private static async Task<Paper> WithAsync(params IEnumerable<(string Headline, string Body, DateTimeOffset At)> stories)
    {
        var paper = await Paper.OpenAsync();
        foreach (var (headline, body, at) in stories) await paper.KeepAsync(paper.Copy.Live(headline, at, body: body));
        await using var db = paper.Store.Db();
        await new Indexing(db, db.Index).CatchUpAsync();
        return paper;
    }

    private static Task<SearchView> FindAsync(Paper paper, string words) =>
        paper.AskAsync(n => n.SearchAsync(SearchQuery.Of(words), null, Now));

    /// <summary>A text, and what readers type who look for it; between bars.</summary>
    public static TheoryData<string, string> Texts => new()
    {
        // Japanese: figures, Latin letters and characters in one word; one character at the end of a run.
        { "A社が10年ぶりに100円値上げ、5月から3人に1人", "A社|10年|10年ぶり|100円|5月|3人|1人|社|値上げ|Ａ社|１０年" },
        { "2026年度の第5回WTO会議", "2026年度|第5回|WTO会議|5回|年度|第5回WTO|会議|２０２６年度" },
        { "PCが5Gで動く。X線の検査。Tシャツが売れた。iPhone版は100万円台。", "5G|X線|Tシャツ|iPhone版|iphone|100万円|PC|線|版" },
        { "値上がりしたのは米、そして水。彼女は「雪」と言った。飼っているのは犬。日米GDP", "米|水|雪|犬|米GDP|日米|GDP|日米GDP" },
        { "ｶﾞｲﾄﾞﾌﾞｯｸ ﾃﾞｰﾀ ﾊﾟｿｺﾝのﾎﾞﾀﾝ。ＡＢＣ全角。", "ガイドブック|データ|パソコン|ボタン|ｶﾞｲﾄﾞ|ABC|ガイド" },
        { "データベースのガイド。ゲームとバグの話です。", "データベース|ガイド|バグ|ゲーム|ﾊﾞｸﾞ|ﾃﾞｰﾀ" },
        { "株式会社と㈱の人々、令和㋿元年の〇と々", "株式会社|人々|令和" },
        // Chinese.
        { "华为5G手机销量增长10倍 第3季度A股上涨 他5岁时去了北京。3月份开始。100元起。T恤衫。AI技术。Ｋ歌之王。", "5G手机|10倍|第3季度|A股|5岁|3月份|100元|T恤|T恤衫|AI技术|K歌|K歌之王|5G|手机" },
        // Korean: endings stay where they are; syllables typed in letters.
        { "3명이 10년 만에 서울에서 만났다. KBS뉴스 LG전자는", "3명|10년|서울|KBS뉴스|LG전자|만났다" },
        // Thai, Lao, Khmer, Burmese, with spaces of no width between words, and figures of their own.
        { "รัฐบาล\u200Bไทย น้ำท่วม ปี ๒๕๖๘", "รัฐบาลไทย|รัฐบาล|ไทย|น้ำท่วม|2568|๒๕๖๘" },
        { "ລັດຖະບານ\u200Bລາວ ຳ ໜັງສື", "ລັດຖະບານລາວ|ຫນັງສື|ໜັງສື" },
        { "រដ្ឋាភិបាល\u200Bកម្ពុជា ឆ្នាំ២០២៦", "កម្ពុជា|រដ្ឋាភិបាលកម្ពុជា|2026" },
        { "မြန်မာ\u200Bနိုင်ငံ ၂၀၂၆", "မြန်မာ|မြန်မာနိုင်ငံ|2026" },
        // Arabic, Persian, Urdu: letters of one keyboard for those of another, points, strokes, figures of three scripts.
        { "كتاب جديد في القاهرة عام ٢٠٢٥. إعلان مُؤَكَّد. الوزير أحمد قال إنّ الكتاب ٱلجديد. مدرســـة. ١٢٣ ألف. على إلى.",
            "كتاب|کتاب|2025|۲۰۲۵|٢٠٢٥|اعلان|مؤكد|احمد|أحمد|الجديد|ٱلجديد|الجدید|مدرسة|مدرسه|123|علی|على|علي|القاهره" },
        { "کتاب\u200Cهای فارسی در تبریز می\u200Cروند در سال ۱۴۰۵. پایگاه\u200Cداده. علی گفت.",
            "کتاب‌های|کتابهای|کتاب های|کتاب|كتاب|فارسي|1405|١٤٠٥|می‌روند|میروند|می روند|پایگاه داده|پایگاهداده|علي|على" },
        { "یہ کتاب ہمارے گھر ہے، ۱۲ ہزار", "یہ|يه|کتاب|ہمارے|همارے|گھر|12|هزار" },
        { "عدد ١٢٬٥٠٠ و ١٢٫٥", "12500|12,500|١٢٥٠٠|۱۲۵۰۰" },
        // Hebrew: points, the hyphen, abbreviations by either mark.
        { "צה״ל ואר״ה, תל־אביב, שָׁלוֹם, ג׳ירפה", "צה״ל|צה\"ל|צהל|תל אביב|תל-אביב|תל־אביב|שלום|ג'ירפה|גירפה" },
        { "צה\"ל הודיע", "צהל|צה״ל|צה\"ל" },
        // Scripts of India: the dot below, letters of one piece and of two, figures.
        { "क़ानून और फ़िल्म २०२६ हिन्दी", "क़ानून|क़ानून|कानून|फिल्म|2026|हिन्दी" },
        { "বাংলাদেশে ২০২৬ কোথায়", "বাংলাদেশে|2026|কোথায়|কোথায়" },
        { "தமிழ் கொண்டு ౨౦౨౬", "தமிழ்|கொண்டு|2026" },
        // Latin letters: accents, joined letters, letters that have no accent and yet are typed as plain ones.
        { "Müller fährt in der Straße nach Groß-Gerau. Übergröße. Ängelholm; Øresund; Łódź; Győr; Þingvellir; Ħamrun; Ŧ; Århus.",
            "Müller|Mueller|Muller|MÜLLER|fahrt|faehrt|Strasse|Straße|STRASSE|Gross-Gerau|Groß Gerau|GroßGerau|Uebergroesse|Aengelholm|"
            + "Oresund|Oeresund|Lodz|Gyor|Thingvellir|Hamrun|t|Aarhus|Arhus" },
        { "Mueller und Goethe", "Müller|Mueller|Göthe|Goethe" },
        { "Ọ̀yọ́ ɗan ƙasa, Đà Nẵng, Việt Nam, Şırnak, İzmir, ﬁnance ﬂuﬀy",
            "oyo|Ọyọ|dan|ƙasa|kasa|da nang|Đà Nẵng|viet nam|Việt|sirnak|izmir|İzmir|finance|fluffy" },
        // Joined words, abbreviations, figures.
        { "C# and .NET at AT&T in the U.S. and the USSR", "U.S.|US|u.s|AT&T|.NET|net|C#|ussr|U.S.S.R." },
        { "O’Brien, co-operate, 20,000 people, $5m, 3.5% a.b@example.org F-35 jets R&D I’ve x² ½ cup №5 naïve co-founder "
            + "soft\u00ADhyphen e-mail St. John’s Ⅻ",
            "O'Brien|O’Brien|OBrien|Brien|co-operate|cooperate|co operate|20,000|20000|20.000|20 000|$5m|3.5%|F-35|F35|F 35|R&D|I've|Ive|"
            + "x2|x²|½|1/2|naive|cofounder|co-founder|softhyphen|soft\u00ADhyphen|email|e-mail|St. John's|XII|a.b@example.org" },
        { "email from cooperating US offices, 20000 or 1 000 000 or 1\u202F000 of them",
            "e-mail|co-operating|U.S.|20,000|20.000|20\u00A0000|1,000,000|1000" },
        { "Жёлтый ёж в Йошкар-Оле, Київ, п’ять", "желтый|Жёлтый|ёж|еж|Йошкар|Йошкар-Оле|ЙошкарОле|Київ|п'ять|пять|пʼять" },
        { "Ελλάδα ΕΛΛΆΔΑ Σίσυφος", "ελλαδα|ΕΛΛΑΔΑ|σισυφοσ|Σίσυφος|ΣΙΣΥΦΟΣ" },
        { "Hawaiʻi and Qurʾān, Ḥalab", "Hawai'i|Hawaii|Hawai‘i|Quran|Qur'an|halab" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_text_is_found_from_every_spelling_in_the_headline_and_in_the_body_plain_and_quoted(string text, string asked)
    {
        await using var paper = await WithAsync(
            (text, "Nothing.", Copy.Noon), ("Of the body", text, Copy.Noon), ("Another", "It is of something else: zebra 777.", Copy.Noon));
        foreach (var words in asked.Split('|'))
        {
            foreach (var form in (NormalizationForm[])[NormalizationForm.FormC, NormalizationForm.FormD])
            {
                var found = (await FindAsync(paper, words.Normalize(form))).Stories.Select(s => s.Story.Headline).ToHashSet();
                Assert.True(found.Contains(text) && found.Contains("Of the body") && !found.Contains("Another"),
                    $"{words} in form {form} finds: {string.Join(" · ", found)}");
            }
            // Between quotation marks what was written apart stands together.
            if (!words.Contains('"', StringComparison.Ordinal))
                Assert.Contains(text, (await FindAsync(paper, $"\"{words}\"")).Stories.Select(s => s.Story.Headline));
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Each_word_of_a_text_finds_it_as_it_stands_there_and_is_marked(string text, string asked)
    {
        Assert.NotEmpty(asked);
        await using var paper = await WithAsync((text, "Nothing.", Copy.Noon));
        foreach (var words in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (Folding.Words(words).Count == 0) continue;
            var found = (await FindAsync(paper, words)).Stories;
            Assert.True(found.Count == 1, $"'{words}' is not found.");
            Assert.True(found[0].Headline.Parts.Any(p => p.IsMarked), $"'{words}' is not marked.");
            Assert.Equal(text, string.Concat(found[0].Headline.Parts.Select(p => p.Text)));
        }
    }

    [Fact]
    public async Task Other_spellings_are_marked_where_they_stand_in_the_text()
    {
        await using var paper = await WithAsync(("Unions co-operate in the U.S. for 20,000", "Nothing.", Copy.Noon));
        foreach (var (asked, marked) in new[] { ("cooperate", "co-operate"), ("us", "U.S"), ("20000", "20,000") })
            Assert.Equal(
                [marked], Assert.Single((await FindAsync(paper, asked)).Stories).Headline.Parts.Where(p => p.IsMarked).Select(p => p.Text));
    }

    [Fact]
    public async Task A_word_of_which_a_part_is_emphasised_is_one_word_and_a_note_is_none_of_it()
    {
        await using var paper = await WithAsync(("Of the body", "Un*believ*able, A**社**が storm[^1] now.\n\n[^1]: A note.", Copy.Noon));
        foreach (var words in (string[])["unbelievable", "A社", "storm"])
            Assert.Single((await FindAsync(paper, words)).Stories);
    }

    [Fact]
    public async Task Stories_of_every_year_are_found_by_their_day()
    {
        DateTimeOffset[] days = [
            new(1, 1, 2, 0, 0, 0, default), new(1605, 9, 3, 8, 0, 0, default), new(1899, 5, 1, 8, 0, 0, default),
            new(1899, 12, 31, 23, 59, 0, default), Copy.Noon,
        ];
        await using var paper = await WithAsync(days.Select(d => ($"Of {d.Year}-{d.Month}", "Lantern.", d)));
        foreach (var day in days)
        {
            var query = SearchQuery.Of("lantern") with { From = day.AddHours(-1), Until = day.AddHours(1) };
            Assert.Equal([$"Of {day.Year}-{day.Month}"],
                (await paper.AskAsync(n => n.SearchAsync(query, null, Now))).Stories.Select(s => s.Story.Headline));
        }
        var all = await paper.AskAsync(n => n.SearchAsync(SearchQuery.Of("lantern") with { Order = SearchOrder.Newest }, null, Now));
        Assert.Equal(days.OrderDescending().Select(d => $"Of {d.Year}-{d.Month}"), all.Stories.Select(s => s.Story.Headline));
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task Every_block_of_Unicode_can_be_published_related_and_asked_for()
    {
        // Of the planes of ideographs every sixteenth: there are a hundred thousand.
        var blocks = Enumerable.Range(32, 0x110000 - 32)
            .Where(v => v is < 0xD800 or > 0xDFFF && (v < 0x3400 || v % 16 == 0))
            .Select(char.ConvertFromUtf32)
            .Where(c => char.GetUnicodeCategory(c, 0) is not UnicodeCategory.OtherNotAssigned and not UnicodeCategory.PrivateUse)
            .Chunk(128)
            .ToList();
        await using var paper = await WithAsync(
            blocks.Select((b, i) => ($"Block {i} {string.Join(' ', b)} {string.Concat(b)}", "Nothing.", Copy.Noon)));
        await using var db = paper.Store.Db();
        for (var i = 0; i < blocks.Count; i++)
        {
            var story = paper.Copy.Draft($"{string.Concat(blocks[i])} {string.Join(' ', blocks[i])}");
            await db.RelatedToAsync(story, story.Revisions[0].Text);
            foreach (var one in blocks[i].Where((_, n) => n % 37 == i % 37))
            {
                var asked = (string[])[one, one + one, $"\"{one}\"", $"a{one}5"];
                foreach (var words in asked) await FindAsync(paper, words);
                if (SearchQuery.Of(one).Terms.Count > 0)
                    Assert.True((await paper.AskAsync(n => n.SearchAsync(SearchQuery.Of($"{one} \"block {i}\""), null, 50, Now))).Count > 0,
                        $"U+{char.ConvertToUtf32(one, 0):X4} {one} is not found.");
            }
        }
    }

    [Theory]
    [InlineData("ﾟ")]
    [InlineData("ﾞ")]
    [InlineData("(ﾟДﾟ)")]
    [InlineData("\u0301")]
    [InlineData("\u200B")]
    [InlineData("\uFE0F")]
    public async Task An_empty_word_is_none(string words)
    {
        await using var paper = await WithAsync(($"A {words}", $"It says {words}.", Copy.Noon));
        await FindAsync(paper, words);
        await using var db = paper.Store.Db();
        var story = paper.Copy.Draft($"A {words}");
        Assert.Empty(await db.RelatedToAsync(story, story.Revisions[0].Text with { Tags = [], Standfirst = "" }));
    }

    [Fact]
    public async Task An_index_that_cannot_answer_keeps_no_story_from_being_published()
    {
        await using var paper = await WithAsync(("Ferry strike", "Nothing.", Copy.Noon));
        await using var db = paper.Store.Db();
        await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(db.Database, "DROP TABLE \"SearchText\"");
        var story = paper.Copy.Draft("Ferry strike goes on");
        await db.RelatedToAsync(story, story.Revisions[0].Text);
    }
}
