using System.Net;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Web.Tests.PageObjects;

namespace NewsHub.Web.Tests.Admin;

/// <summary>Publish, update, correct, withdraw, restore and move, as pages; and what readers see of each within a second.</summary>
public sealed class PublishingTests
{
    private static readonly string[] Lists = ["/", "/harbour", "/authors/ada-night", "/tags/boats"];

    private static Task ShowsAsync(ActRoom room, string path, string words) =>
        NewsHubApp.EventuallyAsync(async () => new PaperPage((await room.App.GetAsync(path)).Page).Says(words), $"{path} says “{words}”");

    private static Task DropsAsync(ActRoom room, string path, string words) =>
        NewsHubApp.EventuallyAsync(async () => !(await room.App.GetAsync(path)).Text.Contains(words, StringComparison.Ordinal),
            $"{path} no longer says “{words}”");

    [Fact]
    public async Task Published_updated_corrected_withdrawn_and_restored_every_page_follows()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        foreach (var page in Lists) await room.App.ParseAsync(page);
        var id = await room.DraftAsync();
        var story = $"/admin/stories/{id}";

        ActRoom.LedTo(story, await publisher.SubmitAsync($"{story}/publish"));
        var address = (await room.ReadAsync(id)).Address!;
        Assert.Equal("/harbour/2025/07/01/just-in", address);
        foreach (var page in Lists.Append(address)) await ShowsAsync(room, page, "Just in");

        // A new text is the newsroom's until it is published.
        await room.RewriteAsync(id, "Later still");
        foreach (var page in Lists.Append(address))
            Assert.DoesNotContain("Later still", (await room.App.GetAsync(page)).Text, StringComparison.Ordinal);
        ActRoom.LedTo(story, await publisher.SubmitAsync($"{story}/publish"));
        foreach (var page in Lists.Append(address))
        {
            await ShowsAsync(room, page, "Later still");
            Assert.DoesNotContain("Just in<", (await room.App.GetAsync(page)).Text, StringComparison.Ordinal);
        }

        await room.RewriteAsync(id, "Put right");
        await room.App.ParseAsync("/corrections");
        ActRoom.Asks(await publisher.SubmitAsync($"{story}/correct"), "Enter a note", "Note");
        ActRoom.LedTo(story, await publisher.SubmitAsync($"{story}/correct", new() { ["Note"] = "There are five boats." }));
        foreach (var page in Lists.Append(address)) await ShowsAsync(room, page, "Put right");
        foreach (var page in new[] { address, "/corrections" }) await ShowsAsync(room, page, "There are five boats.");

        var half = await publisher.SubmitAsync($"{story}/withdraw", new() { ["Notice"] = "It was not true." });
        ActRoom.Asks(half, "Enter a reason", "Reason");
        Assert.Equal("It was not true.", half.Page.QuerySelector("#Notice")!.TextContent);
        ActRoom.LedTo(story, await publisher.SendAsync(half, new() { ["Reason"] = "A hoax." }));
        foreach (var page in Lists.Append("/corrections")) await DropsAsync(room, page, "Put right");
        await NewsHubApp.EventuallyAsync(async () => await room.App.GetAsync(address) is { Status: HttpStatusCode.Gone } gone
            && gone.Text.Contains("It was not true.", StringComparison.Ordinal), "the story is gone, with a notice");
        Assert.DoesNotContain("A hoax.", (await room.App.GetAsync(address)).Text, StringComparison.Ordinal);

