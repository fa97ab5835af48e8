using NewsHub.Core.Stories;

namespace NewsHub.Core.Tests.Stories;

public sealed class PrintCheckTests : IAsyncLifetime
{
    private TestStore _store = null!;
    private Copy _copy = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await TestStore.OpenAsync();
        await using var db = _store.Db();
        _copy = await Copy.SetAsync(db);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_text_fit_to_print_is_told_of_nothing_that_hinders() =>
        Assert.DoesNotContain(await ChecksAsync(_copy.Text() with { Picture = Copy.Cables }), c => c.Hinders);

    [Fact]
    public async Task What_lacks_hinders_and_stands_first()
    {
        var checks = await ChecksAsync(_copy.Text() with { Headline = " ", Standfirst = "", Bylines = [], Picture = Copy.Cables with { Alt = "", Credit = " " } });
        Assert.Equal(["Headline", "Standfirst", "Bylines", "Picture", "Picture"], checks.TakeWhile(c => c.Hinders).Select(c => c.Field));
    }

    [Theory]
    [InlineData("/technology/2025/07/01/never-written", false)]
    [InlineData("/nowhere", false)]
    [InlineData("/editions/99", false)]
    [InlineData("/authors/nobody", false)]
    [InlineData("/technology", true)]
    [InlineData("/authors/ada", true)]
    [InlineData("/tags/ferries", true)]
    [InlineData("/opinion", true)]
    [InlineData("/technology/2025/07/01/ferry-strike", true)]
    [InlineData("https://example.org/anything", true)]
    public async Task A_link_that_leads_nowhere_in_the_paper_is_told_with_its_line(string address, bool stands)
    {
        await using (var db = _store.Db())
        {
            db.Stories.Add(_copy.Live());
            await db.SaveChangesAsync();
        }
        var checks = await ChecksAsync(_copy.Text(body: $"First.\n\nSee [this]({address})."));
        var dead = checks.SingleOrDefault(c => c.Sentence.Contains("leads nowhere", StringComparison.Ordinal));
        Assert.Equal(stands, dead is null);
        if (dead is not null) Assert.Equal((3, false), (dead.Line, dead.Hinders));
    }

    [Fact]
    public async Task A_picture_that_the_library_has_not_is_told_with_its_line()
    {
        var check = Assert.Single(await ChecksAsync(_copy.Text(body: "First.\n\n![](gone.jpg)")), c => c.Field == "Body");
        Assert.Equal((3, "There is no picture 'gone.jpg' in the library."), (check.Line, check.Sentence));
    }

    private async Task<IReadOnlyList<PrintCheck>> ChecksAsync(StoryText text)
    {
        await using var db = _store.Db();
        return await db.CheckForPrintAsync(Copy.New(text).Revisions[0]);
    }
}
