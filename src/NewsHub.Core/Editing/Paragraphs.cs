using System.Text;

namespace NewsHub.Core.Editing;

/// <summary>
/// House Markdown cut into the pieces that are merged as wholes. A piece ends at a blank line, except within a code fence, a <c>:::</c>
/// block or a list; a table has no blank lines. Only where to cut is decided here: each piece is its exact source.
/// </summary>
public static class Paragraphs
{
    /// <summary>The pieces in order, each with the blank lines behind it; joined they are the text, character for character.</summary>
    /// <param name="text">Lines end with <c>\n</c>.</param>
    public static IReadOnlyList<string> Split(string text)
    {
        var pieces = new List<string>();
        var (start, hasText, afterBlank, inList) = (0, false, false, false);
        (char Mark, int Length)? open = null;
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at) is >= 0 and var found ? found + 1 : text.Length;
            var line = text.AsSpan(at, end - at);
            var isBlank = line.IsWhiteSpace();
            if (open is { } fence)
            {
                if (Closes(line, fence)) open = null;
            }
            else if (isBlank) afterBlank = hasText;
            else
            {
                if (afterBlank && !(inList && GoesOnWithList(line)))
                {
                    pieces.Add(text[start..at]);
                    (start, inList) = (at, false);
                }
                (hasText, afterBlank) = (true, false);
                open = Opens(line);
                inList |= open is null && IsItem(line);
            }
            at = end;
        }
        if (start < text.Length) pieces.Add(text[start..]);
        return pieces;
    }

    /// <summary>Puts texts under each other: whatever they end with, a blank line stands between two.</summary>
    public static string Join(IEnumerable<string> texts)
    {
        var joined = new StringBuilder();
        foreach (var text in texts)
        {
            if (text.Length == 0) continue;
            if (joined.Length > 0 && !EndsWithBlankLine(joined)) joined.Append(joined[^1] == '\n' ? "\n" : "\n\n");
            joined.Append(text);
        }
        return joined.ToString();
    }

    private static bool EndsWithBlankLine(StringBuilder text)
    {
        if (text[^1] != '\n') return false;
        for (var i = text.Length - 2; i >= 0; i--)
        {
            if (text[i] == '\n') return true;
            if (text[i] is not (' ' or '\t')) return false;
        }
        return true;
    }

    // At most three blanks stand before a fence: more make it code or part of a list.
    private static (char Mark, int Length)? Opens(ReadOnlySpan<char> line)
    {
        var text = line.TrimStart(' ');
        if (line.Length - text.Length > 3 || text.IsEmpty || text[0] is not ('`' or '~' or ':')) return null;
        var length = text.IndexOfAnyExcept(text[0]) is >= 0 and var found ? found : text.Length;
        if (length < 3 || text[0] == '`' && text[length..].Contains('`')) return null;
        return (text[0], length);
    }

    private static bool Closes(ReadOnlySpan<char> line, (char Mark, int Length) fence) =>
        Opens(line) is { } closing && closing.Mark == fence.Mark && closing.Length >= fence.Length
        && line.Trim().IndexOfAnyExcept(fence.Mark) < 0;

    private static bool GoesOnWithList(ReadOnlySpan<char> line) =>
        line[0] == '\t' || line.StartsWith("  ", StringComparison.Ordinal) || IsItem(line);

    // A list's item, or a note, which goes on in indented lines as an item does.
    private static bool IsItem(ReadOnlySpan<char> line)
    {
        var text = line.TrimStart(' ').TrimEnd();
        if (text.Length < 2 || IsRule(text)) return false;
        if (text.StartsWith("[^", StringComparison.Ordinal)) return text.Contains("]:", StringComparison.Ordinal);
        var digits = text.IndexOfAnyExceptInRange('0', '9');
        var mark = digits is > 0 and < 10 && text[digits] is ('.' or ')') ? digits : text[0] is '-' or '*' or '+' ? 0 : -1;
        return mark >= 0 && (mark + 1 == text.Length || text[mark + 1] is ' ' or '\t');
    }

    private static bool IsRule(ReadOnlySpan<char> text)
    {
        var mark = text[0];
        if (mark is not ('-' or '*')) return false;
        foreach (var c in text)
            if (c != mark && c is not (' ' or '\t')) return false;
        return text.Count(mark) >= 3;
    }
}
