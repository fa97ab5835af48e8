using Microsoft.EntityFrameworkCore;
using NetVips;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Pictures;
using NewsHub.Core.Staff;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;
using NewsHub.Core.Tests.Media;

namespace NewsHub.Core.Tests.Pictures;

public sealed class LibraryTests : IDisposable
{
    private readonly MemoryMedia _media = new();
    private readonly PictureProcessor _pictureProcessor;

    public LibraryTests() => _pictureProcessor = new PictureProcessor(_media);

    public void Dispose() => _pictureProcessor.Dispose();

    [Theory]
    [InlineData("Harbour at Dawn.JPEG", "harbour-at-dawn.jpg")]
    [InlineData("C:\\Photos\\IMG_0042.png", "img-0042.jpg")]
    [InlineData("../../etc/passwd", "passwd.jpg")]
    [InlineData("港.jpg", "picture.jpg")]
    [InlineData("été à Ọyọ́.jpg", "ete-a-oyo.jpg")]
    [InlineData("", "picture.jpg")]
    public async Task A_picture_is_named_after_its_file_with_the_ending_of_what_it_is(string sent, string kept)
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        Assert.Equal(kept, (await db.TakeInAsync(_pictureProcessor, sent, Shot(0), Copy.Editor, Copy.Noon)).File);
        Assert.Equal(kept.Replace(".", "-2.", StringComparison.Ordinal),
            (await db.TakeInAsync(_pictureProcessor, sent, Shot(0), Copy.Editor, Copy.Noon)).File);
    }

    [Fact]
    public async Task It_is_used_where_the_newest_or_the_live_text_prints_it()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        var copy = await Copy.SetAsync(db);
        var (picture, idle) = (await ReadyAsync(db), await ReadyAsync(db));
        var lead = copy.Draft("Lead");
        lead.Save(copy.Text("Lead") with { Picture = picture.Use() }, new RenderedBody("<p>x</p>", 1, []), Copy.Editor, Copy.Noon);
        var body = Live(copy, "Body", picture);
        var gone = Copy.New(copy.Text("Gone") with { Picture = picture.Use() });
        gone.Save(copy.Text("Gone"), new RenderedBody("<p>x</p>", 1, []), Copy.Editor, Copy.Noon);
        db.AddRange(lead, body, gone);
        await db.SaveChangesAsync();

        var places = await db.PlacesOfAsync(picture);

        Assert.Equal([("Body", false, true, true), ("Lead", true, false, false)],
            places.OrderBy(p => p.Headline).Select(p => (p.Headline, p.IsLead, p.IsBody, p.IsLive)));
        Assert.Empty(await db.PlacesOfAsync(idle));
        Assert.Equal([picture.File], await db.PrintedAsync());
    }

    [Fact]
    public async Task A_slot_of_a_front_prints_its_picture_as_it_is_now_and_loses_one_that_is_removed()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        var copy = await Copy.SetAsync(db);
        var picture = await ReadyAsync(db);
        var story = copy.Live("On the front", Copy.Noon);
        db.Add(story);
        await db.SaveChangesAsync();
        var edition = new Edition(1, new DateOnly(2025, 7, 1), "One");
        edition.Compose([(SlotKind.Lead, story.Id)]);
        edition.PrintSlot(story.Id, null, picture.Use(alt: "What it shows here"), Copy.Editor, Copy.Noon);
        db.Add(edition);
        await db.SaveChangesAsync();
        Assert.Equal([picture.File], await db.PrintedAsync());

        await db.ReplacePictureAsync(_pictureProcessor, picture, Shot(200), Copy.Editor, Copy.Noon);
        db.ChangeTracker.Clear();
        var slot = await db.FrontSlots.AsNoTracking().SingleAsync();
        Assert.Equal((picture.Key, "What it shows here"), (slot.Picture!.Key, slot.Picture.Alt));
        Assert.Contains(Topic.Edition(edition.Id), (await db.Events.OrderBy(e => e.Id).LastAsync()).Topics);

        await db.RemovePictureAsync(_pictureProcessor, await db.Pictures.SingleAsync(), false, "No rights.", Copy.Editor, Copy.Noon);
        Assert.Null((await db.FrontSlots.AsNoTracking().SingleAsync()).Picture);
    }

    [Fact]
    public async Task Another_file_in_its_place_is_printed_by_every_text_and_the_log_has_both()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        var copy = await Copy.SetAsync(db);
        var picture = await ReadyAsync(db);
        var story = Live(copy, "Body", picture);
        db.Add(story);
        await db.SaveChangesAsync();
        var old = picture.Use();

        await db.ReplacePictureAsync(_pictureProcessor, picture, Shot(200), Copy.Editor, Copy.Noon);

        Assert.NotEqual(old.Key, picture.Key);
        Assert.Equal(old.File, picture.File);
        db.ChangeTracker.Clear();
        var text = await db.Revisions.SingleAsync();
        Assert.Contains(picture.Key, text.BodyHtml, StringComparison.Ordinal);
        Assert.DoesNotContain(old.Key, text.BodyHtml, StringComparison.Ordinal);
        var line = await db.Events.OrderBy(e => e.Id).LastAsync();
        Assert.Equal((Act.ChangePicture, $"picture:{picture.File}", "replaced"), (line.Act, line.Subject.ToString(), line.Note));
        Assert.NotEqual(line.Before, line.After);
        Assert.Superset(new HashSet<Topic>
        {
            Topic.Story(story.Id), Topic.Latest, Topic.List(ListOf.Author, copy.Ada.Id),
            Topic.List(ListOf.Section, copy.Technology.Id.Value),
        }, line.Topics.ToHashSet());
        Assert.NotNull(await _pictureProcessor.RenderFormerAsync(new Rendition(old.Key, Crop.Full, 320, "jpg")));
    }

    [Fact]
    public async Task A_new_credit_is_printed_anew_and_a_caption_that_a_story_gave_it_stays()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        var copy = await Copy.SetAsync(db);
        var picture = await ReadyAsync(db);
        var story = Copy.New(copy.Text() with { Picture = picture.Use("Its own words") });
        db.Add(story);
        await db.SaveChangesAsync();

        await db.DescribePictureAsync(
            _pictureProcessor, picture, new PictureDescription("Grey", "Another caption", "B. Mensah", null, null, 0.5, 0.5), Copy.Editor,
            Copy.Noon);

        db.ChangeTracker.Clear();
        var use = (await db.Revisions.SingleAsync()).Text.Picture!;
        Assert.Equal(("Its own words", "B. Mensah", picture.Key), (use.Caption, use.Credit, use.Key));
        Assert.Empty((await db.Events.OrderBy(e => e.Id).LastAsync()).Topics);
        await Assert.ThrowsAsync<RefusedException>(() => db.DescribePictureAsync(
            _pictureProcessor, picture, new PictureDescription("", null, "B. Mensah", null, null, 0.5, 0.5), Copy.Editor, Copy.Noon));
    }

    [Fact]
    public async Task A_crop_is_printed_by_every_text_and_told_in_the_log_and_another_file_is_printed_whole()
    {
        await using var store = await TestStore.OpenAsync();
        await using var db = store.Db();
        var copy = await Copy.SetAsync(db);
        var picture = await ReadyAsync(db);
        db.Add(Live(copy, "Body", picture));
        await db.SaveChangesAsync();

        await db.DescribePictureAsync(
            _pictureProcessor, picture,
            new PictureDescription("Grey", "Its caption", "A. Osei", null, null, 0.5, 0.5, new CropArea(10, 20, 200, 100)), Copy.Editor,
            Copy.Noon);
        Assert.Contains($"/media/{picture.Key}/full-200.jpg", (await db.Revisions.SingleAsync()).BodyHtml, StringComparison.Ordinal);
        var line = await db.Events.OrderBy(e => e.Id).LastAsync();
        Assert.Contains("crop: 200 × 100 from 10, 20", line.After, StringComparison.Ordinal);
        Assert.DoesNotContain("crop:", line.Before, StringComparison.Ordinal);

        // Words alone leave the crop as it is.
        await db.DescribePictureAsync(
            _pictureProcessor, picture, new PictureDescription("Greyer", "Its caption", "A. Osei", null, null), Copy.Editor, Copy.Noon);
        Assert.True(picture.IsCropped);
        await db.ReplacePictureAsync(_pictureProcessor, picture, Shot(200), Copy.Editor, Copy.Noon);
        Assert.Equal((false, 400, 300), (picture.IsCropped, picture.Width, picture.Height));
    }

    [Fact]
    public void A_point_stays_where_it_is_in_the_picture_when_the_crop_changes()
    {
        var (whole, part) = (new CropArea(0, 0, 1000, 500), new CropArea(400, 100, 300, 200));
        Assert.Equal((0.5, 0.5), part.PointFrom(whole, 0.55, 0.4));
        Assert.Equal((0.55, 0.4), whole.PointFrom(part, 0.5, 0.5));
        Assert.Equal((0d, 1d), part.PointFrom(whole, 0.1, 0.9));
    }

    [Fact]
    public void A_reporter_may_put_right_what_they_brought_until_readers_see_it()
    {
        var (reporter, editor) = (new StaffMember("r@example.org", "Rita", Role.Reporter, Copy.Noon),
            new StaffMember("e@example.org", "Ed", Role.Editor, Copy.Noon));
        var (own, other) = (new Picture("a.jpg"), new Picture("b.jpg"));
        own.Bring(reporter.Actor, Copy.Noon);
        Assert.True(reporter.May(Act.ChangePicture, own, isLive: false));
        Assert.False(reporter.May(Act.ChangePicture, own, isLive: true));
        Assert.False(reporter.May(Act.ChangePicture, other, isLive: false));
        Assert.True(editor.May(Act.ChangePicture, other, isLive: true));
        reporter.Close(Copy.Noon);
        Assert.False(reporter.May(Act.ChangePicture, own, isLive: false));
    }

    private async Task<Picture> ReadyAsync(NewsDb db)
    {
        var picture = await db.TakeInAsync(_pictureProcessor, "boats.jpg", Shot(_media.Saves.Count), Copy.Editor, Copy.Noon);
        await db.DescribePictureAsync(
            _pictureProcessor, picture, new PictureDescription("Grey", "Its caption", "A. Osei", null, null, 0.5, 0.5), Copy.Editor,
            Copy.Noon);
        return picture;
    }

    private static Story Live(Copy copy, string headline, Picture picture)
    {
        var body = $"One.\n\n![]({picture.File})\n";
        var story = new Story(copy.Text(headline, body), HouseMarkdown.Render(body, _ => picture.Use()), Copy.Editor, Copy.Noon);
        copy.Publish(story);
        return story;
    }

    private static byte[] Shot(int grey)
    {
        using var plain = (Image.Black(400, 300, bands: 3) + grey)
            .Cast(Enums.BandFormat.Uchar)
            .Copy(interpretation: Enums.Interpretation.Srgb);
        return plain.JpegsaveBuffer();
    }
}
