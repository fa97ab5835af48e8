using System.Diagnostics;
using System.Globalization;
using NewsHub.Core.Editing;
using Part = NewsHub.Core.Editing.ParagraphMerge.Part;

namespace NewsHub.Core.Tests.Editing;

public sealed class ParagraphMergeTests
{
    private const string Base = "One one.\n\nTwo two.\n\nThree three.";

    [Theory]
    [InlineData("One 1.\n\nTwo two.\n\nThree three.", "One one.\n\nTwo two.\n\nThree 3.", "One 1.\n\nTwo two.\n\nThree 3.")]
    [InlineData("One 1.\n\nTwo two.\n\nThree three.", "One one.\n\nTwo 2.\n\nThree three.", "One 1.\n\nTwo 2.\n\nThree three.")]
    [InlineData("Nought.\n\n" + Base, Base + "\n\nFour.", "Nought.\n\n" + Base + "\n\nFour.")]
    [InlineData("One one.\n\nTwo two.\n\nThree 3.", Base + "\n\nFour.", "One one.\n\nTwo two.\n\nThree 3.\n\nFour.")]
    [InlineData("One one.\n\nThree three.", "One one.\n\nTwo two.\n\nThree 3.", "One one.\n\nThree 3.")]
    [InlineData("One one.\n\nThree three.", "One one.\n\nThree three.", "One one.\n\nThree three.")]
    [InlineData("One one.\n\nTwo two.", Base + "\n\nFour.", "One one.\n\nTwo two.\n\nFour.")]
    [InlineData("One 1.\n\nTwo 2.\n\nThree three.", "One one.\n\nTwo 2.\n\nThree 3.", "One 1.\n\nTwo 2.\n\nThree 3.")]
    [InlineData(
        "One one.\n\nX.\n\nTwo two.\n\nThree three.", "One one.\n\nX.\n\nTwo two.\n\nThree 3.",
        "One one.\n\nX.\n\nTwo two.\n\nThree 3.")]
    public void What_only_one_changed_and_what_both_changed_alike_merges_by_itself(string mine, string theirs, string merged)
    {
        Assert.Equal(merged, Merged(Base, mine, theirs));
        Assert.Equal(merged, Merged(Base, theirs, mine));
    }

    [Theory]
    [InlineData("One one.\n\nTwo mine.\n\nThree three.", "One one.\n\nTwo theirs.\n\nThree three.", "Two two.", "Two mine.", "Two theirs.")]
    [InlineData("One one.\n\nThree three.", "One one.\n\nTwo theirs.\n\nThree three.", "Two two.", "", "Two theirs.")]
    [InlineData(Base + "\n\nMine.", Base + "\n\nTheirs.", "", "Mine.", "Theirs.")]
    [InlineData(
        "One one.\n\nTwo mine.\n\nThree three.", "One one.\n\nTwo and three theirs.",
        "Two two.\n\nThree three.", "Two mine.\n\nThree three.",
        "Two and three theirs.")]
    public void What_both_changed_is_a_conflict_of_three_versions(string mine, string theirs, string @base, string my, string their)
    {
        Assert.Equal(new Part.Conflict(@base, my, their), Assert.Single(ParagraphMerge.Of(Base, mine, theirs).Conflicts));
        Assert.Equal(new Part.Conflict(@base, their, my), Assert.Single(ParagraphMerge.Of(Base, theirs, mine).Conflicts));
    }

    [Fact]
    public void Paragraphs_that_both_rewrote_are_asked_one_by_one()
    {
        var merge = ParagraphMerge.Of(Base, "One mine.\n\nTwo mine.\n\nThree three.", "One one.\n\nTwo theirs.\n\nThree theirs.");
        Assert.Equal(new Part.Conflict("Two two.", "Two mine.", "Two theirs."), Assert.Single(merge.Conflicts));
        Assert.Equal("One mine.\n\nTwo mine.\n\nThree theirs.", merge.Text(c => c.Mine));
        Assert.Equal("One mine.\n\nTwo mine.\n\nTwo theirs.\n\nThree theirs.", merge.Text(c => c.Both));
        Assert.Equal("One mine.\n\nThree theirs.", merge.Text(_ => ""));
    }

    [Fact]
    public void Both_has_once_what_stands_in_both() =>
        Assert.Equal("A.\n\nX.\n\nB.\n\nC.", new Part.Conflict("", "A.\n\nX.\n\nB.", "A.\n\nB.\n\nC.").Both);

