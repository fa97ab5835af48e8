using System.Buffers;
using System.Globalization;
using System.Text;
using NewsHub.Core.Text;

namespace NewsHub.Core.Search;

/// <summary>A word as it is looked for, and where it stands in the text that it was taken from.</summary>
public readonly record struct FoldedWord(string Word, int Start, int Length);

/// <summary>Another way to write a stretch of a text: <c>cooperate</c> where <c>co-operate</c> stands.</summary>
public sealed record OtherSpelling(IReadOnlyList<string> Words, int Start, int Length);

/// <summary>The words of a text in order, and the other ways in which some of them are written.</summary>
public sealed record FoldedText(IReadOnlyList<FoldedWord> Words, IReadOnlyList<OtherSpelling> Others);

/// <summary>
/// Texts and questions as the index knows them: lower case, without accents, figures as ASCII, letters that only look different as one,
/// split at whatever is no letter. Scripts that are written without spaces (Chinese, Japanese, Thai, and Korean with its endings) become
/// pairs of characters and, at the end of each run, its last character, so that a word is found wherever it stands. What may be written in
/// several ways (co-operate, U.S., 20,000, Müller) is known by all of them, in the text as in the question.
/// </summary>
public static class Folding
{
    internal const int LongestWord = 40;

    // Between other spellings: no word has it, so nothing stands together across it.
    internal const char Gap = '\uE001';

    // What a rune is folded to never changes: the answers for the first plane are kept.
    private static readonly string?[] Known = new string?[0x10000];

    public static FoldedText Read(string text) => new FoldingReader(text).Read();

    /// <summary>The words of a text, in order; none is empty.</summary>
    public static IReadOnlyList<FoldedWord> Words(string text) => Read(text).Words;

    /// <summary>The words of a text with spaces between them, and behind them its other spellings: what the index
    /// is given to keep.</summary>
    public static string Whole(string text)
    {
        var folded = Read(text);
        var whole = new StringBuilder(text.Length).AppendJoin(' ', folded.Words.Select(w => w.Word));
        foreach (var other in folded.Others.Select(o => string.Join(' ', o.Words)).Distinct(StringComparer.Ordinal))
            whole.Append(' ').Append(Gap).Append(' ').Append(other);
        return whole.ToString();
    }

    /// <summary>Whether a word is a pair of characters, or a single one, rather than a word that somebody wrote.</summary>
    internal static bool IsPair(string word) => Rune.TryGetRuneAt(word.Length > 0 ? word : " ", 0, out var first) && IsUnspaced(first);

    /// <summary>Whether it is one character of those that are kept in pairs.</summary>
    internal static bool IsSingle(string word) => IsPair(word) && Rune.GetRuneAt(word, 0).Utf16SequenceLength == word.Length;

