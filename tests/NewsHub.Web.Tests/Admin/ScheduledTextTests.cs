using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Web.Jobs;

namespace NewsHub.Web.Tests.Admin;

/// <summary>What goes out at the time that was set is the text that somebody with the right put into the schedule, and no other.</summary>
public sealed class ScheduledTextTests
{
    private const string NotIn = "is not scheduled";

    /// <summary>Every way in which somebody who may not publish can bring a newer text, or another address, to a scheduled story.</summary>
    public static TheoryData<string> Ways => ["save", "autosave", "restore", "tag"];

    [Trait("Needs", "time")]
    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_newer_text_of_somebody_who_may_not_publish_does_not_go_out_by_itself(string way)
    {
        await using var room = new ActRoom();
        var editor = await room.ColleagueAsync(Role.Editor);
        var id = await room.DraftAsync("First");
        await room.RewriteAsync(id, "Second");
        await room.ChangeAsync(id, (_, s) => { s.Schedule(room.Now.AddDays(1), Desk.Editor, room.Now); return Task.CompletedTask; });

        await BringAsync(editor, id, way);

        var story = await room.ReadAsync(id);
        Assert.Equal((2, 3), (story.ScheduledRevision, story.WorkingRevision));
        var page = await editor.GetAsync($"/admin/stories/{id}");
        Assert.Contains($"A newer text by {editor.Name}", page.Page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(NotIn, page.Page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.Page.QuerySelector("#take-in"));
        Assert.Contains(NotIn, (await editor.GetAsync("/admin")).Page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await editor.GetAsync($"/admin/stories/{id}/take-in")).Status);

        Assert.Equal("Second", await OutAsync(room, id));
    }

    [Fact]
    public async Task One_press_of_somebody_with_the_right_takes_it_in_at_the_editor_and_on_the_desk_and_the_log_says_so()
    {
        await using var room = new ActRoom();
        var (editor, publisher) = (await room.ColleagueAsync(Role.Editor), await room.ColleagueAsync(Role.Publisher));
        var (one, two) = (await room.StoryAsync(StoryState.Scheduled, "One"), await room.StoryAsync(StoryState.Scheduled, "Two"));
        foreach (var id in new[] { one, two }) await BringAsync(editor, id, "save");

        ActRoom.LedTo($"/admin/stories/{one}", await publisher.SubmitAsync($"/admin/stories/{one}", form: "#take-in"));
        ActRoom.LedTo($"/admin/stories/{two}", await publisher.SubmitAsync("/admin", form: $"form[action='/admin/stories/{two}/take-in']"));

        foreach (var id in new[] { one, two })
        {
            var (story, log) = (await room.ReadAsync(id), await room.LogAsync(id));
            Assert.Equal(story.WorkingRevision, story.ScheduledRevision);
            Assert.Equal((Act.Schedule, publisher.Name, $"took revision {story.WorkingRevision} into the schedule"),
                (log[^1].Act, log[^1].By.Name, log[^1].Note));
            Assert.DoesNotContain(NotIn, (await publisher.GetAsync($"/admin/stories/{id}")).Text, StringComparison.Ordinal);
        }
        Assert.Equal("Brought", await OutAsync(room, one));
    }

    [Fact]
    public async Task What_was_saved_since_the_page_was_shown_is_not_taken_in_unseen()
    {
        await using var room = new ActRoom();
        var (editor, publisher) = (await room.ColleagueAsync(Role.Editor), await room.ColleagueAsync(Role.Publisher));
        var id = await room.StoryAsync(StoryState.Scheduled);
        await BringAsync(editor, id, "save");
        var seen = await publisher.GetAsync($"/admin/stories/{id}");
        await editor.SubmitAsync($"/admin/stories/{id}", new() { ["Manuscript.Headline"] = "Not yet seen" });

        var answer = await publisher.SendAsync(seen, form: "#take-in");

        Assert.Equal((HttpStatusCode.Conflict, 1), (answer.Status, (await room.ReadAsync(id)).ScheduledRevision));
    }

