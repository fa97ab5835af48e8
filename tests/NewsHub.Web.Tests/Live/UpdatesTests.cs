using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Publishing;
using NewsHub.Core.Stories;
using NewsHub.Web.Tests.Admin;
using NewsHub.Web.Tests.PageObjects;

namespace NewsHub.Web.Tests.Live;

/// <summary>A live story: its desk, its page, its entries by themselves.</summary>
public sealed class UpdatesTests : IAsyncDisposable
{
    private readonly ActRoom _room = new();

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    private async Task<(long Id, string Address)> LiveAsync(string headline = "The final")
    {
        var id = await _room.DraftAsync(headline, but: t => t with { Kind = Kind.Live });
        await _room.ChangeAsync(id, (db, story) => db.PublishAsync(story, story.Newest(), Desk.Editor, _room.Now));
        return (id, (await _room.ReadAsync(id)).Address!);
    }

    private async Task<Answer> WriteAsync(Colleague who, long id, string words, string headline = "", params (string, string)[] more)
    {
        _room.App.Time.Advance(TimeSpan.FromMinutes(1));
        return await who.SubmitAsync(
            $"/admin/stories/{id}/live",
            new Dictionary<string, string>(more.Select(m => KeyValuePair.Create(m.Item1, m.Item2)))
            {
                ["Manuscript.Body"] = words,
                ["Manuscript.Headline"] = headline,
            },
            ".live-form");
    }

    private async Task<PaperPage> PageAsync(string path, Func<PaperPage, bool> so, string sentence)
    {
        PaperPage? page = null;
        await NewsHubApp.EventuallyAsync(async () => so(page = new PaperPage((await _room.App.GetAsync(path)).Page)), sentence);
        return page!;
    }

    [Fact]
    public async Task An_entry_is_written_from_the_desk_and_stands_on_the_page_with_its_permalink()
    {
        var (id, address) = await LiveAsync();
        var ada = await _room.ColleagueAsync(Role.Publisher);
        Assert.Contains($"/admin/stories/{id}/live", (await ada.GetAsync($"/admin/stories/{id}")).Text, StringComparison.Ordinal);
        ActRoom.LedTo($"/admin/stories/{id}/live",
            await WriteAsync(ada, id, "A **goal** at last.", "One–nil", ("IsKey", "true"), ("IsPinned", "true")));
        await WriteAsync(ada, id, "Nothing much.");

        var page = await PageAsync(address, p => p.All(".entry").Count() == 2, "both entries stand on the page");
        Assert.Equal(["Nothing much.", "A goal at last."], page.All(".entry .entry-words").Select(e => e.Words()));
        Assert.Equal("One–nil", page.One(".live-keys a")!.Words());
        Assert.Contains("A goal at last.", page.One(".live-pinned")!.Words(), StringComparison.Ordinal);
        var link = page.One(".entry:last-child .entry-time a")!.GetAttribute("href")!;
        var alone = new PaperPage(await _room.App.ParseAsync(link));
        Assert.Equal(["A goal at last."], alone.All(".entry-words").Select(e => e.Words()));
        Assert.True(alone.IsHiddenFromSearch);
        var oldest = await _room.App.ParseAsync($"{address}/updates?order=oldest");
        Assert.Equal(["A goal at last.", "Nothing much."], oldest.QuerySelectorAll(".entry-words").Select(e => e.Words()));
        Assert.Equal(HttpStatusCode.OK, (await _room.App.SendAsync(HttpMethod.Head, $"{address}/updates")).Status);
    }

    [Theory]
    [InlineData("/updates?order=up", HttpStatusCode.BadRequest)]
    [InlineData("/updates?after=x", HttpStatusCode.BadRequest)]
    [InlineData("/updates/99", HttpStatusCode.NotFound)]
    [InlineData("/updates/x", HttpStatusCode.NotFound)]
    public async Task What_there_is_not_is_said_to_be_none(string tail, HttpStatusCode status)
    {
        var (_, address) = await LiveAsync();
        Assert.Equal(status, (await _room.App.GetAsync(address + tail)).Status);
        // A story of another kind has no updates.
        Assert.Equal(HttpStatusCode.NotFound, (await _room.App.GetAsync("/harbour/2025/06/30/boats/updates")).Status);
    }

