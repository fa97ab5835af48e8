using NetVips;
using NewsHub.Core.Media;

namespace NewsHub.Core.Tests.Media;

/// <summary>Files that are more than a picture, and pictures that are less usual than most.</summary>
public sealed class WholeFileTests : IDisposable
{
    private readonly MemoryMedia _media = new();
    private readonly Darkroom _darkroom;

    public WholeFileTests() => _darkroom = new Darkroom(_media);

    public void Dispose() => _darkroom.Dispose();

    [Theory]
    [InlineData("jpg")]
    [InlineData("png")]
    [InlineData("webp")]
    public async Task A_picture_with_a_page_or_an_archive_behind_it_is_refused(string format)
    {
        var picture = Noise(format);
        foreach (var tail in new[] { "<html><script>alert(1)</script></html>"u8.ToArray(), [(byte)'P', (byte)'K', 3, 4, .. new byte[60]], "#!/bin/sh\nexit\n"u8.ToArray() })
        {
            var refused = await Assert.ThrowsAsync<InvalidPictureException>(() => _darkroom.HoldAsync(new Picture("x"), [.. picture, .. tail]));
            Assert.Contains($"{tail.Length} bytes behind the picture's end", refused.Message, StringComparison.Ordinal);
        }
        Assert.Empty(_media.Saves);
    }

    [Fact]
    public async Task What_a_phone_lays_behind_its_pictures_is_cut_off_and_not_kept()
    {
        var bytes = Noise("jpg");
        byte[] film = [0, 0, 0, 24, .. "ftypmp42"u8, .. new byte[500]];
        foreach (var tail in new[] { new byte[7], Noise("jpg"), film, [.. "MotionPhoto_Data"u8, .. film, .. "SEFT"u8] })
        {
            var picture = new Picture("x.jpg");
            await _darkroom.HoldAsync(picture, [.. bytes, .. tail]);
            Assert.Equal(bytes, await _darkroom.OriginalAsync(picture));
        }
    }

