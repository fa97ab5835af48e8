using System.Globalization;
using System.Text;
using NewsHub.Core.Text;

namespace NewsHub.Core.Stories;

/// <summary>What a tag may be called, and when two names mean one tag.</summary>
public static class TagName
{
    /// <summary>What parts one tag from the next where they are typed in a line, in the scripts that have a comma of their own.</summary>
    private static readonly char[] Commas = [',', '،', '，', '、'];

    /// <summary>The names in a line that an editor typed, each once.</summary>
    public static IReadOnlyList<string> Split(string? typed) =>
    [
        .. (TypedText.Line(typed) ?? "").Split(Commas).Select(TypedText.Line).OfType<string>()
            .DistinctBy(name => Slug.From(name) is null ? name : Identity(name)),
    ];

    /// <summary>Why this cannot be a tag's name; null when it can.</summary>
    public static string? Fault(string name)
    {
        if (name.Length > TextLimits.Tag) return $"is longer than {TextLimits.Tag} characters.";
        if (name.IndexOfAny(Commas) >= 0) return "has a comma in it. Commas separate tags.";
        return Slug.From(name) is null ? "is not a tag. Use a few words of letters or digits." : null;
    }

    /// <summary>A name from before commas were refused, as it can be typed: it still means the same tag.</summary>
    public static string WithoutCommas(string name) =>
        name.IndexOfAny(Commas) < 0 ? name : TypedText.Line(string.Join(' ', name.Split(Commas))) ?? name;

    /// <summary>
    /// Equal for two names that mean one tag: capitals, accents of Latin letters, hyphens and the like make no difference.
    /// A sign that carries meaning does: C, C# and C++ are three tags, Disney and Disney+ two.
    /// </summary>
    public static string Identity(string name)
    {
        var identity = new StringBuilder(Slug.From(name)?.Value);
        var isFirst = true;
        foreach (var rune in TypedText.Text(name).EnumerateRunes())
        {
            if (IsMeant(rune) || isFirst && rune.Value == '.') identity.Append(' ').Append(rune.ToString());
            isFirst = false;
        }
        return identity.ToString();
    }

    private static bool IsMeant(Rune sign) => sign.Value switch
    {
        '#' or '&' or '@' or '%' or '*' or '‰' => true,
        '©' or '®' or '™' or '℠' => false,
        _ => Rune.GetUnicodeCategory(sign) is UnicodeCategory.MathSymbol or UnicodeCategory.CurrencySymbol or UnicodeCategory.OtherSymbol,
    };
}
