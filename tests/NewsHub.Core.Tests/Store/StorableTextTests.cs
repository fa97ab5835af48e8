using NewsHub.Core.Store;

namespace NewsHub.Core.Tests.Store;

public sealed class StorableTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("Amara Ọkafọ̀r 😀", "Amara Ọkafọ̀r 😀")]
    [InlineData("\0no\0thing\0", "nothing")]
    [InlineData("tab\tand\nline", "tab\tand\nline")]
    public void Only_what_a_store_cannot_hold_is_dropped(string text, string kept) => Assert.Equal(kept, StorableText.Of(text));

    [Fact]
    public void Halves_of_characters_are_dropped()
    {
        // No attribute can hold them.
        Assert.Equal("half ", StorableText.Of("half \uD83D"));
        Assert.Equal(" half", StorableText.Of("\uDE00 half"));
        Assert.Equal("", StorableText.Of("\uDE00\uD83D"));
        Assert.Equal("😀", StorableText.Of("\uD83D\uD83D\uDE00"));
    }

    [Fact]
    public void A_text_that_can_be_held_is_the_same_object()
    {
        var text = new string('x', 10) + "😀";
        Assert.Same(text, StorableText.Of(text));
    }
}