    [Fact]
    public void Where_the_base_is_not_known_whatever_differs_is_a_conflict()
    {
        var merge = ParagraphMerge.Of(null, "One one.\n\nThree 3.", Base);
        Assert.Equal(new Part.Conflict(null, "Three 3.", "Two two.\n\nThree three."), Assert.Single(merge.Conflicts));
        Assert.Equal(Base, merge.Text(c => c.Theirs));
        Assert.Equal(Base, Merged(null, Base, Base));
    }

    [Fact]
    public void Blank_lines_that_were_added_are_no_change_of_a_paragraph() =>
        Assert.Equal("One one.\n\n\n\nTwo 2.\n\nThree three.",
            Merged(Base, "One one.\n\n\n\nTwo two.\n\nThree three.", "One one.\n\nTwo 2.\n\nThree three."));

    [Fact]
    public void A_list_that_both_changed_is_one_conflict()
    {
        var merge = ParagraphMerge.Of("A.\n\n- b\n\n- c", "A.\n\n- b mine\n\n- c", "A.\n\n- b\n\n- c theirs");
        Assert.Equal("- b mine\n\n- c", Assert.Single(merge.Conflicts).Mine);
    }

    [Fact]
    public void More_conflicts_than_anybody_answers_are_one_and_lose_nothing()
    {
        string Text(string word) => string.Join("\n\n", Enumerable.Range(0, 120).Select(n => n % 2 == 0 ? $"p {n} {word}" : $"same {n}"));
        var merge = ParagraphMerge.Of(Text("base"), Text("mine"), Text("theirs"));
        Assert.Single(merge.Conflicts);
        Assert.Equal(Text("mine"), merge.Text(c => c.Mine));
        Assert.Equal(Text("theirs"), merge.Text(c => c.Theirs));
    }

