using System.Net;
using NewsHub.Web.Tests.PageObjects;

namespace NewsHub.Web.Tests.Reader;

public sealed class EditionTests(SamplePaper paper)
{
    [Fact]
    public async Task An_edition_has_its_number_date_title_and_stories()
    {
        var edition = await paper.EditionAsync(24);
        Assert.Equal("Edition No. 24", edition.Headline);
        Assert.Equal("A village buys its generator, and what a quay charges by the day", edition.EditionTitle);
        Assert.Equal("2025-06-10", edition.One(".section-head time")!.GetAttribute("datetime"));
        Assert.Equal(9, edition.Headlines.Count);
    }

    [Fact]
    public async Task Editions_read_forward_and_back_to_both_ends()
    {
        var numbers = new List<string>();
        for (var path = "/editions/24"; path is not null;)
        {
            numbers.Add(path);
            var edition = new EditionPage(await paper.ParseAsync(path));
            if (numbers.Count > 1) Assert.Equal(numbers[^2], edition.Previous);
            else Assert.Null(edition.Previous);
            path = edition.Next;
        }
        Assert.Equal(["/editions/24", "/editions/25", "/editions/26", "/editions/27"], numbers);
    }

    [Fact]
    public async Task Numbers_may_have_holes_and_reading_steps_over_them()
    {
        using var made = new MadeUpPaper().Story("2024-12-30", "boats", "Boats").Story("2025-01-06", "nets", "Nets")
            .Edition(3, "2024-12-30", "2024-12-30-boats").Edition(7, "2025-01-06", "2025-01-06-nets");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        Assert.Equal(("/editions/7", (string?)null), ((await lantern.EditionAsync(3)).Next, (await lantern.EditionAsync(3)).Previous));
        await lantern.ParseAsync("/editions/5", HttpStatusCode.NotFound);
        var newest = new ArchivePage(await lantern.ParseAsync("/editions"));
        Assert.Equal(["2025", "2024"], newest.Years);
        Assert.Equal(("2025", "January"), (newest.Year, Assert.Single(newest.Months)));
        Assert.Equal("No. 7", Assert.Single(newest.Numbers));
        var older = new ArchivePage(await lantern.ParseAsync("/editions?year=2024"));
        Assert.Equal("No. 3", Assert.Single(older.Numbers));
        Assert.Equal("http://localhost:5080/editions?year=2024", older.Canonical);
        Assert.NotEqual(newest.Title, older.Title);
        // The newest year has one address, however it is asked for.
        Assert.Equal("http://localhost:5080/editions", new ArchivePage(await lantern.ParseAsync("/editions?year=2025")).Canonical);
    }

    [Fact]
    public async Task The_archive_lists_every_edition_newest_first_by_month()
    {
        var archive = new ArchivePage(await paper.ParseAsync("/editions"));
        Assert.Equal(["July", "June"], archive.Months);
        Assert.Equal(["No. 27", "No. 26", "No. 25", "No. 24"], archive.Numbers);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("999")]
    [InlineData("007")]
    [InlineData("027")]
    [InlineData("27x")]
    [InlineData("2.7")]
    [InlineData("+27")]
    [InlineData("%2027")]
    [InlineData("99999999999999999999")]
    [InlineData("2147483648")]
    [InlineData("%D9%A2%D9%A7")]
    [InlineData("latest")]
    public async Task What_is_no_edition_is_a_404(string number)
    {
        await paper.ParseAsync($"/editions/{number}", HttpStatusCode.NotFound);
        await paper.ParseAsync($"/editions/{number}/stories", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_edition_that_is_not_out_is_nowhere()
    {
        using var made = new MadeUpPaper().Story("2025-06-30", "boats", "Boats").Edition(1, "2025-06-30", "2025-06-30-boats");
        await using var lantern = new NewsHubApp { Content = made.Folder };
        await lantern.FromElsewhereAsync(db =>
        {
            db.Editions.Add(new Core.Editions.Edition(2, new DateOnly(2025, 7, 1), "Secret plans"));
            return db.SaveChangesAsync();
        });
        await lantern.ParseAsync("/editions/2", HttpStatusCode.NotFound);
        await lantern.ParseAsync("/editions/2/stories", HttpStatusCode.NotFound);
        Assert.Null((await lantern.EditionAsync(1)).Next);
        Assert.Equal("No. 1", Assert.Single(new ArchivePage(await lantern.ParseAsync("/editions")).Numbers));
        Assert.Contains("No. 1", (await lantern.FrontAsync()).Folio, StringComparison.Ordinal);
    }
}
