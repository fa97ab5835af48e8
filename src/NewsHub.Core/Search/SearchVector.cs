using System.Globalization;
using System.Text;

namespace NewsHub.Core.Search;

/// <summary>
/// A story as PostgreSQL keeps it: a <c>tsvector</c>, written by us, so that neither a parser nor a language of the server has a say in it.
/// A word has its positions, and at each the letter of the field, for phrases. Whatever else is asked of the index is a lexeme of its own,
/// which begins with a letter that no word has: then the index answers by itself, and no vector is read. Words and facets have positions,
/// and by that it is known which lexemes are counted.
/// </summary>
internal sealed class SearchVector
{
    /// <summary>In front of a word: it is in the headline.</summary>
    public const char InHeadline = '\uE002';

    /// <summary>In front of a word: a bit of <see cref="FrequencyClass"/>, the lowest by this letter.</summary>
    public const char Frequency = '\uE003';

    /// <summary>In front of what <see cref="SearchBlocks"/> keeps.</summary>
    public const char Block = '\uE008';

    /// <summary>In front of a single character: a pair begins with it.</summary>
    public const char BeginsWith = '\uE009';

    /// <summary>How many bits a class of frequency has.</summary>
    public const int FrequencyBits = 5;

    // What PostgreSQL takes: a position is no greater, a word has no more of them, and all lexemes together no more bytes (a MiB).
    private const int Behind = 16_383, MostPositions = 255, MostBytes = 1_000_000;

    /// <summary>Up to here it is known what stands together; all that follows is at one place behind it.</summary>
    private const int LastPosition = Behind - 2;

    private static readonly int[] Frequencies =
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 28, 32, 36, 40, 48, 56, 64, 80, 96, 128, 192, 256];

    private readonly Dictionary<string, Word> _words = new(StringComparer.Ordinal);
    private readonly List<string> _inOrder = [];
    private readonly StringBuilder _text = new();
    private int _position;
    private int _bytes;

    private SearchVector() { }

    /// <summary>How many words the story has: its length, as it is weighed by.</summary>
    public int Length { get; private set; }

    /// <summary>The literal of the vector.</summary>
    public string Text => _text.ToString();

    /// <summary>The fields of a story, each with its letter and how much a word counts in it.</summary>
    public static IReadOnlyList<(char Letter, int Weight)> Fields { get; } = [('A', 10), ('B', 6), ('C', 4), ('D', 1)];

    /// <param name="place">The story's, see <see cref="IndexedStory"/>.</param>
    public static SearchVector Of(FoldedStory story, long place)
    {
        var vector = new SearchVector();
        foreach (var facet in story.Facets.Split(' '))
        {
            vector.Append(facet, [(Behind, Fields[^1].Letter)]);
            vector.Length++;
        }
        foreach (var block in SearchBlocks.Of(place)) vector.Append(block);
        // What a text is announced by comes first: of a very long one the end of the body is cut.
        foreach (var (text, field) in ((string[])[story.Headline, story.Names, story.Standfirst, story.Body]).Zip(Fields))
            vector.Read(text, field.Letter, field.Weight);
        foreach (var word in vector._inOrder) vector.Append(word, vector._words[word]);
        return vector;
    }

    /// <summary>The class of how often a word is in a story, an occurrence in the headline counting for ten.</summary>
    public static int FrequencyClass(int frequency)
    {
        var found = Array.BinarySearch(Frequencies, frequency);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>How often a word is in a story, by its class.</summary>
    public static int FrequencyOf(int frequencyClass) => Frequencies[frequencyClass];

    /// <summary>A lexeme as it stands in the literal of a vector or of a query: nothing in it ends the quotation.</summary>
    public static string Quoted(string lexeme) =>
        $"'{lexeme.Replace("\\", @"\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";

    private void Read(string text, char letter, int weight)
    {
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Length++;
            _position++;
            if (word[0] == Folding.Gap) continue;
            Add(word, letter, weight);
            if (Folding.IsPair(word)) Add(BeginsWith + Rune.GetRuneAt(word, 0).ToString(), letter, weight);
        }
        // No phrase stands in two fields.
        _position++;
    }

    private void Add(string word, char letter, int weight)
    {
        if (!_words.TryGetValue(word, out var known))
        {
            _words.Add(word, known = new Word());
            _inOrder.Add(word);
        }
        known.Frequency += weight;
        known.IsInHeadline |= letter == Fields[0].Letter;
        if (known.Positions.Count == 0 || _position <= LastPosition && known.Positions.Count < MostPositions)
            known.Positions.Add((_position <= LastPosition ? _position : Behind, letter));
    }

    private void Append(string word, Word found)
    {
        Append(word, found.Positions);
        if (found.IsInHeadline) Append(InHeadline + word);
        var frequency = FrequencyClass(found.Frequency);
        for (var bit = 0; bit < FrequencyBits; bit++)
            if ((frequency >> bit & 1) == 1) Append((char)(Frequency + bit) + word);
    }

    private void Append(string lexeme, List<(int At, char Letter)>? positions = null)
    {
        // Its own bytes, how many positions, and each of these; all of it begins at an even byte.
        var bytes = Encoding.UTF8.GetByteCount(lexeme) + 4 + 2 * (positions?.Count ?? 0);
        if (_bytes + bytes > MostBytes) return;
        _bytes += bytes;
        _text.Append(Quoted(lexeme));
        var before = ':';
        foreach (var (at, letter) in positions ?? [])
        {
            _text.Append(before).Append(CultureInfo.InvariantCulture, $"{at}").Append(letter);
            before = ',';
        }
        _text.Append(' ');
    }

    private sealed class Word
    {
        public int Frequency { get; set; }
        public bool IsInHeadline { get; set; }
        public List<(int At, char Letter)> Positions { get; } = [];
    }
}
