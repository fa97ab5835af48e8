using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;
using NewsHub.Web.Tests.Admin;

namespace NewsHub.Web.Tests.Browser;

/// <summary>A desk that is open hears of what colleagues do.</summary>
[Collection<NewsroomInBrowser>]
public sealed class LivingDeskTests(BrowserRoom room)
{
    private const string Stream = "/admin/stream";

    [BrowserFact]
    public async Task A_colleagues_filing_shows_within_three_seconds_on_the_desk_the_bell_and_the_titles_of_all_tabs()
    {
        var editor = await SignedInAsync("Nora Quill", Role.Editor);
        await using var _ = editor;
        await using var reporter = await SignedInAsync("Tom Reed", Role.Reporter);
        var id = await DraftAsync("Pushed to the desk", "Tom Reed", "tom.reed@example.org");
        // The tab that is opened first has the stream; the second hears of it through the first, and is being written in.
        var second = await editor.Page.Context.NewPageAsync();
        var streams = 0;
        foreach (var page in new[] { editor.Page, second })
            page.Request += (_, request) => streams += request.Headers.GetValueOrDefault("accept") == "text/event-stream" ? 1 : 0;
        await second.GotoAsync("/admin/stories/new");
        await second.FillAsync("#Manuscript_Headline", "Being typed");
        await reporter.GoAsync($"/admin/stories/{id}/file");
        await reporter.Page.SelectOptionAsync("#To", new SelectOptionValue { Label = "Nora Quill" });

        var clock = Stopwatch.StartNew();
        await reporter.Page.ClickAsync("main form button[type=submit]");
        await ShowsAsync(editor.Page.Locator(".pile a", new() { HasText = "Pushed to the desk" }));
        var desk = clock.Elapsed;
        await ShowsAsync(editor.Page.Locator(".rail-bell .number:not([hidden])"));
        await ShowsAsync(second.Locator(".rail-bell .number:not([hidden])"));
        var bells = clock.Elapsed;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"On the desk after {desk.TotalMilliseconds:0} ms, on the bells of both tabs after {bells.TotalMilliseconds:0} ms.");
        Assert.InRange(desk, TimeSpan.Zero, TimeSpan.FromSeconds(3));

        Assert.Matches(@"^\(\d+\) Desk", await editor.Page.TitleAsync());
        Assert.Matches(@"^\(\d+\) New story", await second.TitleAsync());
        Assert.Equal("Being typed", await second.InputValueAsync("#Manuscript_Headline"));
        Assert.True(streams <= 1, $"{streams} streams were opened after the first.");

        // Who comes and goes shows too.
        await reporter.GoAsync($"/admin/stories/{id}");
        await ShowsAsync(editor.Page.Locator(".lane-story", new() { HasText = "Pushed to the desk" }).Locator(".lane-open"));

        // The tab that has the stream is closed: the other takes it over.
        var waits = await second.Locator("[data-number=desk]").TextContentAsync();
        await editor.Page.CloseAsync();
        await room.App.FromElsewhereAsync(async db =>
        {
            var story = await db.Stories.SingleAsync(s => s.Id == new StoryId(id));
            story.Spike(Desk.Editor, room.App.Time.GetUtcNow());
            return await db.SaveChangesAsync();
        });
        await NewsHubApp.EventuallyAsync(async () =>
        {
            room.App.Time.Advance(TimeSpan.FromMilliseconds(500));
            return await second.Locator("[data-number=desk]").TextContentAsync() != waits;
        }, "the other tab hears that it is gone");
        Assert.DoesNotContain(editor.Complaints, c => !c.Contains(Stream, StringComparison.Ordinal));
    }

    /// <summary>It is there, as time goes by.</summary>
    private Task ShowsAsync(ILocator what) => NewsHubApp.EventuallyAsync(async () =>
    {
        room.App.Time.Advance(TimeSpan.FromMilliseconds(100));
        return await what.CountAsync() > 0;
    }, $"{what} is there");

    private Task<long> DraftAsync(string headline, string by, string email) => room.App.FromElsewhereAsync(async db =>
    {
        var owner = await db.Staff.SingleAsync(m => m.Email == email);
        var text = new StoryText
        {
            Section = (await db.Sections.FirstAsync()).Id,
            Kind = Kind.News,
            Headline = headline,
            Standfirst = "",
            Body = "A sentence.",
            Bylines = [],
        };
        var story = new Story(text, new RenderedBody("<p>A sentence.</p>", 2, []), new Actor(by), room.App.Time.GetUtcNow(), owner.Id);
        db.Stories.Add(story);
        await db.SaveChangesAsync();
        return story.Id.Value;
    });

    private async Task<Window> SignedInAsync(string name, Role role)
    {
        var email = $"{name.ToLowerInvariant().Replace(' ', '.')}@example.org";
        await Colleague.HireAsync(room.App, role, name, email);
        var window = await room.OpenAsync(1440);
        await window.WriteMarkdownAsync();
        await window.GoAsync("/admin/sign-in");
        await window.Page.FillAsync("#Email", email);
        await window.Page.FillAsync("#Password", Colleague.Password);
        await window.Page.ClickAsync("main form button[type=submit]");
        await window.Page.ArrivesAtAsync("**/admin");
        return window;
    }
}
