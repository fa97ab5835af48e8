namespace NewsHub.Core.Search;

/// <summary>Marks in a text what was looked for, and cuts the piece of it in which most of that stands.</summary>
/// <param name="found">Words, or words that stand together: folded.</param>
internal sealed class Highlighter(IReadOnlyList<IReadOnlyList<string>> found)
{
    private const int Before = 60;
    private const int Long = 220;

    private readonly ILookup<string, IReadOnlyList<string>> _byFirst = found.ToLookup(f => f[0], StringComparer.Ordinal);

    private readonly List<string> _singles = [.. found.Where(f => f.Count == 1 && Folding.IsSingle(f[0])).Select(f => f[0])];

    public MarkedText Mark(string text) => Cut(text, Hits(text), 0, text.Length);

    /// <returns>Null where nothing of it stands in the text.</returns>
    public MarkedText? Snippet(string text)
    {
        var hits = Hits(text);
        if (hits.Count == 0) return null;
        // The stretch that holds the most different words; of equal ones the first.
        var best = hits.Select((hit, i) => (hit.Start,
            Different: hits.Skip(i).TakeWhile(h => h.Start + h.Length <= hit.Start + Long - Before).Select(h => h.Word).Distinct().Count()))
            .MaxBy(s => s.Different);
        var from = best.Start <= Before ? 0 : WordAt(text, best.Start - Before);
        var until = Math.Min(text.Length, from + Long);
        if (until < text.Length)
            until = Math.Max(WordAt(text, until), hits.Where(h => h.Start >= from && h.Start < until).Max(h => h.Start + h.Length));
        var cut = Cut(text, hits, from, until).Parts.ToList();
        if (from > 0) cut.Insert(0, ("… ", false));
        if (until < text.Length) cut.Add((" …", false));
        return new MarkedText(cut);
    }

    private List<(int Start, int Length, string Word)> Hits(string text)
    {
        var folded = Folding.Read(text);
        var words = folded.Words;
        var hits = new List<(int Start, int Length, string Word)>();
        foreach (var other in folded.Others)
            if (_byFirst[other.Words[0]].Any(wanted => wanted.SequenceEqual(other.Words)))
                hits.Add((other.Start, other.Length, other.Words[0]));
        for (var i = 0; i < words.Count; i++)
        {
            if (_singles.FirstOrDefault(s => words[i].Word.StartsWith(s, StringComparison.Ordinal)) is { } single)
                hits.Add((words[i].Start, single.Length, single));
            foreach (var wanted in _byFirst[words[i].Word])
            {
                if (i + wanted.Count > words.Count
                    || !wanted.Select((w, n) => IsIt(words[i + n].Word, w, isLast: n == wanted.Count - 1)).All(same => same)) continue;
                var last = words[i + wanted.Count - 1];
                // Of a pair of which only the first character was asked for, that one.
                var end = last.Start + (last.Word == wanted[^1] ? last.Length : wanted[^1].Length);
                hits.Add((words[i].Start, end - words[i].Start, wanted[0]));
            }
        }
        hits.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.Length.CompareTo(a.Length));
        return hits;
    }

    private static bool IsIt(string word, string wanted, bool isLast) =>
        word == wanted || isLast && Folding.IsSingle(wanted) && word.StartsWith(wanted, StringComparison.Ordinal);

    private static MarkedText Cut(string text, List<(int Start, int Length, string Word)> hits, int from, int until)
    {
        var parts = new List<(string Text, bool IsMarked)>();
        var at = from;
        foreach (var (start, length, _) in hits.Where(h => h.Start >= from && h.Start < until))
        {
            // Pairs of characters overlap.
            var (begin, end) = (Math.Max(start, at), Math.Min(start + length, until));
            if (end <= begin) continue;
            if (begin > at) parts.Add((text[at..begin], false));
            if (begin == at && parts is [.., { IsMarked: true } before]) parts[^1] = (before.Text + text[begin..end], true);
            else parts.Add((text[begin..end], true));
            at = end;
        }
        if (at < until) parts.Add((text[at..until], false));
        return new MarkedText(parts);
    }

    /// <summary>The start of the word at a place, or the place itself where there is no space near.</summary>
    private static int WordAt(string text, int at)
    {
        var space = text.LastIndexOf(' ', at, Math.Min(at, 30));
        var cut = space < 0 ? at : space + 1;
        return cut < text.Length && char.IsLowSurrogate(text[cut]) ? cut - 1 : cut;
    }
}
