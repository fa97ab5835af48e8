using System.Buffers;
using System.Runtime.CompilerServices;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;

namespace NewsHub.Core.Stories.Body;

/// <summary>
/// How much of each Markdown construct a body may have. The libraries that parse it need the square of some counts, and neither can be
/// cancelled: so work is bounded by numbers that are known before it begins. The body's bytes are bounded by
/// <see cref="HouseMarkdown.MaxBytes"/>.
/// </summary>
internal static class BodyBounds
{
    /// <summary>Paragraphs, list items, table cells, line ends, stretches of text: everything that the parsed body is made of.</summary>
    internal const int MaxNodes = 25_000;

    /// <summary>Markdig looks back over every open bracket.</summary>
    private const int MaxBrackets = 2000;

    /// <summary>A row of a table costs the square of its pipes.</summary>
    private const int MaxPipes = 5000;

    /// <summary>Every row of a table is filled up to the length of its longest.</summary>
    private const int MaxCells = 20_000;

    private const int MaxTags = 500;

    /// <summary>Each line is compared with every block that is open.</summary>
    private const int MaxFences = 1000;

    /// <summary>Emphasis within one paragraph or heading costs the square of its marks.</summary>
    internal const int MaxMarksOfBlock = 1000;

    /// <summary>Headings of levels that the sanitizer takes out one by one.</summary>
    private const int MaxHeadings = 500;

    /// <summary>An unclosed formatting tag is repeated in every element after it.</summary>
    private const int MaxRepeatedTags = 20_000;

    /// <summary>Of problems that the editor lists, with those that hinder first.</summary>
    internal const int MaxProblems = 100;

    private static readonly SearchValues<char> OfDelimiterRows = SearchValues.Create("|-: \t>");

    /// <summary>By the HTML standard, tags that the parser opens again in the next block.</summary>
    private static readonly string[] Formatting =
        ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

    /// <summary>Why a source text is not parsed at all; null where it is.</summary>
    public static BodyProblem? Exceeded(string markdown)
    {
        foreach (var (sign, most) in new[] { ('[', MaxBrackets), ('|', MaxPipes), ('<', MaxTags) })
            if (markdown.AsSpan().Count(sign) is var count && count > most)
                return Refused(1, $"The body has {count} '{sign}'; it can have {most} at most.");
        var (line, fences, cells) = (0, 0, 0L);
        var (rows, pipes, isTable) = (0, 0, false);
        foreach (var text in markdown.AsSpan().EnumerateLines())
        {
            line++;
            if (text.IndexOf(":::") >= 0 && ++fences > MaxFences)
                return Refused(line, $"The body has more than {MaxFences} lines with ':::'.");
            if (text.IsWhiteSpace())
            {
                EndBlock();
                continue;
            }
            rows++;
            pipes = Math.Max(pipes, text.Count('|'));
            isTable |= IsDelimiterRow(text);
            if (isTable && cells + (long)rows * (pipes + 1) > MaxCells)
                return Refused(line, $"The body’s tables have more than {MaxCells} cells.");
        }
        return null;

        void EndBlock()
        {
            if (isTable) cells += (long)rows * (pipes + 1);
            (rows, pipes, isTable) = (0, 0, false);
        }
    }

    /// <summary>Why a parsed body is not printed; null where it is.</summary>
    public static BodyProblem? Exceeded(MarkdownDocument document)
    {
        var (nodes, headings) = (0, 0);
        foreach (var node in document.Descendants())
        {
            if (node is HeadingBlock { Level: < 2 or > 3 } && ++headings > MaxHeadings)
                return Refused(
                    node.Line + 1, $"The body has more than {MaxHeadings} headings that are not crossheads: a crosshead is ## or ###.");
            if (++nodes > MaxNodes) return Refused(node.Line + 1,
                $"The body has more than {MaxNodes} parts (lines, list items, cells, words with markup): split it into several stories.");
        }
        return null;
    }

    /// <summary>Why printed HTML does not go through the sanitizer; null where it does.</summary>
    public static BodyProblem? ExceededByHtml(ReadOnlySpan<char> html)
    {
        var (open, repeated) = (0, 0L);
        while (html.IndexOf('<') is var at && at >= 0 && at + 1 < html.Length)
        {
            html = html[(at + 1)..];
            var closes = html[0] == '/';
            var name = html[(closes ? 1 : 0)..];
            var end = 0;
            while (end < name.Length && char.IsAsciiLetterOrDigit(name[end])) end++;
            if (end == 0) continue;
            if (IsFormatting(name[..end])) open = Math.Max(0, open + (closes ? -1 : 1));
            else if (!closes && (repeated += open) > MaxRepeatedTags)
                return Refused(1, "Formatting such as <b> is opened many times and never closed.");
        }
        return null;
    }

    private static bool IsFormatting(ReadOnlySpan<char> name)
    {
        foreach (var one in Formatting)
            if (name.Equals(one, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    /// <summary>Such as <c>|---|:-:|</c>, within quotes too.</summary>
    private static bool IsDelimiterRow(ReadOnlySpan<char> line) =>
        line.Contains('|') && line.Contains('-') && line.IndexOfAnyExcept(OfDelimiterRows) < 0;

    private static BodyProblem Refused(int line, string message) => new(line, message, Hinders: true);

    /// <summary>Counts the marks of emphasis in each block as they come, and stops at the first that has too many.</summary>
    internal sealed class MarkCounter : InlineParser
    {
        private static readonly ConditionalWeakTable<LeafBlock, StrongBox<int>> Counts = [];

        public MarkCounter() => OpeningCharacters = ['*', '_', '~'];

        /// <exception cref="BodyTooComplexException">This block has too many.</exception>
        public override bool Match(InlineProcessor processor, ref StringSlice slice)
        {
            if (processor.Block is not { } block) return false;
            var count = Counts.GetOrCreateValue(block);
            if (++count.Value > MaxMarksOfBlock)
                throw new BodyTooComplexException(
                    Refused(block.Line + 1, $"This paragraph has more than {MaxMarksOfBlock} marks of emphasis."));
            return false;
        }
    }
}

/// <summary>A body is not rendered, for the reason given.</summary>
internal sealed class BodyTooComplexException(BodyProblem problem) : Exception(problem.Message)
{
    public BodyProblem Problem => problem;
}
