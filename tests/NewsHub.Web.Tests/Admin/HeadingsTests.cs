using System.Net;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Web.Tests.PageObjects;

namespace NewsHub.Web.Tests.Admin;

/// <summary>Sections, tags and authors, and what readers see of a change.</summary>
public sealed class HeadingsTests : IDisposable
{
    private readonly MadeUpPaper _made = new MadeUpPaper()
        .Story("2025-06-30", "boats", "Boats are back", "tags: [Boats, Sea]").Story("2025-06-29", "nets", "Nets are out", "tags: [Vessels]")
        .Edition(1, "2025-06-30", "2025-06-30-boats", "2025-06-29-nets");
    private readonly NewsHubApp _app;

    public HeadingsTests() => _app = new NewsHubApp { Content = _made.Folder };

    public void Dispose()
    {
        _app.Dispose();
        _made.Dispose();
    }

    [Fact]
    public async Task A_section_is_added_renamed_and_moved_and_every_page_shows_it()
    {
        using var publisher = await Colleague.SignedInAsync(_app, Role.Publisher);
        await _app.FrontAsync();
        await publisher.SubmitAsync("/admin/sections", new() { ["Name"] = "Market", ["Description"] = "Fish." }, "#add");
        await NewsHubApp.EventuallyAsync(
            async () => (await SectionsAsync()).SequenceEqual(["Harbour", "Hill", "Market"]), "the section is in the navigation");
        Assert.Equal("Market", (await _app.ParseAsync("/market")).QuerySelector("h1")!.TextContent.Trim());

        var page = await publisher.GetAsync("/admin/sections");
        var market = page.Page
            .QuerySelectorAll(".order li")
            .Single(l => l.TextContent.Contains("Market", StringComparison.Ordinal))
            .GetAttribute("data-id")!;
        await publisher.SendAsync(page, new() { ["down"] = "false" }, $".order li[data-id='{market}'] form");
        await publisher.SubmitAsync($"/admin/sections/{market}", new() { ["Name"] = "Fish market" });
        await NewsHubApp.EventuallyAsync(
            async () => (await SectionsAsync()).SequenceEqual(["Harbour", "Fish market", "Hill"]), "the section has its name and place");
        Assert.Contains("Harbour, Market, Hill",
            await _app.FromElsewhereAsync(db => db.Events.Where(e => e.Note == "order").Select(e => e.After).ToListAsync()));

        await publisher.PostAsync("/admin/sections?handler=Order",
            [new("__RequestVerificationToken", await publisher.TokenAsync()), new("order", market), new("order", "999")]);
        await NewsHubApp.EventuallyAsync(
            async () => (await SectionsAsync()).SequenceEqual(["Fish market", "Harbour", "Hill"]), "the dragged order stands");
    }

    [Theory]
    [InlineData("Harbour", "", "#Slug")]
    [InlineData("Tags", "", "#Slug")]
    [InlineData("Market", "Not An Address", "#Slug")]
    [InlineData("😀", "", "#Slug")]
    [InlineData("", "market", "#Name")]
    public async Task A_section_that_cannot_be_is_told_at_its_field(string name, string slug, string field)
    {
        using var publisher = await Colleague.SignedInAsync(_app, Role.Publisher);
        var answer = await publisher.SubmitAsync("/admin/sections", new() { ["Name"] = name, ["Slug"] = slug }, "#add");
        Assert.Equal((HttpStatusCode.BadRequest, field), (answer.Status, answer.Page.QuerySelector("#problems a")?.GetAttribute("href")));
        Assert.Equal(slug, answer.Page.QuerySelector("#Slug")!.GetAttribute("value") ?? "");
        Assert.Equal(2, await _app.FromElsewhereAsync(db => db.Sections.CountAsync()));
    }

