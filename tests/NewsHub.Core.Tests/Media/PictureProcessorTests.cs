using NetVips;
using NewsHub.Core.Media;

namespace NewsHub.Core.Tests.Media;

public sealed class PictureProcessorTests : IDisposable
{
    private readonly MemoryMedia _media = new();
    private readonly PictureProcessor _pictureProcessor;

    public PictureProcessorTests() => _pictureProcessor = new PictureProcessor(_media);

    public void Dispose() => _pictureProcessor.Dispose();

    [Theory]
    [InlineData("avif", "heifload_buffer")]
    [InlineData("webp", "webpload_buffer")]
    [InlineData("jpg", "jpegload_buffer")]
    public async Task A_rendition_has_the_format_and_width_that_were_asked(string format, string loader)
    {
        var picture = await HoldAsync(Halves(1000, 500).JpegsaveBuffer());
        Assert.Equal(("image/jpeg", 1000, 500), (picture.ContentType, picture.Width, picture.Height));
        var bytes = (await _pictureProcessor.RenderAsync(picture, new Rendition(picture.Key, Crop.Full, 320, format)))!;
        using var image = Image.NewFromBuffer(bytes);
        Assert.Equal((320, 160), (image.Width, image.Height));
        Assert.Equal(loader, image.Get("vips-loader"));
    }

    [Fact]
    public async Task A_rendition_and_a_card_that_the_disk_does_not_take_are_shown_all_the_same()
    {
        var full = new FullDisk(_media);
        using var pictureProcessor = new PictureProcessor(full);
        var picture = await HoldAsync(Halves(1000, 500).JpegsaveBuffer());
        full.IsFull = true;
        foreach (var format in Rendition.Formats)
        {
            var rendition = new Rendition(picture.Key, Crop.Full, 320, format);
            var bytes = await pictureProcessor.RenderAsync(picture, rendition);
            Assert.NotNull(bytes);
            // The next reader has it from memory.
            Assert.Same(bytes, await pictureProcessor.FindAsync(rendition));
            Assert.Null(await _pictureProcessor.FindAsync(rendition));
        }
        var card = new ShareCard("The Lantern", "News", "Harbour", "A headline");
        Assert.Same(await pictureProcessor.RenderAsync(card), await pictureProcessor.RenderAsync(card));
        // A new original is another matter: it is nowhere else.
        await Assert.ThrowsAsync<IOException>(
            () => pictureProcessor.TakeInAsync(new Picture("new.jpg"), Halves(300, 100).JpegsaveBuffer()));
    }

    /// <summary>Gives what was kept, and keeps nothing more.</summary>
    private sealed class FullDisk(IMediaStore store) : IMediaStore
    {
        public bool IsFull { get; set; }

        public Task SaveAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancel = default) =>
            IsFull
                ? throw new IOException("No space left on device", OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28)
                : store.SaveAsync(path, bytes, cancel);

