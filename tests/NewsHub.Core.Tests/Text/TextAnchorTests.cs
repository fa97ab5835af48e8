using NewsHub.Core.Text;

namespace NewsHub.Core.Tests.Text;

public sealed class TextAnchorTests
{
    [Theory]
    // Around the words.
    [InlineData("The [old mayor] left.", "Yesterday the old mayor left.", "old mayor")]
    [InlineData("The [old mayor] left.", "The old mayor left the hall at last.", "old mayor")]
    [InlineData("The [old mayor] left.", "The very old mayor left.", "old mayor")]
    [InlineData("The [old mayor] left.", "The old mayor, tired, left.", "old mayor")]
    [InlineData("[The mayor] left.", "So: The mayor left.", "The mayor")]
    // Within the words.
    [InlineData("The [old mayor] left.", "The old, tired mayor left.", "old, tired mayor")]
    [InlineData("The [old mayor] left.", "The new mayor left.", "new mayor")]
    [InlineData("The [old mayor] left.", "The old queen left.", "old queen")]
    [InlineData("The [mayor] left.", "The queen left.", "queen")]
    [InlineData("The [old mayor] left.", "The mayor left.", "mayor")]
    // Cut out, and put in elsewhere.
    [InlineData("One.\n\nThe [old mayor] left.\n\nThree.\n", "The old mayor left.\n\nOne.\n\nThree.\n", "old mayor")]
    [InlineData("[One] two.\n\nThree four.\n", "Three four.\n\nOne two.\n", "One")]
    // Gone.
    [InlineData("One.\n\nThe [old mayor] left.\n\nThree.\n", "One.\n\nThree.\n", "")]
    [InlineData("The [old mayor] left.", "", "")]
    [InlineData("[Whole]", "", "")]
    // Of words that stand there twice, the ones that were chosen.
    [InlineData("no no [no] no no", "yes no no no no no", "no", 10)]
    [InlineData("a a a\n\na [a] a\n", "a a a\n\nb\n\na a a\n", "a", 12)]
    [InlineData("Das [Zollhaus] schließt.", "Heute: Das Zollhaus schließt.", "Zollhaus")]
    [InlineData("市长[昨天]离开了。", "老市长昨天离开了。", "昨天")]
    [InlineData("😀 [😁] 😂", "😀 x 😁 😂", "😁")]
    public void Words_keep_their_place_through_an_edit(string before, string after, string expected, int at = -1)
    {
        var anchor = new TextAnchor(before.IndexOf('['), before.IndexOf(']') - before.IndexOf('[') - 1);
        var text = before.Replace("[", "").Replace("]", "");
        var words = text.Substring(anchor.Start, anchor.Length);

        var now = anchor.Follow(text, after, words);

        Assert.Equal(expected, after.Substring(now.Start, now.Length));
        if (at >= 0) Assert.Equal(at, now.Start);
    }

    [Fact]
    public void Words_that_were_gone_come_back_with_the_text_that_had_them()
    {
        const string before = "One.\n\nThe old mayor left.\n\nThe old mayor came.\n";
        const string without = "One.\n\nThe old mayor came.\n";
        var anchor = new TextAnchor(before.IndexOf("old", StringComparison.Ordinal), "old mayor".Length);

        var gone = anchor.Follow(before, without, "old mayor");
        Assert.Equal(0, gone.Length);
        Assert.Equal(anchor, gone.Follow(without, before, "old mayor"));
    }

    [Fact]
    public void Whatever_is_typed_elsewhere_the_words_are_the_same()
    {
        var random = new Random(13);
        for (var round = 0; round < 500; round++)
        {
            var pieces = Enumerable.Range(0, 12).Select(_ => Sentence(random)).ToList();
            var chosen = random.Next(pieces.Count);
            var text = string.Join("\n\n", pieces);
            var start = pieces.Take(chosen).Sum(p => p.Length + 2) + 3;
            var anchor = new TextAnchor(start, pieces[chosen].Length - 3 - random.Next(3));
            var words = text.Substring(anchor.Start, anchor.Length);
            for (var edits = random.Next(1, 5); edits > 0; edits--)
            {
                var at = random.Next(pieces.Count);
                if (at == chosen) continue;
                pieces[at] = random.Next(3) switch { 0 => Sentence(random), 1 => pieces[at] + " " + Sentence(random), _ => "" };
            }
            var after = string.Join("\n\n", pieces);
            var now = anchor.Follow(text, after, words);
            Assert.Equal(words, after.Substring(now.Start, now.Length));
        }
    }

    [Fact]
    public void No_edit_whatever_puts_an_anchor_outside_of_its_text()
    {
        var random = new Random(31);
        for (var round = 0; round < 500; round++)
        {
            var (before, after) = (Noise(random), Noise(random));
            var start = random.Next(before.Length + 1);
            var anchor = new TextAnchor(start, random.Next(before.Length - start + 1));
            var now = anchor.Follow(before, after, before.Substring(anchor.Start, anchor.Length));
            Assert.InRange(now.Start, 0, after.Length);
            Assert.InRange(now.End, now.Start, after.Length);
        }
    }

    private static string Sentence(Random random) =>
        $"#{random.Next(100_000)} " + string.Join(' ', Enumerable.Range(0, random.Next(4, 12)).Select(_ => Word(random))) + ".";

    private static string Word(Random random) =>
        new([.. Enumerable.Range(0, random.Next(2, 8)).Select(_ => (char)('a' + random.Next(26)))]);

    private static string Noise(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => "ab \n.é市"[random.Next(7)]));
}