    [Fact]
    public async Task What_somebody_with_the_right_saves_by_hand_goes_out_and_another_time_alone_takes_nothing_in()
    {
        await using var room = new ActRoom();
        var (editor, publisher) = (await room.ColleagueAsync(Role.Editor), await room.ColleagueAsync(Role.Publisher));
        var id = await room.StoryAsync(StoryState.Scheduled);
        await BringAsync(publisher, id, "save");
        Assert.Equal(2, (await room.ReadAsync(id)).ScheduledRevision);

        await BringAsync(editor, id, "restore");
        ActRoom.LedTo($"/admin/stories/{id}",
            await publisher.SubmitAsync($"/admin/stories/{id}/schedule", new() { ["At.Local"] = "2025-07-03T10:00" }));
        Assert.Equal(2, (await room.ReadAsync(id)).ScheduledRevision);
        ActRoom.LedTo($"/admin/stories/{id}", await publisher.SubmitAsync($"/admin/stories/{id}/schedule", new() { ["Newest"] = "true" }));
        Assert.Equal(3, (await room.ReadAsync(id)).ScheduledRevision);
    }

    [Fact]
    public async Task Nobody_without_the_right_gives_a_scheduled_story_another_address_and_what_was_typed_stays()
    {
        await using var room = new ActRoom();
        var editor = await room.ColleagueAsync(Role.Editor);
        var id = await room.StoryAsync(StoryState.Scheduled);
        var answer = await editor.SubmitAsync(
            $"/admin/stories/{id}", new() { ["Manuscript.Slug"] = "smuggled", ["Manuscript.Headline"] = "Typed all the same" });
        Assert.Equal((HttpStatusCode.BadRequest, "Typed all the same"),
            (answer.Status, answer.Page.QuerySelector("#Manuscript_Headline")!.TextContent));
        Assert.Null((await room.ReadAsync(id)).Slug);
    }

    private static async Task BringAsync(Colleague who, long id, string way)
    {
        var page = $"/admin/stories/{id}";
        var token = await who.TokenAsync();
        var answer = way switch
        {
            "save" => await who.SubmitAsync(page, new() { ["Manuscript.Headline"] = "Brought" }),
            "autosave" => await who.SendAsync(await AutosaveFormAsync(), new() { ["Manuscript.Headline"] = "Brought" }, "#editor"),
            "restore" => await who.PostAsync(
                $"{page}/history", new Dictionary<string, string> { ["number"] = "1", ["__RequestVerificationToken"] = token }),
            _ => await who.PostAsync("/admin/stories/bulk", new Dictionary<string, string>
            {
                ["Do"] = "tag",
                ["Tag"] = "Smuggled",
                ["Seen"] = $"{id}:{await VersionAsync()}",
                ["__RequestVerificationToken"] = token,
            }),
        };
        Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.Redirect, $"{way}: {answer.Status}");

        async Task<Answer> AutosaveFormAsync()
        {
            var open = await who.GetAsync(page);
            open.Page.QuerySelector("#editor")!.SetAttribute("action", $"{page}?handler=Autosave");
            return open;
        }

        async Task<string> VersionAsync()
        {
            var asked = await who.PostAsync("/admin/stories/bulk", new Dictionary<string, string>
            {
                ["Do"] = "tag",
                ["Tag"] = "Smuggled",
                ["Ids"] = $"{id}",
                ["__RequestVerificationToken"] = token,
            });
            return asked.Page.QuerySelector("input[name=Seen]")!.GetAttribute("value")!.Split(':')[1];
        }
    }

    /// <summary>The headline with which it goes out when it is due.</summary>
    private static async Task<string> OutAsync(ActRoom room, long id)
    {
        room.App.Time.Advance(TimeSpan.FromDays(3));
        await room.App.Services.GetRequiredService<PublishDue>().RoundAsync(TestContext.Current.CancellationToken);
        var story = await room.ReadAsync(id);
        Assert.Equal(StoryState.Live, story.State);
        return story.Revisions.Single(r => r.Number == story.LiveRevision).Text.Headline;
    }
}
