using System.Net;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;
using NewsHub.Web.Tests.PageObjects;

namespace NewsHub.Web.Tests.Admin;

/// <summary>The list of stories: searched, filtered, sorted, paged both ways, and worked on by the dozen.</summary>
public sealed class StoriesTests
{
    private static List<string> Headlines(Answer page) => [.. page.Page.QuerySelectorAll(".stories tbody th a").Select(a => a.TextContent)];

    [Fact]
    public async Task Stories_are_found_by_words_of_their_newest_headline_by_number_and_by_any_address_they_had()
    {
        await using var room = new ActRoom();
        var reporter = await room.ColleagueAsync(Role.Reporter);
        var id = await room.StoryAsync(StoryState.Live, "The mayor’s 100% promise");
        await room.ChangeAsync(id, (_, story) =>
        {
            story.AddFormerAddress("/old/place");
            return Task.CompletedTask;
        });
        await room.RewriteAsync(id, "A promise, 100% broken");
        await room.DraftAsync("A promise kept");

        async Task<List<string>> FoundAsync(string q) => Headlines(await reporter.GetAsync($"/admin/stories?q={Uri.EscapeDataString(q)}"));
        Assert.Equal(["A promise, 100% broken"], await FoundAsync("broken PROMISE"));
        Assert.Empty(await FoundAsync("mayor"));
        Assert.Equal(["A promise, 100% broken"], await FoundAsync("100%"));
        Assert.Empty(await FoundAsync("1_0%"));
        Assert.Contains("A promise, 100% broken", await FoundAsync($"{id}"));
        foreach (var address in new[]
        {
            "/harbour/2025/07/01/the-mayors-100-promise",
            "https://paper.example/harbour/2025/07/01/the-mayors-100-promise/?from=mail",
            "/old/place/",
        })
        {
            Assert.Equal(["A promise, 100% broken"], await FoundAsync(address));
        }
        foreach (var odd in new[] { "\" * AND %", "'; DROP TABLE \"Stories\"", "\\", "99999999999999999999", "http://", "/" })
            Assert.Equal(HttpStatusCode.OK, (await reporter.GetAsync($"/admin/stories?q={Uri.EscapeDataString(odd)}")).Status);
        Assert.Contains("No stories match", (await reporter.GetAsync("/admin/stories?q=zebra")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_keep_what_is_asked_for_and_nothing_else()
    {
        await using var room = new ActRoom();
        var publisher = await room.ColleagueAsync(Role.Publisher);
        foreach (var state in Enum.GetValues<StoryState>()) await room.StoryAsync(state, $"It is {state}", publisher);
        var changed = await room.StoryAsync(StoryState.Live, "Before");
        await room.RewriteAsync(changed, "It is changed");
        await room.DraftAsync("On the hill",
            but: t => t with { Section = new NewsHub.Core.Events.SectionId(t.Section.Value + 1), Kind = Kind.Opinion, Bylines = [] });

        async Task<List<string>> FoundAsync(string filter) =>
            [.. Headlines(await publisher.GetAsync($"/admin/stories?{filter}")).Order(StringComparer.Ordinal)];
        foreach (var state in new[] { StoryState.Filed, StoryState.Scheduled, StoryState.Withdrawn, StoryState.Spiked })
            Assert.Equal([$"It is {state}"], await FoundAsync($"state={state.ToString().ToLowerInvariant()}"));
        Assert.Equal(["It is changed"], await FoundAsync("state=changed"));
        Assert.Equal(["On the hill"], await FoundAsync("section=hill"));
        Assert.Equal(["On the hill"], await FoundAsync("kind=opinion"));
        Assert.Equal(6, (await FoundAsync($"owner={publisher.Id}")).Count);
        Assert.Equal(["It is Filed"], await FoundAsync($"owner={publisher.Id}&state=filed"));
        Assert.DoesNotContain("On the hill", await FoundAsync("author=ada-night"));
        Assert.Equal(9, (await FoundAsync("author=ada-night")).Count);
        Assert.Equal(["Boats are back", "Nets are out"], await FoundAsync("sort=published&to=2025-06-30"));
        Assert.Equal(["Boats are back"], await FoundAsync("sort=published&from=2025-06-30&to=2025-06-30"));
        Assert.Empty(await FoundAsync("state=nonsense"));
        foreach (var wrong in new[]
        {
            "kind=nonsense", "from=yesterday", "owner=me", "after=nowhere", "sort=headline&after=x", "before=1-2-3",
        })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await publisher.GetAsync($"/admin/stories?{wrong}")).Status);
        }
    }

