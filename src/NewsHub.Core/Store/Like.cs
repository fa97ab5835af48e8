namespace NewsHub.Core.Store;

/// <summary>Finds what people type in the texts of the store, whatever its capitals.</summary>
public static class Like
{
    /// <summary>Stands before a sign of a pattern that means itself.</summary>
    public const string Escape = "\\";

    /// <summary>Whether a text fits a pattern, capitals of ASCII or not. For queries: each kind of store has its own word for it.</summary>
    /// <param name="pattern">From <see cref="Whole"/> or <see cref="Within"/>.</param>
    public static bool Matches(string text, string pattern) =>
        throw new NotSupportedException("It can be asked of the store alone, within a query.");

    /// <summary>The whole text.</summary>
    public static string Whole(string text) =>
        StorableText.Of(text)
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal);

    /// <summary>Anywhere within.</summary>
    public static string Within(string text) => $"%{Whole(text)}%";
}
