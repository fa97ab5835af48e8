namespace NewsHub.Core.Store;

/// <summary>Patterns for <c>EF.Functions.Like(…, pattern, Like.Escape)</c> in which what people type means itself.</summary>
public static class Like
{
    public const string Escape = "\\";

    /// <summary>The whole text, whatever its capitals.</summary>
    public static string Whole(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal);

    /// <summary>Anywhere within.</summary>
    public static string Within(string text) => $"%{Whole(text)}%";
}
