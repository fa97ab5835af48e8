using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editions;
using NewsHub.Core.Text;

namespace NewsHub.Core.Tests.Transfer;

/// <summary>Pages about the paper as files: any name, a place in the footer, the addresses where they were.</summary>
public sealed class PageFileTests
{
    private const string Page = "---\ntitle: \"Conduct\"\ndescription: \"What we do not do\"\n{0}---\nNever.\n";

    [Theory]
    [InlineData("", 0, false, "")]
    [InlineData("footer: 4\n", 4, false, "")]
    [InlineData("footer: false\nformerly: [\"rules\", \"ethics\"]\n", 0, true, "rules ethics")]
    public async Task A_page_comes_in_and_goes_out_as_the_same_file(string more, int position, bool outside, string former)
    {
        await using var desk = await Desk.OpenAsync();
        desk.Content.Write("pages/conduct.md", Page.Replace("{0}", more, StringComparison.Ordinal));
        await desk.ImportCleanAsync();
        var page = await ReadAsync(desk);
        Assert.Equal((position, outside, former), (page.Position, page.OutsideFooter, string.Join(' ', page.FormerSlugs)));
        Assert.Equal("<p>Never.</p>", page.BodyHtml.Trim());
        using var folder = new TempFolder();
        await desk.ExportAsync(folder.Root);
        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(desk.Content.Root, "pages/conduct.md")),
            await File.ReadAllTextAsync(Path.Combine(folder.Root, "pages/conduct.md")));
        var version = page.Version;
        await desk.ImportCleanAsync();
        Assert.Equal(version, (await ReadAsync(desk)).Version);
    }

    [Fact]
    public async Task What_a_file_does_not_speak_of_stays_as_the_newsroom_has_set_it()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Content.Write("pages/conduct.md", Page.Replace("{0}", "", StringComparison.Ordinal));
        await desk.ImportCleanAsync();
        await desk.ReadAsync(async db =>
        {
            var page = await db.StaticPages.SingleAsync(p => p.Slug == Slug.Parse("conduct"));
            page.Place(7, outsideFooter: true);
            page.LeadFrom(["rules"]);
            return await db.SaveChangesAsync();
        });
        desk.Content.Write("pages/conduct.md", Page.Replace("{0}", "", StringComparison.Ordinal) + "\nOr hardly.\n");
        await desk.ImportCleanAsync();
        var page = await ReadAsync(desk);
        Assert.Equal((7, true, "rules", "Never.\n\nOr hardly."), (
            page.Position, page.OutsideFooter, Assert.Single(page.FormerSlugs), page.Body));
    }

    [Theory]
    [InlineData("conduct", "footer: last\n", "footer: 'last' is not a place in the footer")]
    [InlineData("conduct", "formerly: [/rules]\n", "formerly: '/rules' is not a slug")]
    [InlineData("search", "", "one of the paper's own addresses")]
    [InlineData("world", "", "There is already a section at /world")]
    public async Task A_page_that_cannot_stand_there_is_told_of(string name, string more, string problem)
    {
        await using var desk = await Desk.OpenAsync();
        desk.Content.Write($"pages/{name}.md", Page.Replace("{0}", more, StringComparison.Ordinal));
        Assert.Contains(problem, Assert.Single((await desk.ImportAsync()).Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_section_does_not_take_the_address_of_a_page()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Content.Write("pages/conduct.md", Page.Replace("{0}", "", StringComparison.Ordinal));
        await desk.ImportCleanAsync();
        desk.Content.Write("sections.json",
            """[{ "slug": "business", "name": "Business" }, { "slug": "world", "name": "World" }, { "slug": "conduct", "name": "X" }]""");
        Assert.Contains("There is already a page at /conduct",
            Assert.Single((await desk.ImportAsync()).Problems).ToString(), StringComparison.Ordinal);
    }

    private static Task<StaticPage> ReadAsync(Desk desk) =>
        desk.ReadAsync(db => db.StaticPages.AsNoTracking().SingleAsync(p => p.Slug == Slug.Parse("conduct")));
}
