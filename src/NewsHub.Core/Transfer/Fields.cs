using System.Globalization;
using NewsHub.Core.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace NewsHub.Core.Transfer;

/// <summary>
/// The fields of a content file, each with its line. JSON is a subset of YAML, so one reader does for both and knows the line of every
/// value. Reading goes on after a wrong field, so that one run names them all; <see cref="Done"/> then throws.
/// </summary>
internal sealed class Fields
{
    private const int MaxDepth = 50;
    private readonly YamlMappingNode _node;
    private readonly string _file;
    private readonly int _lineOffset;
    private readonly List<FileProblem> _problems;
    private readonly HashSet<string> _known = [];

    private Fields(YamlMappingNode node, string file, int lineOffset, List<FileProblem> problems) =>
        (_node, _file, _lineOffset, _problems) = (node, file, lineOffset, problems);

    public int Line => LineOf(_node);

    /// <param name="lineOffset">Lines of the file before the text.</param>
    /// <exception cref="ContentException">The text is not YAML or JSON, or not a mapping.</exception>
    public static Fields Read(string file, string text, int lineOffset = 0) => Root(file, text, lineOffset) switch
    {
        YamlMappingNode map => new Fields(map, file, lineOffset, []),
        _ => throw new ContentException([new FileProblem(file, lineOffset + 1, null, "Fields are expected here.")]),
    };

    /// <summary>A list whose entries stand for themselves: what is wrong with one is told of that one alone
    /// (<see cref="Problems"/>).</summary>
    /// <exception cref="ContentException">The text is not YAML or JSON, or not a list.</exception>
    public static IReadOnlyList<Fields> ReadList(string file, string text)
    {
        if (Root(file, text, 0) is not YamlSequenceNode list)
            throw new ContentException([new FileProblem(file, 1, null, "A list is expected here.")]);
        return [.. list.Children.Select(node => node is YamlMappingNode map
            ? new Fields(map, file, 0, [])
            : new Fields(
                new YamlMappingNode(), file, 0, [new FileProblem(file, (int)node.Start.Line, null, "Each entry is a set of fields.")]))];
    }

    /// <summary>A value of one line, as <see cref="TypedText"/> takes it in; null when there is none.</summary>
    public string? Text(string name, int most = 1000) => Read(name, most, TypedText.Line);

    /// <summary>A value of several lines.</summary>
    public string? Lines(string name, int most) => Read(name, most, TypedText.Lines);

    private string? Read(string name, int most, Func<string?, string?> takeIn)
    {
        if (Find(name) is not { } node) return null;
        if (node is not YamlScalarNode scalar)
        {
            Wrong(name, "is one value, not a list.");
            return null;
        }
        if (scalar is { Style: ScalarStyle.Plain, Value: "null" or "~" or "" } || takeIn(scalar.Value) is not { } text) return null;
        if (text.Length > most) Wrong(name, $"is longer than {most} characters.");
        return text;
    }

    public string Required(string name, int most = 1000) => Required(name, Text(name, most));

    public string RequiredLines(string name, int most) => Required(name, Lines(name, most));

    private string Required(string name, string? read)
    {
        if (read is { } text) return text;
        if (Find(name) is YamlScalarNode or null) Wrong(name, "is missing.");
        return "";
    }

    public T? Value<T>(string name, Func<string, (bool Ok, T Value)> read, string expected) where T : struct
    {
        if (Text(name) is not { } text) return null;
        if (read(text) is (true, var value)) return value;
        Wrong(name, $"'{text}' is not {expected}.");
        return null;
    }

    public T RequiredValue<T>(string name, Func<string, (bool Ok, T Value)> read, string expected) where T : struct
    {
        if (Find(name) is YamlScalarNode or null && Text(name) is null) Wrong(name, "is missing.");
        return Value(name, read, expected) ?? default;
    }

