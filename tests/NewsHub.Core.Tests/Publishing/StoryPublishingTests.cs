using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;

namespace NewsHub.Core.Tests.Publishing;

public sealed class StoryPublishingTests : IAsyncLifetime
{
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
    public void Embargoed_story_refuses_to_publish_early()
    {
        var story = _copy.Draft();
        story.Embargo(Copy.Noon.AddHours(2), Copy.Editor, Copy.Noon);

        var refused = Assert.Throws<RefusedException>(() => _copy.Publish(story, Copy.Noon.AddHours(2).AddTicks(-1)));

        Assert.Contains("embargo until 1 Jul 2025, 14:00 UTC", refused.Message, StringComparison.Ordinal);
        Assert.Null(story.LiveRevision);
        _copy.Publish(story, Copy.Noon.AddHours(2));
        Assert.Equal(StoryState.Live, story.State);
    }

    [Fact]
    public void An_embargo_in_another_zone_is_told_in_utc()
    {
        var story = _copy.Draft();
        story.Embargo(new DateTimeOffset(2025, 7, 2, 1, 0, 0, TimeSpan.FromHours(1)), Copy.Editor, Copy.Noon);
        Assert.Contains(
            "2 Jul 2025, 00:00 UTC", Assert.Throws<RefusedException>(() => _copy.Publish(story)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schedule_before_the_end_of_the_embargo_is_refused()
    {
        var story = _copy.Draft();
        story.Embargo(Copy.Noon.AddHours(2), Copy.Editor, Copy.Noon);
        Assert.Throws<RefusedException>(() => story.Schedule(Copy.Noon.AddHours(1), Copy.Editor, Copy.Noon));
        story.Schedule(Copy.Noon.AddHours(2), Copy.Editor, Copy.Noon);
        Assert.Equal(Copy.Noon.AddHours(2), story.ScheduledFor);
    }

    [Fact]
    public void An_embargo_that_overtakes_a_schedule_moves_it()
    {
        var story = _copy.Draft();
        story.Schedule(Copy.Noon.AddHours(1), Copy.Editor, Copy.Noon);
        story.Embargo(Copy.Noon.AddHours(3), Copy.Editor, Copy.Noon);
        Assert.Equal(Copy.Noon.AddHours(3), story.ScheduledFor);
        story.Embargo(null, Copy.Editor, Copy.Noon);
        Assert.Null(story.EmbargoUntil);
    }

    [Theory]
    [InlineData("", "A. Osei", "The picture has no alt text.")]
    [InlineData("  ", "A. Osei", "The picture has no alt text.")]
    [InlineData("Cables", "", "The picture has no credit.")]
    [InlineData("Cables", " \t", "The picture has no credit.")]
    public void A_picture_without_alt_text_or_credit_is_not_published(string alt, string credit, string sentence)
    {
        var story = Copy.New(_copy.Text() with { Picture = Copy.Cables with { Alt = alt, Credit = credit } });
        Assert.Equal(sentence, Assert.Throws<RefusedException>(() => _copy.Publish(story)).Message);
        Assert.Equal(StoryState.Draft, story.State);
    }

    [Fact]
    public void What_cannot_be_printed_is_not_published()
    {
        foreach (var text in new[]
        {
            _copy.Text() with { Headline = " " },
            _copy.Text() with { Standfirst = " " },
            _copy.Text() with { Body = "\n" },
            _copy.Text() with { Bylines = [] },
        })
        {
            var story = Copy.New(text);
            Assert.Throws<RefusedException>(
                () => story.Publish(story.Revisions[0], _copy.Technology, Slug.Parse("x"), Copy.Editor, Copy.Noon));
        }
    }

    [Fact]
    public void Another_storys_text_or_another_section_is_refused()
    {
        var (one, other) = (_copy.Draft(), _copy.Draft());
        Assert.Throws<RefusedException>(() => _copy.Publish(one, revision: other.Revisions[0]));
        Assert.Throws<RefusedException>(() => one.Publish(one.Revisions[0], _copy.World, Slug.Parse("x"), Copy.Editor, Copy.Noon));
    }

    [Fact]
    public void Readers_keep_the_live_revision_until_the_new_one_is_published()
    {
        var story = _copy.Live();
        var revision = story.Save(_copy.Text("Ferry strike ends"), Copy.Render("It ended."), Copy.Editor, Copy.Noon.AddHours(1));

        Assert.Equal((1, 2), (story.LiveRevision, story.WorkingRevision));
        Assert.Null(story.UpdatedAt);
        Assert.Empty(story.Events[^1].Topics);

        _copy.Publish(story, Copy.Noon.AddHours(2), revision);
        Assert.Equal((2, Copy.Noon, Copy.Noon.AddHours(2)), (story.LiveRevision, story.FirstPublishedAt, story.UpdatedAt));
        Assert.Equal("/technology/2025/07/01/ferry-strike", story.Address);
        Assert.Equal(Act.Update, story.Events[^1].Act);
    }

    [Fact]
    public void The_address_has_the_utc_day_of_publication()
    {
        var story = _copy.Live(at: new DateTimeOffset(2025, 7, 1, 0, 30, 0, TimeSpan.FromHours(1)));
        Assert.Equal("/technology/2025/06/30/ferry-strike", story.Address);
    }

    [Fact]
    public async Task Listings_are_written_on_publication_and_cleared_on_withdrawal()
    {
        var id = await KeepAsync(_copy.Live());
        Assert.Equal([
            (ListOf.Latest, 0), (ListOf.Section, _copy.Technology.Id.Value), (ListOf.Kind, 0), (ListOf.Author, _copy.Ada.Id),
            (ListOf.Tag, _copy.Ferries.Id),
        ], await LinesAsync(id));

        await ChangeAsync(id, s => s.Withdraw("It was wrong.", "libel", Copy.Editor, Copy.Noon.AddHours(1)));
        Assert.Empty(await LinesAsync(id));

        await ChangeAsync(id, s => s.Restore(Copy.Editor, Copy.Noon.AddHours(2)));
        Assert.Equal(5, (await LinesAsync(id)).Count);
    }

    [Fact]
    public async Task An_update_moves_the_story_between_lists_and_tells_both()
    {
        var id = await KeepAsync(_copy.Live());
        await ChangeAsync(id, s =>
        {
            var text = _copy.Text(section: _copy.World) with
            {
                Kind = Kind.Opinion,
                Tags = [],
                Bylines = [new Byline(_copy.Ben.Id, "ben", "Ben Ford", null)],
            };
            _copy.Publish(s, Copy.Noon.AddHours(1), s.Save(text, Copy.Render("New."), Copy.Editor, Copy.Noon.AddHours(1)));
        });
        Assert.Equal(
            [(ListOf.Latest, 0), (ListOf.Section, _copy.World.Id.Value), (ListOf.Kind, (long)Kind.Opinion), (ListOf.Author, _copy.Ben.Id)],
            await LinesAsync(id));
        await using var db = _store.Db();
        var topics = (await db.Events.Where(e => e.Act == Act.Update).SingleAsync()).Topics;
        Assert.Equal(topics.Distinct(), topics);
        Assert.Equal(
            new[]
            {
                Topic.Latest, Topic.Story(id), Topic.List(ListOf.Section, _copy.Technology.Id.Value),
                Topic.List(ListOf.Section, _copy.World.Id.Value),
                Topic.List(ListOf.Kind, 0), Topic.List(ListOf.Kind, (long)Kind.Opinion), Topic.List(ListOf.Author, _copy.Ada.Id),
                Topic.List(ListOf.Author, _copy.Ben.Id), Topic.List(ListOf.Tag, _copy.Ferries.Id), Topic.Corrections,
            }.OrderBy(t => t.ToString(), StringComparer.Ordinal),
            topics.OrderBy(t => t.ToString(), StringComparer.Ordinal));
    }

    [Fact]
    public async Task Withdrawn_and_restored_before_anything_is_stored_is_live()
    {
        var id = await KeepAsync(_copy.Live());
        await ChangeAsync(id, s =>
        {
            s.Withdraw("It was wrong.", "libel", Copy.Editor, Copy.Noon.AddHours(1));
            s.Restore(Copy.Editor, Copy.Noon.AddHours(1));
        });
        Assert.Equal(5, (await LinesAsync(id)).Count);
    }

    [Fact]
    public async Task A_restored_story_is_at_the_same_address_with_the_text_it_had()
    {
        var id = await KeepAsync(_copy.Live());
        await ChangeAsync(id, s => s.Withdraw("It was wrong.", "libel", Copy.Editor, Copy.Noon.AddHours(1)));
        await ChangeAsync(id, s => s.Save(_copy.Text("Not this"), Copy.Render("x"), Copy.Editor, Copy.Noon.AddHours(1)));
        await ChangeAsync(id, s => s.Restore(Copy.Editor, Copy.Noon.AddHours(2)));
        await using var db = _store.Db();
        var story = await LoadAsync(db, id);
        Assert.Equal(("/technology/2025/07/01/ferry-strike", 1, Copy.Noon), (story.Address, story.LiveRevision, story.FirstPublishedAt));
        Assert.Null(story.WithdrawalNotice);
        Assert.Null(story.WithdrawnAt);
        Assert.Equal([Act.Save, Act.Publish, Act.Withdraw, Act.Save, Act.Restore],
            await db.Events.OrderBy(e => e.Id).Select(e => e.Act).ToListAsync());
        Assert.Equal("libel", await db.Events.Where(e => e.Act == Act.Withdraw).Select(e => e.Note).SingleAsync());
    }

    [Fact]
    public void The_reason_for_a_withdrawal_is_not_told_to_readers()
    {
        var story = _copy.Live();
        story.Withdraw("It was wrong.", "SECRET-REASON", Copy.Editor, Copy.Noon.AddHours(1));
        Assert.Equal(("It was wrong.", "SECRET-REASON"), (story.WithdrawalNotice, story.Events[^1].Note));
        Assert.Contains(Topic.Corrections, story.Events[^1].Topics);
    }

    [Fact]
    public void A_correction_without_a_note_changes_nothing()
    {
        var story = _copy.Live();
        var revision = story.Save(_copy.Text("Ferry strike ends"), Copy.Render("x"), Copy.Editor, Copy.Noon);
        var events = story.Events.Count;
        Assert.Throws<RefusedException>(() => story.Correct(revision, _copy.Technology, " ", Copy.Editor, Copy.Noon.AddHours(1)));
        Assert.Equal((1, events), (story.LiveRevision, story.Events.Count));
    }

    [Fact]
    public void A_correction_publishes_the_text_notes_it_and_moves_the_date()
    {
        var story = _copy.Live();
        var revision = story.Save(_copy.Text("Ferry strike ends"), Copy.Render("x"), Copy.Editor, Copy.Noon);
        story.Correct(revision, _copy.Technology, "It is five.", Copy.Editor, Copy.Noon.AddHours(1));
        Assert.Equal(
            (2, Copy.Noon.AddHours(1), "It is five."), (story.LiveRevision, story.UpdatedAt, Assert.Single(story.Corrections).Note));
        var topics = story.Events[^1].Topics;
        Assert.Contains(Topic.Corrections, topics);
        Assert.Contains(Topic.Latest, topics);
        story.NoteCorrection("An older one.", Copy.Editor, Copy.Noon.AddMinutes(1));
        Assert.Equal(Copy.Noon.AddHours(1), story.UpdatedAt);
    }

    [Fact]
    public async Task State_and_event_are_stored_together_or_not_at_all()
    {
        var id = await KeepAsync(_copy.Live());
        await using (var db = _store.Db())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            (await LoadAsync(db, id)).Withdraw("It was wrong.", "libel", Copy.Editor, Copy.Noon);
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
        }
        await using var after = _store.Db();
        Assert.Equal(StoryState.Live, (await LoadAsync(after, id)).State);
        Assert.False(await after.Events.AnyAsync(e => e.Act == Act.Withdraw));
    }

    [Fact]
    public async Task A_stale_version_is_a_conflict_and_leaves_no_event()
    {
        var id = await KeepAsync(_copy.Draft());
        await using var first = _store.Db();
        await using var second = _store.Db();
        var (one, two) = (await LoadAsync(first, id), await LoadAsync(second, id));
        one.File(Copy.Editor, Copy.Noon);
        await first.SaveChangesAsync();
        two.Spike(Copy.Editor, Copy.Noon);
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync());

        await using var after = _store.Db();
        Assert.Equal(StoryState.Filed, (await LoadAsync(after, id)).State);
        Assert.False(await after.Events.AnyAsync(e => e.Act == Act.Spike));
    }

    [Fact]
    public async Task A_stale_edition_is_a_conflict()
    {
        await using (var db = _store.Db())
        {
            db.Editions.Add(new Edition(1, new DateOnly(2025, 7, 1), "One"));
            await db.SaveChangesAsync();
        }
        await using var first = _store.Db();
        await using var second = _store.Db();
        (await first.Editions.SingleAsync()).Describe(new DateOnly(2025, 7, 2), "Uno");
        (await second.Editions.SingleAsync()).Describe(new DateOnly(2025, 7, 3), "Un");
        await first.SaveChangesAsync();
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync());
    }

