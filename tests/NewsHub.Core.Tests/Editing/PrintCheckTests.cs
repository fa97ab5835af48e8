using NewsHub.Core.Editing;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Publishing;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;

namespace NewsHub.Core.Tests.Editing;

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
        var checks = await ChecksAsync(
            _copy.Text() with { Headline = " ", Standfirst = "", Bylines = [], Picture = Copy.Cables with { Alt = "", Credit = " " } });
        Assert.Equal(["Headline", "Standfirst", "Bylines", "Picture", "Picture"], checks.TakeWhile(c => c.Hinders).Select(c => c.Field));
    }

    [Fact]
    public async Task A_text_without_a_section_is_kept_and_never_published()
    {
        await using var db = _store.Db();
        var story = Copy.New(_copy.Text() with { Section = SectionId.None });
        db.Stories.Add(story);
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
        story = (await db.LoadForEditingAsync(story.Id))!;

        Assert.Equal(("Section", "The story has no section."),
            Assert.Single((await db.CheckForPrintAsync(story.Newest())).Where(c => c.Hinders).Select(c => (c.Field, c.Sentence))));
        await Assert.ThrowsAsync<RefusedException>(() => db.PublishAsync(story, story.Newest(), Copy.Editor, Copy.Noon));
        Assert.Throws<RefusedException>(() => story.Publish(story.Newest(), _copy.Technology, Slug.Parse("x"), Copy.Editor, Copy.Noon));
        story.File(Copy.Editor, Copy.Noon);
        Assert.Throws<RefusedException>(() => story.Approve(story.Newest(), Copy.Editor, Copy.Noon));
        Assert.Equal(StoryState.Filed, story.State);
    }

    [Fact]
    public async Task Every_picture_that_lacks_something_is_named_and_leads_to_its_page()
    {
        await using var db = _store.Db();
        Picture[] pictures = [new("one.jpg"), new("two.jpg"), new("lead.jpg")];
        foreach (var (picture, n) in pictures.Select((p, n) => (p, n))) picture.Hold($"{n}123456789abcdef0123", "image/jpeg", 1600, 1000);
        db.AddRange(pictures);
        await db.SaveChangesAsync();
        var checks = await db.CheckForPrintAsync(
            Copy.New(_copy.Text(body: "![](one.jpg)\n\n![](two.jpg)") with { Picture = db.PictureToPrint("lead.jpg") }).Revisions[0]);
        var lacking = checks.Where(c => c.Picture is not null).ToList();
        Assert.All(lacking, c => Assert.True(c.Hinders));
        foreach (var picture in pictures)
        {
            var own = lacking.Where(c => c.Picture == picture.Id).ToList();
            Assert.NotEmpty(own);
            Assert.All(own, c => Assert.Contains(picture.File, c.Sentence, StringComparison.Ordinal));
            foreach (var lack in new[] { "alt text", "credit" })
                Assert.Contains(own, c => c.Sentence.Contains(lack, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("/about")]
    [InlineData("/colophon")]
    [InlineData("/code-of-conduct")]
    public async Task A_page_about_the_paper_stands_once_there_is_one(string address)
    {
        await using var db = _store.Db();
        Assert.Contains(await ChecksAsync(_copy.Text(body: $"See [this]({address}).")),
            c => c.Sentence.Contains("does not work", StringComparison.Ordinal));
        var page = new StaticPage(Slug.Parse(address[1..]));
        page.Write("About", "Who we are.", "We.", Copy.Render("We."));
        db.Add(page);
        await db.SaveChangesAsync();
        Assert.DoesNotContain(await ChecksAsync(_copy.Text(body: $"See [this]({address}).")),
            c => c.Sentence.Contains("does not work", StringComparison.Ordinal));
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
        var dead = checks.SingleOrDefault(c => c.Sentence.Contains("does not work", StringComparison.Ordinal));
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
        picture.Describe(new PictureDescription("A bridge", null, "", null, null, 0.5, 0.5));
        var story = _copy.Draft(body: "First.\n\n![](bare.jpg)");
        db.AddRange(picture, story);
        await db.SaveChangesAsync();

        var check = Assert.Single(await db.CheckForPrintAsync(story.Newest()), c => c.Hinders);
        Assert.Equal(("Body", 3, "The picture 'bare.jpg' has no credit."), (check.Field, check.Line, check.Sentence));
        await Assert.ThrowsAsync<RefusedException>(() => db.PublishAsync(story, story.Newest(), Copy.Editor, Copy.Noon));
        Assert.Equal(StoryState.Draft, story.State);

        picture.Describe(new PictureDescription("A bridge", null, "A. Osei", null, null, 0.5, 0.5));
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
