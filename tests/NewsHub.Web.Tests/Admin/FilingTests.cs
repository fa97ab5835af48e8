using System.Net;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;

namespace NewsHub.Web.Tests.Admin;

/// <summary>File, return, approve, spike and revive, as pages.</summary>
public sealed class FilingTests
{
    [Fact]
    public async Task A_story_is_filed_to_a_colleague_returned_with_a_note_filed_again_and_approved()
    {
        await using var room = new ActRoom();
        var reporter = await room.ColleagueAsync(Role.Reporter);
        var editor = await room.ColleagueAsync(Role.Editor);
        var id = await room.DraftAsync(owner: reporter);
        var story = $"/admin/stories/{id}";

        ActRoom.LedTo(story, await reporter.SubmitAsync($"{story}/file", new() { ["To"] = $"{editor.Id}" }));
        Assert.Equal((StoryState.Filed, editor.Id), ((await room.ReadAsync(id)).State, (await room.ReadAsync(id)).FiledTo));
        Assert.Contains("Just in", Pile(await editor.GetAsync("/admin"), "Filed to you"), StringComparison.Ordinal);

        ActRoom.Asks(await editor.SubmitAsync($"{story}/return", new() { ["Note"] = "  " }), "Enter what needs changing", "Note");
        ActRoom.LedTo(story, await editor.SubmitAsync($"{story}/return", new() { ["Note"] = "Who says so?" }));
        Assert.Contains("Returned: Who says so?", Pile(await reporter.GetAsync("/admin"), "Returned to you"), StringComparison.Ordinal);

        ActRoom.LedTo(story, await reporter.SubmitAsync($"{story}/file"));
        Assert.Contains("Just in", Pile(await editor.GetAsync("/admin"), "Filed to the desk"), StringComparison.Ordinal);
        ActRoom.LedTo(story, await editor.SubmitAsync($"{story}/approve"));
        var approved = await room.ReadAsync(id);
        Assert.Equal(approved.WorkingRevision, approved.ApprovedRevision);
        var publisher = await room.ColleagueAsync(Role.Publisher);
        Assert.Contains("Just in", Pile(await publisher.GetAsync("/admin"), "Approved, ready to publish"), StringComparison.Ordinal);
        Assert.Equal([Act.Save, Act.File, Act.Return, Act.File, Act.Approve], (await room.LogAsync(id)).Select(e => e.Act));
    }

    [Fact]
    public async Task A_second_click_finds_it_filed_and_nothing_happens_twice()
    {
        await using var room = new ActRoom();
        var reporter = await room.ColleagueAsync(Role.Reporter);
        var id = await room.DraftAsync(owner: reporter);
        var page = await reporter.GetAsync($"/admin/stories/{id}/file");
        for (var i = 0; i < 2; i++) ActRoom.LedTo($"/admin/stories/{id}", await reporter.SendAsync(page));
        Assert.Single(await room.LogAsync(id), e => e.Act is Act.File);
    }

    [Fact]
    public async Task A_story_is_filed_to_nobody_outside_the_desk()
    {
        await using var room = new ActRoom();
        var reporter = await room.ColleagueAsync(Role.Reporter);
        var id = await room.DraftAsync(owner: reporter);
        ActRoom.Asks(await reporter.SubmitAsync($"/admin/stories/{id}/file", new() { ["To"] = $"{reporter.Id}" }),
            "Choose a colleague from the list", "To");
        Assert.Equal(StoryState.Draft, (await room.ReadAsync(id)).State);
    }

    [Fact]
    public async Task What_someone_else_saved_meanwhile_is_not_approved_unseen()
    {
        await using var room = new ActRoom();
        var editor = await room.ColleagueAsync(Role.Editor);
        var id = await room.StoryAsync(StoryState.Filed);
        var page = await editor.GetAsync($"/admin/stories/{id}/approve");
        await room.RewriteAsync(id, "Not so", new Actor("Someone Else"));

        var answer = await editor.SendAsync(page);

        ActRoom.Asks(answer, "Someone Else has changed this story since you opened this page", status: HttpStatusCode.Conflict);
        Assert.Contains("Not so", answer.Text, StringComparison.Ordinal);
        Assert.Null((await room.ReadAsync(id)).ApprovedRevision);
        // The page that came is the story as it is: sent from there, it is done.
        ActRoom.LedTo($"/admin/stories/{id}", await editor.SendAsync(answer));
        Assert.Equal(2, (await room.ReadAsync(id)).ApprovedRevision);
    }

    [Fact]
    public async Task A_spiked_story_can_be_revived()
    {
        await using var room = new ActRoom();
        var editor = await room.ColleagueAsync(Role.Editor);
        var id = await room.StoryAsync(StoryState.Filed);
        await editor.SubmitAsync($"/admin/stories/{id}/spike");
        Assert.Equal(StoryState.Spiked, (await room.ReadAsync(id)).State);
        ActRoom.Asks(await editor.SubmitAsync($"/admin/stories/{id}/approve"), "Only a filed story can be approved; this one is spiked.");
        await editor.SubmitAsync($"/admin/stories/{id}/revive");
        Assert.Equal(StoryState.Draft, (await room.ReadAsync(id)).State);
    }

    [Fact]
    public async Task A_duplicate_is_a_draft_of_ones_own_with_the_text_and_nothing_else()
    {
        await using var room = new ActRoom();
        var reporter = await room.ColleagueAsync(Role.Reporter);
        var id = await room.StoryAsync(StoryState.Live);
        var page = await reporter.GetAsync($"/admin/stories/{id}/duplicate");
        var first = await reporter.SendAsync(page);
        var again = await reporter.SendAsync(page);

        Assert.Equal((HttpStatusCode.Redirect, first.Header("Location")), (again.Status, again.Header("Location")));
        var copy = await room.ReadAsync(
            long.Parse(first.Header("Location")!.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture));
        Assert.NotEqual(id, copy.Id.Value);
        Assert.Equal((StoryState.Draft, "Just in", reporter.Id), (copy.State, copy.Newest().Text.Headline, copy.OwnerId));
        Assert.Equal((null, null, null), (copy.Address, copy.Slug, copy.FirstPublishedAt));
    }

    internal static string Pile(Answer desk, string name)
    {
        var piles = desk.Page.QuerySelectorAll(".pile");
        var pile = piles.FirstOrDefault(p => p.QuerySelector("h2")!.TextContent.StartsWith(name, StringComparison.Ordinal));
        Assert.True(pile is not null,
            $"The desk has no pile '{name}' but {string.Join(", ", piles.Select(p => p.QuerySelector("h2")!.TextContent))}.");
        return pile!.TextContent;
    }
}
