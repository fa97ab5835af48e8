using System.Net;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Publishing;
using NewsHub.Core.Settings;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;
using NewsHub.Core.Text;

namespace NewsHub.Web.Tests.Admin;

/// <summary>What people type in the newsroom stays as they wrote it: letters composed, control characters gone, spaces that
/// mean something kept.</summary>
public sealed class TypedTextTests
{
    private const string Typed = " Cafe\u0301\u0001\u00A0?\u202F!\u3000B\u0010  C\u001F\uFFFF ";
    private const string Kept = "Café\u00A0?\u202F!\u3000B C";

    [Fact]
    public async Task Every_form_of_the_newsroom_keeps_it()
    {
        await using var room = new ActRoom();
        var chief = await room.ColleagueAsync(Role.Administrator);
        await SendAsync(
            "/admin/sections", new() { ["Name"] = Typed, ["Slug"] = "dirty", ["Description"] = Typed }, "form:has([name=Description])");
        await SendAsync(
            "/admin/authors",
            new() { ["Typed.Name"] = Typed, ["Typed.Title"] = Typed, ["Typed.Bio"] = Typed + "\r\n" + Typed, ["Slug"] = "dirty" },
            "form:has([name='Typed.Bio'])");
        await SendAsync("/admin/settings", new()
        {
            ["Name"] = Typed,
            ["Subtitle"] = Typed,
            ["Motto"] = Typed,
            ["Description"] = Typed,
            ["Reactions[0].Label"] = Typed,
        }, "form:has([name=Motto])");
        var tag = await room.App.FromElsewhereAsync(db => db.Tags.Select(t => t.Id).FirstAsync());
        await SendAsync($"/admin/tags/{tag}", new() { ["Name"] = Typed }, "form:has([name=Name])");
        await SendAsync("/admin/editions/new", new() { ["Folio.Title"] = Typed }, "form:has([name='Folio.Title'])");
        await SendAsync(
            "/admin/planning/new", new() { ["Input.Slug"] = Typed, ["Input.Line"] = Typed, ["Input.Note"] = Typed + "\r\n" + Typed });
        await SendAsync("/admin/team/invite", new() { ["Name"] = Typed, ["Email"] = " new@example.org\u0001 " }, "form:has([name=Email])");
        var live = await room.StoryAsync(StoryState.Live, "Live");
        await room.ChangeAsync(live, async (db, story) =>
        {
            story.Save(story.Newest().Text with { Kind = Kind.Live }, new RenderedBody("<p>x</p>", 1, []), Desk.Editor, room.Now);
            await db.PublishAsync(story, story.Newest(), Desk.Editor, room.Now);
        });
        await SendAsync(
            $"/admin/stories/{live}/live",
            new() { ["Manuscript.Headline"] = Typed, ["Manuscript.Body"] = Typed + "\r\n\r\n" + Typed },
            "form:has([name='Manuscript.Body'])");
        await SendAsync($"/admin/stories/{live}/correct", new() { ["Note"] = Typed });
        var filed = await room.StoryAsync(StoryState.Filed, "Filed");
        await SendAsync($"/admin/stories/{filed}/return", new() { ["Note"] = Typed });
        await SendAsync($"/admin/stories/{live}/withdraw", new() { ["Notice"] = Typed, ["Reason"] = Typed });
        await SendAsync("/admin/stories/new", new()
        {
            ["Manuscript.Headline"] = Typed,
            ["Manuscript.Kicker"] = Typed,
            ["Manuscript.Standfirst"] = Typed,
            ["Manuscript.Dateline"] = Typed,
            ["Manuscript.SeoTitle"] = Typed,
            ["Manuscript.Body"] = $"\u3000{Typed}",
            ["Manuscript.Tags"] = $"New {Typed}",
        }, "form:has([name='Manuscript.Body'])");

        await room.App.FromElsewhereAsync(async db =>
        {
            var section = await db.Sections.SingleAsync(s => s.Slug == Slug.Parse("dirty"));
            var author = await db.Authors.SingleAsync(a => a.Slug == Slug.Parse("dirty"));
            var site = await db.Sites.SingleAsync();
            var assignment = await db.Assignments.SingleAsync();
            var entry = await db.LiveEntries.SingleAsync();
            var story = await db.Stories.SingleAsync(s => s.Id == new StoryId(live));
            var text = (await db.Revisions.OrderByDescending(r => r.StoryId).FirstAsync()).Text;
            string?[] lines =
            [
                section.Name,
                section.Description,
                author.Name,
                author.Title,
                site.Name,
                site.Subtitle,
                site.Motto,
                site.Description,
                site.Reactions[0].Label,
                await db.Tags.Where(t => t.Id == tag).Select(t => t.Name).SingleAsync(),
                await db.Editions.OrderByDescending(e => e.Number).Select(e => e.Title).FirstAsync(),
                await db.Staff.Where(s => s.Email == "new@example.org").Select(s => s.Name).SingleAsync(),
                entry.Headline,
                await db.Corrections.Select(c => c.Note).SingleAsync(),
                await db.Stories.Where(s => s.Id == new StoryId(filed)).Select(s => s.ReturnNote).SingleAsync(),
                story.WithdrawalNotice,
                assignment.Line,
                text.Headline, text.Kicker, text.Standfirst, text.Dateline, text.SeoTitle,
            ];
            // Within several lines blanks may mean something, and stay.
            Assert.All(lines, line => Assert.Equal(Kept, line?.Replace("  ", " ", StringComparison.Ordinal)));
            Assert.DoesNotContain(author.Bio + entry.Text + text.Body + assignment.Note, c => char.IsControl(c) && c != '\n');
            Assert.StartsWith("\u3000", text.Body, StringComparison.Ordinal);
            Assert.Equal($"New {Kept}", text.Tags.Single().Name);
            return 0;
        });

        async Task SendAsync(string path, Dictionary<string, string> fields, string form = "main form[method=post]")
        {
            var answer = await chief.SubmitAsync(path, fields, form);
            var said = answer.IsPage
                ? answer.Page.QuerySelector("#problems")?.TextContent ?? answer.Page.QuerySelector("main")?.InnerHtml
                : answer.Text;
            Assert.True(answer.Status == HttpStatusCode.Redirect, $"{path} answered {answer.Status}: {said}");
        }
    }