    public static (bool, DateTimeOffset) Instant(string text) =>
        (DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK"],
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var t), t);

    public static (bool, DateOnly) Date(string text) =>
        (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var d), d);

    public static (bool, decimal) Decimal(string text) =>
        (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var d), d);

    public static (bool, int) Whole(string text) => (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n), n);

    public static (bool, Slug) Slug(string text) => (NewsHub.Core.Text.Slug.TryParse(text, out var slug), slug);

    public static (bool, T) Word<T>(string text) where T : struct, Enum =>
        // Letters only: TryParse would also take a number, or several words with commas between them.
        (Enum.TryParse<T>(text, ignoreCase: true, out var word) && text.All(char.IsAsciiLetterLower), word);

    /// <summary>A BCP 47 tag by its form; English when there is none.</summary>
    public string Language()
    {
        var tag = Text("language", LanguageTag.MaxLength) ?? "en";
        if (!LanguageTag.IsOne(tag)) Wrong("language", $"'{tag}' is not a language such as en or pt-BR.");
        return tag;
    }

    public IReadOnlyList<string> Texts(string name)
    {
        if (Find(name) is not { } node) return [];
        if (node is YamlSequenceNode list && list.Children.All(c => c is YamlScalarNode))
            return [.. list.Children.Cast<YamlScalarNode>().Select(c => TypedText.Line(c.Value)).OfType<string>()];
        Wrong(name, "is a list of values.");
        return [];
    }

    public IReadOnlyList<Fields> Entries(string name)
    {
        if (Find(name) is not { } node) return [];
        if (node is YamlSequenceNode list && list.Children.All(c => c is YamlMappingNode))
            return [.. list.Children.Select(c => new Fields((YamlMappingNode)c, _file, _lineOffset, _problems))];
        Wrong(name, "is a list of entries, each with fields.");
        return [];
    }

    public Fields? Inner(string name) => Find(name) switch
    {
        null => null,
        YamlMappingNode map => new Fields(map, _file, _lineOffset, _problems),
        _ => WrongNode(name),
    };

    /// <summary>Every field by name, for mappings whose names are data (a day's rates).</summary>
    public IEnumerable<string> Names => _node.Children.Keys.OfType<YamlScalarNode>().Select(k => k.Value ?? "");

    public void Wrong(string name, string message) =>
        _problems.Add(new FileProblem(_file, Find(name) is { } node ? LineOf(node) : Line, name, message));

    public void Add(FileProblem problem) => _problems.Add(problem);

    /// <summary>Fields that nobody asked for are misspelt ones.</summary>
    public void CheckUnknown()
    {
        foreach (var key in _node.Children.Keys.OfType<YamlScalarNode>().Where(k => !_known.Contains(k.Value ?? "")))
            _problems.Add(new FileProblem(_file, LineOf(key), key.Value, "is not a field that is known here."));
    }

    /// <summary>Whether something was wrong so far.</summary>
    public bool Failed => _problems.Count > 0;

    /// <summary>What was wrong so far, by line.</summary>
    public IEnumerable<FileProblem> Problems => _problems.OrderBy(p => p.Line);

    /// <exception cref="ContentException">Something was wrong.</exception>
    public void Done()
    {
        if (_problems.Count > 0) throw new ContentException([.. Problems]);
    }

    private Fields? WrongNode(string name)
    {
        Wrong(name, "is a set of fields.");
        return null;
    }

    private YamlNode? Find(string name)
    {
        _known.Add(name);
        return _node.Children.TryGetValue(new YamlScalarNode(name), out var node) ? node : null;
    }

    private int LineOf(YamlNode node) => (int)node.Start.Line + _lineOffset;

    /// <summary>YamlStream calls itself at every level: enough brackets, or an alias within what it names, would end the process.</summary>
    private static void CheckDepth(string text)
    {
        var events = new Parser(new StringReader(text));
        for (var depth = 0; events.MoveNext();)
        {
            if (events.Current is AnchorAlias alias)
                throw new YamlException(alias.Start, alias.End, "Aliases are not read; write the value again.");
            if ((depth += events.Current!.NestingIncrease) > MaxDepth)
                throw new YamlException(events.Current.Start, events.Current.End, $"More than {MaxDepth} levels are not read.");
        }
    }

    private static YamlNode? Root(string file, string text, int lineOffset)
    {
        // Control characters are no text in YAML; a stray one must not cost the file.
        if (text.Any(IsStray)) text = string.Concat(text.Where(c => !IsStray(c)));
        try
        {
            CheckDepth(text);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents.Count == 0 ? null : stream.Documents[0].RootNode;
        }
        catch (YamlException e)
        {
            throw new ContentException(
                [new FileProblem(file, (int)e.Start.Line + lineOffset, null, e.InnerException?.Message ?? e.Message)]);
        }

        static bool IsStray(char c) => char.IsControl(c) && c is not ('\t' or '\n' or '\r' or '\u0085');
    }
}