    [Fact]
    public void The_largest_bodies_are_merged_in_less_than_two_seconds()
    {
        string Text(string word) => string.Join("\n\n", Enumerable.Range(0, 20_000).Select(n => $"{word}{n}"));
        var clock = Stopwatch.StartNew();
        Assert.Single(ParagraphMerge.Of(Text("b"), Text("m"), Text("t")).Conflicts);
        string Short(string word) => string.Join("\n\n", Enumerable.Range(0, 1400).Select(n => $"{word}{n}"));
        Assert.NotEmpty(ParagraphMerge.Of(Short("b"), Short("m"), Short("t")).Conflicts);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Not_one_word_is_lost_in_any_order_of_saves(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 500; round++)
        {
            var words = new Counter();
            var @base = Enumerable.Range(0, random.Next(0, 12)).Select(_ => Paragraph(random, words, "b")).ToList();
            var (mine, theirs) = (Edited(random, words, @base, "m"), Edited(random, words, @base, "t"));
            Holds(@base, mine, theirs);
            Holds(@base, theirs, mine);
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void Saves_of_three_editors_one_after_the_other_lose_no_word_that_anybody_added(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var words = new Counter();
            var @base = Enumerable.Range(0, random.Next(1, 10)).Select(_ => Paragraph(random, words, "b")).ToList();
            var texts = new[] { "x", "y", "z" }.Select(who => Edited(random, words, @base, who)).ToList();
            foreach (var order in (int[][])[[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
            {
                var newest = Text(@base);
                // Whoever is asked takes both.
                foreach (var who in order) newest = ParagraphMerge.Of(Text(@base), Text(texts[who]), newest).Text(c => c.Both);
                var has = WordsOf(newest);
                foreach (var text in texts) Assert.Empty(WordsOf(Text(text)).Except(WordsOf(Text(@base))).Except(has));
            }
        }
    }

    [Fact]
    public void A_side_that_did_not_change_gives_the_other_character_for_character()
    {
        string[] lines = ["", "", " ", "Words", "- item", "  more", "```", ":::aside", ":::", "| a |", "* * *"];
        var random = new Random(5);
        for (var round = 0; round < 1000; round++)
        {
            var (one, other) = (Random(), Random());
            Assert.Equal(other, Merged(one, one, other));
            Assert.Equal(other, Merged(one, other, one));
            Assert.Equal(other, Merged(one, other, other));
        }

        string Random() => string.Join('\n', Enumerable.Range(0, random.Next(0, 20)).Select(_ => lines[random.Next(lines.Length)]));
    }

    private static void Holds(List<string> @base, List<string> mine, List<string> theirs)
    {
        var merge = ParagraphMerge.Of(Text(@base), Text(mine), Text(theirs));
        var merged = merge.Parts.OfType<Part.Merged>().SelectMany(p => WordsIn(p.Text)).ToList();
        var shown = merge.Parts.SelectMany(p => p is Part.Conflict c ? [c.Mine, c.Theirs] : (string[])[((Part.Merged)p).Text]);
        var had = WordsOf(Text(@base));
        var (my, their) = (WordsOf(Text(mine)).Except(had).ToList(), WordsOf(Text(theirs)).Except(had).ToList());
        // Every word that either put in.
        Assert.Empty(my.Concat(their).Except(WordsOf(string.Join('\n', shown))));
        // What neither touched stands there once: merged, or in each side of one conflict.
        foreach (var paragraph in @base.Where(p => IsUntouched(p, @base, mine) && IsUntouched(p, @base, theirs)))
        {
            foreach (var word in WordsIn(paragraph))
            {
                var asked = merge.Conflicts.Count(c => WordsIn(c.Mine).Contains(word) && WordsIn(c.Theirs).Contains(word));
                Assert.Equal((word, 1), (word, merged.Count(w => w == word) + asked));
            }
        }
        // Whoever chooses one side has all that this side put in.
        Assert.Empty(my.Except(WordsOf(merge.Text(c => c.Mine))));
        Assert.Empty(their.Except(WordsOf(merge.Text(c => c.Theirs))));
        Assert.Empty(my.Concat(their).Except(WordsOf(merge.Text(c => c.Both))));
        // What neither has any more does not come back.
        Assert.Empty(WordsOf(merge.Text(c => c.Both)).Except(WordsOf(Text(mine))).Except(WordsOf(Text(theirs))));
    }

    /// <summary>It stands where it stood among all that is left of the base.</summary>
    private static bool IsUntouched(string paragraph, List<string> @base, List<string> text)
    {
        var (was, at) = (@base.IndexOf(paragraph), text.IndexOf(paragraph));
        if (at < 0) return false;
        return @base.Where(p => p != paragraph && text.Contains(p)).All(p => (@base.IndexOf(p) < was) == (text.IndexOf(p) < at));
    }

    private static List<string> Edited(Random random, Counter words, List<string> @base, string who)
    {
        var text = @base.ToList();
        for (var edits = random.Next(0, 5); edits > 0; edits--)
        {
            var at = random.Next(0, text.Count + 1);
            switch (random.Next(4))
            {
                case 0: text.Insert(at, Paragraph(random, words, who)); break;
                case 1 when at < text.Count: text.RemoveAt(at); break;
                case 2 when at < text.Count: text[at] += $" {words.Next(who)}"; break;
                case 3 when at < text.Count:
                    var moved = text[at];
                    text.RemoveAt(at);
                    text.Insert(random.Next(0, text.Count + 1), moved);
                    break;
            }
        }
        return text;
    }

    private static string Paragraph(Random random, Counter words, string who)
    {
        var some = Enumerable.Range(0, random.Next(1, 5)).Select(_ => words.Next(who));
        return random.Next(8) switch
        {
            0 => "- " + string.Join("\n\n- ", some),
            1 => "```\n" + string.Join("\n\n", some) + "\n```",
            2 => ":::aside\n" + string.Join("\n\n", some) + "\n:::",
            _ => string.Join(' ', some),
        };
    }

    private static string Text(IEnumerable<string> paragraphs) => string.Join("\n\n", paragraphs);

    private static HashSet<string> WordsOf(string text) => [.. WordsIn(text)];

    private static IEnumerable<string> WordsIn(string text) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(w => w.EndsWith('.') && char.IsAsciiLetter(w[0]));

    private static string Merged(string? @base, string mine, string theirs)
    {
        var merge = ParagraphMerge.Of(@base, mine, theirs);
        Assert.Empty(merge.Conflicts);
        return merge.Text(_ => throw new InvalidOperationException());
    }

    /// <summary>Words of which each is there once.</summary>
    private sealed class Counter
    {
        private int _count;

        public string Next(string who) => string.Create(CultureInfo.InvariantCulture, $"{who}{++_count}.");
    }
}
