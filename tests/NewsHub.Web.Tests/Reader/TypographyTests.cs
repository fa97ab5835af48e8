using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Publishing;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;
using NewsHub.Web.Tests.Admin;
using NewsHub.Web.Tests.PageObjects;

namespace NewsHub.Web.Tests.Reader;

/// <summary>How texts of many languages stand on the page, in lists and in feeds.</summary>
public sealed class TypographyTests : IAsyncDisposable
{
    private readonly ActRoom _room = new();

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    private async Task<string> LiveAsync(
        string headline, string body, string language = "en", bool backwards = false, Kind kind = Kind.News)
    {
        var id = await _room.DraftAsync(headline, but: t => t with { Kind = kind });
        await _room.ChangeAsync(id, async (db, story) =>
        {
            var text = story.Newest().Text with { Headline = headline, Body = body, Language = language, RightToLeft = backwards };
            await db.PublishAsync(
                story, story.Save(text, HouseMarkdown.Render(body, _ => null), Desk.Editor, _room.Now), Desk.Editor, _room.Now);
        });
        return (await _room.ReadAsync(id)).Address!;
    }

    private async Task<PaperPage> PageAsync(string path, string words)
    {
        PaperPage? page = null;
        await NewsHubApp.EventuallyAsync(async () => (page = new PaperPage((await _room.App.GetAsync(path)).Page))
            .All("main")
            .Any(m => m.TextContent.Contains(words, StringComparison.Ordinal)), $"{path} shows {words}");
        return page!;
    }

    [Trait("Needs", "time")]
    [Theory]
    [InlineData("50 people came.", "en", false, "50", false)]
    [InlineData("IJsland is koud.", "nl", false, "IJ", false)]
    [InlineData("It began.", "en", false, null, true)]
    [InlineData("เมื่อวานนี้", "th", false, null, false)]
    [InlineData("50 people came.", "ar", true, null, false)]
    public async Task The_first_letter_is_drawn_large_and_the_text_has_each_word_once(
        string body, string language, bool backwards, string? cap, bool letter)
    {
        var page = await PageAsync(await LiveAsync("Large", body, language, backwards), body);
        var text = page.One(".story-body")!;
        Assert.Equal(body, text.TextContent.Trim());
        Assert.Equal(cap, text.QuerySelector(".cap")?.TextContent.TrimEnd(' '));
        Assert.Equal(letter, text.ClassList.Contains("story-body--cap"));
        // A feed is read without our style sheet.
        await NewsHubApp.EventuallyAsync(async () => (await _room.App.GetAsync("/feed.xml")).Text.Contains(body, StringComparison.Ordinal),
            "the feed has the words as they are");
    }

    [Fact]
    public async Task Every_name_on_a_live_page_is_there_once_and_every_note_leads_to_its_own()
    {
        const string Notes = "A claim.[^1] Another.[^b]\n\n[^1]: The first.\n[^b]: The second.";
        var address = await LiveAsync("Votes are counted", Notes, kind: Kind.Live);
        await _room.App.FromElsewhereAsync(async db =>
        {
            var story = (await db.Stories.SingleAsync(s => s.Address == address)).Id;
            for (var i = 0; i < 3; i++)
                await db.AddEntryAsync(
                    story, new($"Entry {i}", Notes, IsKey: true), $"form{i}", Desk.Editor, _room.Now.AddMinutes(i), isPinned: i == 1);
            return 0;
        });
        await PageAsync(address, "Entry 2");
        foreach (var path in new[] { address, $"{address}/updates", $"{address}/updates?order=oldest" })
        {
            var page = await _room.App.ParseAsync(path);
            var ids = page.QuerySelectorAll("[id]").Select(e => e.Id!).ToList();
            Assert.Equal(ids.Distinct(), ids);
            var links = page.QuerySelectorAll("a[href^='#fn']");
            Assert.NotEmpty(links);
            Assert.All(links, link => Assert.Same(Home(link), Home(page.GetElementById(link.GetAttribute("href")![1..])!)));
        }
        Assert.Contains(address, (await _room.App.ParseAsync(address)).QuerySelector("link[rel=canonical]")!.GetAttribute("href"),
            StringComparison.Ordinal);

        static AngleSharp.Dom.IElement? Home(AngleSharp.Dom.IElement element) =>
            element.Closest(".live-pinned") ?? element.Closest(".entry") ?? element.Closest(".story-body");
    }

    [Fact]
    public async Task A_headline_that_runs_the_other_way_is_set_apart_wherever_it_stands_in_a_list()
    {
        await LiveAsync("שלום, world!", "גוף.", "he", backwards: true);
        foreach (var path in new[] { "/", "/harbour", "/archive/2025", "/news" })
        {
            if ((await _room.App.GetAsync(path)).Status is not System.Net.HttpStatusCode.OK) continue;
            var page = await PageAsync(path, "שלום");
            foreach (var link in page.All("main a").Where(a => a.TextContent.Contains("שלום", StringComparison.Ordinal)))
                Assert.Equal("rtl", link.Closest("[dir]")!.GetAttribute("dir"));
        }
    }

    [Fact]
    public async Task The_editor_follows_the_language_unless_a_direction_is_chosen()
    {
        using var reporter = await Colleague.SignedInAsync(_room.App, Role.Reporter);
        var saved = await reporter.SendAsync(await reporter.GetAsync("/admin/stories/new"),
            new() { ["Manuscript.Headline"] = "כותרת", ["Manuscript.Section"] = "harbour", ["Manuscript.Language"] = "he" });
        var form = await reporter.GetAsync(saved.Header("Location")!);
        var id = long.Parse(saved.Header("Location")!.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.True((await _room.ReadAsync(id)).Newest().Text.RightToLeft);
        Assert.Equal("true", form.Page.QuerySelector("#Manuscript_RightToLeft option[selected]")!.GetAttribute("value"));

        await reporter.SendAsync(form, new() { ["Manuscript.RightToLeft"] = "false" });
        form = await reporter.GetAsync(saved.Header("Location")!);
        Assert.False((await _room.ReadAsync(id)).Newest().Text.RightToLeft);
        Assert.Equal("false", form.Page.QuerySelector("#Manuscript_RightToLeft option[selected]")!.GetAttribute("value"));
        Assert.Contains(
            "The story runs left to right, but its language, he, is written right to left.", form.Text, StringComparison.Ordinal);
    }
}
