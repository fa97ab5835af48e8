namespace NewsHub.Web.Areas.Admin.Shared;

/// <summary>Languages by name, to choose from. A tag of any other may be typed.</summary>
internal static class LanguageNames
{
    /// <summary>The tag (BCP 47), the language's own name, its name in English.</summary>
    public static IReadOnlyList<(string Tag, string Own, string English)> All { get; } =
    [
        ("en", "English", "English"), ("fr", "Français", "French"), ("ar", "العربية", "Arabic"), ("ha", "Hausa", "Hausa"),
        ("yo", "Yorùbá", "Yoruba"), ("ig", "Igbo", "Igbo"), ("sw", "Kiswahili", "Swahili"), ("am", "አማርኛ", "Amharic"),
        ("so", "Soomaali", "Somali"), ("zu", "isiZulu", "Zulu"), ("af", "Afrikaans", "Afrikaans"), ("pt", "Português", "Portuguese"),
        ("es", "Español", "Spanish"), ("de", "Deutsch", "German"), ("it", "Italiano", "Italian"), ("nl", "Nederlands", "Dutch"),
        ("sv", "Svenska", "Swedish"), ("nb", "Norsk bokmål", "Norwegian"), ("da", "Dansk", "Danish"), ("fi", "Suomi", "Finnish"),
        ("pl", "Polski", "Polish"), ("cs", "Čeština", "Czech"), ("ro", "Română", "Romanian"), ("el", "Ελληνικά", "Greek"),
        ("tr", "Türkçe", "Turkish"), ("uk", "Українська", "Ukrainian"), ("ru", "Русский", "Russian"), ("he", "עברית", "Hebrew"),
        ("fa", "فارسی", "Persian"), ("ur", "اردو", "Urdu"), ("hi", "हिन्दी", "Hindi"), ("bn", "বাংলা", "Bengali"), ("ta", "தமிழ்", "Tamil"),
        ("th", "ไทย", "Thai"), ("vi", "Tiếng Việt", "Vietnamese"), ("id", "Bahasa Indonesia", "Indonesian"), ("zh", "中文", "Chinese"),
        ("ja", "日本語", "Japanese"), ("ko", "한국어", "Korean"),
    ];

    /// <summary>“French (Français)”, or the tag itself.</summary>
    public static string Of(string tag) =>
        All.FirstOrDefault(l => l.Tag == tag) is { Tag: not null } known
            ? known.Own == known.English ? known.English : $"{known.English} ({known.Own})"
            : tag;

    /// <summary>The tag of what somebody typed: a name in either language, else what was typed.</summary>
    public static string Find(string typed) =>
        All.FirstOrDefault(l => new[] { l.Own, l.English, Of(l.Tag) }.Contains(typed, StringComparer.OrdinalIgnoreCase)) is
        { Tag: { } tag } ? tag : typed;
}
