using System.Net;
using NewsHub.Web.Tests.PageObjects;

namespace NewsHub.Web.Tests.Reader;

public sealed class EmptyPaperTests
{
    [Fact]
    public async Task Before_the_first_import_the_paper_stands_and_says_so()
    {
        var nowhere = Path.Combine(Path.GetTempPath(), "newshub-no-such-content");
        await using var blank = new NewsHubApp { Content = nowhere };
        var front = await blank.FrontAsync();
        Assert.True(front.IsWaiting);
        Assert.Equal("E-News", front.Name);
        Assert.Null(front.Subtitle);
        Assert.Equal([1, 2, 3], front.Outline.Take(3));
        Assert.NotNull(new ArchivePage(await blank.ParseAsync("/editions")).One(".empty"));
        await blank.ParseAsync("/editions?year=2025", HttpStatusCode.NotFound);
        foreach (var path in new[] { "/breaking", "/analysis", "/opinion", "/live", "/corrections" })
            Assert.NotNull(new PaperPage(await blank.ParseAsync(path)).One(".empty"));
        foreach (var path in new[] { "/technology", "/about", "/colophon", "/editions/1", "/authors/jun-seo", "/tags/x" })
            await blank.ParseAsync(path, HttpStatusCode.NotFound);
        foreach (var path in new[] { "/healthz", "/readyz" }) Assert.Equal(HttpStatusCode.OK, (await blank.GetAsync(path)).Status);
    }

    [Fact]
    public async Task A_paper_with_sections_and_no_stories_answers_on_every_page()
    {
        using var made = new MadeUpPaper();
        await using var lantern = new NewsHubApp { Content = made.Folder };
        Assert.True((await lantern.FrontAsync()).IsWaiting);
        Assert.NotNull((await lantern.ListAsync("/harbour")).One(".empty"));
        Assert.NotNull((await lantern.ListAsync("/authors/ada-night")).One(".empty"));
        var archive = new ArchivePage(await lantern.ParseAsync("/editions"));
        Assert.Empty(archive.Numbers);
        Assert.DoesNotContain("Edition No.", (await lantern.FrontAsync()).Folio, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_story_makes_an_edition_that_is_whole()
    {
        using var made = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back").Edition(1, "2025-06-30", "2025-06-30-boats");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        var front = await lantern.FrontAsync();
        Assert.Equal("Boats are back", front.Lead);
        Assert.Single(front.Headlines);
        Assert.Empty(front.All("main ul:empty, main ol:empty, main section:empty, main .front-side"));
        Assert.Equal([1, 2, 3], front.Outline.Take(3));
        var article = await lantern.ArticleAsync("/harbour/2025/06/30/boats");
        Assert.Null(article.MoreHeading);
        Assert.Empty(article.All("main ul:empty, main ol:empty"));
        var edition = await lantern.EditionAsync(1);
        Assert.Null(edition.Previous);
        Assert.Null(edition.Next);
        Assert.Null(edition.One("nav.turn"));
    }

    [Fact]
    public async Task Stories_without_an_edition_are_on_the_front_and_in_their_lists()
    {
        using var made = new MadeUpPaper().Story("2025-06-30", "boats", "Boats are back");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        Assert.False((await lantern.FrontAsync()).IsWaiting);
        Assert.Equal("Boats are back", Assert.Single((await lantern.ListAsync("/")).Headlines));
        Assert.Equal("Boats are back", Assert.Single((await lantern.ListAsync("/harbour")).Headlines));
    }
}
