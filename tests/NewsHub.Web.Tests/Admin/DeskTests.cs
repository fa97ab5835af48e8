using AngleSharp.Dom;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Planning;
using NewsHub.Core.Publishing;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;

namespace NewsHub.Web.Tests.Admin;

/// <summary>Today's paper on the desk, below what needs one.</summary>
public sealed class DeskTests
{
    [Fact]
    public async Task The_desk_shows_every_story_of_today_in_the_lane_of_its_state()
    {
        await using var room = new ActRoom();
        var reporter = await room.ColleagueAsync(Role.Reporter);
        await room.App.FromElsewhereAsync(db =>
        {
            var plan = new AssignmentPlan { Slug = Slug.Parse("wanted"), Line = "A wanted one" };
            db.Assignments.Add(new Assignment(plan, Desk.Editor, room.Now));
            return db.SaveChangesAsync();
        });
        await room.StoryAsync(StoryState.Draft, "A draft");
        await room.StoryAsync(StoryState.Filed, "A filed one");
        var approved = await room.StoryAsync(StoryState.Filed, "An approved one");
        await room.ChangeAsync(approved, (_, story) =>
        {
            story.Approve(story.Newest(), Desk.Editor, room.Now);
            return Task.CompletedTask;
        });
        await room.StoryAsync(StoryState.Scheduled, "A scheduled one");
        await room.StoryAsync(StoryState.Live, "A live one");
        await room.StoryAsync(StoryState.Spiked, "A spiked one");

        var desk = (await reporter.GetAsync("/admin")).Page;

        Assert.StartsWith("You’re all caught up.", desk.QuerySelector(".caught-up")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            [
                ("Planned 1", "A wanted one"), ("Draft 1", "A draft"), ("Filed 1", "A filed one"), ("Approved 1", "An approved one"),
                ("Scheduled 1", "A scheduled one"), ("Live today 1", "A live one"),
            ],
            desk.QuerySelectorAll(".lane").Select(l => (l.QuerySelector("h3")!.TextContent, l.QuerySelector("a")!.TextContent)));
        // Boats and nets of the days before are not of today. Nothing here is done by a reporter.
        Assert.DoesNotContain("Boats are back", desk.QuerySelector(".today")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(desk.QuerySelectorAll(".today form"));
    }

    [Fact]
    public async Task A_line_says_who_wrote_how_much_where_since_when_and_who_has_it_open()
    {
        await using var room = new ActRoom();
        var (ada, bo) = (await room.ColleagueAsync(Role.Editor, "Ada Obi"), await room.ColleagueAsync(Role.Reporter, "Bo Ade"));
        var id = await room.DraftAsync("Ferries stop", ada);
        room.App.Time.Advance(TimeSpan.FromMinutes(12));
        await ada.GetAsync($"/admin/stories/{id}");

        var line = (await bo.GetAsync("/admin")).Page.QuerySelector(".lane-story")!;

        Assert.Equal("Ferries stop", line.QuerySelector(".lane-head a")!.TextContent);
        Assert.Equal("Open: Ada Obi", line.QuerySelector(".lane-open")!.TextContent);
        Assert.Equal(
            ["Ada Night", "4 words", "No picture", "Harbour", "Changed 12 min"], line.QuerySelectorAll(".lane-facts li").Select(Words));
        Assert.Equal("1 Jul 2025, 15:00", line.QuerySelector("time")!.GetAttribute("title"));
        Assert.Equal(
            "Open: you", (await ada.GetAsync("/admin")).Page.QuerySelector(".today .lane-open")!.TextContent);
        // Whoever has not been heard of has left.
        room.App.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null((await bo.GetAsync("/admin")).Page.QuerySelector(".lane-open"));
    }

    [Fact]
    public async Task A_full_lane_shows_the_first_and_leads_to_all()
    {
        await using var room = new ActRoom();
        var reporter = await room.ColleagueAsync(Role.Reporter);
        for (var i = 1; i <= 7; i++) await room.StoryAsync(StoryState.Filed, $"Filed {i}");
        for (var i = 1; i <= 7; i++) await room.StoryAsync(StoryState.Live, $"Live {i}");

        var desk = (await reporter.GetAsync("/admin")).Page;

        foreach (var (name, address) in new[]
        {
            ("Filed", "/admin/stories?state=unread"), ("Live today", "/admin/stories?state=live&sort=published&from=2025-07-01"),
        })
        {
            var lane = desk.QuerySelectorAll(".lane").Single(l => l.QuerySelector("h3")!.TextContent == $"{name} 7");
            Assert.Equal(6, lane.QuerySelectorAll(".lane-story").Length);
            Assert.Equal(address, lane.QuerySelector(".lane-all a")!.GetAttribute("href"));
            Assert.Equal(7, (await reporter.GetAsync(address)).Page.QuerySelectorAll(".stories tbody tr").Length);
        }
    }

    [Fact]
    public async Task Today_begins_at_midnight_in_ones_own_zone()
    {
        await using var room = new ActRoom();
        var id = await room.DraftAsync("Late last night");
        // 23:30 of yesterday in London's summer, half past midnight of today in Paris.
        var late = new DateTimeOffset(2025, 6, 30, 22, 30, 0, TimeSpan.Zero);
        await room.ChangeAsync(id, (db, story) => db.PublishAsync(story, story.Newest(), Desk.Editor, late));
        var reporter = await room.ColleagueAsync(Role.Reporter);
        foreach (var (zone, lines) in new[] { ("Europe/London", 0), ("Europe/Paris", 1) })
        {
            await reporter.SubmitAsync("/admin/account", new() { ["Zone"] = zone }, "form[action$='handler=zone']");
            var desk = (await reporter.GetAsync("/admin")).Page;
            Assert.Equal((zone, lines), (zone, desk.QuerySelectorAll(".lane")[^1].QuerySelectorAll(".lane-story").Length));
        }
    }

    private static string Words(IElement element) =>
        string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
