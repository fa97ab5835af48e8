using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Reading;
using NewsHub.Core.Staff;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Tests.Stories;

public sealed class TaggingTests
{
    [Fact]
    public async Task A_merged_tags_live_stories_stand_in_the_other_list_once_and_keep_their_word()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        var (copy, boats) = await WithBoatsAsync(db);
        Story both = Live(copy, "Both", Line(copy.Ferries), Line(boats)), one = Live(copy, "One", Line(copy.Ferries)), other = Live(copy, "Other", Line(boats));
        db.AddRange(both, one, other);
        await db.SaveChangesAsync();
        var version = one.Version;
        db.ChangeTracker.Clear();

        var moved = await db.MergeTagsAsync(await db.Tags.SingleAsync(t => t.Id == copy.Ferries.Id), await db.Tags.SingleAsync(t => t.Id == boats.Id), Copy.Editor, Copy.Noon);

        db.ChangeTracker.Clear();
        Assert.Equal(2, moved);
        var news = await NewsAsync(db);
        var led = (await news.TagAsync("ferries", null))!;
        Assert.Equal(("boats", "Both One Other"), (led.Slug, string.Join(' ', led.Stories.Stories.Select(s => s.Headline).Order())));
        Assert.False(await db.Listings.AnyAsync(l => l.List == ListOf.Tag && l.Subject == copy.Ferries.Id));
        var text = (await db.Revisions.SingleAsync(r => r.StoryId == one.Id)).Text;
        Assert.Equal([new TagLine(boats.Id, "ferries", "Ferries")], text.Tags);
        Assert.Equal(version + 1, (await db.Stories.SingleAsync(s => s.Id == one.Id)).Version);
        var line = await db.Events.OrderBy(e => e.Id).LastAsync();
        Assert.Equal((Act.ChangeTag, "tag:ferries", "Ferries", "Boats"), (line.Act, line.Subject, line.Before, line.After));
        Assert.Equal($"Tag:{copy.Ferries.Id} Tag:{boats.Id}", line.Topics);
    }

    [Fact]
    public async Task A_story_that_is_published_or_restored_after_the_merger_is_in_the_other_list()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        var (copy, boats) = await WithBoatsAsync(db);
        var (draft, gone) = (copy.Draft("Draft"), copy.Live("Gone"));
        gone.Withdraw("Not true.", "hoax", Copy.Editor, Copy.Noon);
        db.AddRange(draft, gone);
        await db.SaveChangesAsync();
        await db.MergeTagsAsync(copy.Ferries, boats, Copy.Editor, Copy.Noon);
        db.ChangeTracker.Clear();

        await db.PublishAsync((await db.StoryAtWorkAsync(draft.Id))!, (await db.StoryAtWorkAsync(draft.Id))!.Newest(), Copy.Editor, Copy.Noon);
        (await db.StoryAtWorkAsync(gone.Id))!.Restore(Copy.Editor, Copy.Noon);
        await db.SaveChangesAsync();

        Assert.Equal(2, (await (await NewsAsync(db)).TagAsync("boats", null))!.Stories.Stories.Count);
    }

    [Fact]
    public async Task Mergers_make_no_chains_and_no_loops()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        var (copy, boats) = await WithBoatsAsync(db);
        var ships = new Tag(Slug.Parse("ships"), "Ships");
        db.AddRange(ships, Live(copy, "One", Line(copy.Ferries)));
        await db.SaveChangesAsync();

        await db.MergeTagsAsync(copy.Ferries, boats, Copy.Editor, Copy.Noon);
        await db.MergeTagsAsync(boats, ships, Copy.Editor, Copy.Noon);

        foreach (var (from, into) in new[] { (copy.Ferries, ships), (ships, boats), (ships, ships), (ships, copy.Ferries) })
            await Assert.ThrowsAsync<RefusedException>(() => db.MergeTagsAsync(from, into, Copy.Editor, Copy.Noon));
        db.ChangeTracker.Clear();
        Assert.Equal([ships.Id, ships.Id], await db.Tags.Where(t => t.MergedInto != null).Select(t => t.MergedInto!.Value).ToListAsync());
        var news = await NewsAsync(db);
        foreach (var slug in new[] { "ferries", "boats", "ships" }) Assert.Equal("ships", (await news.TagAsync(slug, null))!.Slug);
    }

    [Fact]
    public async Task Whatever_a_tag_was_or_is_called_means_that_tag_at_a_story()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        var (copy, boats) = await WithBoatsAsync(db);
        await db.MergeTagsAsync(copy.Ferries, boats, Copy.Editor, Copy.Noon);
        await db.RenameTagAsync(boats, "Ships at sea", Copy.Editor, Copy.Noon);

        var set = await new Manuscript { Section = "technology", Headline = "x", Tags = "ferries, Boats, ships at Sea" }.SetAsync(db);

        Assert.Equal([new TagLine(boats.Id, "boats", "Ships at sea")], set.Text.Tags);
        Assert.Equal(2, await db.Tags.CountAsync());
    }

    [Fact]
    public async Task A_tag_cannot_take_the_name_of_another_or_none()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        var (copy, boats) = await WithBoatsAsync(db);
        foreach (var name in new[] { "Boats", "boats", "BOATS!", "😀", "" })
            await Assert.ThrowsAsync<RefusedException>(() => db.RenameTagAsync(copy.Ferries, name, Copy.Editor, Copy.Noon));
        await db.MergeTagsAsync(copy.Ferries, boats, Copy.Editor, Copy.Noon);
        await Assert.ThrowsAsync<RefusedException>(() => db.RenameTagAsync(copy.Ferries, "Ships", Copy.Editor, Copy.Noon));
        await Assert.ThrowsAsync<RefusedException>(() => db.RenameTagAsync(boats, "Ferries", Copy.Editor, Copy.Noon));
    }

    private static async Task<(Copy Copy, Tag Boats)> WithBoatsAsync(NewsDb db)
    {
        var (copy, boats) = (await Copy.SetAsync(db), new Tag(Slug.Parse("boats"), "Boats"));
        db.Add(boats);
        await db.SaveChangesAsync();
        return (copy, boats);
    }

    private static TagLine Line(Tag tag) => new(tag.Id, tag.Slug.Value, tag.Name);

    private static Story Live(Copy copy, string headline, params TagLine[] tags)
    {
        var story = Copy.New(copy.Text(headline) with { Tags = tags });
        copy.Publish(story);
        return story;
    }

    private static async Task<PublishedNews> NewsAsync(NewsDb db)
    {
        var masthead = new Masthead.Current();
        await masthead.ReadAsync(db);
        return new PublishedNews(db, masthead, new NewsHub.Core.Engagement.Readership(TimeProvider.System), new NewsHub.Core.Search.SqliteSearch(db));
    }
}
