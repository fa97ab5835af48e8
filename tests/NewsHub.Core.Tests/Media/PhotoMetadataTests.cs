using System.Text;
using NetVips;
using NewsHub.Core.Media;

namespace NewsHub.Core.Tests.Media;

public sealed class PhotoMetadataTests : IDisposable
{
    private static readonly PhotoMetadata Osei = new("Ama Osei", "Reuters", "Boats at first light — Tema");
    private readonly MemoryMedia _media = new();
    private readonly PictureProcessor _pictureProcessor;

    public PhotoMetadataTests() => _pictureProcessor = new PictureProcessor(_media);

    public void Dispose() => _pictureProcessor.Dispose();

    [Fact]
    public void Creator_credit_and_caption_are_read_from_IPTC_in_either_writing()
    {
        Assert.Equal(Osei,
            PhotoMetadata.Read(Grey(("iptc-data", Iptc(Encoding.UTF8, Osei.Creator!, Osei.Credit!, Osei.Caption!))).JpegsaveBuffer()));
        Assert.Equal("Zoë", PhotoMetadata.Read(Grey(("iptc-data", Iptc(Encoding.Latin1, "Zoë", "x", "y"))).JpegsaveBuffer()).Creator);
    }

    [Fact]
    public void They_are_read_from_XMP_as_elements_and_as_attributes()
    {
        const string xmp = """
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
                xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:Credit="Reuters">
            <dc:creator><rdf:Seq><rdf:li>Ama Osei</rdf:li><rdf:li>Another</rdf:li></rdf:Seq></dc:creator>
            <dc:description><rdf:Alt>
            <rdf:li xml:lang="fr">Des bateaux</rdf:li><rdf:li xml:lang="x-default">Boats at first light — Tema</rdf:li>
            </rdf:Alt></dc:description></rdf:Description></rdf:RDF></x:xmpmeta>
            """;
        Assert.Equal(Osei with { Creator = "Ama Osei, Another" },
            PhotoMetadata.Read(Grey(("xmp-data", Encoding.UTF8.GetBytes(xmp))).WebpsaveBuffer()));
        Assert.Equal(Osei, PhotoMetadata.Read(Grey(("xmp-data", Osei.ToXmp())).JpegsaveBuffer()));
        Assert.Equal(PhotoMetadata.Blank,
            PhotoMetadata.Read(Grey(("xmp-data", "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"u8.ToArray())).JpegsaveBuffer()));
    }

    [Fact]
    public void EXIF_is_asked_last_and_what_a_camera_says_of_itself_is_no_caption()
    {
        using var exif = Grey().Mutate(m =>
        {
            m.Set(GValue.GStrType, "exif-ifd0-Artist", "Ama (Tema) Osei");
            m.Set(GValue.GStrType, "exif-ifd0-ImageDescription", "OLYMPUS DIGITAL CAMERA");
        });
        Assert.Equal(new PhotoMetadata("Ama (Tema) Osei", null, null), PhotoMetadata.Read(exif.JpegsaveBuffer()));
    }

    [Theory]
    [InlineData("Ama Osei", "Reuters", "Ama Osei/Reuters")]
    [InlineData("Ama Osei", "Ama Osei / AFP", "Ama Osei / AFP")]
    [InlineData(null, "Reuters", "Reuters")]
    [InlineData("Ama Osei", null, "Ama Osei")]
    public void A_credit_line_names_the_maker_and_the_agency(string? creator, string? credit, string line) =>
        Assert.Equal(line, new PhotoMetadata(creator, credit, null).CreditLine);

