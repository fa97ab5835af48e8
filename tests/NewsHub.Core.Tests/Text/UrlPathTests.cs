using NewsHub.Core.Text;

namespace NewsHub.Core.Tests.Text;

public sealed class UrlPathTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("/harbour/2025/06/30/boats", "/harbour/2025/06/30/boats")]
    [InlineData("/tags/أخبار", "/tags/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1")]
    [InlineData("/a b?c=\"<'&%2F", "/a%20b%3Fc%3D%22%3C%27%26%252F")]
    [InlineData("/A_b.c~d", "/A_b.c~d")]
    [InlineData("/😀", "/%F0%9F%98%80")]
    public void A_path_is_encoded_but_for_its_slashes(string path, string escaped) => Assert.Equal(escaped, UrlPath.Escape(path));

    [Fact]
    public void A_plain_path_is_the_same_string()
    {
        var path = string.Concat("/editions/", "27");
        Assert.Same(path, UrlPath.Escape(path));
    }

    [Fact]
    public void No_character_takes_another_way()
    {
        for (var c = '\0'; c < '\uD800'; c++)
            Assert.Equal(Uri.EscapeDataString($"/{c}").Replace("%2F", "/", StringComparison.Ordinal), UrlPath.Escape($"/{c}"));
    }
}
