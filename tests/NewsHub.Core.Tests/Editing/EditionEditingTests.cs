using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Publishing;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Tests.Editing;

public sealed class EditionEditingTests : IAsyncLifetime
{
    private static readonly Actor Publisher = new("Pia");

    private TestStore _store = null!;
    private Copy _copy = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await TestStore.OpenAsync();
        await using var db = _store.Db();
        _copy = await Copy.SetAsync(db);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task An_edition_is_published_with_all_its_stories_each_in_its_newest_text_at_an_address_of_its_own()
    {
        var live = _copy.Live("Live before", Copy.Noon.AddDays(-1));
        // Two of one headline, on one day.
        await ComposeAsync(live, Filed("Ferry strike"), Filed("Ferry strike"));
        await using (var db = _store.Db())
        {
            var story = (await db.LoadForEditingAsync(new StoryId(2)))!;
            story.Save(_copy.Text("Ferry strike ends"), Copy.Render("It ended."), Copy.Editor, Copy.Noon);
            var before = (await db.LoadForEditingAsync(live.Id))!;
            before.Save(_copy.Text("Not yet for readers"), Copy.Render("Wait."), Copy.Editor, Copy.Noon);
            await db.SaveChangesAsync();
        }
        await PublishAsync();

        await using var after = _store.Db();
        var stories = await after.Stories.OrderBy(s => s.Id).ToListAsync();
        Assert.All(stories, s => Assert.Equal((StoryState.Live, new EditionId(1)), (s.State, s.EditionId!.Value)));
        Assert.Equal(
            ["/technology/2025/06/30/live-before", "/technology/2025/07/01/ferry-strike-ends", "/technology/2025/07/01/ferry-strike"],
            stories.Select(s => s.Address));
        Assert.Equal([1, 2, 1], stories.Select(s => s.LiveRevision!.Value));
        Assert.Equal(Copy.Noon, (await after.Editions.SingleAsync()).PublishedAt);
        var events = await after.Events.OrderBy(e => e.Id).Where(e => e.By == Publisher).ToListAsync();
        Assert.Equal([Act.Publish, Act.Publish, Act.PublishEdition], events.Select(e => e.Act));
        Assert.Equal(("edition:1", "Lead 1, Second 2, Second 3"), (events[^1].Subject.ToString(), events[^1].After));
        Assert.All(["masthead", "editions", "edition:1", "story:1", "story:2", "story:3"],
            topic => Assert.Contains(topic, events[^1].Topics.Select(t => t.ToString())));
    }

    /// <summary>The second of three cannot be published: by its state, by an embargo, by what it lacks.</summary>
    [Theory]
    [InlineData("draft", "“Middle” is not ready: it is a draft.")]
    [InlineData("spiked", "“Middle” is spiked.")]
    [InlineData("embargoed", "“Middle” is under embargo until 2 Jul 2025, 12:00 UTC.")]
    [InlineData("bare", "“Middle” has no standfirst.")]
    public async Task With_one_story_that_cannot_be_published_none_is(string how, string reason)
    {
        var middle = how == "draft" ? _copy.Draft("Middle")
            : how == "bare" ? Copy.New(_copy.Text("Middle") with { Standfirst = "" })
            : Filed("Middle");
        if (how == "bare") middle.File(Copy.Editor, Copy.Noon);
        if (how == "spiked") middle.Spike(Copy.Editor, Copy.Noon);
        if (how == "embargoed") middle.Embargo(Copy.Noon.AddDays(1), Copy.Editor, Copy.Noon);
        await ComposeAsync(Filed("First"), middle, Filed("Last"));
        var before = await StoredAsync();

        await using (var db = _store.Db())
        {
            var edition = (await db.LoadEditionForEditingAsync(1))!;
            var refused = await Assert.ThrowsAsync<RefusedException>(() => db.PublishAsync(edition, Publisher, Copy.Noon));
            Assert.Equal(reason, refused.Message);
            // Nothing is left over for whatever is saved next.
            await db.SaveChangesAsync();
        }
        Assert.Equal(before, await StoredAsync());
    }

