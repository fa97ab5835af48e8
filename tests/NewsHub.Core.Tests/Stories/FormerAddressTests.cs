using NewsHub.Core.Stories;

namespace NewsHub.Core.Tests.Stories;

public sealed class FormerAddressTests
{
    [Theory]
    [InlineData("/archiv/Über-uns/", "/archiv/über-uns")]
    [InlineData("/archiv/%C3%9Cber-uns", "/archiv/über-uns")]
    [InlineData("/archiv/U\u0308ber-uns", "/archiv/über-uns")]
    [InlineData("/2019/05/Old-Post", "/2019/05/old-post")]
    [InlineData("/archive/a%20b", "/archive/a b")]
    [InlineData("/archive/100%25", "/archive/100%")]
    [InlineData("/archive/100%", "/archive/100%")]
    [InlineData("/%FCber", "/%fcber")]
    [InlineData("/?p=123", "/?p=123")]
    [InlineData("/index.php/?P=123", "/index.php?p=123")]
    [InlineData("/old?", "/old")]
    [InlineData("/J\u030C", "/\u01F0")]
    [InlineData("/", "/")]
    public void Every_way_to_write_an_address_is_one(string written, string bare)
    {
        Assert.Equal(bare, FormerAddress.Bare(written));
        Assert.Equal(bare, FormerAddress.Bare(bare));
    }

    [Fact]
    public void The_one_form_of_any_address_is_its_own()
    {
        var random = new Random(5);
        string[] parts =
            ["/", "%", "25", "2F", "3F", "?", "a", "É", "e\u0301", " ", "%20", "%C3%9C", "%FF", "=", "1", "İ", "ß", "\u0000", "&"];
        for (var i = 0; i < 20_000; i++)
        {
            var bare = FormerAddress.Bare("/"
                + string.Concat(Enumerable.Range(0, random.Next(10)).Select(_ => parts[random.Next(parts.Length)])));
            Assert.Equal(bare, FormerAddress.Bare(bare));
        }
    }

    [Theory]
    [InlineData("?p=123", true)]
    [InlineData("?page_id=7", true)]
    [InlineData("?p=", false)]
    [InlineData("?=1", false)]
    [InlineData("?p=1&q=2", false)]
    [InlineData("?utm_source=letter", false)]
    [InlineData("?p=1234567890123456789012345678901234567890", false)]
    [InlineData("", false)]
    public void Only_a_name_and_a_number_ask_the_front_page_for_a_story(string query, bool numbered) =>
        Assert.Equal(numbered, FormerAddress.IsNumbered(query));
}
