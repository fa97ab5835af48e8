using System.Globalization;
using System.Text;

namespace NewsHub.Core.Text;

/// <summary>The words of an address: lower-case letters and digits of any script, joined by single hyphens, at
/// most 80 characters.</summary>
public readonly record struct Slug
{
    private const int MaxLength = 80;

    /// <summary>Words of an address that belong to the paper itself: nobody chooses them for a section or a story.</summary>
    public static readonly IReadOnlySet<string> Reserved = new HashSet<string>(StringComparer.Ordinal)
    {
        "about", "admin", "analysis", "api", "assets", "atom", "authors", "breaking", "bulletin", "colophon", "corrections",
        "edition", "editions", "error", "feed", "feeds", "front", "health", "healthz", "live", "media", "news", "newsletter", "now",
        "offline",
        "opinion", "preview", "rates", "react", "readyz", "robots", "search", "share", "sitemap", "stories", "story", "tags", "well-known",
    };

    private Slug(string value) => Value = value;

    public string Value { get; }

    /// <summary>One of the paper's own words; see <see cref="Reserved"/>.</summary>
    public bool IsReserved => Reserved.Contains(Value ?? "");

    /// <summary>What whoever chooses a reserved one is told.</summary>
    public string IsOurs => $"'{Value}' is one of the paper's own addresses. Choose another.";

    /// <summary>Reads a slug that must already be one.</summary>
    public static bool TryParse(string? text, out Slug slug)
    {
        slug = default;
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength || From(text) is not { } made || made.Value != text)
            return false;
        slug = made;
        return true;
    }

    /// <exception cref="FormatException">The text is not a slug.</exception>
    public static Slug Parse(string text) =>
        TryParse(text, out var slug) ? slug : throw new FormatException($"'{text}' is not a slug.");

    /// <summary>Makes a slug of a headline; null when nothing of it can stand in an address (only emoji, say).</summary>
    public static Slug? From(string headline)
    {
        var words = new StringBuilder(headline.Length);
        var letter = default(Rune);
        foreach (var rune in Whole(headline).Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var isMark = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
            // Folds é to e but keeps the vowel signs that other scripts cannot be read without, and the marks that make
            // another letter of one: й is not и.
            if (LetterFolding.IsAccent(rune.Value) && !MakesALetter(letter, rune) || LetterFolding.IsVariationSelector(rune.Value))
                continue;
            if (!isMark) letter = rune;
            // Soft hyphens and joiners are not seen; the Persian non-joiner does part words.
            if (rune.Value is '\'' or '’' or '‘' || category is UnicodeCategory.Format && rune.Value != 0x200C) continue;
            // A mark belongs to a letter: by itself it is what remains of an emoji.
            if (Rune.IsLetterOrDigit(rune) || isMark && words.Length > 0 && words[^1] != '-')
                words.Append(LetterFolding.Plain(rune.Value) ?? Rune.ToLowerInvariant(rune).ToString());
            else if (words.Length > 0 && words[^1] != '-') words.Append('-');
        }
        var text = Shorten(words.ToString().Normalize(NormalizationForm.FormC)).Trim('-');
        return text.Length == 0 ? null : new Slug(text);
    }

    /// <summary>Without the marks that make another letter of one, as slugs were made before they were kept.</summary>
    internal Slug WithoutMarks =>
        new(string.Concat(Value.Normalize(NormalizationForm.FormD).Where(c => !LetterFolding.IsAccent(c)))
            .Normalize(NormalizationForm.FormC));

    /// <summary>The same slug for the n-th story that wants it: <c>ferry-strike-2</c>.</summary>
    public Slug Numbered(int n)
    {
        var number = n.ToString(CultureInfo.InvariantCulture);
        return new($"{Cut(Value, MaxLength - 1 - number.Length).TrimEnd('-')}-{number}");
    }

    public override string ToString() => Value ?? "";

    /// <summary>Whether letter and mark are one letter of an alphabet other than the Latin and the Greek, in which marks may be
    /// left out of an address.</summary>
    private static bool MakesALetter(Rune letter, Rune mark) =>
        letter.Value is >= 0x0400 && letter.Value is not (>= 0x1E00 and < 0x2000 or >= 0x2C60
            and < 0x2C80 or >= 0xA720 and < 0xA800 or >= 0xAB30 and < 0xAB70 or >= 0xFF00 and < 0xFF60)
        && $"{letter}{mark}".Normalize(NormalizationForm.FormC).EnumerateRunes().Count() == 1;

    private static string Shorten(string text)
    {
        if (text.Length <= MaxLength) return text;
        var cut = text.LastIndexOf('-', MaxLength);
        return cut > MaxLength / 2 ? text[..cut] : Cut(text, MaxLength);
    }

    /// <summary>The first characters of a text; half a character is not one.</summary>
    private static string Cut(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    /// <summary>Text without halves of characters and code points that are none: normalizing would throw on them.</summary>
    private static string Whole(string text) => text.All(c => c < 0xD800) ? text
        : string.Concat(
            text.EnumerateRunes().Select(r => Rune.GetUnicodeCategory(r) is UnicodeCategory.OtherNotAssigned ? " " : r.ToString()));
}
