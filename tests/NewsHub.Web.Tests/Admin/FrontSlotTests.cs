using System.Net;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Media;

namespace NewsHub.Web.Tests.Admin;

/// <summary>A headline and a picture for one front alone, the places that a new front begins with, and a board that saves itself.</summary>
public sealed class FrontSlotTests
{
    private const string Page = "/admin/editions/1/slots/1";

    [Fact]
    public async Task A_slots_own_headline_and_picture_are_on_front_and_edition_alone_and_stay_with_the_story()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        await PictureAsync(room, "quay.jpg", "A quay", "Ada Night");
        var id = await IdAsync(room, "Boats are back");
        var article = (await room.ReadAsync(id)).Address!;
        string[] elsewhere = ["/harbour", "/editions/1/stories", "/feed.xml", "/editions/1/feed.xml", "/api/v1/editions/1", article];
        foreach (var page in elsewhere.Append("/").Append("/editions/1")) await room.App.GetAsync(page);

        var done = await publisher.SubmitAsync($"/admin/editions/1/slots/{id}", new()
        {
            ["Headline"] = "Boats,  boats, boats",
            ["Picture"] = "quay.jpg",
            ["Alt"] = "Three boats at a quay",
        });

        ActRoom.LedTo($"/admin/editions/1#story-{id}", done);
        foreach (var page in new[] { "/", "/editions/1" })
        {
            await NewsHubApp.EventuallyAsync(async () => (await room.App.GetAsync(page)).Text
                .Contains("Boats, boats, boats", StringComparison.Ordinal), $"{page} has the headline");
            Assert.Contains("/media/", (await room.App.GetAsync(page)).Text, StringComparison.Ordinal);
        }
        foreach (var page in elsewhere)
            Assert.DoesNotContain("Boats, boats", (await room.App.GetAsync(page)).Text, StringComparison.Ordinal);
        Assert.Contains("Boats, boats, boats", (await publisher.GetAsync("/admin/editions/1")).Text, StringComparison.Ordinal);
        // It goes where the story goes.
        var other = await IdAsync(room, "Nets are out");
        await publisher.SubmitAsync("/admin/editions/1", new() { [$"Places[{other}]"] = "Lead", [$"Places[{id}]"] = "Second" });
        var slots = await room.App.FromElsewhereAsync(db => db.FrontSlots.AsNoTracking().OrderBy(s => s.Position).ToListAsync());
        Assert.Equal([(other, null, null), (id, "Boats, boats, boats", "Three boats at a quay")],
            slots.Select(s => (s.StoryId.Value, s.Headline, s.Picture?.Alt)));
        await publisher.SubmitAsync($"/admin/editions/1/slots/{id}", new() { ["Headline"] = "", ["Picture"] = "", ["Alt"] = "" });
        Assert.Equal(0, await room.App.FromElsewhereAsync(db => db.FrontSlots.CountAsync(s => s.Headline != null || s.Picture != null)));
    }

    [Theory]
    [InlineData("Picture", "nowhere.jpg", "There is no picture of that name in the library.")]
    [InlineData("Picture", "bare.jpg", "This picture has no credit. Name its source in the library first.")]
    [InlineData("Picture", "blind.jpg", "Describe what the picture shows.")]
    [InlineData("Headline", "long", "Use 400 characters at most.")]
    [InlineData("Alt", "longer", "Use 1,000 characters at most.")]
    public async Task What_cannot_be_printed_is_told_at_its_field(string field, string typed, string sentence)
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        await PictureAsync(room, "bare.jpg", "A quay", "");
        await PictureAsync(room, "blind.jpg", "", "Ada Night");
        var id = await IdAsync(room, "Boats are back");
        typed = typed switch { "long" => new string('x', 401), "longer" => new string('x', 1001), _ => typed };
        var answer = await publisher.SubmitAsync($"/admin/editions/1/slots/{id}", new() { [field] = typed });
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(sentence, answer.Page.QuerySelector("#problems")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(typed, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_slot_of_a_front_that_readers_have_is_the_publishers_and_one_that_is_not_there_is_not_found()
    {
        await using var room = new ActRoom();
        var editor = await room.ColleagueAsync(Role.Editor);
        Assert.Equal(HttpStatusCode.Forbidden, (await editor.GetAsync(Page)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync("/admin/editions/1/slots/4711")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync("/admin/editions/9/slots/1")).Status);
    }

    [Fact]
    public async Task A_new_edition_begins_with_the_places_of_the_last_front_or_empty()
    {
        await using var room = new ActRoom();
        var editor = await room.ColleagueAsync(Role.Editor);
        Assert.Contains("1 lead, 1 in sections", (await editor.GetAsync("/admin/editions/new")).Text, StringComparison.Ordinal);
        await editor.SubmitAsync("/admin/editions/new", new() { ["Folio.Title"] = "Shaped" });
        await editor.SubmitAsync("/admin/editions/new", new() { ["Folio.Title"] = "Empty", ["IsEmpty"] = "true" });

        var shaped = (await editor.GetAsync("/admin/editions/2")).Page;
        Assert.Equal(["1 empty place", "1 empty place"], shaped.QuerySelectorAll(".vacant:not([hidden])").Select(v => v.TextContent));
        Assert.Empty((await editor.GetAsync("/admin/editions/3")).Page.QuerySelectorAll(".vacant"));
        var id = await room.StoryAsync(Core.Stories.StoryState.Filed);
        await editor.SubmitAsync("/admin/editions/2", new() { [$"Places[{id}]"] = "Lead" });
        Assert.Single((await editor.GetAsync("/admin/editions/2")).Page.QuerySelectorAll(".vacant:not([hidden])"));
    }

    [Fact]
    public async Task The_board_keeps_a_front_in_progress_and_never_one_that_readers_have()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        var id = await room.StoryAsync(Core.Stories.StoryState.Filed);
        await publisher.SubmitAsync("/admin/editions/new", new() { ["Folio.Title"] = "The second" });
        var page = await publisher.GetAsync("/admin/editions/2");
        // A time or a title is no matter of the board's: it does not stand in its way.
        await publisher.SubmitAsync("/admin/editions/2/describe", new() { ["Folio.Title"] = "Another title" });
        var kept = await publisher.SendAsync(page, new() { [$"Places[{id}]"] = "Lead", ["Do"] = "keep" });
        Assert.Equal(HttpStatusCode.OK, kept.Status);
        Assert.StartsWith("Saved ", kept.Page.QuerySelector("#unsaved")!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"Lead {id}", await OrderAsync(room, 2));
        // The form goes on from what was kept; the one from before meets what is there now.
        Assert.Equal(HttpStatusCode.OK, (await publisher.SendAsync(kept, new() { [$"Places[{id}]"] = "Brief", ["Do"] = "keep" })).Status);
        var late = await publisher.SendAsync(page, new() { [$"Places[{id}]"] = "Second", ["Do"] = "keep" });
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Equal("Second", late.Page.QuerySelector($"#place-of-{id} option[selected]")!.GetAttribute("value"));
        Assert.Equal($"Brief {id}", await OrderAsync(room, 2));

        var before = await OrderAsync(room, 1);
        var nets = await IdAsync(room, "Nets are out");
        var checkedOnly = await publisher.SubmitAsync("/admin/editions/1", new() { [$"Places[{nets}]"] = "", ["Do"] = "keep" });
        Assert.Contains("Not saved yet", checkedOnly.Page.QuerySelector("#unsaved")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(before, await OrderAsync(room, 1));
    }

    private static Task<string> OrderAsync(ActRoom room, int number) =>
        room.App.FromElsewhereAsync(async db => (await db.LoadEditionForEditingAsync(number))!.Order);

    private static Task<long> IdAsync(ActRoom room, string headline) => room.App.FromElsewhereAsync(async db =>
        (await db.Revisions.Where(r => r.Text.Headline == headline).Select(r => r.StoryId).FirstAsync()).Value);

    private static Task<int> PictureAsync(ActRoom room, string file, string alt, string credit) => room.App.FromElsewhereAsync(db =>
    {
        var picture = new Picture(file);
        picture.Hold(new string('a', 64), "image/jpeg", 1200, 800);
        picture.Describe(new PictureDescription(alt, null, credit, null, null));
        db.Pictures.Add(picture);
        return db.SaveChangesAsync();
    });
}
