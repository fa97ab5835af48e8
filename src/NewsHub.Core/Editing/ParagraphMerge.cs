using DiffPlex;

namespace NewsHub.Core.Editing;

/// <summary>
/// Two texts that were both made of a third, merged paragraph by paragraph (<see cref="Paragraphs"/>). What only one of them changed, and
/// what both changed alike, merges by itself; a paragraph that both changed is a conflict, and so are two insertions at the same place.
/// Paragraphs are compared by their words: the blank lines between them make no difference.
/// </summary>
public sealed class ParagraphMerge
{
    /// <summary>What two texts differ in is looked for among so many paragraphs; what is more counts as changed as a whole.</summary>
    private const int MostCompared = 3000;

    /// <summary>More questions than this are asked as one.</summary>
    public const int MostConflicts = 50;

    /// <summary>Where a merged part is from.</summary>
    public enum Origin
    {
        /// <summary>Nobody changed it, or both did alike.</summary>
        Both,
        Mine,
        Theirs,
    }

    /// <summary>A stretch of the merged text.</summary>
    public abstract record Part
    {
        private Part() { }

        /// <param name="Text">Empty where paragraphs were taken out.</param>
        /// <param name="Paragraphs">How many paragraphs it adds, changes or takes out.</param>
        public sealed record Merged(string Text, Origin Origin, int Paragraphs) : Part;

        /// <param name="Base">Null where the text that both were made of is not known.</param>
        /// <param name="Mine">Empty where I took the paragraph out, or have nothing there.</param>
        /// <param name="Theirs">Likewise.</param>
        public sealed record Conflict(string? Base, string Mine, string Theirs) : Part
        {
            /// <summary>Both versions under each other; what is word for word in both stands there once.</summary>
            public string Both
            {
                get
                {
                    var mine = Editing.Paragraphs.Split(Mine);
                    var has = mine.Select(Words).ToHashSet();
                    return Editing.Paragraphs.Join([.. mine, .. Editing.Paragraphs.Split(Theirs).Where(p => !has.Contains(Words(p)))]);
                }
            }
        }
    }

    /// <summary>A change: so many paragraphs of the base, from Start on, became those of the other text from OtherStart on.</summary>
    private readonly record struct Change(int Start, int End, int OtherStart, int OtherEnd)
    {
        public bool Grows => OtherEnd - OtherStart > End - Start;

        /// <summary>Whether they changed the same paragraph, or both put something in between the same two.</summary>
        public bool Meets(Change other) =>
            Start < other.End && other.Start < End || (Start == other.End || other.Start == End) && Grows && other.Grows;
    }

    private readonly string[] _base, _mine, _theirs;
    private readonly List<Part> _parts = [];

    private ParagraphMerge(string @base, string mine, string theirs) =>
        (_base, _mine, _theirs) = ([.. Paragraphs.Split(@base)], [.. Paragraphs.Split(mine)], [.. Paragraphs.Split(theirs)]);

    /// <summary>The whole text in order: parts that are merged, and conflicts.</summary>
    public IReadOnlyList<Part> Parts => _parts;

    public IEnumerable<Part.Conflict> Conflicts => _parts.OfType<Part.Conflict>();

    /// <summary>Merges two texts. One that did not change gives the other, character for character.</summary>
    /// <param name="base">The text that both were made of; null where it is not known: whatever differs then is a conflict.</param>
    public static ParagraphMerge Of(string? @base, string mine, string theirs)
    {
        var merge = new ParagraphMerge(@base ?? "", mine, theirs);
        if (mine == theirs) merge._parts.Add(new Part.Merged(mine, Origin.Both, merge._mine.Length));
        else if (@base is null) merge.Compare();
        else if (mine == @base || theirs == @base)
        {
            var (text, origin) = mine == @base ? (theirs, Origin.Theirs) : (mine, Origin.Mine);
            var changes = Changes(merge._base, mine == @base ? merge._theirs : merge._mine);
            merge._parts.Add(new Part.Merged(text, origin, changes.Sum(c => Math.Max(c.End - c.Start, c.OtherEnd - c.OtherStart))));
        }
        else merge.Merge();
        merge.JoinConflictsBeyondMost();
        return merge;
    }

