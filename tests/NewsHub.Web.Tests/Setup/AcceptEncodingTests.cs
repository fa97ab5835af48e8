using NewsHub.Web.PageCache;

namespace NewsHub.Web.Tests.Setup;

public sealed class AcceptEncodingTests
{
    [Theory]
    [InlineData(null, "Identity")]
    [InlineData("", "Identity")]
    [InlineData("gzip", "Gzip")]
    [InlineData("x-gzip", "Gzip")]
    [InlineData("GZIP, deflate, BR", "Brotli")]
    [InlineData("gzip, deflate, br, zstd", "Brotli")]
    [InlineData("*", "Brotli")]
    [InlineData("*;q=0", "Identity")]
    [InlineData("br;q=0, *", "Gzip")]
    [InlineData("br;q=0, gzip;q=0.000, *;q=0.5", "Identity")]
    [InlineData("br;q=0.5, gzip;q=0.501", "Gzip")]
    [InlineData("br ; q=0.8 , gzip ; Q=0.8", "Brotli")]
    [InlineData("gzip;q=0", "Identity")]
    [InlineData("identity;q=1, gzip;q=0.5", "Identity")]
    [InlineData("identity;q=0, gzip;q=0.1", "Gzip")]
    [InlineData("br;q=2", "Identity")]
    [InlineData("br;q=, gzip", "Gzip")]
    [InlineData("br;q=1.000", "Brotli")]
    [InlineData("brotli, gzipped", "Identity")]
    [InlineData(",,br,", "Brotli")]
    public void An_asker_gets_the_coding_liked_best(string? header, string expected) =>
        Assert.Equal(expected, Encodings.Read(header).ToString());

    [Fact]
    public void Several_header_lines_count_as_one() => Assert.Equal(Coding.Brotli, Encodings.Read(new(["gzip", "br"])));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Coded_bytes_decode_to_the_same_fast_and_best(int coding)
    {
        var plain = System.Text.Encoding.UTF8.GetBytes(PressRoom.LongText);
        Assert.Equal(plain, Encodings.Decode(Encodings.Fast(plain, (Coding)coding), (Coding)coding));
        Assert.Equal(plain, Encodings.Decode(Encodings.Best(plain, (Coding)coding), (Coding)coding));
        Assert.True(Encodings.Best(plain, (Coding)coding).Length <= Encodings.Fast(plain, (Coding)coding).Length);
    }
}
