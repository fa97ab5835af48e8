using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Newsletters;
using NewsHub.Core.Rates;
using NewsHub.Core.Reading;
using NewsHub.Core.Settings;
using NewsHub.Core.Stories;
using NewsHub.Web.Localization;
using NewsHub.Web.Mail;

namespace NewsHub.Web.Tests.Newsletters;

/// <summary>A front, set as a mail.</summary>
public sealed class BulletinComposerTests
{
    private const string Site = "https://lantern.example";
    private const string Key = "--readers-own-key--";
    private static readonly BulletinComposer Composer = new(
        new MailHtml(
            new ServiceCollection().AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)).BuildServiceProvider(), NullLoggerFactory.Instance),
        language => Texts.Of(language) ?? Texts.English);

    private static readonly SectionLine Harbour = new(
        new SectionId(1), "harbour", "Harbour & Quay", null), Hill = new(new SectionId(2), "hill", "Hill", null);
    private static readonly SiteSnapshot Paper = new(
        new Site { Name = "The Lan-tern", Subtitle = "News of a <small> harbour", Language = "en" },
        [Harbour, Hill],
        null,
        RateBoard.Empty);
    private static readonly PictureUse Quay = new("0123456789abcdef0123", "quay.jpg", 1200, 900, "A \"quay\" <by night>", null, "Ada");

    [Fact]
    public async Task Whatever_is_on_the_front_the_mail_stays_under_100_KB_and_says_where_the_rest_is()
    {
        var endless = string.Concat(Enumerable.Repeat("Überfluß an 漢字 & <Zeichen> ", 40));
        foreach (var standfirst in new[] { "Short.", endless, new string('界', 5000) })
        {
            var front = Front(
                Story("Lead", picture: Quay),
                briefs: Enumerable.Range(0, 66).Select(i => Story($"{endless} {i}", standfirst)),
                seconds: Enumerable.Range(0, 66).Select(i => Story($"{endless} {i}", standfirst, picture: Quay)),
                opinions: Enumerable.Range(0, 66).Select(i => Story($"{i} {endless}", standfirst)));
            var copy = await Composer.SetAsync(front, Paper, Site, "en");
            var (html, text) = copy.For("123456789.abcdefghijklmnopqrstuvwx");
            Assert.InRange(Encoding.UTF8.GetByteCount(html), 20_000, 100_000);
            Assert.Contains("Read the rest in the paper", html, StringComparison.Ordinal);
            Assert.Contains("Read the rest in the paper", text, StringComparison.Ordinal);
            Assert.EndsWith("</html>", html.TrimEnd(), StringComparison.Ordinal);
            Assert.InRange(copy.Subject.Length, 1, 150);
        }
        Assert.DoesNotContain(
            "Read the rest", (await Composer.SetAsync(Front(Story("Lead")), Paper, Site, "en")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_word_is_encoded_and_nothing_in_it_runs_or_comes_from_elsewhere()
    {
        var copy = await Composer.SetAsync(
            Front(Story("<script>alert('1')</script> & \"so\"", "A & <b>", picture: Quay), seconds: [Story("Second", picture: Quay)]),
            Paper,
            Site,
            "en");
        Assert.DoesNotContain("<script", copy.Html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt; &amp; &quot;so&quot;", copy.Html, StringComparison.Ordinal);
        Assert.Contains("alt=\"A &quot;quay&quot; &lt;by night&gt;\"", copy.Html, StringComparison.Ordinal);
        Assert.Contains("News of a &lt;small&gt; harbour", copy.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<link", copy.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", copy.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("@font-face", copy.Html, StringComparison.Ordinal);
        foreach (var address in System.Text.RegularExpressions.Regex.Matches(copy.Html, "(?:src|href)=\"([^\"]*)\"")
            .Select(m => m.Groups[1].Value))
        {
            Assert.StartsWith(Site + "/", address, StringComparison.Ordinal);
        }
        Assert.Contains($"<img src=\"{Site}/media/0123456789abcdef0123/3x2-960.jpg\" width=\"600\" height=\"400\"", copy.Html,
            StringComparison.Ordinal);
        Assert.Contains("<script>alert('1')</script> & \"so\"", copy.Text, StringComparison.Ordinal);
        Assert.Contains("color-scheme", copy.Html, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme:dark", copy.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_text_tells_the_same_stories_in_the_same_order_in_short_lines()
    {
        var front = Front(
            Story("Lead", "A long standfirst that goes on and on so that it has to be broken somewhere before the "
                + "seventy-third character."), seconds: [Story("Second")], briefs: [Story("Brief")], opinions: [Story("Opinion piece")],
            sections: [new SectionFront(Hill, Story("Hill lead"), [Story("Hill line")])]);
        var copy = await Composer.SetAsync(front, Paper, Site, "en");
        string[] headlines = ["Lead", "Second", "Brief", "Opinion piece", "Hill lead", "Hill line"];
        foreach (var text in new[] { copy.Text, copy.Html[copy.Html.IndexOf("<h1", StringComparison.Ordinal)..] })
        {
            var places = headlines.Select(h => text.IndexOf(h, StringComparison.Ordinal)).ToList();
            Assert.DoesNotContain(-1, places);
            Assert.Equal(places.Order(), places);
        }
        Assert.All(copy.Text.Split('\n').Where(l => !l.Contains("http", StringComparison.Ordinal)), l => Assert.InRange(l.Length, 0, 72));
        Assert.Equal(2, copy.Text.Split(Key).Length - 1);
        Assert.DoesNotContain(Key, copy.For("1.x").Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_story_from_right_to_left_says_so()
    {
        var copy = await Composer.SetAsync(Front(Story("Lead"), seconds: [Story("خبر", language: "ar", picture: Quay)]), Paper, Site, "en");
        Assert.Contains("lang=\"ar\" dir=\"rtl\" align=\"right\"", copy.Html, StringComparison.Ordinal);
    }

    /// <summary>Every language that we have words in, in papers of three languages, with stories of three.</summary>
    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    [InlineData("ar")]
    public async Task A_mail_is_in_one_language_and_direction_and_says_so_of_whatever_is_in_another(string paperLanguage)
    {
        var paper = new SiteSnapshot(
            new Site { Name = "Le Phare", Subtitle = "Nouvelles", Language = paperLanguage }, [Harbour, Hill], null, RateBoard.Empty);
        var front = Front(In("en"), seconds: [In("ar"), In("fr")], briefs: [In("ar"), In("en")], opinions: [In("fr"), In("ar")],
            sections: [new SectionFront(Hill, In("ar"), [In("en")])]);
        foreach (var words in Texts.All)
        {
            var copy = await Composer.SetAsync(front, paper, Site, words.Tag);
            using var mail = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(copy.Html);
            Assert.Equal(
                (words.Tag, words.Direction), (mail.DocumentElement.GetAttribute("lang"), mail.DocumentElement.GetAttribute("dir")));
            var outer = mail.QuerySelector("body > table")!;
            Assert.Equal((words.Tag, words.Direction), (outer.GetAttribute("lang"), outer.GetAttribute("dir")));
            Assert.Contains($"text-align:{(words.RightToLeft ? "right" : "left")}", outer.GetAttribute("style"), StringComparison.Ordinal);

            // What one reads is in the language that the nearest element names.
            foreach (var heading in mail.QuerySelectorAll("h1 a, h2 a, h3 a, h4 a")
                .Where(a => a.TextContent.StartsWith("story ", StringComparison.Ordinal)))
            {
                var language = heading.TextContent.Split(' ')[1];
                Assert.Equal((language, language == "ar" ? "rtl" : "ltr"), (Nearest(heading, "lang"), Nearest(heading, "dir")));
            }
            Assert.All(mail.QuerySelectorAll("p").Where(p => p.TextContent.Contains(words.Count("minutes", 4), StringComparison.Ordinal)),
                p => Assert.Equal((words.Tag, words.Direction), (Nearest(p, "lang"), Nearest(p, "dir"))));
            Assert.Equal(paperLanguage, Nearest(mail.QuerySelector("p.plate")!, "lang"));
            // Letters that are joined are not spaced.
            Assert.All(mail.QuerySelectorAll("[style*='letter-spacing']"), e => Assert.NotEqual("rtl", Nearest(e, "dir")));

            foreach (var said in new[]
            {
                words.Weekday(new DateOnly(2025, 7, 1)), words["briefs"], words["kind.opinion"], words["mail.whole"], words["mail.manage"],
                words["newsletter.leave"], words.Say("mail.why", ("paper", "Le Phare")),
            })
            {
                Assert.Contains(said, mail.Body!.TextContent, StringComparison.Ordinal);
                Assert.Contains(Flat(said), Flat(copy.Text), StringComparison.OrdinalIgnoreCase);
            }
            Assert.Equal(words.Tag, copy.Language);
            if (words.Tag is not ("fr" or "ar")) continue;
            foreach (var english in new[]
            {
                " min read", "By Ada", "In brief", "Leave the newsletter", "Tuesday", "What you get", "You get this", "Read the whole",
            })
            {
                Assert.DoesNotContain(english, copy.Html + copy.Text, StringComparison.Ordinal);
            }
        }

        static StoryCard In(string language) => Story($"story {language}", language: language) with { Foreign = true };

        static string? Nearest(AngleSharp.Dom.IElement element, string attribute)
        {
            var around = element;
            while (around is not null && !around.HasAttribute(attribute)) around = around.ParentElement;
            return around?.GetAttribute(attribute);
        }

        static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Who_chose_sections_gets_their_stories_and_the_first_of_them_leads()
    {
        var front = Front(Story("Harbour lead"), seconds: [Story("Hill second", section: Hill), Story("Harbour second")], sections: [
            new SectionFront(Hill, Story("Hill lead", section: Hill), [Story("Hill line", section: Hill)]),
            new SectionFront(Harbour, Story("Quay"), []),
        ]);
        Assert.Same(front, BulletinComposer.Only(front, []));
        var mine = BulletinComposer.Only(front, [2])!;
        Assert.Equal(["Hill second", "Hill lead", "Hill line"], mine.Stories.Select(s => s.Headline));
        Assert.Equal("Hill second", mine.Lead!.Headline);
        Assert.Equal("Hill second", (await Composer.SetAsync(mine, Paper, Site, "en")).Subject);
        Assert.Null(BulletinComposer.Only(front, [3]));
        Assert.Equal(["Hill lead", "Hill line"], BulletinComposer.Only(front with { Seconds = [] }, [2])!.Stories.Select(s => s.Headline));
    }

    private static StoryCard Story(
        string headline,
        string standfirst = "Why it matters.",
        SectionLine? section = null,
        PictureUse? picture = null,
        string language = "en") => new()
        {
            Id = new StoryId(1),
            Address = "/harbour/2025/07/01/خبر",
            Section = section ?? Harbour,
            Kind = Kind.News,
            Headline = headline,
            Standfirst = standfirst,
            Bylines = [new Byline(1, "ada", "Ada Night", null), new Byline(2, "bo", "Bo Ade", null)],
            Picture = picture,
            PublishedAt = DateTimeOffset.UnixEpoch,
            Words = 900,
            Language = language,
            RightToLeft = language == "ar",
            Foreign = language != "en",
        };

    private static FrontView Front(
        StoryCard lead,
        IEnumerable<StoryCard>? seconds = null,
        IEnumerable<StoryCard>? briefs = null,
        IEnumerable<StoryCard>? opinions = null,
        IReadOnlyList<SectionFront>? sections = null) => new()
        {
            Edition = new EditionLine(new EditionId(1), 27, new DateOnly(2025, 7, 1), "The borrowed colleagues", DateTimeOffset.UnixEpoch),
            Lead = lead,
            Seconds = [.. seconds ?? []],
            Briefs = [.. briefs ?? []],
            Opinions = [.. opinions ?? []],
            Sections = sections ?? [],
            Latest = [],
        };
}