    [Trait("Needs", "time")]
    [Theory]
    [InlineData("")]
    [InlineData("up=true")]
    [InlineData("sort=published")]
    [InlineData("sort=published&up=true")]
    [InlineData("sort=headline")]
    [InlineData("sort=headline&up=true")]
    public async Task Every_order_is_walked_to_its_end_and_back_with_no_story_twice_or_missing(string order)
    {
        await using var room = new ActRoom();
        var reporter = await room.ColleagueAsync(Role.Reporter);
        await room.App.FromElsewhereAsync(async db =>
        {
            for (var i = 0; i < 128; i++)
            {
                // Many at one moment, and many headlines alike: the number decides.
                var story = await Desk.DraftAsync(db, $"Story {i % 60:000}", room.Now.AddMinutes(-(i / 10)));
                story.Publish(story.Revisions[0], await db.SectionOfAsync(story.Revisions[0]), Slug.Parse($"story-{i}"), Desk.Editor,
                    room.Now.AddMinutes(-(i / 10)));
            }
            return await db.SaveChangesAsync();
        });
        static List<string> Ids(Answer page) => [.. page.Page.QuerySelectorAll(".stories tbody th a").Select(a => a.GetAttribute("href")!)];
        var pages = new List<List<string>>();
        var at = $"/admin/stories?{order}";
        string? back = null;
        for (var next = at; next is not null;)
        {
            var page = await reporter.GetAsync(next);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            pages.Add(Ids(page));
            back = page.Page.QuerySelector("a[rel=prev]")?.GetAttribute("href");
            next = page.Page.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }
        Assert.Equal([50, 50, 30], pages.Select(p => p.Count));
        Assert.Equal(130, pages.SelectMany(p => p).Distinct().Count());
        var middle = await reporter.GetAsync(back!);
        Assert.Equal(pages[1], Ids(middle));
        var first = await reporter.GetAsync(middle.Page.QuerySelector("a[rel=prev]")!.GetAttribute("href")!);
        Assert.Equal(pages[0], Ids(first));
        Assert.Null(first.Page.QuerySelector("a[rel=prev]"));
        Assert.Equal(pages[1], Ids(await reporter.GetAsync(first.Page.QuerySelector("a[rel=next]")!.GetAttribute("href")!)));
    }

    private static Task<Answer> ChooseAsync(Colleague by, string what, IEnumerable<long> ids, string tag = "") =>
        ChooseAsync(by, new() { ["Do"] = what, ["Tag"] = tag }, ids);

    private static async Task<Answer> ChooseAsync(Colleague by, Dictionary<string, string> fields, IEnumerable<long> ids) =>
        await by.PostAsync(
            "/admin/stories/bulk", fields.Concat(ids.Select(i => new KeyValuePair<string, string>("Ids", $"{i}")))
                .Append(new("__RequestVerificationToken", await by.TokenAsync())));

    [Fact]
    public async Task An_act_on_many_asks_once_does_each_by_itself_and_says_of_each_how_it_went()
    {
        await using var room = new ActRoom();
        var editor = await room.ColleagueAsync(Role.Editor);
        long[] ids = [
            await room.StoryAsync(StoryState.Filed, "One"),
            await room.StoryAsync(StoryState.Live, "Two"),
            await room.StoryAsync(StoryState.Draft, "Three"),
            await room.StoryAsync(StoryState.Draft, "Four"),
        ];
        var asked = await ChooseAsync(editor, "spike", ids);
        Assert.Equal(HttpStatusCode.OK, asked.Status);
        Assert.Equal(StoryState.Filed, (await room.ReadAsync(ids[0])).State);
        await room.RewriteAsync(ids[3], "Four, rewritten", new Actor("Someone Else"));

        var done = await editor.SendAsync(asked);

        var results = done.Page.QuerySelectorAll(".results li").Select(l => l.Words()).ToList();
        Assert.Equal([
            "One Done.", "Two Not done: A story that is live cannot be spiked.", "Three Done.",
            "Four, rewritten Not done: Someone Else has changed it in the meantime. Look at it again first.",
        ], results);
        Assert.Equal([StoryState.Spiked, StoryState.Live, StoryState.Spiked, StoryState.Draft],
            (await Task.WhenAll(ids.Select(room.ReadAsync))).Select(s => s.State));
        // The same form again: what was done is done, once.
        Assert.Contains("One Done.", (await editor.SendAsync(asked)).Page.QuerySelectorAll(".results li").Select(l => l.Words()));
        Assert.Single(await room.LogAsync(ids[0]), e => e.Act is Act.Spike);

        await editor.SendAsync(await ChooseAsync(editor, "revive", [ids[0], ids[2]]));
        Assert.Equal(
            [StoryState.Draft, StoryState.Draft], new[] { (await room.ReadAsync(ids[0])).State, (await room.ReadAsync(ids[2])).State });
    }

    [Fact]
    public async Task A_tag_is_added_to_many_as_a_new_text_of_each()
    {
        await using var room = new ActRoom();
        var editor = await room.ColleagueAsync(Role.Editor);
        long[] ids = [await room.StoryAsync(StoryState.Draft, "One"), await room.StoryAsync(StoryState.Live, "Two")];
        var nameless = await ChooseAsync(editor, "tag", ids);
        ActRoom.Asks(nameless, "Enter a tag", "Tag");
        await editor.SendAsync(nameless, new() { ["Tag"] = "High water" });
        foreach (var id in ids) Assert.Equal(["Boats", "High water"], (await room.ReadAsync(id)).Newest().Text.Tags.Select(t => t.Name));
        var live = await room.ReadAsync(ids[1]);
        Assert.Equal((1, 2), (live.LiveRevision, live.WorkingRevision));
    }

    [Theory]
    [InlineData("spike")]
    [InlineData("approve")]
    [InlineData("revive")]
    public async Task A_reporters_crafted_act_on_many_is_refused(string what)
    {
        await using var room = new ActRoom();
        var reporter = await room.ColleagueAsync(Role.Reporter);
        var id = await room.StoryAsync(StoryState.Filed, owner: reporter);
        var answer = await ChooseAsync(reporter, new() { ["Do"] = what, ["Seen"] = $"{id}:{(await room.ReadAsync(id)).Version}" }, []);
        Assert.Equal((HttpStatusCode.Forbidden, StoryState.Filed), (answer.Status, (await room.ReadAsync(id)).State));
    }
}
