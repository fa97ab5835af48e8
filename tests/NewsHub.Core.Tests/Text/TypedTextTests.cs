using System.Text;
using NewsHub.Core.Text;

namespace NewsHub.Core.Tests.Text;

public sealed class TypedTextTests
{
    [Theory]
    [InlineData("Pourquoi\u00A0? «\u202FCherche\u202F»\u00A0: 20\u202F000\u00A0€",
        "Pourquoi\u00A0? «\u202FCherche\u202F»\u00A0: 20\u202F000\u00A0€")]
    [InlineData("首相\u3000訪米へ\u3000来月上旬", "首相\u3000訪米へ\u3000来月上旬")]
    [InlineData("\u3000全角空白。", "\u3000全角空白。")]
    [InlineData("テ\u3099ータヘ\u3099ース", "データベース")]
    [InlineData("  Two\r\n lines,\ta tab  ", "Two lines, a tab")]
    [InlineData("Control \u0010 in \u0002 headline", "Control in headline")]
    [InlineData("Stand\u001Ffirst\u0000", "Standfirst")]
    [InlineData("\uFEFFx\u2028y\u2029z\u0085w\vv\fu", "x y z w v u")]
    [InlineData("whole 😀", "whole 😀")]
    [InlineData("e\u0000\u0301", "é")]
    [InlineData("e\u202E\u0301", "é")]
    [InlineData("txt.\u202Eexe", "txt.exe")]
    [InlineData("a \u2067b\u202Ec\u2069 d", "a \u2067b\u202Ec\u2069 d")]
    [InlineData("نیم\u200Cفاصله", "نیم\u200Cفاصله")]
    [InlineData("\u200F \u200B\u00A0", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_line_keeps_what_means_something_and_nothing_else(string? typed, string? line) =>
        Assert.Equal(line, TypedText.Line(typed));

    [Fact]
    public void Half_a_character_is_none() => Assert.Equal("torn and half 😀", TypedText.Line("torn \ud83d and \ude00 half 😀"));

    [Fact]
    public void A_text_keeps_its_lines_and_a_note_loses_only_its_empty_ends()
    {
        Assert.Equal("    code\n\n\u3000段落\n", TypedText.Text("    code\r\n\r\n\u3000段落\r"));
        Assert.Equal("\u3000One\n\n  two", TypedText.Lines("\r\n \u3000One\r\n\r\n  two\t\n"));
    }

    [Trait("Needs", "time")]
    [Fact]
    public void Every_code_point_goes_in_once_and_stays()
    {
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            var c = Rune.IsValid(value) ? new Rune(value).ToString() : ((char)value).ToString();
            foreach (var typed in new[] { c, $"a{c}b", $"e{c}\u0301 {c}" })
            {
                var (line, text) = (TypedText.Line(typed), TypedText.Text(typed));
                Assert.True(TypedText.Text(text) == text
                    && TypedText.Line(line) == line
                    && TypedText.Lines(TypedText.Lines(typed)) == TypedText.Lines(typed), $"U+{value:X4} changes again");
                Assert.True(text.IsNormalized() && line?.IsNormalized() is not false, $"U+{value:X4} is not composed");
                Assert.DoesNotContain(text, ch => char.IsControl(ch) && ch is not ('\n' or '\t'));
                Assert.False(line?.Any(char.IsControl) is true, $"U+{value:X4}");
            }
        }
    }

    [Fact]
    public void Whatever_is_typed_comes_out_the_same_when_it_is_typed_again()
    {
        var random = new Random(11);
        string[] parts = [
            "\u0000", "\ud83d", "\ude00", "😀", "e", "\u0301", "\u202E", "\u202C", "\u2067", "\u2069", " ", "\t", "\r", "\n", "\u00A0",
            "\u3000", "テ", "\u3099", "\uFFFE", "\u200B", "и", "\u0306", "\uFEFF",
        ];
        for (var i = 0; i < 20_000; i++)
        {
            var typed = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => parts[random.Next(parts.Length)]));
            Assert.Equal(TypedText.Line(typed), TypedText.Line(TypedText.Line(typed)));
            Assert.Equal(TypedText.Text(typed), TypedText.Text(TypedText.Text(typed)));
            Assert.Equal(TypedText.Lines(typed), TypedText.Lines(TypedText.Lines(typed)));
        }
    }
}
