using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Parsers.Inlines;
using Markdig.Syntax.Inlines;

namespace NewsHub.Core.Stories.Body;

/// <summary>
/// Emphasis by <c>*</c> in lines with Chinese, Japanese or Korean text. CommonMark tells an opening run of asterisks from a closing
/// one by the spaces and the punctuation beside it, and those scripts have no spaces there: <c>**重点，**年</c> would never close. So in a line
/// with a wide character white space alone decides: what has none behind it may open, what has none before it may close. All other lines,
/// and <c>_</c>, which is part of names, are CommonMark's own.
/// </summary>
internal sealed class EastAsianEmphasisParser : EmphasisInlineParser
{
    /// <summary>How far from the asterisks wide text is looked for: a line may be as long as the body.</summary>
    private const int Reach = 256;

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var isWide = slice.CurrentChar == '*' && IsInWideLine(slice);
        var before = isWide ? Before(processor, slice) : default;
        if (!base.Match(processor, ref slice)) return false;
        // CommonMark's rules find neither side open only where both are white space, so what they refuse nothing else would take.
        if (isWide && processor.Inline is EmphasisDelimiterInline run)
            run.Type = (IsSpace(After(slice)) ? DelimiterType.Undefined : DelimiterType.Open)
                | (IsSpace(before) ? DelimiterType.Undefined : DelimiterType.Close);
        return true;
    }

    private static bool IsInWideLine(StringSlice slice)
    {
        var (text, first, last) = (slice.Text, slice.Start, slice.Start);
        while (first > 0 && slice.Start - first < Reach && text[first - 1] is not ('\n' or '\r')) first--;
        while (last < slice.End && last - slice.Start < Reach && text[last + 1] is not ('\n' or '\r')) last++;
        return EastAsianText.HasWide(text, first, last);
    }

    private static char Before(InlineProcessor processor, StringSlice slice) =>
        processor.Inline is HtmlEntityInline { Transcoded: { Length: > 0 } entity } ? entity[entity.End] : slice.PeekCharExtra(-1);

    private static char After(StringSlice slice) =>
        HtmlEntityParser.TryParse(ref slice, out var entity, out _) && entity is { Length: > 0 } ? entity[0] : slice.CurrentChar;

    private static bool IsSpace(char c) => c == '\0' || char.IsWhiteSpace(c);
}
