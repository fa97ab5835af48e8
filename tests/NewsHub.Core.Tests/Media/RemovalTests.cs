using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Pictures;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;
using NewsHub.Core.Text;

namespace NewsHub.Core.Tests.Media;

/// <summary>Taking a picture off the server: its bytes, what was made of them, and every place that shows it.</summary>
public sealed class RemovalTests : IDisposable
{
    private readonly MemoryMedia _media = new();
    private readonly PictureProcessor _pictureProcessor;

    public RemovalTests() => _pictureProcessor = new PictureProcessor(_media);

    public void Dispose() => _pictureProcessor.Dispose();

    [Fact]
    public async Task Nothing_of_it_is_left_on_the_server_and_no_text_names_it()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        var copy = await Copy.SetAsync(db);
        var picture = await ReadyAsync(db, "boats.jpg", 1);
        var other = await ReadyAsync(db, "gulls.jpg", 2);
        var story = await StoryAsync(
            db, copy, "Boats", $"One.\n\n![Alt]({picture.File} \"Words\")\n\nTwo ![]({picture.File}) three.\n\n![]({other.File})\n\nEnd.\n",
            picture);
        var entry = new LiveEntry(
            story.Id, new LiveEntryText("Entry", $"Now.\n\n![]({picture.File})"), db.RenderBody($"Now.\n\n![]({picture.File})"), "f",
            Copy.Editor, Copy.Noon);
        var page = new StaticPage(Slug.Parse("about"));
        page.Write("About", "x", $"About.\n\n![]({picture.File})", db.RenderBody($"About.\n\n![]({picture.File})"));
        db.AddRange(entry, page);
        await db.SaveChangesAsync();
        var first = picture.Key;
        await db.DescribePictureAsync(
            _pictureProcessor, picture, new PictureDescription("Alt", null, "A. Osei", null, null, 0.2, 0.2), Copy.Editor, Copy.Noon);
        await db.ReplacePictureAsync(_pictureProcessor, picture, Files.Noise("jpg", 400, 301), Copy.Editor, Copy.Noon);
        var (second, file) = (picture.Key, picture.File);
        foreach (var key in new[] { first, second })
            Assert.NotNull(key == second
                ? await _pictureProcessor.RenderAsync(picture, new Rendition(key, Crop.Full, 320, "jpg"))
                : await _pictureProcessor.RenderFormerAsync(new Rendition(key, Crop.Full, 320, "jpg")));
        Assert.NotNull(await _pictureProcessor.RenderAsync(other, new Rendition(other.Key, Crop.Full, 320, "jpg")));

        await db.RemovePictureAsync(_pictureProcessor, picture, onlyEarlier: false, "The agency asked.", Copy.Editor, Copy.Noon);