    [Fact]
    public async Task Two_tags_become_one_and_readers_of_the_old_one_are_led_on_within_a_second()
    {
        using var editor = await Colleague.SignedInAsync(_app, Role.Editor);
        foreach (var path in new[] { "/tags/vessels", "/tags/boats", "/harbour/2025/06/29/nets" }) await _app.ParseAsync(path);
        var id = await _app.FromElsewhereAsync(db => db.Tags.Where(t => t.Name == "Vessels").Select(t => t.Id).SingleAsync());

        Assert.Equal(HttpStatusCode.BadRequest, (await editor.GetAsync($"/admin/tags/{id}/merge?into=Nothing")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await editor.SubmitAsync($"/admin/tags/{id}/merge?into=boats")).Status);

        await NewsHubApp.EventuallyAsync(
            async () => (await _app.GetAsync("/tags/vessels?utm=x")) is { Status: HttpStatusCode.MovedPermanently } moved
                && moved.Header("Location") == "/tags/boats?utm=x",
            "the old tag leads on");
        Assert.Equal(["Boats are back", "Nets are out"], (await _app.ListAsync("/tags/boats")).Headlines);
        Assert.Contains("Vessels", (await _app.GetAsync("/harbour/2025/06/29/nets")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renamed_tag_says_so_on_its_page_and_cannot_take_anothers_name()
    {
        using var editor = await Colleague.SignedInAsync(_app, Role.Editor);
        await _app.ParseAsync("/tags/vessels");
        var id = await _app.FromElsewhereAsync(db => db.Tags.Where(t => t.Name == "Vessels").Select(t => t.Id).SingleAsync());
        var refused = await editor.SubmitAsync($"/admin/tags/{id}", new() { ["Name"] = "boats" });
        Assert.Equal(
            (HttpStatusCode.BadRequest, "#Name"), (refused.Status, refused.Page.QuerySelector("#problems a")?.GetAttribute("href")));
        await editor.SubmitAsync($"/admin/tags/{id}", new() { ["Name"] = "Ships" });
        await NewsHubApp.EventuallyAsync(
            async () => (await _app.ParseAsync("/tags/vessels")).QuerySelector("h1")!.TextContent.Trim() == "Ships",
            "the tag has its new name");
        Assert.Equal(("Vessels", "Ships"), await _app.FromElsewhereAsync(
            async db => (await db.Events.OrderBy(e => e.Id).LastAsync()) is var e ? (e.Before, e.After) : default));
    }

    [Fact]
    public async Task An_author_is_added_and_described_and_the_authors_page_says_so_within_a_second()
    {
        using var editor = await Colleague.SignedInAsync(_app, Role.Editor);
        await _app.ParseAsync("/authors/ada-night");
        Assert.Equal(
            HttpStatusCode.BadRequest, (await editor.SubmitAsync("/admin/authors", new() { ["Typed.Name"] = "Ada Night" }, "#add")).Status);
        Assert.Equal(
            HttpStatusCode.Redirect, (await editor.SubmitAsync("/admin/authors", new() { ["Typed.Name"] = "Ben Tide" }, "#add")).Status);
        Assert.Equal("Ben Tide", (await _app.ParseAsync("/authors/ben-tide")).QuerySelector("h1")!.TextContent.Trim());

        await editor.SubmitAsync("/admin/authors/1", new() { ["Typed.Name"] = "Ada Dawn", ["Typed.Bio"] = "Ada Dawn rows." });
        await NewsHubApp.EventuallyAsync(async () => new PaperPage((await _app.GetAsync("/authors/ada-night")).Page).Says("Ada Dawn rows."),
            "the author's page says so");
        Assert.Equal("ada-night", await _app.FromElsewhereAsync(async db => (await db.Authors.SingleAsync(a => a.Id == 1)).Slug.Value));
    }

    [Fact]
    public async Task Whoever_may_not_changes_nothing_by_a_crafted_post()
    {
        using var reporter = await Colleague.SignedInAsync(_app, Role.Reporter);
        using var editor = await Colleague.SignedInAsync(_app, Role.Editor);
        foreach (var (who, path) in new[]
        {
            (editor, "/admin/sections"), (editor, "/admin/sections?handler=Move"), (editor, "/admin/sections?handler=Order"),
            (editor, "/admin/sections/1"),
            (reporter, "/admin/tags/1"), (reporter, "/admin/tags/1/merge"), (reporter, "/admin/authors"), (reporter, "/admin/authors/1"),
        })
        {
            var answer = await who.PostAsync(path, [
                new("__RequestVerificationToken", await who.TokenAsync()), new("Name", "Mine"), new("Typed.Name", "Mine"),
                new("Into", "Boats"), new("id", "1"), new("down", "true"), new("order", "2"),
            ]);
            Assert.True(answer.Status == HttpStatusCode.Forbidden, $"{path} answered {answer.Status} to {who.Role}.");
        }
        Assert.Equal(0, await _app.FromElsewhereAsync(
            db => db.Events.CountAsync(e => e.Act == Act.ChangeSection || e.Act == Act.ChangeTag || e.Act == Act.ChangeAuthor)));
        Assert.Equal("Harbour", await _app.FromElsewhereAsync(db => db.Sections.OrderBy(s => s.Position).Select(s => s.Name).FirstAsync()));
    }

    private async Task<List<string>> SectionsAsync() =>
        [.. (await _app.ParseAsync("/")).QuerySelectorAll("nav.sections li:not(.kind) a").Select(a => a.TextContent.Trim())];
}
