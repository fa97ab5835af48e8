using NewsHub.Core.Media;
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
    [InlineData("ferries.html", false)]
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

    [Fact]
    public async Task A_picture_in_the_body_without_a_credit_hinders_and_publishing_refuses_it()
    {
        await using var db = _store.Db();
        var picture = new Picture("bare.jpg");
        picture.Hold("0123456789abcdef0123", "image/jpeg", 1600, 1000);
        picture.Describe("A bridge", null, "", null, null, 0.5, 0.5);
        var story = _copy.Draft(body: "First.\n\n![](bare.jpg)");
        db.AddRange(picture, story);
        await db.SaveChangesAsync();

        var check = Assert.Single(await db.CheckForPrintAsync(story.Newest()), c => c.Hinders);
        Assert.Equal(("Body", 3, "The picture 'bare.jpg' has no credit."), (check.Field, check.Line, check.Sentence));
        await Assert.ThrowsAsync<RefusedException>(() => db.PublishAsync(story, story.Newest(), Copy.Editor, Copy.Noon));
        Assert.Equal(StoryState.Draft, story.State);

        picture.Describe("A bridge", null, "A. Osei", null, null, 0.5, 0.5);
        await db.SaveChangesAsync();
        await db.PublishAsync(story, story.Newest(), Copy.Editor, Copy.Noon);
        Assert.Equal(StoryState.Live, story.State);
    }

    private async Task<IReadOnlyList<PrintCheck>> ChecksAsync(StoryText text)
    {
        await using var db = _store.Db();
        return await db.CheckForPrintAsync(Copy.New(text).Revisions[0]);
    }
}