    internal static bool IsPartOfWord(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber || IsMark(rune) || IsAbbreviation(rune.Value);

    internal static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.EnclosingMark;

    /// <summary>Signs that stand for letters: ㈱, ㎏, ㍻, №.</summary>
    private static bool IsAbbreviation(int value) => value is 0x2116 or >= 0x3200 and <= 0x33FF;

    internal static bool IsUnspaced(Rune rune) => rune.Value switch
    {
        < 0x0E00 => false,
        <= 0x0EFF or >= 0x1000 and <= 0x109F or >= 0x1780 and <= 0x17FF or >= 0x1950 and <= 0x19DF or >= 0x1A20 and <= 0x1AAF
            or >= 0xA9E0 and <= 0xA9FF
            or >= 0xAA60 and <= 0xAADF => Rune.IsLetter(rune) || IsMark(rune),
        >= 0x3005 and <= 0x3007 or >= 0x3021 and <= 0x3029 or >= 0x3031 and <= 0x3035 or >= 0x3038 and <= 0x303C => true,
        >= 0x3041 and <= 0x30FF or >= 0x3105 and <= 0x312F or >= 0x31A0 and <= 0x31FF or >= 0x3400 and <= 0x9FFF or >= 0xA000 and <= 0xA4CF
            or >= 0xAC00 and <= 0xD7FB or >= 0xF900 and <= 0xFAFF or >= 0x1AFF0 and <= 0x1B16F or >= 0x20000 and <= 0x3FFFF =>
            Rune.IsLetter(rune),
        _ => false,
    };

    /// <summary>A letter with what is attached to it, as it is looked for; empty for what is only attached.</summary>
    internal static string Fold(ReadOnlySpan<char> letter)
    {
        if (letter.Length != 1) return Folded(letter.ToString());
        return Known[letter[0]] ??= Folded(letter.ToString());
    }

    private static string Folded(string letter)
    {
        var kept = new StringBuilder(letter.Length);
        // A capital with a dot would get a second one from lower case.
        foreach (var rune in letter.Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            if (Plain(rune.Value) is { } plain) kept.Append(plain);
            else if (KeepsItsMarks(rune.Value)) kept.Append(rune.ToString());
            else
            {
                foreach (var part in Rune.ToLowerInvariant(rune).ToString().Normalize(NormalizationForm.FormKD).EnumerateRunes())
                {
                    if (IsDropped(part.Value)) continue;
                    if (Plain(part.Value) is { } base_) kept.Append(base_);
                    else if (Rune.GetUnicodeCategory(part) is UnicodeCategory.DecimalDigitNumber)
                        kept.Append((int)Rune.GetNumericValue(part));
                    else kept.Append(Rune.ToLowerInvariant(part).ToString());
                }
            }
        }
        return kept.ToString();
    }

    /// <summary>In kana a sound mark makes another letter, and a syllable of Hangul is one character.</summary>
    private static bool KeepsItsMarks(int value) => value is >= 0x3041 and <= 0x3096 or >= 0x309D and <= 0x30FF or >= 0xAC00 and <= 0xD7A3;

    /// <summary>What was attached to a letter and does not make it another: accents, vowel points, the stroke that stretches an
    /// Arabic word, a dot below.</summary>
    private static bool IsDropped(int value) => LetterFolding.IsAccent(value) || LetterFolding.IsVariationSelector(value)
        || value is 0x0640 or 0x0670 or 0x093C or 0x0A3C or 0x0ABC or 0x3099 or 0x309A
        or >= 0x0483 and <= 0x0489 or >= 0x0591 and <= 0x05C7 or >= 0x0610 and <= 0x061A or >= 0x064B and <= 0x065F
        or >= 0x06D6 and <= 0x06ED or >= 0x0711 and <= 0x0711 or >= 0x0730 and <= 0x074A or >= 0x08D3 and <= 0x08FF
        or >= 0x1AB0 and <= 0x1AFF
        or >= 0x1DC0 and <= 0x1DFF or >= 0x20D0 and <= 0x20F0 or >= 0xFE20 and <= 0xFE2F;

    /// <summary>Letters that are no plain one with an accent and yet are typed as one, and letters of which one keyboard has this
    /// and another has that.</summary>
    private static string? Plain(int value) => value switch
    {
        'ǽ' or 'Ǽ' or 'ǣ' or 'Ǣ' => "ae",
        'ǿ' or 'Ǿ' => "o",
        'ɗ' or 'Ɗ' or 'ð' or 'Ð' or 'ɖ' or 'Ɖ' => "d",
        'þ' or 'Þ' => "th",
        'İ' => "i",
        'ɓ' or 'Ɓ' => "b",
        'ƙ' or 'Ƙ' or 'ĸ' => "k",
        'ƴ' or 'Ƴ' => "y",
        'ŋ' or 'Ŋ' => "n",
        'ħ' or 'Ħ' => "h",
        'ŧ' or 'Ŧ' => "t",
        'ς' => "σ",
        'ٱ' => "ا",
        'ة' or 'ہ' or 'ھ' or 'ە' or 'ۂ' or 'ۀ' or 'ۃ' => "ه",
        'ى' or 'ی' or 'ې' => "ي",
        'ک' => "ك",
        _ => LetterFolding.Plain(value),
    };
}
