using System.Buffers;
using NewsHub.Core.Events;
using NewsHub.Core.Text;

namespace NewsHub.Core.Stories;

/// <summary>An address at which a story once stood; it leads to where the story is now, in one step.</summary>
public sealed class FormerAddress
{
    private const int Longest = 2000;
    private const int LongestQuery = 40;

    private static readonly SearchValues<char> NameLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-");

    private FormerAddress() { }

    internal FormerAddress(string path) => Path = Bare(path);

    /// <summary>
    /// The one form in which former addresses are kept and looked up: percent signs read, letters composed and small, no last slash.
    /// Other systems wrote one address in many ways, and readers' links still do. A query, such as <c>?p=123</c>, is part of it.
    /// </summary>
    public static string Bare(string address)
    {
        // What is read once may be read again: %2541 is %41, and that is a.
        for (var bare = Once(address); ; bare = Once(address))
        {
            if (bare == address) return bare;
            address = bare;
        }
    }

    private static string Once(string address)
    {
        var text = (TypedText.Line(Uri.UnescapeDataString(address)) ?? "").ToLowerInvariant().Normalize();
        var query = text.IndexOf('?', StringComparison.Ordinal);
        var (path, rest) = query < 0 ? (text, "") : (text[..query], text[query..]);
        if (path.Length > 1) path = path.TrimEnd('/') is { Length: > 0 } trimmed ? trimmed : "/";
        return rest.Length > 1 ? path + rest : path;
    }

    /// <summary>Why an address that a file names can lead nowhere; null when it can.</summary>
    public static string? Fault(string address)
    {
        if (!address.StartsWith('/')) return "does not start with /.";
        if (address.StartsWith("//", StringComparison.Ordinal)) return "names another site.";
        if (address.Length > Longest) return $"is longer than {Longest} characters.";
        if (address.Contains('#', StringComparison.Ordinal)) return "has a # in it: browsers never send what follows it.";
        var bare = Bare(address);
        if (bare == "/") return "is the front page.";
        if (bare.StartsWith("/?", StringComparison.Ordinal) && !IsNumbered(bare[1..]))
            return "asks the front page for something: only one number can lead on from there, such as /?p=123.";
        return Slug.Reserved.Contains(bare[1..]) ? "is one of the paper's own addresses." : null;
    }

    /// <summary>Whether a query is a name and a number, as systems that number their texts write it: <c>?p=123</c>.</summary>
    public static bool IsNumbered(string query)
    {
        var sign = query.IndexOf('=', StringComparison.Ordinal);
        return sign > 1 && query.Length > sign + 1 && query.Length <= LongestQuery && query[0] == '?'
            && query.AsSpan(1, sign - 1).IndexOfAnyExcept(NameLetters) < 0 && query.AsSpan(sign + 1).IndexOfAnyExceptInRange('0', '9') < 0;
    }

    /// <summary>Counts up: of two stories that once had one address, the later to leave it is meant.</summary>
    public long Id { get; private set; }
    public string Path { get; private set; } = "";
    public StoryId StoryId { get; private set; }
}