    [Fact]
    public async Task What_is_deleted_is_on_no_page_and_can_be_brought_back_and_what_is_edited_says_so()
    {
        var (id, address) = await LiveAsync();
        var ada = await _room.ColleagueAsync(Role.Publisher);
        await WriteAsync(ada, id, "Zebrafish in the harbour.", "Zebrafish", ("IsKey", "true"), ("IsPinned", "true"));
        var page = await PageAsync(address, p => p.All(".entry").Any(), "the entry is there");
        var link = page.One(".entry-time a")!.GetAttribute("href")!;
        await ada.SubmitAsync($"/admin/stories/{id}/live", form: "form[action$='handler=Delete']", fields: new() { ["deleted"] = "true" });
        await PageAsync(address, p => !p.Document.DocumentElement.OuterHtml.Contains("ebrafish", StringComparison.Ordinal),
            "no word of it is on the page");
        Assert.Equal(HttpStatusCode.NotFound, (await _room.App.GetAsync(link)).Status);
        Assert.DoesNotContain("ebrafish", (await _room.App.GetAsync($"{address}/updates")).Text, StringComparison.Ordinal);
        Assert.Contains("Restore", (await ada.GetAsync($"/admin/stories/{id}/live")).Text, StringComparison.Ordinal);
        await ada.SubmitAsync($"/admin/stories/{id}/live", form: "form[action$='handler=Delete']", fields: new() { ["deleted"] = "false" });
        await PageAsync(address, p => p.All(".entry").Any(), "it is back");

        var entry = link[(link.LastIndexOf('/') + 1)..];
        _room.App.Time.Advance(TimeSpan.FromMinutes(1));
        var stale = await ada.GetAsync($"/admin/stories/{id}/live/{entry}");
        ActRoom.LedTo($"/admin/stories/{id}/live#sent",
            await ada.SubmitAsync($"/admin/stories/{id}/live/{entry}", new() { ["Manuscript.Body"] = "Herring in the harbour." }));
        page = await PageAsync(address, p => p.One(".entry .edited") is not null, "it says that it was edited");
        Assert.Equal("Herring in the harbour.", page.One(".entry-words:not(aside *)")!.Words());
        // A colleague who had it open meanwhile is told, and keeps what was typed.
        var late = await ada.SendAsync(stale, new() { ["Manuscript.Body"] = "Cod in the harbour." });
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("Cod in the harbour.", late.Page.QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Herring in the harbour.", late.Page.QuerySelector(".sent-words")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_cannot_be_printed_comes_back_as_it_was_typed_and_a_second_click_publishes_nothing_more()
    {
        var (id, _) = await LiveAsync();
        var ada = await _room.ColleagueAsync(Role.Publisher);
        var wrong = await WriteAsync(ada, id, "It cost {fx 5 USD}.", "", ("IsKey", "true"));
        ActRoom.Asks(wrong, "Line 1: Write money as");
        Assert.Contains("It cost {fx 5 USD}.", wrong.Page.QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
        Assert.True(wrong.Page.QuerySelector("input[name=IsKey]")!.HasAttribute("checked"));
        var form = await ada.GetAsync($"/admin/stories/{id}/live");
        for (var click = 0; click < 2; click++) await ada.SendAsync(form, new() { ["Manuscript.Body"] = "Once." }, ".live-form");
        Assert.Equal(1, await _room.App.FromElsewhereAsync(db => db.LiveEntries.CountAsync()));
    }

    [Fact]
    public async Task An_ended_session_loses_no_word_and_a_reporter_cannot_publish_an_entry()
    {
        var (id, _) = await LiveAsync();
        var ada = await _room.ColleagueAsync(Role.Publisher);
        var late = await ada.PostAsync($"/admin/stories/{id}/live",
            [KeyValuePair.Create("Manuscript.Body", "Zebra"), KeyValuePair.Create("__RequestVerificationToken", "old")]);
        Assert.Equal((HttpStatusCode.TemporaryRedirect, "/admin/kept"), (late.Status, late.Header("Location")));
        var kept = await ada.PostAsync("/admin/kept", [KeyValuePair.Create("Manuscript.Body", "Zebra")]);
        Assert.Contains("Zebra", kept.Page.QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
        var reporter = await _room.ColleagueAsync(Role.Reporter);
        Assert.Equal(HttpStatusCode.Forbidden, (await reporter.PostAsync($"/admin/stories/{id}/live", [
            KeyValuePair.Create("Manuscript.Body", "Zebra"),
            KeyValuePair.Create("__RequestVerificationToken", await reporter.TokenAsync()),
        ])).Status);
        Assert.Equal(0, await _room.App.FromElsewhereAsync(db => db.LiveEntries.CountAsync()));
    }

    [Fact]
    public async Task A_withdrawn_storys_entries_are_gone_with_it_and_a_story_of_another_kind_has_no_desk()
    {
        var (id, address) = await LiveAsync();
        var ada = await _room.ColleagueAsync(Role.Publisher);
        await WriteAsync(ada, id, "Zebrafish.");
        var link = (await PageAsync(address, p => p.All(".entry").Any(), "the entry is there")).One(".entry-time a")!.GetAttribute("href")!;
        await _room.ChangeAsync(
            id, (_, story) => { story.Withdraw("It was not true.", "hoax", Desk.Editor, _room.Now); return Task.CompletedTask; });
        foreach (var path in new[] { address, $"{address}/updates", link })
        {
            await NewsHubApp.EventuallyAsync(async () => (await _room.App.GetAsync(path)).Status == HttpStatusCode.Gone, $"{path} is gone");
            Assert.DoesNotContain("Zebrafish", (await _room.App.GetAsync(path)).Text, StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await ada.GetAsync($"/admin/stories/{id}/live")).Status);
        Assert.Equal(
            HttpStatusCode.NotFound, (await ada.GetAsync($"/admin/stories/{await _room.StoryAsync(StoryState.Live)}/live")).Status);
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task Machines_are_told_in_schema_orgs_words_and_no_headline_ends_the_element()
    {
        var (id, address) = await LiveAsync("The </script><b>final");
        var ada = await _room.ColleagueAsync(Role.Publisher);
        await WriteAsync(ada, id, "A **goal** & </script>.", "One </script> nil");
        var page = await PageAsync(address, p => p.All(".entry").Any(), "the entry is there");
        using var json = JsonDocument.Parse(page.One("script[type='application/ld+json']")!.TextContent);
        var root = json.RootElement.GetProperty("@graph")[0];
        Assert.Equal(("LiveBlogPosting", "The </script><b>final"),
            (root.GetProperty("@type").GetString(), root.GetProperty("headline").GetString()));
        var update = Assert.Single(root.GetProperty("liveBlogUpdate").EnumerateArray());
        Assert.Equal(("One </script> nil", "A goal & ."),
            (update.GetProperty("headline").GetString(), update.GetProperty("articleBody").GetString()));
        Assert.Equal("http://localhost:5080" + page.One(".entry-time a")!.GetAttribute("href"), update.GetProperty("url").GetString());
        Assert.Null(page.One("main b > .story"));
    }

    [Fact]
    public async Task Whoever_looks_is_told_that_there_is_something_new()
    {
        var (id, address) = await LiveAsync();
        var ada = await _room.ColleagueAsync(Role.Publisher);
        var stamp = long.Parse((await _room.App.ParseAsync(address)).QuerySelector(".live")!.GetAttribute("data-updated")!,
            System.Globalization.CultureInfo.InvariantCulture);
        await WriteAsync(ada, id, "Something new.");
        await NewsHubApp.EventuallyAsync(async () => JsonDocument.Parse((await _room.App.GetAsync($"/now?story={id}")).Text).RootElement
            .TryGetProperty("updated", out var at) && at.GetInt64() > stamp, "the stand says so");
        // And what it says is what the page itself carries then, so that nobody asks twice.
        var told = JsonDocument.Parse((await _room.App.GetAsync($"/now?story={id}")).Text).RootElement.GetProperty("updated").GetInt64();
        await PageAsync(
            address,
            p => p.One(".live")!.GetAttribute("data-updated") == told.ToString(System.Globalization.CultureInfo.InvariantCulture),
            "the page has the same stamp");
    }
}
