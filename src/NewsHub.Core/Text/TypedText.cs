using System.Globalization;
using System.Text;

namespace NewsHub.Core.Text;

/// <summary>
/// How text enters the paper, whoever types, pastes or sends it: forms, content files, picture captions and queries all come through here.
/// Text stays as it was written, in every script: only what no reader could see or no file could hold is dropped (control characters,
/// halves of characters, code points that are none), letters are composed (Unicode NFC), and line ends are <c>\n</c>.
/// </summary>
public static class TypedText
{
    /// <summary>
    /// A text of one line, such as a headline. Runs of ASCII white space become one space and none stands at the ends; no-break, narrow and
    /// wide spaces (U+00A0, U+202F, U+3000 and their like) mean something and stay. Null where nothing is to be seen.
    /// </summary>
    public static string? Line(string? typed)
    {
        if (typed is null) return null;
        var text = Text(WithoutOpenDirections(typed));
        if (text.AsSpan().ContainsAny('\t', '\n') || text.Contains("  ", StringComparison.Ordinal) || text is [' ', ..] or [.., ' '])
            text = string.Join(' ', text.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries));
        return IsBlank(text) ? null : text;
    }

    /// <summary>
    /// A text of several lines in which blank lines and ASCII white space at either end mean nothing, such as a note. Null where nothing
    /// is to be seen.
    /// </summary>
    public static string? Lines(string? typed)
    {
        if (typed is null) return null;
        var text = Text(typed).TrimEnd(' ', '\t', '\n').TrimStart(' ', '\t', '\n');
        return IsBlank(text) ? null : text;
    }

    /// <summary>A text of several lines as it stands, such as a body in Markdown: blanks at the start of a line
    /// mean something there.</summary>
    public static string Text(string? typed)
    {
        if (string.IsNullOrEmpty(typed) || !typed.AsSpan().ContainsAnyExceptInRange(' ', '~')) return typed ?? "";
        var kept = new StringBuilder(typed.Length);
        for (var i = 0; i < typed.Length; i++)
        {
            var c = typed[i];
            switch (c)
            {
                case '\r' when i + 1 < typed.Length && typed[i + 1] == '\n':
                    break;
                case '\r' or '\n' or '\v' or '\f' or '\u0085' or '\u2028' or '\u2029':
                    kept.Append('\n');
                    break;
                case '\t':
                    kept.Append(c);
                    break;
                case '\uFEFF':
                    break;
                case var high when char.IsHighSurrogate(high):
                    if (i + 1 == typed.Length || !char.IsLowSurrogate(typed[i + 1])) break;
                    if ((char.ConvertToUtf32(c, typed[i + 1]) & 0xFFFE) != 0xFFFE) kept.Append(c).Append(typed[i + 1]);
                    i++;
                    break;
                default:
                    if (char.IsControl(c) || char.IsLowSurrogate(c) || c is >= '\uFDD0' and <= '\uFDEF' or '\uFFFE' or '\uFFFF') break;
                    kept.Append(c);
                    break;
            }
        }
        var text = kept.ToString();
        return text.IsNormalized() ? text : text.Normalize();
    }

    /// <summary>Whether a reader would see nothing of it: white space of any kind, joiners, direction marks.</summary>
    public static bool IsBlank(string? text)
    {
        if (text is null) return true;
        foreach (var rune in text.EnumerateRunes())
            if (!Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune) && Rune.GetUnicodeCategory(rune) is not UnicodeCategory.Format)
                return false;
        return true;
    }

    /// <summary>
    /// Without direction controls that have no partner in the line: an override that is never closed would turn round whatever is printed
    /// after the line, and hides what a file's name or an address really is.
    /// </summary>
    private static string WithoutOpenDirections(string line)
    {
        if (!line.AsSpan().ContainsAnyInRange('\u202A', '\u202E') && !line.AsSpan().ContainsAnyInRange('\u2066', '\u2069')) return line;
        var open = new Stack<int>();
        var dropped = new HashSet<int>();
        for (var i = 0; i < line.Length; i++)
        {
            switch (line[i])
            {
                case '\u202A' or '\u202B' or '\u202D' or '\u202E' or '\u2066' or '\u2067' or '\u2068':
                    open.Push(i);
                    break;
                case '\u202C':
                    if (open.TryPeek(out var last) && line[last] < '\u2066') open.Pop();
                    else dropped.Add(i);
                    break;
                case '\u2069':
                    if (!open.Any(o => line[o] >= '\u2066')) dropped.Add(i);
                    // What was opened within an isolate ends with it.
                    else while (line[open.Pop()] < '\u2066') { }
                    break;
            }
        }
        dropped.UnionWith(open);
        return string.Concat(line.Where((_, i) => !dropped.Contains(i)));
    }
}