    /// <summary>The merged text.</summary>
    /// <param name="choose">What stands in a conflict's place.</param>
    public string Text(Func<Part.Conflict, string> choose)
    {
        if (_parts is [Part.Merged whole]) return whole.Text;
        var text = Paragraphs.Join(_parts.Select(p => p is Part.Merged merged ? merged.Text : choose((Part.Conflict)p)));
        return _mine is [.., [.., '\n']] || _theirs is [.., [.., '\n']] ? text : text.TrimEnd('\n');
    }

    private void Merge()
    {
        var (mine, theirs) = (Changes(_base, _mine), Changes(_base, _theirs));
        // How far a place of the base has moved in each text.
        var (at, myShift, theirShift) = (0, 0, 0);
        for (var (i, j) = (0, 0); i < mine.Count || j < theirs.Count;)
        {
            var (firstMine, firstTheirs) = (i, j);
            var (start, end) = (int.MaxValue, 0);
            while (true)
            {
                if (i == mine.Count && j == theirs.Count) break;
                var isMine = j == theirs.Count
                    || i < mine.Count && (mine[i].Start, mine[i].End).CompareTo((theirs[j].Start, theirs[j].End)) <= 0;
                var next = isMine ? mine[i] : theirs[j];
                if (start != int.MaxValue
                    && !(isMine ? j > firstTheirs && next.Meets(theirs[j - 1]) : i > firstMine && next.Meets(mine[i - 1])))
                    break;
                (start, end) = (Math.Min(start, next.Start), Math.Max(end, next.End));
                if (isMine) i++;
                else j++;
            }
            Keep(at, start, myShift, theirShift);
            var (myStart, theirStart) = (start + myShift, start + theirShift);
            if (i > firstMine) myShift = mine[i - 1].OtherEnd - mine[i - 1].End;
            if (j > firstTheirs) theirShift = theirs[j - 1].OtherEnd - theirs[j - 1].End;
            var (my, their) = (_mine[myStart..(end + myShift)], _theirs[theirStart..(end + theirShift)]);
            if (j == firstTheirs) Add(my, Origin.Mine, end - start);
            else if (i == firstMine) Add(their, Origin.Theirs, end - start);
            else Ask(_base[start..end], my, their);
            at = end;
        }
        Keep(at, _base.Length, myShift, theirShift);
    }

    // The text that both were made of is gone: all that can be told is what they have in common.
    private void Compare()
    {
        var at = 0;
        foreach (var change in Changes(_mine, _theirs))
        {
            Add(_mine[at..change.Start], Origin.Both);
            Ask(null, _mine[change.Start..change.End], _theirs[change.OtherStart..change.OtherEnd]);
            at = change.End;
        }
        Add(_mine[at..], Origin.Both);
    }

    // Paragraphs that nobody changed, with the blank lines of whoever changed those.
    private void Keep(int from, int to, int myShift, int theirShift) =>
        Add(
            [
                .. Enumerable.Range(from, to - from)
                    .Select(n => _mine[n + myShift] == _base[n] ? _theirs[n + theirShift] : _mine[n + myShift]),
            ],
            Origin.Both);

    private void Ask(string[]? @base, string[] mine, string[] theirs)
    {
        var (my, their) = (Array.ConvertAll(mine, Words), Array.ConvertAll(theirs, Words));
        var before = my.AsSpan().CommonPrefixLength(their);
        var behind = 0;
        while (behind < Math.Min(my.Length, their.Length) - before && my[^(behind + 1)] == their[^(behind + 1)]) behind++;
        Add(mine[..before], Origin.Both);
        if (Math.Max(my.Length, their.Length) > before + behind)
        {
            var known = @base is null ? null : Whole(@base);
            _parts.Add(new Part.Conflict(known, Whole(mine[before..^behind]), Whole(theirs[before..^behind])));
        }
        Add(mine[^behind..], Origin.Both);

        static string Whole(string[] pieces) => Paragraphs.Join(pieces).TrimEnd('\n');
    }