    [Theory]
    [InlineData("<script>alert(1)</script>", "holds a <script>")]
    [InlineData("<g onclick='alert(1)'/>", "runs a script (onclick)")]
    [InlineData("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>", "holds a <foreignObject>")]
    [InlineData("<image href='https://example.org/spy.png'/>", "refers to something outside")]
    [InlineData("<image xmlns:l='http://www.w3.org/1999/xlink' l:href='file:///etc/passwd'/>", "refers to something outside")]
    [InlineData("<a href='javascript:alert(1)'><rect/></a>", "refers to something outside")]
    [InlineData("<use href='other.svg#x'/>", "refers to something outside")]
    [InlineData("<style>@import 'https://example.org/a.css';</style>", "takes its styles from elsewhere")]
    [InlineData("<rect fill='url(https://example.org/a.svg#b)'/>", "refers to something outside")]
    [InlineData("<rect style='fill:\\75rl(https://example.org/)'/>", "hides something")]
    [InlineData("<a><set attributeName='href' to='javascript:alert(1)'/></a>", "changes an address")]
    [InlineData("<image href='data:text/html,x'/>", "refers to something outside")]
    [InlineData("<x:script xmlns:x='http://www.w3.org/2000/svg'>1</x:script>", "holds a <script>")]
    public async Task A_drawing_that_is_more_than_a_drawing_is_refused(string inside, string reason)
    {
        var refused = await Assert.ThrowsAsync<InvalidPictureException>(() => _darkroom.HoldAsync(new Picture("x.svg"), Svg(inside)));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!DOCTYPE svg [<!ENTITY a 'b'>]>", "", "<!DOCTYPE>")]
    [InlineData("<?xml-stylesheet href='a.css'?>", "", "instruction to programs")]
    [InlineData("", "<script>", "XML")]
    public async Task So_is_one_with_something_before_or_after_it(string before, string after, string reason)
    {
        var svg = System.Text.Encoding.UTF8.GetString(Svg("<rect width='9' height='9'/>"));
        var refused = await Assert.ThrowsAsync<InvalidPictureException>(() => _darkroom.HoldAsync(new Picture("x.svg"), System.Text.Encoding.UTF8.GetBytes(before + svg + after)));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_drawing_may_refer_to_itself_and_hold_pixels()
    {
        var pixels = Convert.ToBase64String(Noise("png"));
        await _darkroom.HoldAsync(new Picture("x.svg"), Svg($"<defs><linearGradient id='a'/></defs><rect fill='url(#a)'/><use href='#a'/><image href='data:image/png;base64,{pixels}'/>"));
    }

    [Fact]
    public async Task A_printers_four_inks_come_out_as_the_colour_they_make()
    {
        using var inks = (Image.Black(400, 300, bands: 4) + new double[] { 0, 255, 255, 0 }).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Cmyk);
        var picture = new Picture("x.jpg");
        await _darkroom.HoldAsync(picture, inks.JpegsaveBuffer(q: 95));
        foreach (var format in Rendition.Formats)
        {
            using var print = Image.NewFromBuffer((await _darkroom.DevelopAsync(picture, new Rendition(picture.Key, Crop.Full, 320, format)))!);
            Assert.Equal(3, print.Bands);
            Assert.True(print[10, 10] is [> 180, < 90, < 90], $"{format}: {string.Join(' ', print[10, 10])}");
        }
    }

    [Fact]
    public async Task Of_a_moving_picture_the_first_moment_is_printed()
    {
        using var one = (Image.Black(300, 200, bands: 3) + new double[] { 250, 0, 0 }).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
        using var two = (Image.Black(300, 200, bands: 3) + new double[] { 0, 0, 250 }).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
        using var film = one.Join(two, Enums.Direction.Vertical).Mutate(m => m.Set(GValue.GIntType, "page-height", 200));
        var picture = new Picture("x.webp");
        await _darkroom.HoldAsync(picture, film.WebpsaveBuffer());
        Assert.Equal((300, 200), (picture.Width, picture.Height));
        using var print = Image.NewFromBuffer((await _darkroom.DevelopAsync(picture, new Rendition(picture.Key, Crop.Full, 300, "jpg")))!);
        Assert.Equal((300, 200), (print.Width, print.Height));
        Assert.True(print[150, 190][0] > 200);
    }

    [Fact]
    public async Task An_address_goes_on_naming_what_it_named_when_the_picture_is_cut_anew()
    {
        var picture = new Picture("x.jpg");
        await _darkroom.HoldAsync(picture, Noise("jpg"));
        var old = new Rendition(picture.Key, Crop.Card, 150, "jpg");
        Assert.Null(await _darkroom.DevelopFormerAsync(old));
        var remember = _darkroom.Remember(picture);
        picture.Describe("Noise", null, "A. Osei", null, null, 0.1, 0.1);
        await remember();
        Assert.NotEqual(old.Key, picture.Key);
        Assert.NotNull(await _darkroom.DevelopFormerAsync(old));
        Assert.Null(await _darkroom.DevelopFormerAsync(old with { Width = 151 }));
    }

    private static byte[] Svg(string inside) => System.Text.Encoding.UTF8.GetBytes($"<svg xmlns='http://www.w3.org/2000/svg' width='40' height='30'>{inside}</svg>");

    private static byte[] Noise(string format)
    {
        using var noise = Image.Gaussnoise(150, 120, sigma: 50, mean: 128).Cast(Enums.BandFormat.Uchar);
        using var colour = noise.Bandjoin(noise, noise).Copy(interpretation: Enums.Interpretation.Srgb);
        return format switch { "png" => colour.PngsaveBuffer(), "webp" => colour.WebpsaveBuffer(), _ => colour.JpegsaveBuffer(interlace: true) };
    }
}
