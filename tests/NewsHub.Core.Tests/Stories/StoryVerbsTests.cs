using NewsHub.Core.Events;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;

namespace NewsHub.Core.Tests.Stories;

public sealed class StoryVerbsTests
{
    private static readonly DateTimeOffset Later = Copy.Noon.AddHours(1);

    /// <summary>Rows are verbs; columns the states Draft, Filed, Scheduled, Live, Withdrawn, Spiked; '-' is refused.</summary>
    private static readonly (string Verb, Act Event, string Outcome)[] Table =
    [
        ("Save", Act.Save, "Draft Filed Scheduled Live Withdrawn -"),
        ("File", Act.File, "Filed - - - - -"),
        ("Return", Act.Return, "- Draft - - - -"),
        ("Approve", Act.Approve, "- Filed - - - -"),
        ("Schedule", Act.Schedule, "Scheduled Scheduled Scheduled - - -"),
        ("Unschedule", Act.Unschedule, "- - Filed - - -"),
        ("Embargo", Act.Embargo, "Draft Filed Scheduled - - -"),
        ("Spike", Act.Spike, "Spiked Spiked Spiked - - -"),
        ("Revive", Act.Revive, "- - - - - Draft"),
        ("Publish", Act.Publish, "Live Live Live Live - -"),
        ("Correct", Act.Correct, "- - - Live - -"),
        ("NoteCorrection", Act.Correct, "- - - Live - -"),
        ("Withdraw", Act.Withdraw, "- - - Withdrawn - -"),
        ("Restore", Act.Restore, "- - - - Live -"),
        ("Readdress", Act.Readdress, "- - - Live Withdrawn -"),
        ("Redate", Act.Redate, "- - - Live - -"),
        ("Flag", Act.Flag, "- - - Live - -"),
        ("SharePreview", Act.SharePreview, "Draft Filed Scheduled Live - -"),
    ];

    public static TheoryData<string, StoryState, string, Act> Cases()
    {
        var cases = new TheoryData<string, StoryState, string, Act>();
        foreach (var (verb, act, outcome) in Table)
            foreach (var (from, to) in Enum.GetValues<StoryState>().Zip(outcome.Split(' ')))
                cases.Add(verb, from, to, verb == "Publish" && from is StoryState.Live ? Act.Update : act);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Every_verb_in_every_state_leads_on_with_one_event_or_is_refused_with_a_sentence(
        string verb, StoryState from, string to, Act act)
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        var copy = await Copy.SetAsync(db);
        var story = In(from, copy);
        Assert.Equal(from, story.State);
        var (version, events, revisions, live) = (story.Version, story.Events.Count, story.Revisions.Count, story.LiveRevision);

        if (to == "-")
        {
            var refused = Assert.Throws<RefusedException>(() => Do(verb, story, copy));
            Assert.Matches(@"^\p{Lu}.{10,}\.$", refused.Message);
            Assert.Equal((from, version, events, revisions, live),
                (story.State, story.Version, story.Events.Count, story.Revisions.Count, story.LiveRevision));
            return;
        }
        Do(verb, story, copy);
        Assert.Equal(to, story.State.ToString());
        Assert.Equal(version + 1, story.Version);
        var left = Assert.Single(story.Events.Skip(events));
        Assert.Equal((act, Copy.Editor, Later), (left.Act, left.By, left.At));
    }

    private static Story In(StoryState state, Copy copy)
    {
        var story = copy.Draft();
        switch (state)
        {
            case StoryState.Filed: story.File(Copy.Editor, Copy.Noon); break;
            case StoryState.Scheduled: story.Schedule(Copy.Noon.AddYears(70), Copy.Editor, Copy.Noon); break;
            case StoryState.Live: copy.Publish(story); break;
            case StoryState.Withdrawn:
                copy.Publish(story);
                story.Withdraw("It was wrong.", "libel", Copy.Editor, Copy.Noon);
                break;
            case StoryState.Spiked: story.Spike(Copy.Editor, Copy.Noon); break;
        }
        return story;
    }

