using System.Globalization;
using System.Text;

namespace NewsHub.Core.Search;

/// <summary>A word as it is looked for, and where it stands in the text that it was taken from.</summary>
public readonly record struct FoldedWord(string Word, int Start, int Length);

/// <summary>
/// Texts and questions as the index knows them: lower case, without accents, split at whatever is no letter. Scripts that are written without spaces
/// (Chinese, Japanese, Thai, and Korean with its endings) become pairs of characters, so that a word is found wherever it stands.
/// </summary>
public static class Folding
{
    private const int LongestWord = 40;

    /// <summary>The words of a text, in order.</summary>
    public static IEnumerable<FoldedWord> Words(string text)
    {
        var word = new StringBuilder();
        var (start, end) = (0, 0);
        (int Start, int Length, string Folded)? before = null;
        for (var at = 0; at < text.Length;)
        {
            var size = Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length) is System.Buffers.OperationStatus.Done ? length : 1;
            if (size == 1 && length != 1 || rune == Rune.ReplacementChar) rune = new Rune(' ');
            if (IsUnspaced(rune))
            {
                if (Taken() is { } left) yield return left;
                var folded = Fold(rune);
                if (before is { } first) yield return new FoldedWord(first.Folded + folded, first.Start, first.Length + size);
                // Alone between others, it is a word.
                else if (at + size >= text.Length || !IsUnspaced(RuneAt(text, at + size))) yield return new FoldedWord(folded, at, size);
                before = (at, size, folded);
                at += size;
                continue;
            }
            before = null;
            if (rune.IsAscii ? char.IsAsciiLetterOrDigit((char)rune.Value) : IsPartOfWord(rune))
            {
                if (word.Length == 0) start = at;
                if (rune.IsAscii) word.Append(char.ToLowerInvariant((char)rune.Value));
                else word.Append(Fold(rune));
                end = at + size;
            }
            else if (Taken() is { } whole) yield return whole;
            at += size;
        }
        if (Taken() is { } last) yield return last;

        FoldedWord? Taken()
        {
            if (word.Length == 0) return null;
            var taken = new FoldedWord(word.Length > LongestWord ? word.ToString(0, LongestWord) : word.ToString(), start, end - start);
            word.Clear();
            return taken;
        }
    }

    /// <summary>The words of a text with spaces between them: what the index is given to keep.</summary>
    public static string Whole(string text) => string.Join(' ', Words(text).Select(w => w.Word));

    /// <summary>Whether a word is a pair of characters rather than a word that somebody wrote.</summary>
    internal static bool IsPair(string word) => IsUnspaced(RuneAt(word, 0));

    /// <summary>Whether it is one character of those that are kept in pairs.</summary>
    internal static bool IsSingle(string word) => IsPair(word) && RuneAt(word, 0).Utf16SequenceLength == word.Length;

    private static Rune RuneAt(string text, int at) => Rune.TryGetRuneAt(text, at, out var rune) ? rune : new Rune(' ');

    private static bool IsPartOfWord(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark || rune.Value is 0x200C or 0x200D or 0xAD;

    private static bool IsUnspaced(Rune rune) => rune.Value switch
    {
        < 0x0E00 => false,
        <= 0x0EFF => Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark,
        >= 0x1000 and <= 0x109F or >= 0x1780 and <= 0x17FF => Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark,
        >= 0x3040 and <= 0x30FF or >= 0x3400 and <= 0x9FFF or >= 0xAC00 and <= 0xD7AF or >= 0xF900 and <= 0xFAFF or >= 0xFF66 and <= 0xFF9F or >= 0x20000 and <= 0x3FFFF => Rune.IsLetter(rune),
        _ => false,
    };

    private static string Fold(Rune rune)
    {
        if (Plain(rune.Value) is { } plain) return plain;
        // What stands alone here was attached to a letter: an accent, a vowel point, a soft hyphen, the stroke that stretches an Arabic word.
        if (IsDropped(rune.Value)) return "";
        var whole = Rune.ToLowerInvariant(rune).ToString();
        var parts = whole.Normalize(NormalizationForm.FormKD);
        if (parts == whole || rune.Value is >= 0xAC00 and <= 0xD7AF) return whole;
        var kept = new StringBuilder(parts.Length);
        foreach (var part in parts.EnumerateRunes())
            if (!IsDropped(part.Value)) kept.Append(Plain(part.Value) ?? Rune.ToLowerInvariant(part).ToString());
        return kept.ToString();
    }

    private static bool IsDropped(int value) => value is 0xAD or 0x200C or 0x200D or 0x0640 or 0x0670
        or >= 0x0300 and < 0x0370 or >= 0x0483 and <= 0x0487 or >= 0x0591 and <= 0x05C7 or >= 0x0610 and <= 0x061A or >= 0x064B and <= 0x065F or >= 0x06D6 and <= 0x06ED
        or >= 0x1AB0 and <= 0x1AFF or >= 0x1DC0 and <= 0x1DFF or 0x3099 or 0x309A or >= 0xFE00 and <= 0xFE0F or >= 0xE0100 and <= 0xE01EF;

    /// <summary>Letters that are no plain one with an accent, and yet are typed as one.</summary>
    private static string? Plain(int value) => value switch
    {
        'ß' or 'ẞ' => "ss",
        'æ' or 'Æ' => "ae",
        'œ' or 'Œ' => "oe",
        'ø' or 'Ø' => "o",
        'ł' or 'Ł' => "l",
        'đ' or 'Đ' or 'ɗ' or 'Ɗ' or 'ð' or 'Ð' => "d",
        'þ' or 'Þ' => "th",
        'ı' or 'İ' => "i",
        'ɓ' or 'Ɓ' => "b",
        'ƙ' or 'Ƙ' => "k",
        'ƴ' or 'Ƴ' => "y",
        'ŋ' or 'Ŋ' => "n",
        'ς' => "σ",
        'ة' => "ه",
        'ى' => "ي",
        _ => null,
    };
}
