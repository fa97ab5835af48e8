namespace NewsHub.Web.Localization;

/// <summary>Which form of a text goes with a number, by the rules of the Unicode CLDR for whole numbers.</summary>
internal static class Plurals
{
    /// <summary>The forms of a language, in the order of the CLDR. All but the last may be missing where a text
    /// does not need them.</summary>
    public static IReadOnlyList<string> Of(string language) => language switch
    {
        "ar" => ["zero", "one", "two", "few", "many", "other"],
        "fr" => ["one", "many", "other"],
        _ => ["one", "other"],
    };

    /// <summary>The form for <paramref name="n"/>, 0 or more.</summary>
    public static string Form(string language, long n) => language switch
    {
        "ar" => n switch
        {
            0 => "zero",
            1 => "one",
            2 => "two",
            _ => (n % 100) switch { >= 3 and <= 10 => "few", >= 11 => "many", _ => "other" },
        },
        // From a million on French says “de”.
        "fr" => n is 0 or 1 ? "one" : n % 1_000_000 == 0 ? "many" : "other",
        _ => n == 1 ? "one" : "other",
    };
}
