using System.Globalization;
using System.Text;

namespace NewsHub.Core.Search;

/// <summary>Reads one text from its beginning to its end, see <see cref="Folding"/>.</summary>
internal sealed class FoldingReader(string text)
{
    /// <summary>A chain of more words than this has no other spelling: it is an address, or a line drawn with hyphens.</summary>
    private const int MostParts = 8;

    private static readonly string[] Ascii = [.. Enumerable.Range(0, 128).Select(c => char.ToLowerInvariant((char)c).ToString())];

    private readonly List<FoldedWord> _words = [];
    private readonly List<OtherSpelling> _others = [];

    // The word that is being read; beside it the same with ue for ü, from the first such letter on.
    private readonly StringBuilder _word = new();
    private readonly StringBuilder _german = new();
    private int _start;
    private int _end;

    // Words that were joined by a hyphen, an apostrophe, a full stop …, and the sign before each but the first.
    private readonly List<FoldedWord> _parts = [];
    private readonly List<int> _joints = [];
    private int _joint;

    // The last character of a run without spaces.
    private (string Folded, int Start, int Length)? _before;

    public FoldedText Read()
    {
        for (var at = 0; at < text.Length;)
        {
            if (char.IsAscii(text[at]) && (at + 1 == text.Length || text[at + 1] < 0x300))
            {
                if (char.IsAsciiLetterOrDigit(text[at])) Letter(Ascii[text[at]], at, 1, null);
                else Sign(text[at], at);
                at++;
                continue;
            }
            if (!Rune.TryGetRuneAt(text, at, out var rune))
            {
                Break();
                at++;
                continue;
            }
            var length = rune.Utf16SequenceLength;
            if (Folding.IsPartOfWord(rune) && !IsJoint(rune.Value))
            {
                length = WithAttached(at, rune);
                Cluster(at, length);
            }
            else if (rune.Value == 0x200C && _word.Length > 0 && _word[^1] is >= '\u0600' and <= '\u06FF') Sign(rune.Value, at);
            // Signs that print nothing: a soft hyphen, where a line may end, which way a text runs.
            else if (Rune.GetUnicodeCategory(rune) is not UnicodeCategory.Format) Sign(rune.Value, at);
            at += length;
        }
        Break();
        return new FoldedText(_words, _others);
    }

    /// <summary>A letter's length with its marks: an accent typed after it, the sound mark of a half-width kana, the vowel and
    /// end of a Korean syllable.</summary>
    private int WithAttached(int at, Rune first)
    {
        var end = at + first.Utf16SequenceLength;
        while (end < text.Length && text[end] >= 0x300 && Rune.TryGetRuneAt(text, end, out var next)
            && (Folding.IsMark(next) || next.Value is 0xFF9E or 0xFF9F || IsJamo(first.Value) && IsJamo(next.Value)))
            end += next.Utf16SequenceLength;
        return end - at;
    }

    private static bool IsJamo(int value) => value is >= 0x1100 and <= 0x11FF or >= 0xA960 and <= 0xA97C or >= 0xD7B0 and <= 0xD7FB;

    private void Cluster(int at, int length)
    {
        var letter = text.AsSpan(at, length);
        var german = German(letter);
        var folded = Folding.Fold(letter);
        foreach (var rune in folded.EnumerateRunes())
        {
            var one = rune.Utf16SequenceLength == folded.Length ? folded : rune.ToString();
            if (Folding.IsUnspaced(rune)) Unspaced(one, at, length);
            else if (Folding.IsPartOfWord(rune)) Letter(one, at, length, german);
            else Break();
        }
        // What a mark belongs to goes on.
        if (_word.Length > 0 && _end == at) _end = at + length;
    }

    private void Letter(string folded, int at, int length, string? german)
    {
        EndRun();
        if (_word.Length == 0) _start = at;
        if (german is not null && _german.Length == 0) _german.Append(_word);
        if (german is not null || _german.Length > 0) _german.Append(german ?? folded);
        _word.Append(folded);
        _end = at + length;
    }

    private void Unspaced(string folded, int at, int length)
    {
        EndWords();
        if (_before is { } first) _words.Add(new FoldedWord(first.Folded + folded, first.Start, at + length - first.Start));
        _before = (folded, at, length);
    }

    private void Sign(int sign, int at)
    {
        if (_word.Length > 0 && (IsJoint(sign) || IsBetweenDigits(sign, at) || sign == '"' && _word[^1] is >= 'א' and <= 'ת'))
        {
            EndPart();
            _joint = sign;
        }
        else Break();
    }