    [Fact]
    public async Task Every_rendition_carries_them_and_neither_the_place_nor_the_camera()
    {
        using var shot = Grey(("iptc-data", Iptc(Encoding.UTF8, Osei.Creator!, Osei.Credit!, Osei.Caption!))).Mutate(m =>
        {
            m.Set(GValue.GStrType, "exif-ifd3-GPSLatitude", "6/1 27/1 0/1");
            m.Set(GValue.GStrType, "exif-ifd0-Make", "Cameraworks");
        });
        var original = shot.JpegsaveBuffer();
        Assert.True(original.AsSpan().IndexOf("Cameraworks"u8) > 0);
        var picture = new Picture("x.jpg");
        await _pictureProcessor.TakeInAsync(picture, original);
        foreach (var format in Rendition.Formats)
        {
            var bytes = (await _pictureProcessor.RenderAsync(picture, new Rendition(picture.Key, Crop.Full, 320, format)))!;
            Assert.Equal((format, Osei), (format, PhotoMetadata.Read(bytes)));
            using var image = Image.NewFromBuffer(bytes);
            Assert.DoesNotContain(
                image.GetFields(), f => f.StartsWith("exif-", StringComparison.Ordinal) || f.StartsWith("iptc", StringComparison.Ordinal));
            Assert.DoesNotContain("GPS", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
            Assert.True(bytes.AsSpan().IndexOf("Cameraworks"u8) < 0);
        }
    }

    /// <summary>What a file says of its letters (ISO 2022's escape), how .NET calls them, and words in them.</summary>
    public static TheoryData<string, string, string> Charsets() => new()
    {
        { "", "windows-1252", "“Zoë’s” café – €5 … Ÿ" },
        { "\u001b%G", "windows-1252", "“Zoë’s” café – €5" },
        { "", "utf-8", "「東京」 Ọyọ́ 😀" },
        { "\u001b%G", "utf-8", "「東京」 Ọyọ́ 😀" },
        { "\u001b.A", "iso-8859-1", "Zoë Müller" },
        { "\u001b-B", "iso-8859-2", "Żółć Łukasz" },
        { "\u001b-L", "iso-8859-5", "Анна Петрова" },
        { "\u001b-G", "iso-8859-6", "سعاد محمد" },
        { "\u001b-F", "iso-8859-7", "Γιώργος" },
        { "\u001b-H", "iso-8859-8", "דוד" },
        { "\u001b-M", "iso-8859-9", "İğne Şule" },
        { "\u001b/b", "iso-8859-15", "Œuvre à 5 €" },
    };

    [Theory]
    [MemberData(nameof(Charsets))]
    public void IPTC_is_read_in_the_letters_that_it_was_written_in(string says, string charset, string words)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);
        var metadata = PhotoMetadata.Read(Grey(
            ("iptc-data", Iptc(says, [encoding.GetBytes(words)], encoding.GetBytes(words), encoding.GetBytes(words)))).JpegsaveBuffer());
        Assert.Equal(new PhotoMetadata(words, words, words), metadata);
    }

    [Fact]
    public void All_who_made_it_are_named_and_a_long_caption_ends_between_two_letters()
    {
        var caption = string.Concat(Enumerable.Repeat("👩‍👧 ", 600));
        var metadata = PhotoMetadata.Read(Grey(("iptc-data", Iptc(
            "\u001b%G",
            [.. new[] { "Ama Osei", "Bola Ade", "Ama Osei" }.Select(Encoding.UTF8.GetBytes)],
            "Reuters"u8.ToArray(),
            Encoding.UTF8.GetBytes(caption)))).JpegsaveBuffer());
        Assert.Equal(("Ama Osei, Bola Ade", "Reuters"), (metadata.Creator, metadata.Credit));
        Assert.InRange(metadata.Caption!.Length, 1990, 2000);
        Assert.EndsWith("👩‍👧", metadata.Caption, StringComparison.Ordinal);
        Assert.Equal(metadata, PhotoMetadata.Read(Grey(("xmp-data", metadata.ToXmp())).JpegsaveBuffer()));
    }

    [Fact]
    public void Letters_beyond_the_first_plane_are_kept()
    {
        var metadata = new PhotoMetadata("𠮷野", "𞤀𞤣𞤤𞤢𞤥", "👩‍👧 🇳🇬 in 𝕋ema");
        foreach (var file in new[]
        {
            Grey(("xmp-data", metadata.ToXmp())).JpegsaveBuffer(),
            Grey(("xmp-data", metadata.ToXmp())).WebpsaveBuffer(),
        })
        {
            Assert.Equal(metadata, PhotoMetadata.Read(file));
        }
    }

    private static Image Grey(params (string Field, byte[] Bytes)[] blobs)
    {
        using var plain = (Image.Black(400, 300, bands: 3) + 128)
            .Cast(Enums.BandFormat.Uchar)
            .Copy(interpretation: Enums.Interpretation.Srgb);
        return plain.Mutate(m =>
        {
            foreach (var (field, bytes) in blobs) m.Set(GValue.BlobType, field, bytes);
        });
    }

    /// <summary>The records as Photoshop lays them into a JPEG.</summary>
    private static byte[] Iptc(Encoding encoding, string creator, string credit, string caption) =>
        Iptc(encoding is UTF8Encoding ? "\u001b%G" : "", [encoding.GetBytes(creator)], encoding.GetBytes(credit),
            encoding.GetBytes(caption));

    private static byte[] Iptc(string charset, IEnumerable<byte[]> creators, byte[] credit, byte[] caption)
    {
        List<byte> records = [];
        if (charset.Length > 0) Add(1, 90, Encoding.ASCII.GetBytes(charset));
        foreach (var creator in creators) Add(2, 80, creator);
        Add(2, 110, credit);
        Add(2, 120, caption);
        return [
            .. "Photoshop 3.0\0"u8, .. "8BIM"u8, 4, 4, 0, 0, 0, 0, (byte)(records.Count >> 8), (byte)records.Count, .. records,
            .. new byte[records.Count % 2],
        ];

        void Add(byte record, byte set, byte[] value) =>
            records.AddRange([0x1C, record, set, (byte)(value.Length >> 8), (byte)value.Length, .. value]);
    }
}