    private void Add(string[] pieces, Origin origin, int instead = 0)
    {
        if (pieces.Length == 0 && instead == 0) return;
        var count = origin is Origin.Both ? pieces.Length : Math.Max(pieces.Length, instead);
        if (_parts is [.., Part.Merged last] && last.Origin == origin)
            _parts[^1] = new Part.Merged(Paragraphs.Join([last.Text, .. pieces]), origin, last.Paragraphs + count);
        else _parts.Add(new Part.Merged(Paragraphs.Join(pieces), origin, count));
    }

    private void JoinConflictsBeyondMost()
    {
        if (Conflicts.Take(MostConflicts + 1).Count() <= MostConflicts) return;
        var (first, last) = (_parts.FindIndex(p => p is Part.Conflict), _parts.FindLastIndex(p => p is Part.Conflict));
        var asked = _parts[first..(last + 1)];
        var isKnown = Conflicts.First().Base is not null;
        var joined = new Part.Conflict(isKnown ? Of(c => c.Base!) : null, Of(c => c.Mine), Of(c => c.Theirs));
        _parts.RemoveRange(first, asked.Count);
        _parts.Insert(first, joined);

        string Of(Func<Part.Conflict, string> version) =>
            Paragraphs.Join(asked.Select(p => p is Part.Merged merged ? merged.Text : version((Part.Conflict)p))).TrimEnd('\n');
    }

    // A paragraph without the blank lines around it.
    private static string Words(string piece)
    {
        var text = piece.TrimEnd();
        var start = 0;
        while (text.IndexOf('\n', start) is >= 0 and var end && text.AsSpan(start, end - start).IsWhiteSpace()) start = end + 1;
        return text[start..];
    }

    private static List<Change> Changes(string[] before, string[] after)
    {
        var numbers = new Dictionary<string, string>(StringComparer.Ordinal);
        var (old, @new) = (Array.ConvertAll(before, Number), Array.ConvertAll(after, Number));
        var same = old.AsSpan().CommonPrefixLength(@new);
        var behind = 0;
        while (behind < Math.Min(old.Length, @new.Length) - same && old[^(behind + 1)] == @new[^(behind + 1)]) behind++;
        var (from, to) = (old[same..^behind], @new[same..^behind]);
        if (from.Length == 0 && to.Length == 0) return [];
        if (from.Length == 0 || to.Length == 0 || from.Length + to.Length > MostCompared)
            return [new Change(same, old.Length - behind, same, @new.Length - behind)];
        var blocks = Differ.Instance
            .CreateDiffs(string.Join(' ', from), string.Join(' ', to), ignoreWhiteSpace: false, ignoreCase: false, Numbers.Split)
            .DiffBlocks;
        return
        [
            .. blocks
                .Select(b => (Start: same + b.DeleteStartA, OtherStart: same + b.InsertStartB, b.DeleteCountA, b.InsertCountB))
                .Select(b => new Change(b.Start, b.Start + b.DeleteCountA, b.OtherStart, b.OtherStart + b.InsertCountB))
                .SelectMany(OneByOne),
        ];

        string Number(string piece)
        {
            var words = Words(piece);
            if (!numbers.TryGetValue(words, out var number))
                numbers[words] = number = numbers.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return number;
        }

        // Paragraphs that were each rewritten are each a change of its own.
        IEnumerable<Change> OneByOne(Change change)
        {
            var count = change.End - change.Start;
            if (count < 2 || change.OtherEnd - change.OtherStart != count
                || !Enumerable.Range(0, count).All(n => AreAlike(before[change.Start + n], after[change.OtherStart + n])))
                return [change];
            return Enumerable.Range(0, count).Select(n => new Change(
                change.Start + n, change.Start + n + 1, change.OtherStart + n, change.OtherStart + n + 1));
        }
    }

    // Half of the words of the shorter are in the longer.
    private static bool AreAlike(string one, string other)
    {
        var (a, b) = (WordsOf(one), WordsOf(other));
        return a.Count(b.Contains) * 2 >= Math.Min(a.Count, b.Count);

        static HashSet<string> WordsOf(string text) => [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];
    }

    /// <summary>Numbers in a row, for the library, which compares pieces of a text.</summary>
    private sealed class Numbers : IChunker
    {
        public static Numbers Split { get; } = new();

        public IReadOnlyList<string> Chunk(string text) => text.Split(' ');
    }
}
