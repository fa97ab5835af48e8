using AngleSharp.Html.Parser;
using NewsHub.Core.Media;

namespace NewsHub.Core.Tests.Media;

public sealed class RenditionTests
{
    private const string Key = "0123456789abcdef0123";

    [Fact]
    public void A_picture_is_never_made_wider_than_it_is_and_in_four_widths_when_wide_enough()
    {
        foreach (var crop in Enum.GetValues<Crop>())
            for (var width = 1; width < 3000; width += 7)
                foreach (var height in new[] { 1, 200, width, 1999 })
                {
                    var (widest, most) = crop switch
                    {
                        Crop.Full => (width, 1600),
                        Crop.Animated => (width, 960),
                        _ => (Rendition.CardSize(width, height).Width, 1600),
                    };
                    var widths = Rendition.Widths(crop, width, height);
                    Assert.NotEmpty(widths);
                    Assert.Equal(widths.Distinct().Order(), widths);
                    Assert.True(widths[^1] <= Math.Max(1, widest), $"{crop} {width}x{height}");
                    Assert.True(widths[^1] == widest || widest > most);
                    if (widest >= 960) Assert.True(widths.Count >= 4);
                }
    }

    [Theory]
    [InlineData(3000, 1000, 1500, 1000)]
    [InlineData(1000, 3000, 1000, 666)]
    [InlineData(900, 600, 900, 600)]
    public void A_card_is_the_largest_three_to_two_cut(int width, int height, int cardWidth, int cardHeight) =>
        Assert.Equal((cardWidth, cardHeight), Rendition.CardSize(width, height));

    [Fact]
    public void What_is_addressed_is_read_back()
    {
        foreach (var rendition in new[] { new Rendition(Key, Crop.Full, 320, "avif"), new Rendition(Key, Crop.Card, 1599, "jpg") })
        {
            Assert.True(Rendition.TryParse(Key, rendition.Name, out var read));
            Assert.Equal(rendition, read);
        }
        Assert.Equal("/media/0123456789abcdef0123/3x2-640.webp", new Rendition(Key, Crop.Card, 640, "webp").Address);
    }

    [Theory]
    [InlineData(Key, "full-0320.jpg")]
    [InlineData(Key, "full-0.jpg")]
    [InlineData(Key, "full--5.jpg")]
    [InlineData(Key, "full-+5.jpg")]
    [InlineData(Key, "full-3e2.jpg")]
    [InlineData(Key, "full-99999999999.jpg")]
    [InlineData(Key, "FULL-320.jpg")]
    [InlineData(Key, "full-320.JPG")]
    [InlineData(Key, "full-320.png")]
    [InlineData(Key, "full-320.svg")]
    [InlineData(Key, "full-320.jpg/..")]
    [InlineData(Key, "3x3-320.jpg")]
    [InlineData(Key, "full-320")]
    [InlineData(Key, "full.320-jpg")]
    [InlineData(Key, "")]
    [InlineData("", "full-320.jpg")]
    [InlineData("a", "full-320.jpg")]
    [InlineData("../../../../../../etc", "full-320.jpg")]
    [InlineData("0123456789ABCDEF0123", "full-320.jpg")]
    [InlineData("0123456789abcdef01234", "full-320.jpg")]
    public void Anything_else_is_not(string key, string name)
    {
        Assert.False(Rendition.TryParse(key, name, out var rendition));
        Assert.Null(rendition);
    }

    [Fact]
    public void A_picture_is_put_into_a_page_in_three_formats_with_its_size()
    {
        var page = new HtmlParser().ParseDocument(PictureHtml.Write(Copy.Cables, Crop.Full, "100vw", alt: "\"Two\" <b>"));
        var image = page.QuerySelector("picture > img")!;
        Assert.Equal(["image/avif", "image/webp"], page.QuerySelectorAll("picture > source").Select(s => s.GetAttribute("type")));
        Assert.Equal(("1600", "1000", "lazy", "async"),
            (image.GetAttribute("width"), image.GetAttribute("height"), image.GetAttribute("loading"), image.GetAttribute("decoding")));
        Assert.Equal("\"Two\" <b>", image.GetAttribute("alt"));
        Assert.Equal("/media/0123456789abcdef0123/full-960.jpg", image.GetAttribute("src"));
        Assert.Equal(6, image.GetAttribute("srcset")!.Split(", ").Length);
        foreach (var address in page.QuerySelectorAll("[srcset]").SelectMany(e => e.GetAttribute("srcset")!.Split(", ")))
            Assert.True(Rendition.TryParse(Key, address.Split(' ')[0].Split('/')[^1], out _), address);
    }

    [Fact]
    public void A_lead_picture_is_fetched_first_and_a_card_has_the_cards_size()
    {
        var image = new HtmlParser().ParseDocument(PictureHtml.Write(Copy.Cables, Crop.Card, "50vw", first: true)).QuerySelector("img")!;
        Assert.Equal("high", image.GetAttribute("fetchpriority"));
        Assert.False(image.HasAttribute("loading"));
        Assert.Equal(("1500", "1000"), (image.GetAttribute("width"), image.GetAttribute("height")));
        Assert.Equal("Cables of a bridge", image.GetAttribute("alt"));
        Assert.Equal("", new HtmlParser()
            .ParseDocument(PictureHtml.Write(Copy.Cables, Crop.Card, "50vw", alt: ""))
            .QuerySelector("img")!
            .GetAttribute("alt"));
    }
}
