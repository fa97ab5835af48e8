using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;

namespace NewsHub.Web.Tests.Admin;

/// <summary>The flag: one at a time, never without an end; the bar on every reader page while it lasts and no longer.</summary>
public sealed class BreakingTests
{
    private static readonly string[] Pages = ["/", "/harbour", "/editions", "/about", "/harbour/2025/06/29/nets", "/nowhere"];

    private static async Task<string?> BarAsync(ActRoom room, string path) =>
        (await room.App.GetAsync(path)).Page.QuerySelector(".breaking a")?.TextContent;

    private static async Task EverywhereAsync(ActRoom room, string? words)
    {
        foreach (var page in Pages)
            await NewsHubApp.EventuallyAsync(async () => await BarAsync(room, page) == words, $"the bar on {page} says “{words}”");
    }

    [Fact]
    public async Task The_bar_is_on_every_page_follows_the_headline_and_ends_by_itself()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        var id = await room.StoryAsync(StoryState.Live, "The bridge is shut");
        foreach (var page in Pages) Assert.Null(await BarAsync(room, page));

        ActRoom.Asks(await publisher.SubmitAsync($"/admin/stories/{id}/flag"), "Choose how long", "Minutes");
        ActRoom.LedTo($"/admin/stories/{id}", await publisher.SubmitAsync($"/admin/stories/{id}/flag", new() { ["Minutes"] = "60" }));
        await EverywhereAsync(room, "The bridge is shut");
        var bar = (await room.App.GetAsync("/")).Page.QuerySelector(".breaking")!;
        Assert.Equal(("/harbour/2025/07/01/the-bridge-is-shut", $"{id}"),
            (bar.QuerySelector("a")!.GetAttribute("href"), bar.GetAttribute("data-story")));

        await room.RewriteAsync(id, "The bridge is open");
        await publisher.SubmitAsync($"/admin/stories/{id}/publish");
        await EverywhereAsync(room, "The bridge is open");

        // Nothing is committed when it ends: pages kept with it end by themselves.
        room.App.Time.Advance(TimeSpan.FromMinutes(59));
        foreach (var page in Pages) Assert.Equal("The bridge is open", await BarAsync(room, page));
        room.App.Time.Advance(TimeSpan.FromMinutes(1));
        foreach (var page in Pages) Assert.Null(await BarAsync(room, page));
    }

    [Fact]
    public async Task Taking_the_flag_from_another_story_is_asked_and_taking_it_down_is_at_once()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        var first = await room.StoryAsync(StoryState.Live, "First");
        var second = await room.StoryAsync(StoryState.Live, "Second");
        await publisher.SubmitAsync($"/admin/stories/{first}/flag", new() { ["Minutes"] = "120" });
        var asked = await publisher.SubmitAsync($"/admin/stories/{second}/flag", new() { ["Minutes"] = "60" });
        ActRoom.Asks(asked, "“First” has the flag.", "TakeOver");
        await EverywhereAsync(room, "First");

        ActRoom.LedTo($"/admin/stories/{second}", await publisher.SendAsync(asked, new() { ["TakeOver"] = "true" }));
        await EverywhereAsync(room, "Second");
        Assert.Equal(1, await room.App.FromElsewhereAsync(db => db.Stories.CountAsync(s => s.BreakingUntil != null)));

        await publisher.SubmitAsync($"/admin/stories/{second}/unflag");
        await EverywhereAsync(room, null);
    }

    [Fact]
    public async Task A_withdrawn_story_breaks_no_longer()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        var id = await room.StoryAsync(StoryState.Live, "It is shut");
        await publisher.SubmitAsync($"/admin/stories/{id}/flag", new() { ["Minutes"] = "120" });
        await EverywhereAsync(room, "It is shut");
        await publisher.SubmitAsync($"/admin/stories/{id}/withdraw", new() { ["Notice"] = "It was not true.", ["Reason"] = "A hoax." });
        await EverywhereAsync(room, null);
    }
}
