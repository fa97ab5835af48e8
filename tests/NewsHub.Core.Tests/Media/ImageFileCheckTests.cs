using System.Text;
using NetVips;
using NewsHub.Core.Media;

namespace NewsHub.Core.Tests.Media;

/// <summary>Files that are more than a picture, and pictures that are less usual than most.</summary>
public sealed class ImageFileCheckTests : IDisposable
{
    private readonly MemoryMedia _media = new();
    private readonly PictureProcessor _pictureProcessor;

    public ImageFileCheckTests() => _pictureProcessor = new PictureProcessor(_media);

    public void Dispose() => _pictureProcessor.Dispose();

    /// <summary>What press programs, phones and hiders put behind a picture: after any of them, and none, come random bytes.</summary>
    private static readonly byte[][] Trailers =
    [
        [], [0, 0, 0, 0], "\r\n"u8.ToArray(), [0xFF, 0xD9], [0xFF, 0xD9, 0xFF, 0xD9], "cbipcbbl"u8.ToArray(),
        [0x1C, 2, 0xDD, 0, 4, 0, 0, 0, 1], "{\"watermark\":\"OnePlus\"}"u8.ToArray(), "vivo{\"Model\":\"V2\"}"u8.ToArray(),
        "HUAWEI\0"u8.ToArray(), "jxrs"u8.ToArray(), "MotionPhoto_Data"u8.ToArray(), "SEFT"u8.ToArray(), [0, 0, 0, 24, .. "ftypmp42"u8],
        [0xFF, 0xD8, 0xFF, 0xE0], "8BIM"u8.ToArray(), "FOTOSTATION"u8.ToArray(),
        "<html><script>alert(1)</script></html>"u8.ToArray(), [(byte)'P', (byte)'K', 3, 4], "#!/bin/sh\nexit\n"u8.ToArray(),
        "%PDF-1.7"u8.ToArray(), "<?php system('id');"u8.ToArray(), "MZ"u8.ToArray(),
    ];

    public static TheoryData<string> Formats() => ["jpg", "progressive", "png", "webp", "gif", "avif"];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Whatever_stands_behind_a_whole_picture_is_cut_off_and_said(string format)
    {
        var (whole, random) = (Files.Noise(format), new Random(11));
        foreach (var trailer in Trailers)
            foreach (var length in new[] { 0, 1, 40, 5000 })
            {
                var behind = new byte[length];
                random.NextBytes(behind);
                byte[] tail = [.. trailer, .. behind];
                var picture = new Picture("x");
                var remarks = await _pictureProcessor.TakeInAsync(picture, [.. whole, .. tail]);
                var kept = await _pictureProcessor.OriginalAsync(picture);
                Assert.True(whole.AsSpan().SequenceEqual(kept), $"{format} before {Convert.ToHexString(trailer)} and {length}");
                // A doubled end and padding are nothing to speak of.
                if (tail.AsSpan().ContainsAnyExcept((ReadOnlySpan<byte>)[0, 13, 10, 0xFF, 0xD9]))
                    Assert.Contains("were removed", Assert.Single(remarks), StringComparison.Ordinal);
                else Assert.Empty(remarks);
            }
    }