    [Fact]
    public async Task An_edition_that_someone_changed_meanwhile_takes_its_stories_back_with_it()
    {
        await ComposeAsync(Filed("First"), Filed("Second"));
        await using var db = _store.Db();
        var edition = (await db.LoadEditionForEditingAsync(1))!;
        await using (var other = _store.Db())
        {
            (await other.LoadEditionForEditingAsync(1))!.Describe(new DateOnly(2025, 7, 2), "Another title");
            await other.SaveChangesAsync();
        }
        var before = await StoredAsync();
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.PublishAsync(edition, Publisher, Copy.Noon));
        Assert.Equal(before, await StoredAsync());
    }

    [Fact]
    public async Task A_late_story_joins_the_front_that_is_out_and_one_that_leaves_is_free()
    {
        await ComposeAsync(Filed("First"), Filed("Leaves"));
        await PublishAsync();
        var late = _copy.Live("Late", Copy.Noon.AddHours(1));
        await using (var db = _store.Db())
        {
            db.Stories.Add(late);
            await db.SaveChangesAsync();
            var edition = (await db.LoadEditionForEditingAsync(1))!;
            await db.RecomposeAsync(
                edition, [(SlotKind.Lead, late.Id), (SlotKind.Brief, new StoryId(1))], Publisher, Copy.Noon.AddHours(2), "why");
            await db.SaveChangesAsync();
        }
        await using var after = _store.Db();
        Assert.Equal(
            [new EditionId(1), null, new EditionId(1)], await after.Stories.OrderBy(s => s.Id).Select(s => s.EditionId).ToListAsync());
        var left = await after.Events.OrderBy(e => e.Id).LastAsync();
        Assert.Equal((Act.ComposeEdition, "why", "Lead 1, Second 2", "Lead 3, Brief 1"), (left.Act, left.Note, left.Before, left.After));
        Assert.All(["latest", "edition:1", "story:1", "story:2", "story:3"],
            topic => Assert.Contains(topic, left.Topics.Select(t => t.ToString())));
        Assert.Equal(Copy.Noon, (await after.Editions.SingleAsync()).PublishedAt);
    }

    [Fact]
    public async Task Readers_never_lose_their_lead_and_get_nothing_that_is_not_live()
    {
        await ComposeAsync(Filed("First"));
        await PublishAsync();
        await using var db = _store.Db();
        var draft = _copy.Draft("Draft");
        db.Stories.Add(draft);
        await db.SaveChangesAsync();
        var edition = (await db.LoadEditionForEditingAsync(1))!;
        foreach (var order in new[] { "", "Second 1", "Lead 1, Brief 2" })
            await Assert.ThrowsAsync<RefusedException>(() => db.RecomposeAsync(edition, FrontOrder.Read(order), Publisher, Copy.Noon));
    }

    [Fact]
    public async Task A_due_edition_is_published_once_with_the_texts_that_were_saved_by_hand()
    {
        await ComposeAsync(Filed("First"), Filed("Second"));
        await ScheduleAsync(Copy.Noon.AddHours(1));
        await using (var db = _store.Db())
        {
            var story = (await db.LoadForEditingAsync(new StoryId(2)))!;
            story.Save(_copy.Text("Second, revised"), Copy.Render("Anew."), Copy.Editor, Copy.Noon);
            story.Save(_copy.Text("Second, in mid-w"), Copy.Render("Half a sent"), Copy.Editor, Copy.Noon, autosave: true);
            await db.SaveChangesAsync();
        }
        Assert.Equal(0, await DueAsync(Copy.Noon.AddMinutes(59)));
        for (var i = 0; i < 2; i++) Assert.Equal(1, await DueAsync(Copy.Noon.AddHours(1 + i)));

        await using var after = _store.Db();
        var edition = await after.Editions.SingleAsync();
        Assert.Equal((Copy.Noon.AddHours(1), null, null), (edition.PublishedAt, edition.ScheduledFor, edition.MissedBecause));
        Assert.Equal(["/technology/2025/07/01/first", "/technology/2025/07/01/second-revised"],
            await after.Stories.OrderBy(s => s.Id).Select(s => s.Address!).ToListAsync());
        Assert.Equal(
            Actor.Clock, (await after.Events.SingleAsync(e => e.Act == Act.PublishEdition && e.Subject == EventSubject.Edition(1))).By);
    }

    [Fact]
    public async Task A_due_edition_that_cannot_be_published_is_missed_as_a_whole_and_waits_to_be_scheduled_anew()
    {
        await ComposeAsync(Filed("First"), _copy.Draft("Middle"), Filed("Last"));
        await ScheduleAsync(Copy.Noon);
        var before = await StoriesAsync();

        await DueAsync(Copy.Noon);
        await using (var db = _store.Db())
        {
            var missed = await db.Editions.SingleAsync();
            Assert.Equal((null, "“Middle” is not ready: it is a draft."), (missed.PublishedAt, missed.MissedBecause));
            var told = await db.Events.SingleAsync(e => e.Act == Act.FailToPublish);
            Assert.Equal((Actor.Clock, EventSubject.Edition(1), missed.MissedBecause), (told.By, told.Subject!.Value, told.Note));
            Assert.Equal(before, await StoriesAsync());
            (await db.LoadForEditingAsync(new StoryId(2)))!.File(Copy.Editor, Copy.Noon);
            await db.SaveChangesAsync();
        }
        Assert.Equal(0, await DueAsync(Copy.Noon.AddMinutes(1)));
        await ScheduleAsync(Copy.Noon.AddMinutes(2));
        Assert.Equal(1, await DueAsync(Copy.Noon.AddMinutes(2)));
    }

    [Fact]
    public async Task A_schedule_is_taken_back_and_none_is_made_for_an_edition_that_is_out()
    {
        await ComposeAsync(Filed("First"));
        await ScheduleAsync(Copy.Noon);
        await using (var db = _store.Db())
        {
            var edition = (await db.LoadEditionForEditingAsync(1))!;
            db.Events.Add(edition.Unschedule(Publisher, Copy.Noon));
            await db.SaveChangesAsync();
            Assert.Throws<RefusedException>(() => edition.Unschedule(Publisher, Copy.Noon));
        }
        Assert.Equal(0, await DueAsync(Copy.Noon));
        await PublishAsync();
        await Assert.ThrowsAsync<RefusedException>(() => ScheduleAsync(Copy.Noon));
    }

    private async Task ScheduleAsync(DateTimeOffset at)
    {
        await using var db = _store.Db();
        db.Events.Add((await db.LoadEditionForEditingAsync(1))!.Schedule(at, Publisher, Copy.Noon));
        await db.SaveChangesAsync();
    }

    /// <summary>Lets the clock come to a time.</summary>
    /// <returns>How many editions are out then.</returns>
    private async Task<int> DueAsync(DateTimeOffset now)
    {
        await using var db = _store.Db();
        foreach (var number in await db.DueEditions(now).Select(e => e.Number).ToListAsync()) await db.PublishDueAsync(number, now);
        return await db.Editions.CountAsync(e => e.PublishedAt != null);
    }

    private async Task<List<string>> StoriesAsync()
    {
        await using var db = _store.Db();
        return await db.Stories.OrderBy(s => s.Id).Select(s => $"{s.State} {s.Address} {s.Version}").ToListAsync();
    }

    private Story Filed(string headline)
    {
        var story = _copy.Draft(headline);
        story.File(Copy.Editor, Copy.Noon);
        return story;
    }

    private async Task ComposeAsync(params Story[] stories)
    {
        await using var db = _store.Db();
        foreach (var story in stories)
        {
            db.Stories.Add(story);
            await db.SaveChangesAsync();
        }
        var edition = new Edition(1, new DateOnly(2025, 7, 1), "One");
        edition.Compose(stories.Select((s, i) => (i == 0 ? SlotKind.Lead : SlotKind.Second, s.Id)));
        db.Editions.Add(edition);
        await db.SaveChangesAsync();
    }

    private async Task PublishAsync()
    {
        await using var db = _store.Db();
        await db.PublishAsync((await db.LoadEditionForEditingAsync(1))!, Publisher, Copy.Noon);
    }

    /// <summary>Everything that a publication could have touched.</summary>
    private async Task<string> StoredAsync()
    {
        await using NewsDb db = _store.Db();
        var stories = await db.Stories
            .OrderBy(s => s.Id)
            .Select(s => new { s.State, s.Address, s.Version, s.LiveRevision, s.EditionId })
            .ToListAsync();
        var editions = await db.Editions.Select(e => new { e.PublishedAt, e.Version }).ToListAsync();
        return string.Join('\n', [
            .. stories.Select(s => s.ToString()),
            .. editions.Select(e => e.ToString()),
            .. _store.Rows().OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => $"{r.Key} {r.Value}"),
        ]);
    }
}