    [Fact]
    public async Task Every_way_to_a_moved_story_is_one_hop()
    {
        var id = await KeepAsync(_copy.Live());
        foreach (var slug in new[] { "b", "c", "ferry-strike", "b", "c" })
        {
            await ChangeAsync(id, s => s.Readdress(_copy.Technology, Slug.Parse(slug), Copy.Editor, Copy.Noon));
            await using var db = _store.Db();
            var story = await LoadAsync(db, id);
            Assert.EndsWith("/" + slug, story.Address, StringComparison.Ordinal);
            Assert.DoesNotContain(story.FormerAddresses, f => f.Path == story.Address);
        }
        await using var after = _store.Db();
        Assert.Equal(["/technology/2025/07/01/b", "/technology/2025/07/01/ferry-strike"],
            (await LoadAsync(after, id)).FormerAddresses.Select(f => f.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Back_and_forth_before_anything_is_stored_leaves_one_way()
    {
        var id = await KeepAsync(_copy.Live());
        await ChangeAsync(id, s =>
        {
            foreach (var slug in new[] { "b", "ferry-strike", "b", "ferry-strike" })
                s.Readdress(_copy.Technology, Slug.Parse(slug), Copy.Editor, Copy.Noon);
        });
        await using var db = _store.Db();
        Assert.Equal("/technology/2025/07/01/b", Assert.Single((await LoadAsync(db, id)).FormerAddresses).Path);
    }

    [Fact]
    public async Task An_address_that_two_stories_had_in_turn_is_kept_for_both()
    {
        var first = await KeepAsync(_copy.Live("Same"));
        await ChangeAsync(first, s => s.Readdress(_copy.Technology, Slug.Parse("first"), Copy.Editor, Copy.Noon));
        var second = await KeepAsync(_copy.Live("Same"));
        await ChangeAsync(second, s => s.Readdress(_copy.Technology, Slug.Parse("second"), Copy.Editor, Copy.Noon));
        await using var db = _store.Db();
        Assert.Equal(2, await db.FormerAddresses.CountAsync(f => f.Path == "/technology/2025/07/01/same"));
    }

    [Fact]
    public void To_the_same_address_is_no_move()
    {
        var story = _copy.Live();
        var version = story.Version;
        story.Readdress(_copy.Technology, Slug.Parse("ferry-strike"), Copy.Editor, Copy.Noon);
        Assert.Equal(version, story.Version);
        Assert.Empty(story.FormerAddresses);
    }

    [Fact]
    public async Task A_taken_slug_gets_the_next_number()
    {
        await using var db = _store.Db();
        for (var n = 1; n <= 3; n++)
        {
            var story = _copy.Draft();
            var slug = await db.FreeSlugAsync(_copy.Technology, Copy.Noon, Slug.Parse("ferry-strike"));
            story.Publish(story.Revisions[0], _copy.Technology, slug, Copy.Editor, Copy.Noon);
            db.Stories.Add(story);
            await db.SaveChangesAsync();
            Assert.Equal(n == 1 ? "ferry-strike" : $"ferry-strike-{n}", story.Slug!.Value.Value);
        }
        Assert.Equal("live-2", (await db.FreeSlugAsync(_copy.World, Copy.Noon, Slug.Parse("live"))).Value);
        Assert.Equal("ferry-strike", (await db.FreeSlugAsync(_copy.World, Copy.Noon, Slug.Parse("ferry-strike"))).Value);
        Assert.Equal("ferry-strike", (await db.FreeSlugAsync(_copy.Technology, Copy.Noon.AddDays(1), Slug.Parse("ferry-strike"))).Value);
        var own = await db.Stories.Where(s => s.Address!.EndsWith("-2")).Select(s => s.Id).SingleAsync();
        Assert.Equal("ferry-strike-2", (await db.FreeSlugAsync(_copy.Technology, Copy.Noon, Slug.Parse("ferry-strike"), own)).Value);
    }

    [Fact]
    public async Task A_text_comes_back_from_the_store_as_it_was_written()
    {
        var text = _copy.Text("“Ẹ káàbọ̀” 😀 O’Neill — 50 % of \"it\"") with
        {
            Kicker = "Ìròyìn",
            Picture = Copy.Cables,
            Dateline = "LAGOS",
            Language = "yo",
            RightToLeft = true,
            SeoTitle = "a",
            SeoDescription = "b",
        };
        var id = await KeepAsync(Copy.New(text));
        await using var db = _store.Db();
        var read = (await LoadAsync(db, id)).Revisions[0].Text;
        Assert.Equal(text with { Bylines = [], Tags = [] }, read with { Bylines = [], Tags = [] });
        Assert.Equal(text.Bylines, read.Bylines);
        Assert.Equal(text.Tags, read.Tags);
    }

    [Fact]
    public async Task A_new_storys_event_names_no_story_that_has_no_number_yet()
    {
        var id = await KeepAsync(_copy.Live());
        await using var db = _store.Db();
        var published = await db.Events.SingleAsync(e => e.Act == Act.Publish);
        Assert.Equal(id, published.StoryId);
        Assert.DoesNotContain(published.Topics, t => t.ToString().Contains("story:0", StringComparison.Ordinal));
    }

    private async Task<StoryId> KeepAsync(Story story)
    {
        await using var db = _store.Db();
        db.Stories.Add(story);
        await db.SaveChangesAsync();
        return story.Id;
    }

    private async Task ChangeAsync(StoryId id, Action<Story> change)
    {
        await using var db = _store.Db();
        change(await LoadAsync(db, id));
        await db.SaveChangesAsync();
    }

    private static Task<Story> LoadAsync(NewsHub.Core.Store.NewsDb db, StoryId id) =>
        db.Stories
            .Include(s => s.Revisions)
            .Include(s => s.Listings)
            .Include(s => s.Corrections)
            .Include(s => s.FormerAddresses)
            .AsSplitQuery()
            .SingleAsync(s => s.Id == id);

    private async Task<IReadOnlyList<(ListOf, long)>> LinesAsync(StoryId id)
    {
        await using var db = _store.Db();
        var lines = await db.Listings.Where(l => l.StoryId == id).OrderBy(l => l.List).ThenBy(l => l.Subject).ToListAsync();
        Assert.All(lines, l => Assert.Equal(Copy.Noon, l.LiveAt));
        return [.. lines.Select(l => (l.List, l.Subject))];
    }
}