        db.ChangeTracker.Clear();
        foreach (var revision in await db.Revisions.ToListAsync())
        {
            Assert.Null(revision.Text.Picture);
            Assert.Equal($"One.\n\nTwo  three.\n\n![]({other.File})\n\nEnd.\n", revision.Text.Body);
            Assert.Contains(other.Key, revision.BodyHtml, StringComparison.Ordinal);
            foreach (var key in new[] { first, second }) Assert.DoesNotContain(key, revision.BodyHtml, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("<img", (await db.LiveEntries.SingleAsync()).Html, StringComparison.Ordinal);
        Assert.Equal("Now.\n\n", (await db.LiveEntries.SingleAsync()).Text);
        Assert.DoesNotContain("<img", (await db.StaticPages.SingleAsync()).BodyHtml, StringComparison.Ordinal);
        Assert.Equal([other.File], await db.Pictures.Select(p => p.File).ToListAsync());
        // Other than the notes that it is gone, only the other picture's files are there.
        Assert.All(_media.Paths.Where(p => !p.StartsWith("originals/addresses/", StringComparison.Ordinal)
            && !p.StartsWith("originals/removed/", StringComparison.Ordinal)),
            p => Assert.True(p.Contains(other.Key, StringComparison.Ordinal) || p.Contains(other.Hash, StringComparison.Ordinal), p));
        foreach (var key in new[] { first, second })
        {
            Assert.True(await _pictureProcessor.IsRemovedAsync(key));
            Assert.Null(await _pictureProcessor.RenderFormerAsync(new Rendition(key, Crop.Full, 320, "jpg")));
        }
        var line = await db.Events.SingleAsync(e => e.Act == Act.RemovePicture && e.StoryId == null);
        Assert.Equal(($"picture:{file}", "The agency asked."), (line.Subject.ToString(), line.Note));
        Assert.Superset(new HashSet<Topic> { Topic.Story(story.Id), Topic.Latest, Topic.SiteWide }, line.Topics.ToHashSet());
        Assert.Equal(story.Id, (await db.Events.SingleAsync(e => e.Act == Act.RemovePicture && e.StoryId != null)).StoryId);
    }

    [Fact]
    public async Task The_same_bytes_are_not_taken_in_again_until_that_is_lifted()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        var picture = await ReadyAsync(db, "boats.jpg", 1);
        var (bytes, key) = ((await _pictureProcessor.OriginalAsync(picture))!, picture.Key);
        await db.RemovePictureAsync(_pictureProcessor, picture, onlyEarlier: false, "A child asked.", Copy.Editor, Copy.Noon);

        // Something behind it makes it no other picture.
        foreach (var sent in new byte[][] { bytes, [.. bytes, .. "tail"u8] })
        {
            var refused = await Assert.ThrowsAsync<InvalidPictureException>(
                () => db.TakeInAsync(_pictureProcessor, "again.jpg", sent, Copy.Editor, Copy.Noon));
            Assert.Contains("was removed from the server", refused.Message, StringComparison.Ordinal);
            Assert.Contains("A child asked.", refused.Message, StringComparison.Ordinal);
        }
        Assert.Equal(["boats.jpg"], (await _pictureProcessor.RemovedAsync()).Select(r => r.File));

        await _pictureProcessor.LiftAsync((await _pictureProcessor.RemovedAsync())[0].Hash);

        Assert.False(await _pictureProcessor.IsRemovedAsync(key));
        Assert.Empty(await _pictureProcessor.RemovedAsync());
        var again = await db.TakeInAsync(_pictureProcessor, "again.jpg", bytes, Copy.Editor, Copy.Noon);
        Assert.Equal(key, again.Key);
        Assert.NotNull(await _pictureProcessor.RenderAsync(again, new Rendition(key, Crop.Full, 320, "jpg")));
    }

    [Fact]
    public async Task A_picture_of_the_very_same_bytes_goes_too_and_one_that_was_only_like_an_earlier_file_stays()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        var (picture, twin) = (await ReadyAsync(db, "boats.jpg", 1), await ReadyAsync(db, "twin.jpg", 1));
        var owner = await ReadyAsync(db, "owner.jpg", 2);
        await db.ReplacePictureAsync(_pictureProcessor, picture, Bytes(2), Copy.Editor, Copy.Noon);
        await db.ReplacePictureAsync(_pictureProcessor, picture, Bytes(3), Copy.Editor, Copy.Noon);
        var same = await ReadyAsync(db, "same.jpg", 3);

        var removal = await db.RemovePictureAsync(_pictureProcessor, picture, onlyEarlier: false, "x", Copy.Editor, Copy.Noon);