    private static void Do(string verb, Story story, Copy copy)
    {
        switch (verb)
        {
            case "Save": story.Save(copy.Text("Another"), Copy.Render("New."), Copy.Editor, Later); break;
            case "File": story.File(Copy.Editor, Later); break;
            case "Return": story.Return("Who says so?", Copy.Editor, Later); break;
            case "Approve": story.Approve(story.Revisions[^1], Copy.Editor, Later); break;
            case "Flag": story.Flag(Later.AddHours(2), Copy.Editor, Later); break;
            case "SharePreview": story.SharePreview(Later.AddDays(1), Copy.Editor, Later); break;
            case "Schedule": story.Schedule(Later.AddDays(1), Copy.Editor, Later); break;
            case "Unschedule": story.Unschedule(Copy.Editor, Later); break;
            case "Embargo": story.Embargo(Later.AddDays(1), Copy.Editor, Later); break;
            case "Spike": story.Spike(Copy.Editor, Later); break;
            case "Revive": story.Revive(Copy.Editor, Later); break;
            case "Publish": copy.Publish(story, Later); break;
            case "Correct": story.Correct(story.Revisions[^1], copy.Technology, "It is five.", Copy.Editor, Later); break;
            case "NoteCorrection": story.NoteCorrection("It is five.", Copy.Editor, Later); break;
            case "Withdraw": story.Withdraw("It was wrong.", "libel", Copy.Editor, Later); break;
            case "Restore": story.Restore(Copy.Editor, Later); break;
            case "Readdress": story.Readdress(copy.Technology, Slug.Parse("elsewhere"), Copy.Editor, Later); break;
            case "Redate":
                story.Redate(
                    Copy.Noon.AddDays(-1), copy.Technology, Slug.Parse("ferry-strike"), "The clock was wrong.", Copy.Editor, Later);
                break;
            default: throw new ArgumentOutOfRangeException(nameof(verb), verb, null);
        }
    }

    [Fact]
    public async Task A_time_put_right_moves_the_story_in_every_list_and_its_old_address_leads_on()
    {
        var copy = await CopyAsync();
        var story = copy.Live(at: Copy.Noon.AddDays(2));
        var was = story.Address!;
        story.Publish(story.Revisions[^1], copy.Technology, Slug.Parse("x"), Copy.Editor, Copy.Noon.AddDays(2).AddHours(1));

        Assert.Throws<RefusedException>(
            () => story.Redate(Later.AddMinutes(1), copy.Technology, Slug.Parse("x"), "Late.", Copy.Editor, Later));
        Assert.Throws<RefusedException>(() => story.Redate(Copy.Noon, copy.Technology, Slug.Parse("x"), " ", Copy.Editor, Later));
        story.Redate(Copy.Noon, copy.Technology, Slug.Parse("ferry-strike"), "The clock was wrong.", Copy.Editor, Later);

        Assert.Equal((Copy.Noon, (DateTimeOffset?)Later, "/technology/2025/07/01/ferry-strike"),
            (story.FirstPublishedAt!.Value, story.UpdatedAt, story.Address));
        Assert.All(story.Listings, l => Assert.Equal(Copy.Noon, l.LiveAt));
        Assert.Equal([was], story.FormerAddresses.Select(f => f.Path));
        var line = story.Events[^1];
        Assert.Equal("2025-07-03 12:00 UTC → 2025-07-01 12:00 UTC: The clock was wrong.", line.Note);
        Assert.Contains(Topic.SiteWide, line.Topics);
        story.NoteCorrection("It is five.", Copy.Editor, Copy.Noon.AddMinutes(5));
        Assert.Throws<RefusedException>(
            () => story.Redate(Copy.Noon.AddMinutes(10), copy.Technology, Slug.Parse("x"), "No.", Copy.Editor, Later));
    }

