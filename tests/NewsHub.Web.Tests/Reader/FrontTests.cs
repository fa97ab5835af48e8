using AngleSharp.Dom;
using NewsHub.Web.Tests.PageObjects;

namespace NewsHub.Web.Tests.Reader;

public sealed class FrontTests(SamplePaper paper)
{
    [Fact]
    public async Task The_nameplate_carries_name_and_subtitle()
    {
        var front = await paper.FrontAsync();
        Assert.Equal("E-News", front.Name);
        Assert.Equal("E-News", front.Headline);
        Assert.Equal("Entertainment News Hub", front.Subtitle);
        Assert.Equal("E-News: Entertainment News Hub", front.Title);
    }

    [Fact]
    public async Task Name_and_subtitle_come_from_the_paper_s_settings()
    {
        using var made = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back").Edition(1, "2025-06-30", "2025-06-30-boats");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        foreach (var path in new[] { "/", "/editions", "/harbour", "/harbour/2025/06/30/boats" })
        {
            var page = new PaperPage(await lantern.ParseAsync(path));
            Assert.Equal("The Lantern", page.Name);
            Assert.Equal("News of a small harbour", page.Subtitle);
            Assert.Contains("The Lantern", page.Title, StringComparison.Ordinal);
            Assert.DoesNotContain("E-News", page.Document.DocumentElement.OuterHtml, StringComparison.Ordinal);
            Assert.Equal([("Harbour", "/harbour"), ("Hill", "/hill"), ("Opinion", "/opinion")], page.Sections);
        }
    }

    [Fact]
    public async Task Essential_news_leads_to_breaking_analysis_and_opinion()
    {
        var front = await paper.FrontAsync();
        Assert.Equal("Essential News", front.SectionHead);
        Assert.Equal([("Breaking News", "/breaking"), ("Analysis", "/analysis"), ("Opinion", "/opinion")], front.Kinds);
    }

    [Fact]
    public async Task The_section_head_s_words_are_the_motto_of_the_settings()
    {
        using var made = new MadeUpPaper()
            .Write("site.json", """{ "name": "The Lantern", "motto": "News • LIVE from the quay • Opinions • 1 & all • Analysis" }""")
            .Story("2025-06-30", "boats", "Boats are back");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        var front = await lantern.FrontAsync();
        Assert.Equal([("LIVE from the quay", "/live"), ("Analysis", "/analysis")], front.Kinds);
        Assert.Equal(
            ["News", "LIVE from the quay", "Opinions", "1 & all", "Analysis"], front.All(".section-head li").Select(l => l.Words()));
        foreach (var (_, address) in front.Kinds) await lantern.ParseAsync(address);
    }

    [Fact]
    public async Task A_paper_without_a_motto_has_the_usual_three_words()
    {
        using var made = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back").Edition(1, "2025-06-30", "2025-06-30-boats");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        Assert.Equal(
            [("Breaking News", "/breaking"), ("Analysis", "/analysis"), ("Opinion", "/opinion")], (await lantern.FrontAsync()).Kinds);
    }

    [Fact]
    public async Task The_latest_edition_is_named_with_number_and_date()
    {
        var mark = (await paper.FrontAsync()).EditionMark!;
        Assert.Equal("Latest edition No. 27, 1 July 2025", mark.Words());
        Assert.Equal("/editions/27", mark.GetAttribute("href"));
        Assert.Equal("2025-07-01", mark.QuerySelector("time")!.GetAttribute("datetime"));
    }

    [Fact]
    public async Task The_folio_line_tells_the_day_and_the_edition_on_every_page()
    {
        foreach (var path in new[] { "/", "/editions", "/science", SamplePaper.LeadStory, "/about" })
        {
            var page = new PaperPage(await paper.ParseAsync(path));
            Assert.Equal("Tuesday, 1 July 2025 Edition No. 27 All editions Search",
                string.Join(' ', page.One(".folio")!.Children.Select(c => c.Words())));
        }
    }

    [Fact]
    public async Task The_day_is_that_of_the_paper_s_own_zone()
    {
        using var made = new MadeUpPaper("Pacific/Auckland");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        var front = await lantern.FrontAsync();
        Assert.Equal("2025-07-02", front.One(".folio > time")!.GetAttribute("datetime"));
    }

    [Fact]
    public async Task Sections_are_in_the_order_of_the_settings()
    {
        var front = await paper.FrontAsync();
        Assert.Equal(["Technology", "World", "Politics", "Business", "Culture", "Science", "Sport", "Travel", "Opinion"],
            front.Sections.Select(s => s.Name));
        Assert.Equal("Technology", (await paper.ListAsync("/technology")).Here);
        Assert.Equal("Technology", (await paper.ArticleAsync(SamplePaper.LeadStory)).Here);
        Assert.Null(front.Here);
    }

    [Fact]
    public async Task The_front_is_the_latest_edition_and_each_story_stands_on_it_once()
    {
        var front = await paper.FrontAsync();
        var edition = await paper.EditionAsync(27);
        Assert.Equal("US breaks up the ring that put North Korean coders on American payrolls", front.Lead);
        Assert.Equal(edition.Headlines, front.Headlines);
        Assert.Equal(front.Headlines.Distinct(), front.Headlines);
        Assert.Empty(front.Latest);
    }

    [Fact]
    public async Task Headlines_stand_as_they_were_written_and_capitals_are_the_stylesheet_s()
    {
        var front = await paper.FrontAsync();
        Assert.All(front.Headlines.Where(h => h.Any(char.IsLower) || h.Any(char.IsUpper)), h => Assert.NotEqual(h.ToUpperInvariant(), h));
        Assert.Contains("🐦 鷽 for 嘘: a town swaps its lies for wooden birds", front.Headlines);
        Assert.Contains(front.Headlines, h => h.StartsWith("The Great Pennock Harbour, Fishery, Cattle Ferry", StringComparison.Ordinal)
            && h.EndsWith("and the town keeps the bell", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_card_in_another_language_says_so()
    {
        var edition = await paper.EditionAsync(27);
        var french = edition.All("main .headline a").Single(a => a.GetAttribute("href") == SamplePaper.FrenchStory).ParentElement!;
        Assert.Equal("fr", french.GetAttribute("lang"));
        var arabic = edition.All("main .headline a").Single(a => a.GetAttribute("href") == SamplePaper.ArabicStory).ParentElement!;
        Assert.Equal(("ar", "rtl"), (arabic.GetAttribute("lang"), arabic.GetAttribute("dir")));
    }
}
