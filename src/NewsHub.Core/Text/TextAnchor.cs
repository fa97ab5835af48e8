using System.Text.RegularExpressions;
using DiffPlex;
using DiffPlex.Chunkers;

namespace NewsHub.Core.Text;

/// <summary>Chosen words of a text, which hold on to their place while the text changes. Counted in UTF-16 units.</summary>
/// <param name="Length">0 where the words are gone.</param>
public readonly partial record struct TextAnchor(int Start, int Length)
{
    /// <summary>Longer paragraphs are not compared word by word: one that has changed is one edit.</summary>
    private const int LongestCompared = 12_000;

    public int End => Start + Length;

    /// <summary>Where a text has these very words, nearest to a place; null where it does not have them.</summary>
    public static TextAnchor? Find(string text, string words, int near)
    {
        if (words.Length == 0) return null;
        int? best = null;
        for (var at = text.IndexOf(words, StringComparison.Ordinal); at >= 0; at = text.IndexOf(words, at + 1, StringComparison.Ordinal))
        {
            if (best is { } other && Math.Abs(at - near) >= Math.Abs(other - near)) break;
            best = at;
        }
        return best is { } start ? new TextAnchor(start, words.Length) : null;
    }

    /// <summary>
    /// Where the words are after an edit. What is typed around them is not theirs, what replaces some of them is; words that were cut out
    /// and put in elsewhere are found there, and so are words that were gone and came back.
    /// </summary>
    /// <param name="words">The words as they were chosen: by them they are found again.</param>
    public TextAnchor Follow(string before, string after, string words)
    {
        if (before == after) return this;
        var edits = Edits(before, after);
        var (start, end) = (MapStart(edits), MapEnd(edits));
        if (Length > 0 && end > start) return new TextAnchor(start, end - start);
        // Among what was put in, the nearest.
        var wanted = Length > 0 ? before.Substring(Start, Length) : words;
        var found = edits
            .Where(e => e.NewLength > 0)
            .Select(e => Within(after, e, wanted, start))
            .OfType<TextAnchor>()
            .OrderBy(a => Math.Abs(a.Start - start))
            .ToList();
        return found.Count > 0 ? found[0] : new TextAnchor(Math.Clamp(Math.Min(start, end), 0, after.Length), 0);
    }

    private static TextAnchor? Within(string text, Edit edit, string words, int near)
    {
        var from = Math.Max(0, edit.NewStart - words.Length);
        var to = Math.Min(text.Length, edit.NewEnd + words.Length);
        return Find(text[from..to], words, near - from) is { } found ? found with { Start = found.Start + from } : null;
    }

    private int MapStart(IReadOnlyList<Edit> edits)
    {
        var (at, shift) = (Start, 0);
        foreach (var edit in edits)
        {
            if (edit.OldStart > at) break;
            if (edit.OldStart == at && edit.OldLength > 0) return edit.NewStart;
            if (edit.OldEnd > at || edit.OldEnd == at && edit.OldLength == 0) return edit.NewEnd;
            shift = edit.NewEnd - edit.OldEnd;
        }
        return at + shift;
    }

    private int MapEnd(IReadOnlyList<Edit> edits)
    {
        var (at, shift) = (End, 0);
        foreach (var edit in edits)
        {
            if (edit.OldStart >= at) break;
            if (edit.OldEnd > at) return edit.NewStart;
            shift = edit.NewEnd - edit.OldEnd;
        }
        return at + shift;
    }

    /// <summary>What one edit took out of the old text and put into the new one.</summary>
    private readonly record struct Edit(int OldStart, int OldLength, int NewStart, int NewLength)
    {
        public int OldEnd => OldStart + OldLength;
        public int NewEnd => NewStart + NewLength;
    }

    /// <summary>First by lines, and within those that differ by words.</summary>
    private static List<Edit> Edits(string before, string after)
    {
        var edits = new List<Edit>();
        foreach (var lines in Differences(before, after, LineEndingsPreservingChunker.Instance))
        {
            if (lines.OldLength == 0 || lines.NewLength == 0 || lines.OldLength + lines.NewLength > LongestCompared) edits.Add(lines);
            else edits.AddRange(Differences(before.Substring(lines.OldStart, lines.OldLength),
                after.Substring(lines.NewStart, lines.NewLength), Words.Instance)
                .Select(e => e with { OldStart = e.OldStart + lines.OldStart, NewStart = e.NewStart + lines.NewStart }));
        }
        return edits;
    }

    private static IEnumerable<Edit> Differences(string before, string after, IChunker chunker)
    {
        var diff = Differ.Instance.CreateDiffs(before, after, ignoreWhiteSpace: false, ignoreCase: false, chunker);
        var (old, now) = (Offsets(diff.PiecesOld), Offsets(diff.PiecesNew));
        return diff.DiffBlocks.Select(b => new Edit(
            old[b.DeleteStartA],
            old[b.DeleteStartA + b.DeleteCountA] - old[b.DeleteStartA],
            now[b.InsertStartB],
            now[b.InsertStartB + b.InsertCountB] - now[b.InsertStartB]));
    }

    private static int[] Offsets(IReadOnlyList<string> pieces)
    {
        var offsets = new int[pieces.Count + 1];
        for (var i = 0; i < pieces.Count; i++) offsets[i + 1] = offsets[i] + pieces[i].Length;
        return offsets;
    }

    /// <summary>Cuts a text into words and the signs between them; of scripts that write no spaces, into letters.</summary>
    private sealed partial class Words : IChunker
    {
        public static readonly Words Instance = new();

        public IReadOnlyList<string> Chunk(string text) => [.. Pieces().Matches(text).Select(m => m.Value)];

        [GeneratedRegex(
            @"[\uD800-\uDBFF][\uDC00-\uDFFF]|[⺀-鿿가-힣ぁ-ヿ]|[\p{L}\p{N}\p{M}-[⺀-鿿가-힣ぁ-ヿ]]+|.", RegexOptions.Singleline)]
        private static partial Regex Pieces();
    }
}
