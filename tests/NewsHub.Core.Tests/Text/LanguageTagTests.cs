using NewsHub.Core.Text;

namespace NewsHub.Core.Tests.Text;

public sealed class LanguageTagTests
{
    [Theory]
    [InlineData("en", true)]
    [InlineData("hau", true)]
    [InlineData("pt-BR", true)]
    [InlineData("zh-Hant-TW", true)]
    [InlineData("", false)]
    [InlineData("e", false)]
    [InlineData("english", false)]
    [InlineData("en_GB", false)]
    [InlineData("en-", false)]
    [InlineData("en\n", false)]
    [InlineData("en\" onload=\"x", false)]
    [InlineData("en-abcdefgh-abcdefgh-abcdefgh-abcdefgh", false)]
    public void A_language_is_known_by_its_form(string text, bool isOne) => Assert.Equal(isOne, LanguageTag.IsOne(text));
}