    private static async Task<Copy> CopyAsync()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        return await Copy.SetAsync(db);
    }

    [Fact]
    public async Task A_text_saved_since_has_to_be_approved_again()
    {
        var copy = await CopyAsync();
        var story = In(StoryState.Filed, copy);
        var read = story.Revisions[^1];
        Do("Save", story, copy);
        Assert.Throws<RefusedException>(() => story.Approve(read, Copy.Editor, Later));
        Assert.Null(story.ApprovedRevision);
        Do("Approve", story, copy);
        Assert.Equal(story.WorkingRevision, story.ApprovedRevision);
        Do("Return", story, copy);
        Assert.Null(story.ApprovedRevision);
    }

    [Theory]
    [InlineData(0, "Choose an end in the future.")]
    [InlineData(-5, "Choose an end in the future.")]
    [InlineData(24 * 60 + 1, "A story can be flagged as breaking for a day at most.")]
    public async Task A_flag_ends_within_a_day(int minutes, string sentence)
    {
        var story = In(StoryState.Live, await CopyAsync());
        Assert.Equal(sentence, Assert.Throws<RefusedException>(() => story.Flag(Later.AddMinutes(minutes), Copy.Editor, Later)).Message);
        Assert.Null(story.BreakingUntil);
    }

    [Fact]
    public async Task While_a_story_breaks_every_page_follows_its_headline_and_no_longer()
    {
        var copy = await CopyAsync();
        var story = In(StoryState.Live, copy);
        story.Unflag(Copy.Editor, Later);
        Assert.DoesNotContain(story.Events, e => e.Act is Act.Flag);
        story.Flag(Later.AddHours(1), Copy.Editor, Later);
        copy.Publish(story, Later.AddMinutes(5));
        Assert.Contains(Topic.SiteWide, story.Events[^1].Topics);
        copy.Publish(story, Later.AddHours(1));
        Assert.DoesNotContain(Topic.SiteWide, story.Events[^1].Topics);
        Assert.Null(story.BreakingUntil);
        story.Flag(Later.AddHours(3), Copy.Editor, Later.AddHours(2));
        story.Unflag(Copy.Editor, Later.AddHours(2));
        Assert.Equal((Act.Flag, Topic.SiteWide, "taken down"),
            (story.Events[^1].Act, Assert.Single(story.Events[^1].Topics), story.Events[^1].Note));
        story.Flag(Later.AddHours(3), Copy.Editor, Later.AddHours(2));
        story.Withdraw("It was wrong.", "libel", Copy.Editor, Later.AddHours(2));
        Assert.Contains(Topic.SiteWide, story.Events[^1].Topics);
        Assert.Null(story.BreakingUntil);
    }

    [Fact]
    public async Task Only_a_due_story_can_be_missed()
    {
        var story = In(StoryState.Scheduled, await CopyAsync());
        Assert.Throws<RefusedException>(() => story.MarkMissed("It has no headline.", Actor.Clock, Later));
        story.MarkMissed("It has no headline.", Actor.Clock, Copy.Noon.AddYears(70));
        Assert.Equal((StoryState.Scheduled, Act.FailToPublish, "It has no headline.", 0),
            (story.State, story.Events[^1].Act, story.Events[^1].Note, story.Events[^1].Topics.Count));
    }

    [Fact]
    public async Task A_preview_link_ends_by_itself_and_can_be_taken_back_once()
    {
        var story = In(StoryState.Draft, await CopyAsync());
        Assert.Throws<RefusedException>(() => story.SharePreview(Later, Copy.Editor, Later));
        var link = story.SharePreview(Later.AddDays(1), Copy.Editor, Later);
        Assert.Equal(
            (true, true, false), (link.OpenAt(Later), link.OpenAt(Later.AddDays(1).AddSeconds(-1)), link.OpenAt(Later.AddDays(1))));
        for (var i = 0; i < 2; i++) story.RevokePreview(link, Copy.Editor, Later.AddHours(1));
        Assert.False(link.OpenAt(Later.AddHours(1)));
        Assert.Single(story.Events, e => e.Act is Act.RevokePreview);
    }
}