        Assert.Equal(["boats.jpg", "same.jpg"], removal.Pictures.Select(p => p.File).Order());
        Assert.Equal(["owner.jpg", "twin.jpg"], await db.Pictures.Select(p => p.File).Order().ToListAsync());
        foreach (var stays in new[] { owner, twin })
            Assert.NotNull(await _pictureProcessor.RenderAsync(stays, new Rendition(stays.Key, Crop.Full, 320, "jpg")));
        Assert.NotEmpty(same.File);
    }

    [Fact]
    public async Task Only_what_stood_there_before_may_go_and_the_picture_stays()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        var picture = await ReadyAsync(db, "boats.jpg", 1);
        await Assert.ThrowsAsync<RefusedException>(
            () => db.RemovePictureAsync(_pictureProcessor, picture, onlyEarlier: true, "x", Copy.Editor, Copy.Noon));
        var (first, hash) = (picture.Key, picture.Hash);
        await db.ReplacePictureAsync(_pictureProcessor, picture, Bytes(2), Copy.Editor, Copy.Noon);

        await db.RemovePictureAsync(_pictureProcessor, picture, onlyEarlier: true, "The agency asked.", Copy.Editor, Copy.Noon);

        Assert.True(await _pictureProcessor.IsRemovedAsync(first));
        Assert.DoesNotContain(_media.Paths, p => p.EndsWith(hash, StringComparison.Ordinal));
        Assert.NotNull(await _pictureProcessor.RenderAsync(picture, new Rendition(picture.Key, Crop.Full, 320, "jpg")));
        Assert.Equal("boats.jpg", (await db.Pictures.SingleAsync()).File);
    }

    [Fact]
    public async Task A_removal_that_was_cut_short_is_finished_or_given_up()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        var (done, open) = (await ReadyAsync(db, "done.jpg", 1), await ReadyAsync(db, "open.jpg", 2));
        foreach (var picture in new[] { done, open })
            Assert.NotNull(await _pictureProcessor.RenderAsync(picture, new Rendition(picture.Key, Crop.Full, 320, "jpg")));
        foreach (var picture in new[] { done, open })
            await _pictureProcessor.MarkRemovedAsync(
                await db.RemovalOfAsync(_pictureProcessor, picture, onlyEarlier: false), "x", "y", Copy.Noon);
        db.Pictures.Remove(done);
        await db.SaveChangesAsync();

        await _pictureProcessor.FinishRemovalsAsync(hash => db.Pictures.AnyAsync(p => p.Hash == hash));

        Assert.DoesNotContain(_media.Paths, p => p.Contains(done.Key, StringComparison.Ordinal)
            && p.StartsWith("renditions/", StringComparison.Ordinal) || p == $"originals/{done.Hash[..2]}/{done.Hash}");
        Assert.True(await _pictureProcessor.IsRemovedAsync(done.Key));
        Assert.False(await _pictureProcessor.IsRemovedAsync(open.Key));
        Assert.NotNull(
            await _pictureProcessor.RenderAsync(open, new Rendition(open.Key, Crop.Full, 480 > open.Width ? open.Width : 320, "webp")));
    }

    [Theory]
    [InlineData("![](a.jpg)", "")]
    [InlineData("One.\n\n![x](a.jpg \"y\")\n\nTwo.", "One.\n\nTwo.")]
    [InlineData("One ![x](a.jpg) two.", "One  two.")]
    [InlineData("> ![](a.jpg)\n\nEnd", "> \n\nEnd")]
    [InlineData("One.\n\n![](a.jpg#wide \"y\")\n\nTwo.", "One.\n\nTwo.")]
    [InlineData("x <img src=a.jpg#full> y", "x  y")]
    [InlineData("![](a.jpg#huge)", "![](a.jpg#huge)")]
    [InlineData("![](b.jpg) ![](aa.jpg) a.jpg", "![](b.jpg) ![](aa.jpg) a.jpg")]
    [InlineData("`![](a.jpg)`", "`![](a.jpg)`")]
    [InlineData("x <img alt=\"q\" src=\"a.jpg\"> y", "x  y")]
    [InlineData("![x][p]\n\n[p]: a.jpg\n", "\n[p]: a.jpg\n")]
    public void A_text_loses_the_picture_and_nothing_else(string before, string after)
    {
        var without = PictureMentions.Without(before, ["a.jpg"]);
        Assert.Equal(after.Trim(), without.Trim());
        Assert.Equal(without, PictureMentions.Without(without, ["a.jpg"]));
    }

    private async Task<Picture> ReadyAsync(NewsDb db, string name, int kind)
    {
        var picture = await db.TakeInAsync(_pictureProcessor, name, Bytes(kind), Copy.Editor, Copy.Noon);
        await db.DescribePictureAsync(
            _pictureProcessor, picture, new PictureDescription("Alt", null, "A. Osei", null, null, 0.5, 0.5), Copy.Editor, Copy.Noon);
        return picture;
    }

    private static byte[] Bytes(int kind) => Files.Noise("jpg", 400, 300 + kind);

    private static async Task<Story> StoryAsync(NewsDb db, Copy copy, string headline, string body, Picture picture)
    {
        var story = new Story(copy.Text(headline, body) with { Picture = picture.Use() }, db.RenderBody(body), Copy.Editor, Copy.Noon);
        copy.Publish(story);
        db.Add(story);
        await db.SaveChangesAsync();
        return story;
    }
}
