using NewsHub.Web.PageCache;

namespace NewsHub.Web.Tests.PageCache;

public sealed class EncodingsTests
{
    /// <summary>Around the sizes at which a window of 64 KB, 128 KB … is full, and at which the largest is.</summary>
    public static TheoryData<int> Sizes => [.. new[] { 1 << 16, 1 << 17, 1 << 20, 1 << 22 }
        .SelectMany(full => new[] { full - 17, full - 16, full - 15, full })
        .Prepend(0)
        .Prepend(1)];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Bytes_of_any_size_come_back_as_they_were(int size)
    {
        var bytes = Noise(size);
        foreach (var coding in Enum.GetValues<Coding>().Where(c => c is not Coding.Identity))
            Assert.Equal(bytes, Encodings.Decode(Encodings.Fast(bytes, coding), coding));
    }

    [Fact]
    public void What_stood_at_the_beginning_of_a_page_is_known_at_its_end()
    {
        foreach (var size in new[] { 65_000, 130_000, 260_000 })
        {
            var half = Noise(size / 2);
            Assert.InRange(Encodings.Best([.. half, .. half], Coding.Brotli).Length, half.Length, half.Length + 1000);
        }
    }

    private static byte[] Noise(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }
}