    [Fact]
    public async Task A_form_with_a_NUL_in_it_is_refused_whole()
    {
        await using var room = new ActRoom();
        var chief = await room.ColleagueAsync(Role.Administrator);
        var before = await room.App.FromElsewhereAsync(db => db.Sections.CountAsync());
        Assert.Equal(
            HttpStatusCode.BadRequest, (await chief.SubmitAsync("/admin/sections", new() { ["Name"] = "New\u0000s" }, "#add")).Status);
        Assert.Equal(before, await room.App.FromElsewhereAsync(db => db.Sections.CountAsync()));
    }

    [Fact]
    public async Task A_name_of_which_nothing_is_to_be_seen_is_asked_for_again_and_never_a_fault()
    {
        await using var room = new ActRoom();
        var chief = await room.ColleagueAsync(Role.Administrator);
        var tag = await room.App.FromElsewhereAsync(db => db.Tags.Select(t => t.Id).FirstAsync());
        foreach (var nothing in new[] { "\u200B", "\u0001", "\u3000\u200F", "\u202E" })
        {
            ActRoom.Asks(
                await chief.SubmitAsync("/admin/sections", new() { ["Name"] = nothing }, "form:has([name=Description])"), "Enter a name");
            ActRoom.Asks(
                await chief.SubmitAsync($"/admin/tags/{tag}", new() { ["Name"] = nothing }, "form:has([name=Name])"), "Enter a name");
            ActRoom.Asks(await chief.SubmitAsync("/admin/authors", new() { ["Typed.Name"] = nothing }, "form:has([name='Typed.Bio'])"),
                "Enter a name");
        }
    }

    [Fact]
    public async Task An_autosave_in_mid_word_leaves_no_tag()
    {
        await using var room = new ActRoom();
        var reporter = await room.ColleagueAsync(Role.Reporter);
        var form = await reporter.GetAsync("/admin/stories/new");
        var action = "/admin/stories/new?handler=Autosave";
        var before = await room.App.FromElsewhereAsync(db => db.Tags.CountAsync());
        foreach (var typed in new[] { "Har", "Harb" })
        {
            var fresh = form.Page.QuerySelector("input[name=Key]")!.GetAttribute("value")!;
            var kept = await reporter.PostAsync(action, new Dictionary<string, string>
            {
                ["__RequestVerificationToken"] = await reporter.TokenAsync(),
                ["Key"] = typed == "Har" ? fresh : "",
                ["Manuscript.Headline"] = "x",
                ["Manuscript.Section"] = "harbour",
                ["Manuscript.Tags"] = typed,
            });
            Assert.Equal(HttpStatusCode.OK, kept.Status);
        }
        Assert.Equal(before, await room.App.FromElsewhereAsync(db => db.Tags.CountAsync()));
    }

    [Fact]
    public async Task A_time_of_publication_is_put_right_and_the_story_leaves_the_top()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        var id = await room.StoryAsync(StoryState.Live, "Too high");
        var was = (await room.ReadAsync(id)).Address!;
        await NewsHubApp.EventuallyAsync(
            async () => (await room.App.GetAsync("/harbour")).Text.Contains("Too high", StringComparison.Ordinal),
            "the story stands in its section");

        ActRoom.Asks(
            await publisher.SubmitAsync($"/admin/stories/{id}/time", new() { ["At.Local"] = "2025-08-01T10:00", ["Reason"] = "x" }),
            "in the past",
            "At_Local");
        ActRoom.Asks(
            await publisher.SubmitAsync($"/admin/stories/{id}/time", new() { ["At.Local"] = "2025-06-01T10:00", ["Reason"] = " " }),
            "Enter a reason",
            "Reason");
        ActRoom.LedTo($"/admin/stories/{id}", await publisher.SubmitAsync(
            $"/admin/stories/{id}/time", new() { ["At.Local"] = "2025-06-01T10:00", ["Reason"] = "The clock was wrong." }));

        var story = await room.ReadAsync(id);
        Assert.Equal((new DateTimeOffset(2025, 6, 1, 10, 0, 0, TimeSpan.Zero), "/harbour/2025/06/01/too-high"),
            (story.FirstPublishedAt, story.Address));
        await NewsHubApp.EventuallyAsync(
            async () => (await room.App.GetAsync("/harbour")).Text is var page
                && page.IndexOf("Too high", StringComparison.Ordinal) > page.IndexOf("Nets are out", StringComparison.Ordinal),
            "it stands below older stories");
        var led = await room.App.GetAsync(was);
        Assert.Equal((HttpStatusCode.MovedPermanently, story.Address), (led.Status, led.Header("Location")));
        Assert.Equal(HttpStatusCode.OK, (await room.App.GetAsync(story.Address!)).Status);
        Assert.Contains((await room.LogAsync(id)),
            e => e.Act == Act.Redate && e.By.Name == publisher.Name && e.Note!.Contains("The clock was wrong.", StringComparison.Ordinal));
        await NewsHubApp.EventuallyAsync(async () => (await room.App.GetAsync("/search?q=too+high&to=2025-06-02")).Text
            .Contains("/harbour/2025/06/01/too-high", StringComparison.Ordinal), "search finds it by its day");
    }
}
