using System.Net;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Web.Tests.PageObjects;

namespace NewsHub.Web.Tests.Admin;

/// <summary>Schedule, unschedule and embargo, as pages, in a zone whose clocks change.</summary>
public sealed class TimingTests
{
    private static DateTimeOffset Utc(string at) => DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_schedule_is_typed_and_shown_in_the_papers_zone_and_kept_in_UTC()
    {
        await using var room = new ActRoom("Europe/London");
        var publisher = await room.ColleagueAsync(Role.Publisher);
        var id = await room.StoryAsync(StoryState.Filed);
        var page = await publisher.GetAsync($"/admin/stories/{id}/schedule");
        // It is 15:00 UTC.
        Assert.Equal("2025-07-01T17:00", page.Page.QuerySelector("#At_Local")!.GetAttribute("value"));
        Assert.Equal("Europe/London, UTC+1", page.Page.QuerySelector("#At_Local_zone")!.TextContent);

        await publisher.SendAsync(page, new() { ["At.Local"] = "2031-12-24T18:00" });

        Assert.Equal(
            (StoryState.Scheduled, Utc("2031-12-24T18:00Z")), ((await room.ReadAsync(id)).State, (await room.ReadAsync(id)).ScheduledFor));
        var again = await publisher.GetAsync($"/admin/stories/{id}/schedule");
        Assert.Equal("2031-12-24T18:00", again.Page.QuerySelector("#At_Local")!.GetAttribute("value"));
        var asked = await publisher.GetAsync($"/admin/stories/{id}/unschedule");
        Assert.Contains("24 Dec 2031, 18:00. Unscheduling", asked.Page.QuerySelector(".lede")!.Words(), StringComparison.Ordinal);
        await publisher.SubmitAsync($"/admin/stories/{id}/unschedule");
        Assert.Equal((StoryState.Filed, null), ((await room.ReadAsync(id)).State, (await room.ReadAsync(id)).ScheduledFor));
    }

    [Theory]
    [InlineData("2025-10-26T01:30", "comes twice in Europe/London", "+00:00", "2025-10-26T01:30Z")]
    [InlineData("2025-10-26T01:30", "comes twice in Europe/London", "+01:00", "2025-10-26T00:30Z")]
    [InlineData("2026-03-29T01:30", "there is no 01:30", "+01:00", "2026-03-29T00:30Z")]
    [InlineData("2026-03-29T01:30", "there is no 01:30", "+00:00", "2026-03-29T01:30Z")]
    public async Task An_hour_that_is_none_or_two_is_asked_about(string typed, string says, string answer, string utc)
    {
        await using var room = new ActRoom("Europe/London");
        var publisher = await room.ColleagueAsync(Role.Publisher);
        var id = await room.StoryAsync(StoryState.Draft);
        var asked = await publisher.SubmitAsync($"/admin/stories/{id}/schedule", new() { ["At.Local"] = typed });

        ActRoom.Asks(asked, says, "At_Local");
        Assert.Equal(typed, asked.Page.QuerySelector("#At_Local")!.GetAttribute("value"));
        Assert.Equal(2, asked.Page.QuerySelectorAll("input[name='At.Offset']").Length);
        Assert.Equal(StoryState.Draft, (await room.ReadAsync(id)).State);

        ActRoom.LedTo($"/admin/stories/{id}", await publisher.SendAsync(asked, new() { ["At.Offset"] = answer }));
        Assert.Equal(Utc(utc), (await room.ReadAsync(id)).ScheduledFor);
        // Which of the two was meant is not asked again.
        var page = await publisher.GetAsync($"/admin/stories/{id}/schedule");
        if (asked.Page.QuerySelector("#problems")!.TextContent.Contains("twice", StringComparison.Ordinal))
            Assert.Equal(answer, page.Page.QuerySelector("input[name='At.Offset'][checked]")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("", "Enter a date and a time.")]
    [InlineData("soon", "Enter a date and a time")]
    [InlineData("2025-07-01T15:30", "Choose a time in the future")]
    public async Task A_time_that_cannot_be_is_told_at_its_field(string typed, string says)
    {
        await using var room = new ActRoom("Europe/London");
        var publisher = await room.ColleagueAsync(Role.Publisher);
        var id = await room.StoryAsync(StoryState.Draft);
        var answer = await publisher.SubmitAsync($"/admin/stories/{id}/schedule", new() { ["At.Local"] = typed });
        ActRoom.Asks(answer, says, "At_Local");
        Assert.Equal("true", answer.Page.QuerySelector("#At_Local")!.GetAttribute("aria-invalid"));
    }

    [Fact]
    public async Task A_stale_form_with_another_time_is_no_second_click()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        var id = await room.StoryAsync(StoryState.Draft);
        var page = await publisher.GetAsync($"/admin/stories/{id}/schedule");
        for (var i = 0; i < 2; i++)
            ActRoom.LedTo($"/admin/stories/{id}", await publisher.SendAsync(page, new() { ["At.Local"] = "2025-07-02T10:00" }));
        ActRoom.Asks(await publisher.SendAsync(page, new() { ["At.Local"] = "2025-07-03T10:00" }),
            "You have changed this story in another window since", status: HttpStatusCode.Conflict);
        Assert.Equal(Utc("2025-07-02T10:00Z"), (await room.ReadAsync(id)).ScheduledFor);
    }

    [Fact]
    public async Task An_embargo_holds_until_it_is_lifted_and_moves_a_schedule_that_it_overtakes()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        var id = await room.StoryAsync(StoryState.Scheduled);
        ActRoom.Asks(await publisher.SubmitAsync($"/admin/stories/{id}/embargo", new() { ["Until.Local"] = "2025-06-30T10:00" }),
            "Choose a time in the future", "Until_Local");
        await publisher.SubmitAsync($"/admin/stories/{id}/embargo", new() { ["Until.Local"] = "2025-07-05T10:00" });
        var held = await room.ReadAsync(id);
        Assert.Equal((Utc("2025-07-05T10:00Z"), Utc("2025-07-05T10:00Z")), (held.EmbargoUntil!.Value, held.ScheduledFor!.Value));

        // The page offers no button that cannot work; whoever posts all the same is refused.
        var publish = $"/admin/stories/{id}/publish";
        Assert.Contains("Under embargo until 5 Jul 2025, 10:00.", (await publisher.GetAsync(publish)).Text, StringComparison.Ordinal);
        Dictionary<string, string> crafted =
            new() { ["Version"] = $"{held.Version}", ["__RequestVerificationToken"] = await publisher.TokenAsync() };
        ActRoom.Asks(await publisher.PostAsync(publish, crafted), "under embargo until 5 Jul 2025, 10:00 UTC");
        ActRoom.Asks(await publisher.SubmitAsync($"/admin/stories/{id}/schedule", new() { ["At.Local"] = "2025-07-04T10:00" }),
            "after the end of the embargo");
        Assert.Equal(HttpStatusCode.NotFound, (await room.App.GetAsync("/harbour/2025/07/01/just-in")).Status);

        await publisher.SubmitAsync($"/admin/stories/{id}/embargo", new() { ["Lift"] = "true" });
        Assert.Null((await room.ReadAsync(id)).EmbargoUntil);
        ActRoom.LedTo($"/admin/stories/{id}", await publisher.SubmitAsync($"/admin/stories/{id}/publish"));
        Assert.Equal(HttpStatusCode.OK, (await room.App.GetAsync("/harbour/2025/07/01/just-in")).Status);
    }
}