    [Theory]
    [InlineData("jpg")]
    [InlineData("progressive")]
    public async Task A_JPEG_that_lacks_only_its_end_gets_one_and_keeps_nothing_that_stands_behind_it(string format)
    {
        var whole = Files.Noise(format);
        foreach (var tail in Trailers.Where(t => t.Length > 4 && !t.AsSpan().Contains((byte)0xFF)).Prepend([]))
        {
            var picture = new Picture("x");
            await _pictureProcessor.TakeInAsync(picture, [.. whole[..^2], .. tail]);
            var kept = (await _pictureProcessor.OriginalAsync(picture))!;
            Assert.InRange(kept.Length, whole.Length - 4, whole.Length + 4);
            Assert.True(kept.AsSpan().EndsWith((ReadOnlySpan<byte>)[0xFF, 0xD9]));
            Assert.Equal(150, picture.Width);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task What_is_torn_anywhere_is_refused_in_a_sentence_of_ours(string format)
    {
        var whole = Files.Noise(format, 400, 300);
        foreach (var at in Enumerable.Range(1, 39)
            .Select(i => whole.Length * i / 40)
            .Concat([whole.Length - 20, whole.Length - 13, whole.Length - 5]))
        {
            foreach (var end in format is "jpg" or "progressive" ? new byte[][] { [], [0xFF, 0xD9] } : [[]])
            {
                var refused = await Assert.ThrowsAsync<InvalidPictureException>(
                    () => _pictureProcessor.TakeInAsync(new Picture("x"), [.. whole[..at], .. end]));
                Assert.True(
                    refused.Message.Contains("the file is", StringComparison.Ordinal) || refused.Message == ImageFileCheck.Known,
                    refused.Message);
                Assert.DoesNotContain("Vips", refused.Message, StringComparison.OrdinalIgnoreCase);
            }
        }
        Assert.Empty(_media.Saves);
    }

    /// <summary>The library keeps what it complains of in one place for all threads; what is refused at once clears that place often.
    /// </summary>
    [Fact]
    public async Task What_is_torn_is_refused_also_while_other_pictures_are()
    {
        var whole = Files.Noise("jpg", 400, 300);
        byte[] torn = [.. whole[..(whole.Length / 2)], 0xFF, 0xD9], telephone = [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "heicmif1"u8];
        using var over = new CancellationTokenSource();
        var others = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            using var another = new PictureProcessor(new MemoryMedia());
            while (!over.IsCancellationRequested)
                await Assert.ThrowsAsync<InvalidPictureException>(() => another.TakeInAsync(new Picture("x"), telephone));
        })).ToList();
        for (var i = 0; i < 100; i++)
            await Assert.ThrowsAsync<InvalidPictureException>(() => _pictureProcessor.TakeInAsync(new Picture("x"), torn));
        await over.CancelAsync();
        await Task.WhenAll(others);
    }

    /// <summary>It is tried small, and the thinnest is no thinner than a pixel then.</summary>
    [Theory]
    [InlineData(3000, 1)]
    [InlineData(1, 3000)]
    [InlineData(4000, 3000)]
    [InlineData(5, 5)]
    public async Task A_drawing_of_any_shape_is_taken_in_at_its_own_size(int width, int height)
    {
        var picture = new Picture("x");
        await _pictureProcessor.TakeInAsync(picture, Encoding.UTF8.GetBytes($"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">
                <rect width="{width}" height="{height}"/>
            </svg>
            """));
        Assert.Equal((width, height), (picture.Width, picture.Height));
    }

    [Fact]
    public async Task A_thumbnail_within_a_picture_is_not_its_end()
    {
        var (whole, thumbnail) = (Files.Noise("jpg"), Files.Noise("jpg", 20, 20));
        byte[] body = [.. "Exif\0\0"u8, .. thumbnail];
        byte[] with = [0xFF, 0xD8, 0xFF, 0xE1, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body, .. whole[2..]];
        var picture = new Picture("x.jpg");
        await _pictureProcessor.TakeInAsync(picture, [.. with, .. "vivo"u8]);
        Assert.Equal(with, await _pictureProcessor.OriginalAsync(picture));
    }

    [Theory]
    [InlineData("gif", "image/gif")]
    [InlineData("webp", "image/webp")]
    public async Task Of_a_moving_picture_the_first_moment_is_printed_and_that_is_said(string format, string type)
    {
        var picture = new Picture("x");
        var remarks = await _pictureProcessor.TakeInAsync(picture, Files.Moving(format));
        Assert.Equal((type, 300, 200), (picture.ContentType, picture.Width, picture.Height));
        Assert.Contains("animated", Assert.Single(remarks), StringComparison.Ordinal);
        foreach (var made in Rendition.Formats)
        {
            using var print = Image.NewFromBuffer(
                (await _pictureProcessor.RenderAsync(picture, new Rendition(picture.Key, Crop.Full, 300, made)))!);
            Assert.Equal((300, 200), (print.Width, print.Height));
            Assert.True(print[150, 190][0] > 200);
        }
    }

    [Fact]
    public async Task An_AVIF_is_printed_in_every_format()
    {
        var picture = new Picture("x.avif");
        Assert.Empty(await _pictureProcessor.TakeInAsync(picture, Files.Noise("avif")));
        Assert.Equal(("image/avif", 150, 120), (picture.ContentType, picture.Width, picture.Height));
        foreach (var format in Rendition.Formats)
            Assert.NotNull(await _pictureProcessor.RenderAsync(picture, new Rendition(picture.Key, Crop.Card, 150, format)));
    }

    public static TheoryData<byte[], string> OtherFiles() => new()
    {
        { Files.Heic, "JPEG" },
        { [.. "II*\0"u8, .. new byte[200]], "Export it as a JPEG" },
        { [.. "MM\0*"u8, .. new byte[200]], "Export it as a JPEG" },
        { [.. "8BPS"u8, .. new byte[200]], "Photoshop" },
        { [.. "%PDF-1.7"u8, .. new byte[200]], "PDF" },
        { [0x1F, 0x8B, 8, .. new byte[200]], "plain SVG" },
        { [0, 0, 0, 24, .. "ftypisom"u8, .. new byte[200]], "a video" },
        { [0, 0, 0, 24, .. "ftypcrx "u8, .. new byte[200]], "raw" },
        { [0xFF, 0x0A, .. new byte[200]], "JPEG XL" },
    };

    [Theory]
    [MemberData(nameof(OtherFiles))]
    public async Task What_the_paper_does_not_print_is_named_and_its_sender_told_what_to_do(byte[] file, string advice)
    {
        var refused = await Assert.ThrowsAsync<InvalidPictureException>(() => _pictureProcessor.TakeInAsync(new Picture("x"), file));
        Assert.Contains(advice, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("heif:", refused.Message, StringComparison.Ordinal);
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
        var refused = await Assert.ThrowsAsync<InvalidPictureException>(
            () => _pictureProcessor.TakeInAsync(new Picture("x.svg"), Svg(inside)));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!DOCTYPE svg [<!ENTITY a 'b'>]>", "", "<!DOCTYPE>")]
    [InlineData("<?xml-stylesheet href='a.css'?>", "", "instruction to programs")]
    [InlineData("", "<script>", "XML")]
    public async Task So_is_one_with_something_before_or_after_it(string before, string after, string reason)
    {
        var svg = System.Text.Encoding.UTF8.GetString(Svg("<rect width='9' height='9'/>"));
        var refused = await Assert.ThrowsAsync<InvalidPictureException>(
            () => _pictureProcessor.TakeInAsync(new Picture("x.svg"), System.Text.Encoding.UTF8.GetBytes(before + svg + after)));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Drawings as programs write them.</summary>
    public static TheoryData<string, int, int> Drawings() => new()
    {
        { """<?xml version="1.0" encoding="utf-8"?><!-- Generator: Adobe Illustrator -->"""
            + """<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">"""
            + """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 400"><style type="text/css">.st0{fill:#C02020;}</style>"""
            + """<rect class="st0" width="300" height="400"/></svg>""", 1600, 1067 },
        { """<!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><rect width="9" height="9"/></svg>""", 60, 40 },
        { """<svg width="210mm" height="140mm" viewBox="0 0 210 140" inkscape:export-filename="C:\Users\x\chart.png" """
            + """xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" """
            + """xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" xmlns="http://www.w3.org/2000/svg">"""
            + """<sodipodi:namedview inkscape:document-units="mm"/><rect style="fill:#aa0000;-inkscape-font-specification:'Arial, Bold'" """
            + """width="100" height="100"/></svg>""", 1600, 1067 },
        { """<svg xmlns="http://www.w3.org/2000/svg" width="600" height="400" fill="none" data-figma-bg-blur-radius="4" """
            + """data-path="C:\temp\url(https://example.org)"><style>/* chart, was url(https://example.org/a) */ .a{fill:url(#g)}"""
            + """</style><defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs>"""
            + """<rect class="a" width="9" height="9"/></svg>""", 600, 400 },
        { """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200" width="100%" height="100%">"""
            + """<rect width="300" height="200" fill="#fff"/></svg>""", 1600, 1067 },
        { """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200" width="20cm">"""
            + """<rect width="300" height="200" fill="#fff"/></svg>""", 1600, 1067 },
        { """<svg xmlns="http://www.w3.org/2000/svg" width="30px" height="20px"><metadata><?xpacket begin="x"?>"""
            + """<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description r:about=""/></r:RDF><?xpacket end="w"?>"""
            + """</metadata><rect width="9" height="9" style="font-family:'\6587\5B57'"/></svg>""", 30, 20 },
        { $"""<?xml version="1.0"?><!-- {string.Concat(Enumerable.Repeat("A long licence that names an <svg> now and then. ", 60))} -->"""
            + """<!DOCTYPE svg PUBLIC "a" "b>c"><!-- two --><svg xmlns="http://www.w3.org/2000/svg" width="60" height="40">"""
            + """<rect width="9" height="9"/></svg>""", 60, 40 },
    };

    [Theory]
    [MemberData(nameof(Drawings))]
    public async Task A_harmless_drawing_is_taken_in_at_a_size_to_print(string drawing, int width, int height)
    {
        var picture = new Picture("x.svg");
        Assert.Empty(await _pictureProcessor.TakeInAsync(picture, System.Text.Encoding.UTF8.GetBytes(drawing)));
        Assert.Equal((width, height), (picture.Width, picture.Height));
        var wide = Math.Min(width, 960);
        using var print = Image.NewFromBuffer(
            (await _pictureProcessor.RenderAsync(picture, new Rendition(picture.Key, Crop.Full, wide, "jpg")))!);
        Assert.Equal(wide, print.Width);
    }

    [Fact]
    public async Task A_script_is_found_wherever_it_hides_in_a_drawing()
    {
        string[] spaces = [
            "xmlns:o='http://www.w3.org/2000/svg'", "xmlns:o='http://www.w3.org/1999/xhtml'",
            "xmlns:o='http://www.inkscape.org/namespaces/inkscape'", "xmlns:o='urn:x'",
        ];
        foreach (var space in spaces)
            foreach (var inside in new[]
            {
                $"<o:script {space}>1</o:script>", $"<g {space}><o:Script/></g>", $"<g {space} o:onload='alert(1)'/>",
                $"<g {space} o:href='javascript:alert(1)'/>", $"<g {space} o:note='java\tscript:alert(1)'/>",
                $"<o:foreignObject {space}/>", $"<o:iframe {space} src='https://example.org'/>",
            })
            {
                await RefusedAsync(Svg(inside));
            }
        foreach (var inside in new[]
        {
            "<g ONCLICK='x'/>", "<set attributeName='onclick' to='alert(1)'/>",
            "<animate attributeName='xlink:href' values='javascript:alert(1)'/>", "<g xml:base='https://example.org/'/>",
            "<style>r<!-- -->ect{fill:ur<!-- x -->l(https://example.org/a)}</style>",
            "<style>a{b:'/*'} @import 'https://example.org/a';/*'*/</style>", "<style>a{fill:url(/**/https://example.org/a)}</style>",
            "<style>@im\\port 'https://example.org/a'</style>", "<style>a{fill:\\000075 rl(https://example.org/)}</style>",
            "<style><![CDATA[@import url(https://example.org/a);]]></style>", "<g style='fill:image-set(\"https://example.org/a\" 1x)'/>",
            "<style>a{background:url( \n 'https://example.org/a')}</style>", "<image href=' data:image/svg+xml;base64,PHN2Zy8+'/>",
            "<image href='//example.org/a.png'/>", "<a href='data:text/html,x'><rect/></a>",
            "<a href='&#106;avascript:alert(1)'><rect/></a>", "<handler/>", "<g><![CDATA[x]]><script/></g>", "<?php system('id')?>",
            "<?xml-stylesheet href='a'?>",
        })
        {
            await RefusedAsync(Svg(inside));
        }
        foreach (var document in new[]
        {
            "<!DOCTYPE svg [<!ENTITY % a SYSTEM 'file:///etc/passwd'>%a;]>",
            "<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'alert(1)'>]>",
            "<!DOCTYPE svg SYSTEM 'x' [<!ENTITY a 'b'>]>",
        })
        {
            await RefusedAsync([.. System.Text.Encoding.UTF8.GetBytes(document), .. Svg("<g/>")]);
        }

        async Task RefusedAsync(byte[] svg)
        {
            try
            {
                await _pictureProcessor.TakeInAsync(new Picture("x.svg"), svg);
            }
            catch (InvalidPictureException)
            {
                return;
            }
            Assert.Fail($"Taken in: {System.Text.Encoding.UTF8.GetString(svg)}");
        }
    }

    [Fact]
    public async Task A_plain_drawing_may_refer_to_itself_and_hold_pixels()
    {
        var pixels = Convert.ToBase64String(Files.Noise("png"));
        await _pictureProcessor.TakeInAsync(new Picture("x.svg"), Svg(
            $"<defs><linearGradient id='a'/></defs><rect fill='url(#a)'/><use href='#a'/><image href='data:image/png;base64,{pixels}'/>"));
    }

    [Fact]
    public async Task A_printers_four_inks_come_out_as_the_colour_they_make()
    {
        using var inks = (Image.Black(400, 300, bands: 4) + new double[] { 0, 255, 255, 0 })
            .Cast(Enums.BandFormat.Uchar)
            .Copy(interpretation: Enums.Interpretation.Cmyk);
        var picture = new Picture("x.jpg");
        await _pictureProcessor.TakeInAsync(picture, inks.JpegsaveBuffer(q: 95));
        foreach (var format in Rendition.Formats)
        {
            using var print = Image.NewFromBuffer(
                (await _pictureProcessor.RenderAsync(picture, new Rendition(picture.Key, Crop.Full, 320, format)))!);
            Assert.Equal(3, print.Bands);
            Assert.True(print[10, 10] is [> 180, < 90, < 90], $"{format}: {string.Join(' ', print[10, 10])}");
        }
    }

    [Fact]
    public async Task An_address_goes_on_naming_what_it_named_when_the_picture_is_cut_anew()
    {
        var picture = new Picture("x.jpg");
        await _pictureProcessor.TakeInAsync(picture, Files.Noise("jpg"));
        var old = new Rendition(picture.Key, Crop.Card, 150, "jpg");
        Assert.Null(await _pictureProcessor.RenderFormerAsync(old));
        var remember = _pictureProcessor.Remember(picture);
        picture.Describe(new PictureDescription("Noise", null, "A. Osei", null, null, 0.1, 0.1));
        await remember();
        Assert.NotEqual(old.Key, picture.Key);
        Assert.NotNull(await _pictureProcessor.RenderFormerAsync(old));
        Assert.Null(await _pictureProcessor.RenderFormerAsync(old with { Width = 151 }));
    }

    private static byte[] Svg(string inside) =>
        System.Text.Encoding.UTF8.GetBytes($"<svg xmlns='http://www.w3.org/2000/svg' width='40' height='30'>{inside}</svg>");
}
