using System.Text.RegularExpressions;

namespace NewsHub.Core.Stories;

/// <summary>The form of a BCP 47 language tag, such as en, pt-BR or zh-Hant-TW: what editors type, settings hold and content files say.</summary>
public static partial class LanguageTag
{
    public const int MaxLength = 35;

    public static bool IsOne(string text) => text.Length <= MaxLength && Form().IsMatch(text);

    /// <summary>Whether the language is written from right to left, as far as its name says.</summary>
    public static bool RunsRightToLeft(string tag) => tag.Split('-')[0].ToLowerInvariant() is "ar" or "fa" or "ur" or "he" or "ps" or "sd" or "ug" or "yi" or "dv" or "ckb";

    [GeneratedRegex(@"^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*\z")]
    private static partial Regex Form();
}
