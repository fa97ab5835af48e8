using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using NewsHub.Web.Tests.PageObjects;

namespace NewsHub.Web.Tests.Reader;

public sealed class ArticleTests(SamplePaper paper)
{
    [Fact]
    public async Task The_reference_story_has_all_its_furniture()
    {
        var article = await paper.ArticleAsync(SamplePaper.LeadStory);
        Assert.Equal("US breaks up the ring that put North Korean coders on American payrolls", article.Headline);
        Assert.StartsWith("Technology", article.Kicker, StringComparison.Ordinal);
        Assert.StartsWith("One man has been arrested", article.Standfirst, StringComparison.Ordinal);
        Assert.Equal("By Amara Okafor in Newark and Jun Seo in Seoul", article.Bylines);
        Assert.StartsWith("NEWARK Published 1 July 2025, 08:10 UTC Updated 11:42 UTC",
            article.Dateline.Replace("  ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(("North Korea", "/tags/north-korea"), article.Tags);
        Assert.Equal(5, article.Tags.Count);
    }

    [Fact]
    public async Task The_picture_has_alt_text_caption_credit_and_size()
    {
        var picture = (await paper.ArticleAsync(SamplePaper.LeadStory)).Picture;
        Assert.False(string.IsNullOrWhiteSpace(picture.Alt));
        Assert.Equal("One desk, two dozen colleagues who were never there.", picture.Caption);
        Assert.StartsWith("Photo: ", picture.Credit, StringComparison.Ordinal);
        Assert.True(picture.Credit.Length > "Photo: ".Length);
        Assert.True(picture.Size is { Width: > 0, Height: > 0 });
        Assert.Equal("high", picture.Priority);
    }

    [Fact]
    public async Task The_picture_is_offered_as_AVIF_WebP_and_JPEG_in_four_widths_at_least_and_never_wider_than_it_is()
    {
        var picture = (await paper.ArticleAsync(SamplePaper.LeadStory)).Picture;
        Assert.Equal(["image/avif", "image/webp", "image/jpeg"], picture.Formats.Select(f => f.Type));
        Assert.All(picture.Formats, f =>
        {
            Assert.True(f.Widths.Count >= 4, $"{f.Type} has {f.Widths.Count} widths.");
            Assert.Equal(f.Widths.Order().Distinct(), f.Widths);
            Assert.True(f.Widths[^1] <= picture.Size.Width);
        });
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task Every_picture_of_the_paper_has_four_widths_a_size_and_an_alt_attribute()
    {
        var bad = from page in await paper.PagesAsync()
                  where page.IsPage
                  from image in page.Page.QuerySelectorAll("img")
                  where image.GetAttribute("alt") is null || image.GetAttribute("width") is null || image.GetAttribute("height") is null
                      || image.GetAttribute("srcset")?.Split(',').Length is null or < 4
                  select $"{page.Path}: {image.OuterHtml}";
        Assert.Empty(bad);
    }

    [Fact]
    public async Task Every_figure_has_a_credit()
    {
        var bad = from page in await paper.PagesAsync()
                  where page.IsPage
                  from figure in page.Page.QuerySelectorAll("figure.shot")
                  where figure.QuerySelector("figcaption .credit")?.Words().StartsWith("Photo: ", StringComparison.Ordinal) != true
                  select page.Path;
        Assert.Empty(bad);
    }

    [Fact]
    public async Task Shares_and_reactions_are_those_of_the_store()
    {
        using var made = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back").Story("2025-06-29", "nets", "Nets are out");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        await lantern.FromElsewhereAsync(async db =>
        {
            await db.Stories.Where(s => s.SourceKey == "2025-06-30-boats").ExecuteUpdateAsync(s => s.SetProperty(x => x.Shares, 1234));
            return await db.Database.ExecuteSqlAsync(
                $"""UPDATE "Stories" SET "Reactions" = {"""{"glad":7,"gone":2}"""} WHERE "SourceKey" = '2025-06-30-boats'""");
        });
        var article = await lantern.ArticleAsync("/harbour/2025/06/30/boats");
        Assert.Equal("1,234 shares", article.Shares);
        Assert.Equal("7 reactions", article.Reacted);
        Assert.Equal(["Glad 7"], article.Reactions);
        var other = await lantern.ArticleAsync("/harbour/2025/06/29/nets");
        Assert.Equal(("0 shares", "0 reactions"), (other.Shares, other.Reacted));
    }

    [Fact]
    public async Task The_drop_cap_is_the_stylesheet_s_and_the_first_paragraph_is_whole()
    {
        var first = (await paper.ArticleAsync(SamplePaper.LeadStory)).FirstParagraph;
        Assert.StartsWith("The names were American, and they belonged to real people.", first.TextContent, StringComparison.Ordinal);
        Assert.Null(first.FirstElementChild);
    }

    [Fact]
    public async Task The_pull_quote_is_by_the_Editorial_Board()
    {
        var quote = (await paper.ArticleAsync(SamplePaper.LeadStory)).Body.QuerySelector("figure.pullquote")!;
        Assert.Equal("“This represents a significant development in our ongoing coverage of current events.”",
            quote.QuerySelector("blockquote")!.Words());
        Assert.Equal("— Editorial Board", quote.QuerySelector("figcaption")!.Words());
    }

    [Fact]
    public async Task Body_furniture_is_marked_up_and_text_is_as_written()
    {
        var article = await paper.ArticleAsync(SamplePaper.LeadStory);
        Assert.Contains("What the case counts", article.Body.QuerySelectorAll("h2").Select(h => h.Words()));
        Assert.All(article.Body.QuerySelectorAll("th"), th => Assert.Equal("col", th.GetAttribute("scope")));
        Assert.NotNull(article.Body.QuerySelector(".table-scroll[tabindex='0'] > table"));
        Assert.NotEmpty(article.Body.QuerySelectorAll(".footnotes li"));
        Assert.Contains("’", article.Body.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(":::", article.Body.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Corrections_stand_at_the_story_and_are_announced_above_it()
    {
        var article = await paper.ArticleAsync(SamplePaper.LeadStory);
        Assert.StartsWith("An earlier version of this story said", Assert.Single(article.Corrections), StringComparison.Ordinal);
        Assert.Equal("#corrections", article.One(".corrected a")!.GetAttribute("href"));
        Assert.Contains((await paper.ParseAsync("/corrections")).QuerySelectorAll(".log a"),
            a => a.GetAttribute("href") == SamplePaper.LeadStory + "#corrections");
    }

    [Fact]
    public async Task Reader_engagement_offers_the_paper_s_own_reactions()
    {
        var article = await paper.ArticleAsync(SamplePaper.LeadStory);
        Assert.Equal("Reader engagement", article.EngagementHeading);
        Assert.Equal(["Informed 0", "Surprised 0", "Worried 0", "Hopeful 0"], article.Reactions);
    }

    [Fact]
    public async Task Sharing_is_plain_links_that_name_this_story_and_load_nothing()
    {
        var article = await paper.ArticleAsync(SamplePaper.LeadStory);
        Assert.Equal("Share this story", article.ShareHeading);
        Assert.Equal(["Email", "WhatsApp", "X", "Facebook", "LinkedIn", "Bluesky", "Telegram"], article.ShareLinks.Select(l => l.Name));
        var id = article.One(".story")!.GetAttribute("data-story");
        Assert.Contains(
            Uri.EscapeDataString("http://localhost:5080" + SamplePaper.LeadStory), article.ShareLinks[0].Address, StringComparison.Ordinal);
        Assert.All(article.ShareLinks.Skip(1), l => Assert.StartsWith($"/share/{id}/", l.Address, StringComparison.Ordinal));
        Assert.All(article.All("#share button"),
            b => Assert.True(b.Closest("li")!.HasAttribute("hidden"), "A button that only scripts can serve is shown without them."));
    }

    [Fact]
    public async Task More_from_this_edition_leads_on_and_says_what_it_will_do()
    {
        var article = await paper.ArticleAsync(SamplePaper.LeadStory);
        Assert.Equal("More from this edition", article.MoreHeading);
        Assert.Equal("Additional articles loading...", article.MoreIsComing);
        Assert.NotEmpty(article.More.Headlines);
        Assert.StartsWith("/editions/27/stories?after=", article.More.Next(SamplePaper.LeadStory), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SamplePaper.LeadStory)]
    [InlineData("/sport/2025/06/30/runner-hands-back-her-title")]
    public async Task Walking_on_from_a_story_shows_every_other_story_of_the_edition_once(string path)
    {
        var article = await paper.ArticleAsync(path);
        var shown = article.More.Addresses.ToList();
        for (var next = article.More.Next(path); next is not null;)
        {
            var page = await paper.ListAsync(next);
            Assert.NotEmpty(page.Stories);
            shown.AddRange(page.Addresses);
            next = page.Next(next);
        }
        var edition = await paper.FromElsewhereAsync(db => (
            from slot in db.FrontSlots
            join s in db.Stories on slot.StoryId equals s.Id
            where db.Editions.Any(e => e.Id == slot.EditionId && e.Number == 27)
            orderby slot.Position
            select s.Address).ToListAsync());
        Assert.Equal(edition.Where(a => a != path), shown.Where(a => a != path));
    }

    [Fact]
    public async Task A_story_of_no_edition_has_no_more_of_it()
    {
        using var made = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        Assert.Null((await lantern.ArticleAsync("/harbour/2025/06/30/boats")).MoreHeading);
    }

    [Fact]
    public async Task An_Arabic_story_reads_from_the_right_and_the_paper_around_it_from_the_left()
    {
        var article = await paper.ArticleAsync(SamplePaper.ArabicStory);
        Assert.Equal(("ar", "rtl"), (article.Story.GetAttribute("lang"), article.Story.GetAttribute("dir")));
        Assert.Equal("كاتب العرائض يعود إلى طاولته في طرابلس", article.Headline);
        Assert.Equal("en", article.Document.DocumentElement.GetAttribute("lang"));
        foreach (var own in new[] { ".story-foot", ".in-edition", ".kicker" })
            Assert.Equal("en", article.Story.QuerySelector(own)!.GetAttribute("lang"));
        Assert.Equal("ltr", article.Story.QuerySelector(".story-foot")!.GetAttribute("dir"));
        Assert.Contains(article.Tags, t => t.Name == "لبنان" && t.Address == "/tags/" + Uri.EscapeDataString("لبنان"));
        var tag = await paper.ListAsync("/tags/" + Uri.EscapeDataString("لبنان"));
        Assert.Contains(article.Headline, tag.Headlines);
    }

    [Fact]
    public async Task A_French_story_says_that_it_is_French()
    {
        var article = await paper.ArticleAsync(SamplePaper.FrenchStory);
        Assert.Equal("fr", article.Story.GetAttribute("lang"));
        Assert.Null(article.Story.GetAttribute("dir"));
        Assert.StartsWith("À Sérignac, le dernier projectionniste", article.Headline, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_very_long_headline_is_whole_and_set_smaller()
    {
        var article = await paper.ArticleAsync(SamplePaper.LongHeadline);
        Assert.True(article.Headline!.Length > 200);
        Assert.True(article.One("h1")!.ClassList.Contains("headline--long"));
        Assert.EndsWith("and the town keeps the bell", article.Headline, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Emoji_and_ideographs_arrive_as_they_were_typed()
    {
        var article = await paper.ArticleAsync("/culture/2025/06/27/bullfinches-for-lies");
        Assert.Equal("🐦 鷽 for 嘘: a town swaps its lies for wooden birds", article.Headline);
        Assert.StartsWith("🐦 鷽 for 嘘", article.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_story_without_a_picture_has_no_hole_where_it_would_be()
    {
        var article = await paper.ArticleAsync(SamplePaper.LongHeadline);
        Assert.False(article.HasPicture);
        Assert.Null(article.Story.QuerySelector("header ~ figure"));
    }

    [Fact]
    public async Task What_editors_write_is_text_wherever_it_is_printed()
    {
        const string evil = "</script><script>alert(1)</script> & <b>bold</b>";
        using var made = new MadeUpPaper()
            .Story(
                "2025-06-30",
                "boats",
                evil.Replace("\"", "\\\"", StringComparison.Ordinal),
                "tags: [\"A <i>tag</i>\"]\ndateline: \"<u>HERE</u>\"\nkicker: \"<s>K</s>\"",
                "Before <script>alert(2)</script>[link](javascript:alert(3)) <b onclick=\"x()\">after</b>.")
            .Edition(1, "2025-06-30", "2025-06-30-boats");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        foreach (var path in new[]
        {
            "/", "/editions/1", "/harbour", "/authors/ada-night", "/editions/1/stories", "/harbour/2025/06/30/boats", "/tags/a-i-tag-i",
        })
        {
            var page = new PaperPage(await lantern.ParseAsync(path));
            // What is said to machines holds the headline too, and ends where we end it.
            Assert.All(page.All("script"), s => Assert.True(s.GetAttribute("type") == "application/ld+json"
                ? !s.TextContent.Contains('<', StringComparison.Ordinal)
                : !s.TextContent.Contains("alert", StringComparison.Ordinal)));
            Assert.Empty(page.All("main u, main s, main [onclick], main a[href^='javascript']"));
            Assert.Contains(page.All(".headline"), h => h.Words() == evil);
        }
    }
}