        ActRoom.LedTo(story, await publisher.SubmitAsync($"{story}/restore"));
        foreach (var page in Lists.Append(address)) await ShowsAsync(room, page, "Put right");
        Assert.Equal([Act.Save, Act.Publish, Act.Save, Act.Update, Act.Save, Act.Correct, Act.Withdraw, Act.Restore],
            (await room.LogAsync(id)).Select(e => e.Act));
        Assert.Equal("A hoax.", (await room.LogAsync(id))[6].Note);
    }

    [Fact]
    public async Task A_story_of_an_edition_changes_on_the_editions_own_pages_too()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        var id = await room.App.FromElsewhereAsync(
            async db => (await db.Stories.SingleAsync(s => s.Address == "/harbour/2025/06/30/boats")).Id.Value);
        string[] pages = [
            "/", "/editions/1", "/editions/1/stories", "/harbour", "/authors/ada-night", "/tags/boats", "/harbour/2025/06/29/nets",
            "/harbour/2025/06/30/boats",
        ];
        foreach (var page in pages) await room.App.ParseAsync(page);
        await room.RewriteAsync(id, "Boats have left");
        await publisher.SubmitAsync($"/admin/stories/{id}/publish");
        foreach (var page in pages) await ShowsAsync(room, page, "Boats have left");
        await publisher.SubmitAsync($"/admin/stories/{id}/withdraw", new() { ["Notice"] = "It was not true.", ["Reason"] = "A hoax." });
        foreach (var page in pages) await DropsAsync(room, page, "Boats have left");
    }

    [Fact]
    public async Task What_is_out_already_is_not_published_twice()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        var id = await room.DraftAsync();
        var page = await publisher.GetAsync($"/admin/stories/{id}/publish");
        for (var i = 0; i < 2; i++) ActRoom.LedTo($"/admin/stories/{id}", await publisher.SendAsync(page));
        Assert.Single(await room.LogAsync(id), e => e.Act is Act.Publish or Act.Update);
        // Gone back to, the page says so and has nothing to send.
        var back = await publisher.GetAsync($"/admin/stories/{id}/publish");
        Assert.Contains("Readers see the newest text already.", back.Text, StringComparison.Ordinal);
        Assert.Empty(back.Page.QuerySelectorAll("main form"));
    }

    [Fact]
    public async Task A_story_that_cannot_be_printed_is_refused_with_the_reason()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        var id = await room.DraftAsync(but: t => t with { Standfirst = "" });
        var page = (await publisher.GetAsync($"/admin/stories/{id}/publish")).Page;
        Assert.Contains("The story has no standfirst.", page.QuerySelector(".checks--stop")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("main form"));
        // Whoever was shown the button before it lacked one.
        ActRoom.Asks(
            await publisher.PostAsync($"/admin/stories/{id}/publish",
                new Dictionary<string, string> { ["Version"] = "1", ["__RequestVerificationToken"] = await publisher.TokenAsync() }),
            "The story has no standfirst.");
        Assert.Equal((StoryState.Draft, 1), ((await room.ReadAsync(id)).State, (await room.ReadAsync(id)).Version));
    }

    [Fact]
    public async Task The_live_text_can_be_corrected_while_a_working_copy_waits()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        var id = await room.StoryAsync(StoryState.Live);
        await room.RewriteAsync(id, "Not ready yet");
        await publisher.SubmitAsync($"/admin/stories/{id}/correct", new() { ["Note"] = "It is five.", ["Newest"] = "false" });
        var address = (await room.ReadAsync(id)).Address!;
        await ShowsAsync(room, address, "It is five.");
        Assert.DoesNotContain("Not ready yet", (await room.App.GetAsync(address)).Text, StringComparison.Ordinal);
        Assert.Equal(1, (await room.ReadAsync(id)).LiveRevision);
    }

    [Fact]
    public async Task Headlines_alike_get_addresses_of_their_own_and_one_of_emoji_the_storys_number()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        var ids = new List<long>
        {
            await room.DraftAsync("Same again"), await room.DraftAsync("Same again"), await room.DraftAsync("Same again!"),
            await room.DraftAsync("🎉🎉🎉"),
        };
        foreach (var id in ids) ActRoom.LedTo($"/admin/stories/{id}", await publisher.SubmitAsync($"/admin/stories/{id}/publish"));
        var addresses = new List<string?>();
        foreach (var id in ids) addresses.Add((await room.ReadAsync(id)).Address?.Split('/')[^1]);
        Assert.Equal(["same-again", "same-again-2", "same-again-3", $"{ids[3]}"], addresses);
        foreach (var slug in addresses) Assert.Equal(HttpStatusCode.OK, (await room.App.GetAsync($"/harbour/2025/07/01/{slug}")).Status);
    }

    [Fact]
    public async Task A_moved_story_answers_at_its_new_address_and_the_old_ones_lead_there_in_one_step()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        var id = await room.StoryAsync(StoryState.Live);
        const string first = "/harbour/2025/07/01/just-in", second = "/hill/2025/07/01/just-in", third = "/hill/2025/07/01/in-at-last";
        await room.App.ParseAsync(first);
        var page = $"/admin/stories/{id}/address";

        ActRoom.Asks(await publisher.SubmitAsync(page, new() { ["Slug"] = "Just IN!" }), "Did you mean “just-in”?", "Slug");
        ActRoom.Asks(await publisher.SubmitAsync(page, new() { ["Slug"] = "feed" }), "one of the paper's own addresses", "Slug");
        ActRoom.Asks(
            await publisher.SubmitAsync(page, new() { ["Section"] = "nowhere" }), "Choose a section.", "Section");
        ActRoom.Asks(await publisher.SubmitAsync(page), "That is its address now.", "Slug");
        await publisher.SubmitAsync(page, new() { ["Section"] = "hill" });
        await publisher.SubmitAsync(page, new() { ["Slug"] = "in-at-last" });

        await NewsHubApp.EventuallyAsync(async () => (await room.App.GetAsync(third)).Status == HttpStatusCode.OK
            && (await room.App.GetAsync(first)).Status == HttpStatusCode.MovedPermanently, "the story has moved");
        foreach (var old in new[] { first, second })
            Assert.Equal((HttpStatusCode.MovedPermanently, third + "?from=mail"),
                ((await room.App.GetAsync(old + "?from=mail")).Status, (await room.App.GetAsync(old + "?from=mail")).Header("Location")));
        // Back again: no circle.
        await publisher.SubmitAsync(page, new() { ["Section"] = "harbour", ["Slug"] = "just-in" });
        await NewsHubApp.EventuallyAsync(async () => (await room.App.GetAsync(first)).Status == HttpStatusCode.OK
            && (await room.App.GetAsync(third)).Header("Location") == first, "the story is back");
    }

    [Fact]
    public async Task A_live_story_beats_an_old_alias_and_an_address_in_use_is_refused()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        var moved = await room.StoryAsync(StoryState.Live);
        await publisher.SubmitAsync($"/admin/stories/{moved}/address", new() { ["Slug"] = "elsewhere" });
        var newcomer = await room.DraftAsync();
        await publisher.SubmitAsync($"/admin/stories/{newcomer}/publish");

        const string address = "/harbour/2025/07/01/just-in";
        Assert.Equal(address, (await room.ReadAsync(newcomer)).Address);
        await NewsHubApp.EventuallyAsync(
            async () => (await room.App.GetAsync(address)).Status == HttpStatusCode.OK, "the newcomer is there");
        ActRoom.Asks(
            await publisher.SubmitAsync($"/admin/stories/{moved}/address", new() { ["Slug"] = "just-in" }), "“just-in-2” is free.", "Slug");
    }
}
