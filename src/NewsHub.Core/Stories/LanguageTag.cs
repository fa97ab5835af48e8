using System.Text.RegularExpressions;

namespace NewsHub.Core.Stories;

/// <summary>The form of a BCP 47 language tag, such as en, pt-BR or zh-Hant-TW: what editors type, settings hold and content files say.</summary>
public static partial class LanguageTag
{
    public const int MaxLength = 35;

    public static bool IsOne(string text) => text.Length <= MaxLength && Form().IsMatch(text);

    [GeneratedRegex(@"^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*\z")]
    private static partial Regex Form();
}
