using NewsHub.Core.Editing;

namespace NewsHub.Core.Tests.Editing;

public sealed class ParagraphsTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("One.\n\nTwo.\n\n\nThree.", new[] { "One.\n\n", "Two.\n\n\n", "Three." })]
    [InlineData("\n\nOne\ngoes on.\n \nTwo.\n", new[] { "\n\nOne\ngoes on.\n \n", "Two.\n" })]
    [InlineData("A\n\n- b\n\n- c\n\n  more of c\n\nD", new[] { "A\n\n", "- b\n\n- c\n\n  more of c\n\n", "D" })]
    [InlineData("1. a\n\n2. b\n\nC", new[] { "1. a\n\n2. b\n\n", "C" })]
    [InlineData("A\n\n* * *\n\n- b", new[] { "A\n\n", "* * *\n\n", "- b" })]
    [InlineData("A\n\n```js\nb\n\nc\n```\n\nD", new[] { "A\n\n", "```js\nb\n\nc\n```\n\n", "D" })]
    [InlineData("~~~~\na\n\n~~~\n\nb\n~~~~\n\nC", new[] { "~~~~\na\n\n~~~\n\nb\n~~~~\n\n", "C" })]
    [InlineData(":::pullquote\nA\n\nB\n:::\n\nC", new[] { ":::pullquote\nA\n\nB\n:::\n\n", "C" })]
    [InlineData(":::aside\nA\n\nnever closed", new[] { ":::aside\nA\n\nnever closed" })]
    [InlineData("| a | b |\n|---|---|\n| 1 | 2 |\n\nC", new[] { "| a | b |\n|---|---|\n| 1 | 2 |\n\n", "C" })]
    [InlineData("A[^1]\n\n[^1]: note\n\n    more of it\n\nB", new[] { "A[^1]\n\n", "[^1]: note\n\n    more of it\n\n", "B" })]
    public void A_piece_ends_at_a_blank_line_but_for_fences_blocks_lists_and_notes(string text, string[] pieces) =>
        Assert.Equal(pieces, Paragraphs.Split(text));

    [Fact]
    public void Joined_the_pieces_are_the_text_character_for_character()
    {
        string[] lines =
            [
                "", "", "", " ", "\t", "Words", "- item", "  more", "12. item", "```", "```js", "~~~", ":::", ":::aside", "::::x", "| a |",
                "---", "* * *", "> quote", "[^1]: note", "    code", "# Head", "-", "*", "1.", "`", ":", "[^",
            ];
        var random = new Random(20261129);
        for (var round = 0; round < 3000; round++)
        {
            var text = string.Join('\n', Enumerable.Range(0, random.Next(0, 30)).Select(_ => lines[random.Next(lines.Length)]));
            var pieces = Paragraphs.Split(text);
            Assert.Equal(text, string.Concat(pieces));
            Assert.DoesNotContain("", pieces);
            Assert.Equal(text, Paragraphs.Join(pieces));
        }
    }

    [Fact]
    public void Put_under_each_other_texts_have_a_blank_line_between_them() =>
        Assert.Equal("A\n\nB\n\nC\n\n\nD", Paragraphs.Join(["A", "", "B\n", "C\n\n\n", "D"]));
}
