using System.Text;
using NewsHub.Core.Editions;
using NewsHub.Core.Media;
using NewsHub.Core.Newsletters;
using NewsHub.Core.Rates;
using NewsHub.Core.Reading;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Tests.Newsletters;

/// <summary>A front, set as a mail.</summary>
public sealed class BulletinSheetTests
{
    private const string Site = "https://lantern.example";
    private static readonly SectionLine Harbour = new(new SectionId(1), "harbour", "Harbour & Quay", null), Hill = new(new SectionId(2), "hill", "Hill", null);
    private static readonly Masthead Paper = new(new Site { Name = "The Lan-tern", Subtitle = "News of a <small> harbour", Language = "en" }, [Harbour, Hill], null, RateBoard.Empty);
    private static readonly PictureUse Quay = new("0123456789abcdef0123", "quay.jpg", 1200, 900, "A \"quay\" <by night>", null, "Ada");

    [Fact]
    public void Whatever_is_on_the_front_the_mail_stays_under_100_KB_and_says_where_the_rest_is()
    {
        var endless = string.Concat(Enumerable.Repeat("Überfluß an 漢字 & <Zeichen> ", 40));
        foreach (var standfirst in new[] { "Short.", endless, new string('界', 5000) })
        {
            var front = Front(Story("Lead", picture: Quay), briefs: Enumerable.Range(0, 66).Select(i => Story($"{endless} {i}", standfirst)), seconds: Enumerable.Range(0, 66).Select(i => Story($"{endless} {i}", standfirst, picture: Quay)), opinions: Enumerable.Range(0, 66).Select(i => Story($"{i} {endless}", standfirst)));
            var copy = BulletinSheet.Set(front, Paper, Site);
            var (html, text) = copy.For("123456789.abcdefghijklmnopqrstuvwx");
            Assert.InRange(Encoding.UTF8.GetByteCount(html), 20_000, 100_000);
            Assert.Contains("Read the rest in the paper", html, StringComparison.Ordinal);
            Assert.Contains("Read the rest in the paper", text, StringComparison.Ordinal);
            Assert.EndsWith("</html>", html.TrimEnd(), StringComparison.Ordinal);
            Assert.InRange(copy.Subject.Length, 1, 150);
        }
        Assert.DoesNotContain("Read the rest", BulletinSheet.Set(Front(Story("Lead")), Paper, Site).Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_word_is_encoded_and_nothing_in_it_runs_or_comes_from_elsewhere()
    {
        var copy = BulletinSheet.Set(Front(Story("<script>alert('1')</script> & \"so\"", "A & <b>", picture: Quay), seconds: [Story("Second", picture: Quay)]), Paper, Site);
        Assert.DoesNotContain("<script", copy.Html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;so&quot;", copy.Html, StringComparison.Ordinal);
        Assert.Contains("alt=\"A &quot;quay&quot; &lt;by night&gt;\"", copy.Html, StringComparison.Ordinal);
        Assert.Contains("News of a &lt;small&gt; harbour", copy.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<link", copy.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", copy.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("@font-face", copy.Html, StringComparison.Ordinal);
        foreach (var address in System.Text.RegularExpressions.Regex.Matches(copy.Html, "(?:src|href)=\"([^\"]*)\"").Select(m => m.Groups[1].Value)) Assert.StartsWith(Site + "/", address, StringComparison.Ordinal);
        Assert.Contains($"<img src=\"{Site}/media/0123456789abcdef0123/3x2-960.jpg\" width=\"600\" height=\"400\"", copy.Html, StringComparison.Ordinal);
        Assert.Contains("<script>alert('1')</script> & \"so\"", copy.Text, StringComparison.Ordinal);
        Assert.Contains("color-scheme", copy.Html, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme:dark", copy.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_tells_the_same_stories_in_the_same_order_in_short_lines()
    {
        var front = Front(Story("Lead", "A long standfirst that goes on and on so that it has to be broken somewhere before the seventy-third character."), seconds: [Story("Second")], briefs: [Story("Brief")], opinions: [Story("Opinion piece")],
            sections: [new SectionFront(Hill, Story("Hill lead"), [Story("Hill line")])]);
        var copy = BulletinSheet.Set(front, Paper, Site);
        string[] headlines = ["Lead", "Second", "Brief", "Opinion piece", "Hill lead", "Hill line"];
        foreach (var text in new[] { copy.Text, copy.Html[copy.Html.IndexOf("<h1", StringComparison.Ordinal)..] })
        {
            var places = headlines.Select(h => text.IndexOf(h, StringComparison.Ordinal)).ToList();
            Assert.DoesNotContain(-1, places);
            Assert.Equal(places.Order(), places);
        }
        Assert.All(copy.Text.Split('\n').Where(l => !l.Contains("http", StringComparison.Ordinal)), l => Assert.InRange(l.Length, 0, 72));
        Assert.Equal(2, copy.Text.Split(BulletinCopy.Key).Length - 1);
        Assert.DoesNotContain(BulletinCopy.Key, copy.For("1.x").Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_story_from_right_to_left_says_so()
    {
        var copy = BulletinSheet.Set(Front(Story("Lead"), seconds: [Story("خبر", language: "ar", picture: Quay)]), Paper, Site);
        Assert.Contains("lang=\"ar\" dir=\"rtl\" align=\"right\"", copy.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_chose_sections_gets_their_stories_and_the_first_of_them_leads()
    {
        var front = Front(Story("Harbour lead"), seconds: [Story("Hill second", section: Hill), Story("Harbour second")], sections: [new SectionFront(Hill, Story("Hill lead", section: Hill), [Story("Hill line", section: Hill)]), new SectionFront(Harbour, Story("Quay"), [])]);
        Assert.Same(front, BulletinSheet.Only(front, []));
        var mine = BulletinSheet.Only(front, [2])!;
        Assert.Equal(["Hill second", "Hill lead", "Hill line"], mine.Stories.Select(s => s.Headline));
        Assert.Equal("Hill second", mine.Lead!.Headline);
        Assert.Equal("Hill second", BulletinSheet.Set(mine, Paper, Site).Subject);
        Assert.Null(BulletinSheet.Only(front, [3]));
        Assert.Equal(["Hill lead", "Hill line"], BulletinSheet.Only(front with { Seconds = [] }, [2])!.Stories.Select(s => s.Headline));
    }

    private static StoryCard Story(string headline, string standfirst = "Why it matters.", SectionLine? section = null, PictureUse? picture = null, string language = "en") => new()
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

    private static FrontView Front(StoryCard lead, IEnumerable<StoryCard>? seconds = null, IEnumerable<StoryCard>? briefs = null, IEnumerable<StoryCard>? opinions = null, IReadOnlyList<SectionFront>? sections = null) => new()
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