    private static bool IsJoint(int sign) =>
        sign is '\'' or '’' or '‘' or '`' or '´' or '＇' or 'ʼ' or 'ʻ' or 'ʽ' or 'ʾ' or 'ʿ' or '׳' or '״' or '-' or '‐' or '‑' or '־' or '－'
            or '.' or '．' or '·' or '‧' or 0x200C;

    /// <summary>What parts the thousands of a figure, in one country or another.</summary>
    private bool IsBetweenDigits(int sign, int at) => sign is ',' or '٬' or 0xA0 or 0x2007 or 0x2009 or 0x202F
        && char.IsAsciiDigit(_word[^1]) && at + 1 < text.Length && char.IsDigit(text[at + 1]);

    private void Break()
    {
        EndWords();
        EndRun();
    }

    /// <summary>The last character of a run stands by itself too: a word of one character may end there.</summary>
    private void EndRun()
    {
        if (_before is not { } last) return;
        _words.Add(new FoldedWord(last.Folded, last.Start, last.Length));
        _before = null;
    }

    private void EndPart()
    {
        if (_word.Length == 0) return;
        if (_parts.Count > 0) _joints.Add(_joint);
        var part = new FoldedWord(Cut(_word), _start, _end - _start);
        _parts.Add(part);
        if (_german.Length > 0 && Cut(_german) is var german && german != part.Word)
            _others.Add(new OtherSpelling([german], part.Start, part.Length));
        _word.Clear();
        _german.Clear();
    }

    private void EndWords()
    {
        EndPart();
        if (_parts.Count > 1 && _parts.Count <= MostParts) Respell();
        else _words.AddRange(_parts);
        _parts.Clear();
        _joints.Clear();
    }

    /// <summary>Joined words: figures in groups of thousands are one figure; the others stay apart, and are known
    /// as one word too.</summary>
    private void Respell()
    {
        var merged = new List<FoldedWord> { _parts[0] };
        var joints = new List<int>();
        for (var i = 1; i < _parts.Count; i++)
        {
            if (IsThousands(merged[^1], i)) merged[^1] = Joined([merged[^1], _parts[i]]);
            else
            {
                merged.Add(_parts[i]);
                joints.Add(_joints[i - 1]);
            }
        }
        _words.AddRange(merged);
        if (merged.Count < _parts.Count) Other([.. _parts.Select(p => p.Word)], _parts);
        if (merged.Count == 1) return;
        Other([Joined(merged).Word], merged);
        // Of O'Brien-Smith also the stretches that are joined by one sign.
        for (int from = 0, to; from < joints.Count; from = to)
        {
            for (to = from; to < joints.Count && Class(joints[to]) == Class(joints[from]);) to++;
            if (to - from < joints.Count && merged.GetRange(from, to - from + 1) is var stretch) Other([Joined(stretch).Word], stretch);
        }
    }

    private bool IsThousands(FoldedWord before, int i) =>
        _joints[i - 1] is ',' or '.' or '\'' or '’' or '٬' or 0xA0 or 0x2007 or 0x2009 or 0x202F
        && _parts[i].Word is { Length: 3 } three && three.All(char.IsAsciiDigit) && before.Word.All(char.IsAsciiDigit)
        && _parts.FindIndex(p => p.Start == before.Start) is var first && _parts[first].Word.Length <= 3;

    private void Other(IReadOnlyList<string> words, List<FoldedWord> stretch)
    {
        if (words.All(w => w.Length <= Folding.LongestWord))
            _others.Add(new OtherSpelling(words, stretch[0].Start, stretch[^1].Start + stretch[^1].Length - stretch[0].Start));
    }

    private static FoldedWord Joined(List<FoldedWord> words) =>
        new(string.Concat(words.Select(w => w.Word)), words[0].Start, words[^1].Start + words[^1].Length - words[0].Start);

    private static int Class(int joint) => joint switch
    {
        '-' or '‐' or '‑' or '־' or '－' => 1,
        '.' or '．' or '·' or '‧' => 2,
        0x200C => 3,
        _ => 4,
    };

    private static string Cut(StringBuilder word)
    {
        if (word.Length <= Folding.LongestWord) return word.ToString();
        return word.ToString(0, char.IsHighSurrogate(word[Folding.LongestWord - 1]) ? Folding.LongestWord - 1 : Folding.LongestWord);
    }

    /// <summary>How a letter is written by whoever has no key for it.</summary>
    private static string? German(ReadOnlySpan<char> letter) =>
        (letter.Length == 1 ? letter[0] : letter.Length == 2 ? letter.ToString().Normalize()[0] : '\0') switch
        {
            'ä' or 'Ä' => "ae",
            'ö' or 'Ö' or 'ø' or 'Ø' => "oe",
            'ü' or 'Ü' => "ue",
            'å' or 'Å' => "aa",
            _ => null,
        };
}