        public Task<byte[]?> ReadAsync(string path, CancellationToken cancel = default) => store.ReadAsync(path, cancel);
        public Task<Stream?> OpenAsync(string path, CancellationToken cancel = default) => store.OpenAsync(path, cancel);
        public Task<bool> HasAsync(string path, CancellationToken cancel = default) => store.HasAsync(path, cancel);
        public Task<IReadOnlyList<string>> ListAsync(string folder, CancellationToken cancel = default) => store.ListAsync(folder, cancel);
        public Task<IReadOnlyList<MediaFile>> ListBelowAsync(string folder, CancellationToken cancel = default) =>
            store.ListBelowAsync(folder, cancel);
        public Task DeleteAsync(string path, CancellationToken cancel = default) => store.DeleteAsync(path, cancel);
    }

    [Theory]
    [InlineData(0.0, 250, 0)]
    [InlineData(1.0, 0, 250)]
    public async Task A_card_is_cut_around_the_focus(double focus, int red, int blue)
    {
        var picture = await HoldAsync(Halves(1200, 400).JpegsaveBuffer(q: 95), focusX: focus);
        using var image = Image.NewFromBuffer(
            (await _pictureProcessor.RenderAsync(picture, new Rendition(picture.Key, Crop.Card, 600, "jpg")))!);
        Assert.Equal((600, 400), (image.Width, image.Height));
        var colour = image[300, 200];
        Assert.InRange(colour[0], red - 20, red + 20);
        Assert.InRange(colour[2], blue - 20, blue + 20);
    }

    [Fact]
    public async Task A_picture_on_its_side_is_put_upright_and_its_place_is_forgotten()
    {
        using var sideways = Halves(400, 200).Mutate(m =>
        {
            m.Set(GValue.GIntType, "orientation", 6);
            m.Set(GValue.GStrType, "exif-ifd3-GPSLatitude", "6/1 27/1 0/1");
            m.Set(GValue.GStrType, "exif-ifd0-Make", "Camera");
        });
        var original = sideways.JpegsaveBuffer();
        using (var check = Image.NewFromBuffer(original)) Assert.Contains("exif-ifd3-GPSLatitude", check.GetFields());
        var picture = await HoldAsync(original);
        Assert.Equal((200, 400), (picture.Width, picture.Height));
        foreach (var format in Rendition.Formats)
        {
            using var image = Image.NewFromBuffer(
                (await _pictureProcessor.RenderAsync(picture, new Rendition(picture.Key, Crop.Full, 200, format)))!);
            Assert.Equal((200, 400), (image.Width, image.Height));
            Assert.DoesNotContain(image.GetFields(), f => f.StartsWith("exif", StringComparison.Ordinal)
                || f.StartsWith("xmp", StringComparison.Ordinal)
                || f.StartsWith("iptc", StringComparison.Ordinal));
            Assert.True(image[100, 20][0] > 200, format);
        }
    }

    [Fact]
    public async Task Twenty_readers_at_once_have_one_rendition_made()
    {
        var picture = await HoldAsync(Halves(800, 600).JpegsaveBuffer());
        _media.Saves.Clear();
        var rendition = new Rendition(picture.Key, Crop.Full, 640, "webp");
        var all = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Task.Run(() => _pictureProcessor.RenderAsync(picture, rendition))));
        Assert.All(all, b => Assert.Equal(all[0], b));
        Assert.Single(_media.Saves);
        Assert.Equal(all[0], await _pictureProcessor.FindAsync(rendition));
    }

    [Fact]
    public async Task A_width_that_is_not_offered_is_not_made()
    {
        var picture = await HoldAsync(Halves(500, 400).JpegsaveBuffer());
        foreach (var width in new[] { 1, 321, 501, 640, 100000 })
            Assert.Null(await _pictureProcessor.RenderAsync(picture, new Rendition(picture.Key, Crop.Full, width, "jpg")));
        Assert.NotNull(await _pictureProcessor.RenderAsync(picture, new Rendition(picture.Key, Crop.Full, 500, "jpg")));
    }

    [Fact]
    public async Task Grey_deep_and_see_through_pictures_come_out_in_colour_on_paper()
    {
        using var grey = (Image.Black(400, 300) + 128).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Bw);
        using var clear = Image.Black(400, 300).Cast(Enums.BandFormat.Uchar);
        using var greyClear = grey.Bandjoin(clear);
        using var deep = (Image.Black(400, 300, bands: 3) + 32768)
            .Cast(Enums.BandFormat.Ushort)
            .Copy(interpretation: Enums.Interpretation.Rgb16);
        using var deepClear = deep.Bandjoin(clear.Cast(Enums.BandFormat.Ushort));
        foreach (var (image, expected) in new[] { (grey, 128), (greyClear, 250), (deep, 128), (deepClear, 250) })
        {
            var picture = await HoldAsync(image.PngsaveBuffer());
            using var print = Image.NewFromBuffer(
                (await _pictureProcessor.RenderAsync(picture, new Rendition(picture.Key, Crop.Full, 320, "jpg")))!);
            Assert.InRange(print[10, 10][1], expected - 4, expected + 4);
            Assert.Equal(3, print.Bands);
        }
    }

    [Fact]
    public async Task An_svg_becomes_pixels()
    {
        var svg = """
            <svg xmlns='http://www.w3.org/2000/svg' width='640' height='480'>
              <style>rect { stroke: url(#none) }</style>
              <rect width='640' height='480' fill='red'/>
            </svg>
            """u8.ToArray();
        var picture = await HoldAsync(svg);
        Assert.Equal(("image/svg+xml", 640, 480), (picture.ContentType, picture.Width, picture.Height));
        using var image = Image.NewFromBuffer(
            (await _pictureProcessor.RenderAsync(picture, new Rendition(picture.Key, Crop.Full, 320, "jpg")))!);
        Assert.Equal(320, image.Width);
    }

    public static TheoryData<string> Bad() =>
        ["empty", "garbage", "text", "torn gif", "torn jpeg", "torn png", "torn webp", "50 megapixels", "svg of 50 megapixels"];

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task What_is_no_picture_for_the_paper_is_refused_with_a_reason(string what)
    {
        using var noise = Image.Gaussnoise(400, 400, sigma: 50, mean: 128).Cast(Enums.BandFormat.Uchar);
        var bytes = what switch
        {
            "empty" => [],
            "garbage" => Enumerable.Range(0, 5000).Select(i => (byte)(i * 37)).ToArray(),
            "text" => "<html><script>alert(1)</script></html>"u8.ToArray(),
            "torn gif" => [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44],
            "torn jpeg" => Half(noise.JpegsaveBuffer()),
            "torn png" => Half(noise.PngsaveBuffer()),
            "torn webp" => Half(noise.WebpsaveBuffer()),
            "50 megapixels" => Image.Black(10_000, 5_001).PngsaveBuffer(),
            _ => "<svg xmlns='http://www.w3.org/2000/svg' width='10000' height='5001'/>"u8.ToArray(),
        };
        var picture = new Picture("x.jpg");
        var refused = await Assert.ThrowsAsync<InvalidPictureException>(() => _pictureProcessor.TakeInAsync(picture, bytes));
        Assert.NotEmpty(refused.Message);
        if (what.Contains("megapixels", StringComparison.Ordinal)) Assert.Equal("has more than 50 megapixels", refused.Message);
        Assert.Equal("", picture.Hash);
        Assert.Empty(_media.Saves);
    }

    [Trait("Needs", "time")]
    [Fact]
    public async Task A_picture_taller_than_a_format_can_hold_is_made_as_wide_as_it_can_be()
    {
        using var column = (Image.Black(500, 20_000, bands: 3) + 128)
            .Cast(Enums.BandFormat.Uchar)
            .Copy(interpretation: Enums.Interpretation.Srgb);
        var picture = await HoldAsync(column.PngsaveBuffer());
        Assert.Equal([320, 409], Rendition.Widths(Crop.Full, 500, 20_000, "webp"));
        Assert.Equal([320, 480, 500], Rendition.Widths(Crop.Full, 500, 20_000));
        foreach (var format in Rendition.Formats)
        {
            // The widths that pages name, and those that they named before formats had a limit.
            foreach (var width in Rendition.Widths(Crop.Full, 500, 20_000, format).Append(500).Distinct())
            {
                using var image = Image.NewFromBuffer(
                    (await _pictureProcessor.RenderAsync(picture, new Rendition(picture.Key, Crop.Full, width, format)))!);
                Assert.Equal(Math.Min(width, format == "jpg" ? 500 : 409), image.Width);
                Assert.InRange(image.Height, 12_800, format == "jpg" ? 20_000 : 16_383);
            }
            Assert.Null(await _pictureProcessor.RenderAsync(picture, new Rendition(picture.Key, Crop.Full, 410, format)));
            Assert.NotNull(await _pictureProcessor.RenderAsync(picture, new Rendition(picture.Key, Crop.Card, 500, format)));
        }
    }

    [Fact]
    public async Task Pictures_of_odd_sizes_have_every_rendition_that_their_pages_name()
    {
        foreach (var (width, height) in new[] { (1, 1), (2, 3), (1, 900), (900, 1), (17, 33), (3000, 7), (7, 3000), (321, 320), (1601, 4) })
        {
            using var plain = (Image.Black(width, height, bands: 3) + 128)
                .Cast(Enums.BandFormat.Uchar)
                .Copy(interpretation: Enums.Interpretation.Srgb);
            var picture = await HoldAsync(plain.PngsaveBuffer());
            foreach (var crop in new[] { Crop.Full, Crop.Card })
                foreach (var format in Rendition.Formats)
                    foreach (var wide in Rendition.Widths(crop, width, height, format))
                    {
                        var bytes = await _pictureProcessor.RenderAsync(picture, new Rendition(picture.Key, crop, wide, format));
                        Assert.True(bytes is not null, $"{width} × {height}: {crop} {wide} {format}");
                        using var image = Image.NewFromBuffer(bytes);
                        Assert.Equal(wide, image.Width);
                    }
        }
    }

    [Fact]
    public async Task Nothing_of_an_original_is_read_before_its_turn()
    {
        var picture = await HoldAsync(Halves(800, 600).JpegsaveBuffer());
        var before = _media.Opens.Count;
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _pictureProcessor.RenderAsync(picture, new Rendition(picture.Key, Crop.Full, 320, "jpg"), cancel: cancelled.Token));
        Assert.Equal(before, _media.Opens.Count);
        Assert.NotNull(await _pictureProcessor.RenderAsync(
            picture, new Rendition(picture.Key, Crop.Full, 320, "jpg"), cancel: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_usual_widths_are_among_those_that_pages_name_and_are_made_once()
    {
        var picture = await HoldAsync(Halves(700, 500).JpegsaveBuffer());
        foreach (var rendition in Rendition.Common(picture))
        {
            Assert.Contains(rendition.Width, Rendition.Widths(rendition.Crop, 700, 500, rendition.Format));
            Assert.True(await _pictureProcessor.RenderAheadAsync(picture, rendition, TestContext.Current.CancellationToken));
            Assert.NotNull(await _pictureProcessor.FindAsync(rendition));
            Assert.False(await _pictureProcessor.RenderAheadAsync(picture, rendition, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_rehearsal_keeps_nothing()
    {
        var picture = new Picture("x.jpg");
        await _pictureProcessor.TakeInAsync(picture, Halves(100, 100).JpegsaveBuffer(), keep: false);
        Assert.Equal(100, picture.Width);
        Assert.Empty(_media.Saves);
    }

    [Fact]
    public async Task The_address_changes_with_the_bytes_and_the_focus_and_with_nothing_else()
    {
        var bytes = Halves(100, 100).JpegsaveBuffer();
        var (one, two, other) = (await HoldAsync(bytes), await HoldAsync(bytes), await HoldAsync(Halves(101, 100).JpegsaveBuffer()));
        Assert.Equal(one.Key, two.Key);
        Assert.NotEqual(one.Key, other.Key);
        two.Describe(new PictureDescription("Other alt", "c", "credit", null, null, 0.5, 0.5));
        Assert.Equal(one.Key, two.Key);
        two.Describe(new PictureDescription("Other alt", "c", "credit", null, null, 0.2, 0.5));
        Assert.NotEqual(one.Key, two.Key);
        Assert.Matches("^[0-9a-f]{20}$", one.Key);
    }

    [Fact]
    public async Task A_cropped_picture_is_that_part_in_every_format_and_its_former_address_still_names_the_whole()
    {
        var picture = await HoldAsync(Halves(1000, 500).JpegsaveBuffer());
        var (whole, remember) = (picture.Key, _pictureProcessor.Remember(picture));
        picture.Describe(new PictureDescription("Halves", null, "A. Osei", null, null, Area: new CropArea(400, 100, 300, 300)));
        await remember();
        Assert.Equal((300, 300, 1000, 500), (picture.Width, picture.Height, picture.OriginalWidth, picture.OriginalHeight));
        foreach (var format in Rendition.Formats)
        {
            using var print = Image.NewFromBuffer(
                (await _pictureProcessor.RenderAsync(picture, new Rendition(picture.Key, Crop.Full, 300, format)))!);
            Assert.Equal((300, 300), (print.Width, print.Height));
            // The whole turns from red to blue at 500, the part at 100.
            Assert.True(print[90, 150][0] > 200 && print[110, 150][2] > 200);
        }
        using var card = Image.NewFromBuffer(
            (await _pictureProcessor.RenderAsync(picture, new Rendition(picture.Key, Crop.Card, 300, "jpg")))!);
        Assert.Equal((300, 200), (card.Width, card.Height));
        using var all = Image.NewFromBuffer((await _pictureProcessor.RenderWholeAsync(picture))!);
        Assert.Equal((1000, 500), (all.Width, all.Height));
        Assert.NotEqual(whole, picture.Key);
        using var former = Image.NewFromBuffer(
            (await _pictureProcessor.RenderFormerAsync(new Rendition(whole, Crop.Full, 640, "jpg")))!);
        Assert.Equal((640, 320), (former.Width, former.Height));

        picture.Describe(new PictureDescription("Halves", null, "A. Osei", null, null, Area: picture.Whole));
        Assert.Equal(whole, picture.Key);
    }

    [Theory]
    [InlineData(0, 0, 1000, 500, true)]
    [InlineData(984, 484, 16, 16, true)]
    [InlineData(985, 0, 16, 16, false)]
    [InlineData(0, 0, 15, 500, false)]
    [InlineData(-1, 0, 100, 100, false)]
    [InlineData(0, 0, 100, 501, false)]
    [InlineData(int.MaxValue, 0, int.MaxValue, 100, false)]
    [InlineData(2, 0, int.MaxValue, 100, false)]
    public void A_crop_lies_within_the_original(int left, int top, int width, int height, bool isWithin)
    {
        Assert.Equal(isWithin, new CropArea(left, top, width, height).IsWithin(1000, 500));
        var picture = new Picture("x.jpg");
        picture.Hold("hash", "image/jpeg", 1000, 500);
        var said = new PictureDescription("a", null, "c", null, null, Area: new CropArea(left, top, width, height));
        if (isWithin) picture.Describe(said);
        else Assert.Throws<ArgumentException>(() => picture.Describe(said));
    }

    [Theory]
    [InlineData("gif")]
    [InlineData("webp")]
    public async Task Where_the_paper_prints_animations_a_short_one_moves_whole_or_cropped_for_five_seconds(string format)
    {
        var picture = new Picture("x");
        Assert.Empty(await _pictureProcessor.TakeInAsync(picture, Files.Moving(format), animate: true));
        Assert.True(picture.IsAnimated);
        await FramesAsync(300, 200);

        picture.Describe(new PictureDescription("Red, then blue", null, "A. Osei", null, null, Area: new CropArea(100, 50, 120, 90)));
        await FramesAsync(120, 90);
        var still = await HoldAsync(Halves(300, 200).JpegsaveBuffer());
        Assert.Null(await _pictureProcessor.RenderAsync(still, new Rendition(still.Key, Crop.Animated, 300, "webp")));

        // The same file comes in again as a still one, where the setting has changed.
        await _pictureProcessor.TakeInAsync(picture, Files.Moving(format));
        Assert.Equal((false, 120), (picture.IsAnimated, picture.Width));

        async Task FramesAsync(int width, int height)
        {
            var bytes = (await _pictureProcessor.RenderAsync(picture, new Rendition(picture.Key, Crop.Animated, width, "webp")))!;
            using var frames = Image.NewFromBuffer(bytes, "n=-1");
            Assert.Equal((width, height, height * 2), (frames.Width, frames.PageHeight, frames.Height));
            Assert.True(frames[5, 5][0] > 200 && frames[5, height + 5][2] > 200);
            // Two frames of a tenth of a second.
            Assert.Equal(25, frames.Get("loop"));
        }
    }

    [Fact]
    public async Task An_animation_of_more_than_five_seconds_stands_still_and_that_is_said()
    {
        var picture = new Picture("x");
        var said = Assert.Single(await _pictureProcessor.TakeInAsync(picture, Files.Moving("gif", delay: 2600), animate: true));
        Assert.StartsWith("It moves for longer than five seconds", said, StringComparison.Ordinal);
        Assert.False(picture.IsAnimated);
    }

    [Fact]
    public void Only_a_whole_picture_moves_and_only_for_readers_who_do_not_ask_for_less_motion()
    {
        var use = new PictureUse("0123456789abcdef0123", "x.gif", 300, 200, "Red, then blue", null, "A. Osei");
        Assert.DoesNotContain("animated", PictureHtml.Write(use, Crop.Full, "100vw"), StringComparison.Ordinal);
        Assert.DoesNotContain("animated", PictureHtml.Write(use with { IsAnimated = true }, Crop.Card, "100vw"), StringComparison.Ordinal);
        Assert.StartsWith(
            "<picture><source media=\"(prefers-reduced-motion: no-preference)\" type=\"image/webp\" "
            + "srcset=\"/media/0123456789abcdef0123/animated-300.webp 300w\" sizes=\"100vw\"><source type=\"image/avif\"",
            PictureHtml.Write(use with { IsAnimated = true }, Crop.Full, "100vw"), StringComparison.Ordinal);
    }

    private async Task<Picture> HoldAsync(byte[] original, double focusX = 0.5)
    {
        var picture = new Picture("x.jpg");
        picture.Describe(new PictureDescription("Halves", null, "A. Osei", null, null, focusX, 0.5));
        await _pictureProcessor.TakeInAsync(picture, original);
        return picture;
    }

    /// <summary>Red on the left, blue on the right.</summary>
    private static Image Halves(int width, int height)
    {
        using var red = (Image.Black(width / 2, height, bands: 3) + new double[] { 250, 0, 0 }).Cast(Enums.BandFormat.Uchar);
        using var blue = (Image.Black(width - width / 2, height, bands: 3) + new double[] { 0, 0, 250 }).Cast(Enums.BandFormat.Uchar);
        return red.Join(blue, Enums.Direction.Horizontal).Copy(interpretation: Enums.Interpretation.Srgb);
    }

    private static byte[] Half(byte[] bytes) => bytes[..(bytes.Length / 2)];
}
