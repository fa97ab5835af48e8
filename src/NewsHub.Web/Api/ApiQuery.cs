using System.Globalization;
using NewsHub.Core.Reading;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;

namespace NewsHub.Web.Api;

/// <summary>
/// What somebody asks of a call, read strictly: a name that the call does not know, one that comes twice or a value that cannot be is told,
/// not passed over. What a form sends empty was not asked for. No sentence repeats what was typed.
/// </summary>
internal sealed class ApiQuery
{
    private readonly Dictionary<string, string> _typed = new(StringComparer.Ordinal);
    private readonly Call _call;
    private readonly string _site;

    public ApiQuery(HttpContext context, Call call, ApiCopy copy)
    {
        (_call, _site) = (call, copy.Site);
        foreach (var (name, values) in context.Request.Query)
        {
            if (call.Query.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } parameter)
                Wrong(call.Query.Any()
                    ? $"There is no parameter of that name here. There are {string.Join(", ", call.Query.Select(p => p.Name))}."
                    : "Nothing can be said with this address: it has no parameters.");
            else if (values.Count > 1) Wrong($"The parameter {parameter.Name} was given more than once.");
            else if ((parameter == Parameter.Q ? TypedText.Line(values[0])
                : values[0] is { Length: > 0 } typed ? typed
                : null) is { } value)
            {
                _typed.Add(parameter.Name, value);
                if (parameter.Choices is { } choices && !choices.Contains(value))
                    Wrong($"The parameter {parameter.Name} can be {string.Join(", ", choices)}.");
                if (parameter.Longest is { } longest && value.Length > longest)
                    Wrong($"The parameter {parameter.Name} has room for {longest} characters.");
            }
        }
    }

    /// <summary>The first thing that is wrong; null where nothing is.</summary>
    public IResult? Problem { get; private set; }

    public string? Text(Parameter parameter) => _typed.GetValueOrDefault(parameter.Name);

    public void Wrong(string sentence) => Problem ??= Problems.Wrong(sentence);

    public int Limit()
    {
        if (Text(Parameter.Limit) is not { } typed) return Parameter.UsualLines;
        if (int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is > 0 and <= Parameter.MostLines)
            return limit;
        Wrong($"The parameter limit is a whole number from 1 to {Parameter.MostLines}.");
        return Parameter.UsualLines;
    }

    public delegate bool Reads<T>(string? text, out T place);

    /// <summary>Where the list goes on; null for its start.</summary>
    public T? After<T>(Reads<T> read) where T : struct
    {
        if (Text(Parameter.After) is not { } typed) return null;
        if (read(typed, out var place)) return place;
        Wrong("The parameter after is no place in this list. Follow the address in next, or begin without it.");
        return null;
    }

    public SectionLine? Section(PublishedNews news)
    {
        if (Text(Parameter.Section) is not { } slug) return null;
        if (news.Snapshot.Section(slug) is { } section) return section;
        Wrong($"The parameter section names no section. There are {string.Join(", ", news.Snapshot.Sections.Select(s => s.Slug))}.");
        return null;
    }

    public Kind? Kind() => Text(Parameter.Kind) is { } kind && Problem is null ? Enum.Parse<Kind>(kind, ignoreCase: true) : null;

    /// <summary>The numbers of the author and of the tag that the list is narrowed to.</summary>
    public async Task<(long? Author, long? Tag)> NamedAsync(PublishedNews news, CancellationToken cancel)
    {
        var (author, tag) = (Text(Parameter.Author), Text(Parameter.Tag));
        if (Problem is not null || author is null && tag is null) return default;
        var named = await news.NamedAsync(author, tag, cancel);
        if (author is not null && named.Author is null) Wrong("The parameter author names nobody who has signed stories of this paper.");
        if (tag is not null && named.Tag is null) Wrong("The parameter tag names no tag that stories of this paper carry.");
        return named;
    }

    public DateOnly? Day(Parameter parameter)
    {
        if (Text(parameter) is not { } typed) return null;
        if (DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        Wrong($"The parameter {parameter.Name} is a day written like 2025-07-01.");
        return null;
    }

    /// <summary>The address of the next stretch; null where there is none.</summary>
    public string? Next(string? after)
    {
        if (after is null) return null;
        var said = _call.Query
            .Where(p => p != Parameter.After && _typed.ContainsKey(p.Name))
            .Select(p => $"{p.Name}={Uri.EscapeDataString(_typed[p.Name])}");
        return $"{_site}{Call.Root}{_call.Route}?{string.Join('&', said.Append($"{Parameter.After.Name}={Uri.EscapeDataString(after)}"))}";
    }
}
