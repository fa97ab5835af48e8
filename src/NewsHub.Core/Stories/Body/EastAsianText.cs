using System.Buffers;
using System.Text;

namespace NewsHub.Core.Stories.Body;

/// <summary>Characters that are as wide as an ideograph, and the lines they stand in.</summary>
/// <remarks>
/// Wide, full-width and half-width by Unicode Standard Annex 11 without emoji, and all of Hangul, as the amendments to CommonMark for
/// Chinese, Japanese and Korean have them.
/// </remarks>
internal static class EastAsianText
{
    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x11FF), (0x20A9, 0x20A9), (0x2329, 0x232A), (0x2E80, 0x303E), (0x3041, 0x33FF), (0x3400, 0x4DFF), (0x4E00, 0xA4CF),
        (0xA960, 0xA97F), (0xAC00, 0xD7FF), (0xF900, 0xFAFF), (0xFE10, 0xFE19), (0xFE30, 0xFE6F), (0xFF01, 0xFFEE), (0x16FE0, 0x18DFF),
        (0x1AFF0, 0x1B2FF), (0x1F200, 0x1F202), (0x1F210, 0x1F23B), (0x1F240, 0x1F248), (0x20000, 0x3FFFD),
    ];

    private static readonly (int First, int Last)[] Hangul =
    [
        (0x1100, 0x11FF), (0x302E, 0x302F), (0x3131, 0x318E), (0x3200, 0x321E), (0x3260, 0x327F), (0xA960, 0xA97F), (0xAC00, 0xD7FF),
        (0xFFA0, 0xFFDC),
    ];

    public static bool IsWide(Rune rune) => IsIn(Wide, rune);

    public static bool IsHangul(Rune rune) => IsIn(Hangul, rune);

    /// <summary>Whether any character from <paramref name="first"/> up to <paramref name="last"/> is wide.</summary>
    public static bool HasWide(string text, int first, int last)
    {
        for (var at = first; at <= last; at++)
        {
            // The smallest of them; Western text is passed over quickly.
            if (text[at] >= 0x1100 && Rune.TryGetRuneAt(text, at, out var rune) && IsWide(rune)) return true;
        }
        return false;
    }

    /// <summary>
    /// Whether a line that ends in <paramref name="before"/> goes on with <paramref name="after"/> without a space: both are wide, or one
    /// is wide punctuation, which brings its own space, and neither is Hangul, which has spaces between its words. Quotation marks, dashes
    /// and dots that other scripts have too are looked past.
    /// </summary>
    public static bool JoinsLines(string before, string after)
    {
        Rune last = default, first = default;
        for (var left = before.AsSpan(); ; left = left[..^last.Utf16SequenceLength])
            if (Rune.DecodeLastFromUtf16(left, out last, out _) is not OperationStatus.Done) return false;
            else if (!IsShared(last)) break;
        for (var right = after.AsSpan(); ; right = right[first.Utf16SequenceLength..])
            if (Rune.DecodeFromUtf16(right, out first, out _) is not OperationStatus.Done) return false;
            else if (!IsShared(first)) break;
        if (IsHangul(last) || IsHangul(first)) return false;
        return IsWide(last) && IsWide(first) || IsWidePunctuation(last) || IsWidePunctuation(first);
    }

    private static bool IsWidePunctuation(Rune rune) => IsWide(rune) && Rune.IsPunctuation(rune);

    private static bool IsShared(Rune rune) =>
        rune.Value is 0x2018 or 0x2019 or 0x201C or 0x201D or 0x2013 or 0x2014 or 0x2025 or 0x2026 or 0x00B7;

    private static bool IsIn((int First, int Last)[] ranges, Rune rune)
    {
        var (low, high) = (0, ranges.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (rune.Value < ranges[middle].First) high = middle - 1;
            else if (rune.Value > ranges[middle].Last) low = middle + 1;
            else return true;
        }
        return false;
    }
}
