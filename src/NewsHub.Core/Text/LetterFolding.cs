namespace NewsHub.Core.Text;

/// <summary>
/// What addresses (<see cref="Slug"/>) and the search index (<c>Folding</c>) do alike with a letter. Beyond it they differ on purpose: an
/// address keeps the marks and letters of other alphabets, a word that is looked for loses them.
/// </summary>
internal static class LetterFolding
{
    /// <summary>How a Latin letter is typed that no normalization takes apart; null for every other code point.</summary>
    public static string? Plain(int value) => value switch
    {
        'ß' or 'ẞ' => "ss",
        'æ' or 'Æ' => "ae",
        'œ' or 'Œ' => "oe",
        'ø' or 'Ø' => "o",
        'ł' or 'Ł' => "l",
        'đ' or 'Đ' => "d",
        'ı' => "i",
        _ => null,
    };

    /// <summary>The accents of Latin, Greek and Cyrillic letters, once they are taken apart.</summary>
    public static bool IsAccent(int value) => value is >= 0x0300 and < 0x0370;

    /// <summary>Chooses the look of the character before it, and is not seen itself.</summary>
    public static bool IsVariationSelector(int value) => value is >= 0xFE00 and < 0xFE10 or >= 0xE0100 and < 0xE01F0;
}
