using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Publishing;
using NewsHub.Core.Reading;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;
using NewsHub.Core.Transfer;

namespace NewsHub.Core.Tests.Stories;

public sealed class TaggingTests
{
    [Fact]
    public async Task A_merged_tags_live_stories_stand_in_the_other_list_once_and_keep_their_word()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        var (copy, boats) = await WithBoatsAsync(db);
        Story both = Live(copy, "Both", Line(copy.Ferries), Line(boats)), one = Live(
            copy, "One", Line(copy.Ferries)), other = Live(copy, "Other", Line(boats));
        db.AddRange(both, one, other);
        await db.SaveChangesAsync();
        var version = one.Version;
        db.ChangeTracker.Clear();

        var moved = await db.MergeTagsAsync(await db.Tags.SingleAsync(t => t.Id == copy.Ferries.Id),
            await db.Tags.SingleAsync(t => t.Id == boats.Id), Copy.Editor, Copy.Noon);

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
        Assert.Equal((Act.ChangeTag, "tag:ferries", "Ferries", "Boats"), (line.Act, line.Subject.ToString(), line.Before, line.After));
        Assert.Equal([$"Tag:{copy.Ferries.Id}", $"Tag:{boats.Id}"], line.Topics.Select(t => t.ToString()));
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

        await db.PublishAsync(
            (await db.LoadForEditingAsync(draft.Id))!, (await db.LoadForEditingAsync(draft.Id))!.Newest(), Copy.Editor, Copy.Noon);
        (await db.LoadForEditingAsync(gone.Id))!.Restore(Copy.Editor, Copy.Noon);
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

    [Theory]
    [InlineData("C", "C#", "C++")]
    [InlineData("C++", "C", "C#")]
    [InlineData("Disney", "Disney+")]
    [InlineData("A+", "A", "A−")]
    [InlineData("R&D", "R D")]
    [InlineData(".NET", "Net")]
    [InlineData("5 €", "5 $", "5")]
    [InlineData("Иод", "Йод")]
    [InlineData("Елка", "Ёлка")]
    public async Task A_sign_that_carries_meaning_makes_another_tag_at_the_editors_and_in_a_file(params string[] names)
    {
        foreach (var byFile in new[] { false, true })
        {
            await using var store = await TestStore.OpenAsync();
            await using var db = store.Db();
            await Copy.SetAsync(db);
            foreach (var _ in new[] { 1, 2 })
            {
                var tags = byFile
                    ? await FromFileAsync(db, names)
                    : (await new Manuscript { Section = "technology", Headline = "x", Tags = string.Join(", ", names) }
                        .SetAsync(db)).Text.Tags;
                Assert.Equal(names, tags.Select(t => t.Name));
                Assert.Equal(names.Length, tags.Select(t => t.TagId).Distinct().Count());
                Assert.Equal(names.Length, tags.Select(t => t.Slug).Distinct().Count());
            }
            Assert.Equal(names.Length + 1, await db.Tags.CountAsync());
            // Each by itself, in other capitals, is the tag that it was.
            foreach (var name in names) Assert.Equal(name, (await db.FindTagAsync(name.ToUpperInvariant()))!.Name);
        }

        static async Task<IReadOnlyList<TagLine>> FromFileAsync(NewsDb db, string[] names)
        {
            var words = await NewsHub.Core.Transfer.Vocabulary.ReadAsync(db, TestContext.Current.CancellationToken);
            var text = new StoryText
            {
                Section = default,
                Kind = Kind.News,
                Headline = "x",
                Standfirst = "x",
                Body = "x",
                Bylines = [],
                Tags = [.. names.Select(words.Tag)],
            };
            return (await words.KeepNewTagsAsync(db, text, TestContext.Current.CancellationToken)).Tags;
        }
    }

    [Theory]
    [InlineData("Ferries", "ferries", "FERRIES", "“Ferries”", "Ferries!")]
    [InlineData("COVID-19", "Covid 19")]
    [InlineData("Énergie", "energie", "E\u0301nergie")]
    [InlineData("Київ", "КИЇВ", "Ки\u0456\u0308в")]
    public async Task Another_way_to_write_a_name_is_the_same_tag(string name, params string[] others)
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        var tag = await db.KeepTagAsync(name);
        foreach (var other in others) Assert.Equal(tag.Id, (await db.KeepTagAsync(TypedText.Line(other)!)).Id);
    }

    [Fact]
    public async Task A_tag_from_before_letters_kept_their_marks_is_found()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        db.Tags.Add(new Tag(Slug.Parse("иод"), "Йод"));
        await db.SaveChangesAsync();
        Assert.Equal("иод", (await db.KeepTagAsync("йод")).Slug.Value);
        Assert.Equal("иод-2", (await db.KeepTagAsync("Иод")).Slug.Value);
    }

    [Theory]
    [InlineData("Paris, Texas")]
    [InlineData("باريس، تكساس")]
    [InlineData("東京、大阪")]
    public async Task A_tag_takes_no_comma_into_its_name(string name)
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        var (copy, _) = await WithBoatsAsync(db);
        Assert.Contains(
            "comma",
            (await Assert.ThrowsAsync<RefusedException>(() => db.RenameTagAsync(copy.Ferries, name, Copy.Editor, Copy.Noon))).Message,
            StringComparison.Ordinal);
        Assert.Equal(2, (await new Manuscript { Section = "technology", Headline = "x", Tags = name }.SetAsync(db)).Text.Tags.Count);
    }

    [Fact]
    public async Task An_autosave_in_mid_word_leaves_no_tag_behind_and_publishing_it_makes_the_tags()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        await Copy.SetAsync(db);
        var typed = new Manuscript
        {
            Section = "technology",
            Headline = "x",
            Standfirst = "y",
            Body = "z",
            Bylines = [new() { Author = "ada" }],
            Tags = "ferries, Har",
        };
        var half = await typed.SetAsync(db, keepTags: false);
        var story = new Story(half.Text, half.Body, Copy.Editor, Copy.Noon, autosave: true);
        db.Stories.Add(story);
        await db.SaveChangesAsync();
        Assert.Equal(["Ferries"], await db.Tags.Select(t => t.Name).ToListAsync());
        Assert.Equal(["Ferries", "Har"], story.Newest().Text.Tags.Select(t => t.Name));

        await db.PublishAsync(story, story.Newest(), Copy.Editor, Copy.Noon);
        await db.SaveChangesAsync();

        Assert.Equal(["Ferries", "Har"], await db.Tags.OrderBy(t => t.Id).Select(t => t.Name).ToListAsync());
        Assert.All(story.Newest().Text.Tags, t => Assert.NotEqual(0, t.TagId));
        Assert.Equal(2, story.Listings.Count(l => l.List == ListOf.Tag));
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
        var snapshot = new SiteSnapshot.Current();
        await snapshot.ReadAsync(db);
        return new PublishedNews(
            db, snapshot, new NewsHub.Core.Engagement.CurrentReaders(TimeProvider.System), db.Index);
    }
}
