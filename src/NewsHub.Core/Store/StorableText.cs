using System.Text;

namespace NewsHub.Core.Store;

/// <summary>What any store can hold of a text. SQLite takes everything; PostgreSQL refuses NUL and halves of characters.</summary>
public static class StorableText
{
    /// <summary>The text without NUL and without surrogates that have no partner; most often the text itself.</summary>
    public static string Of(string text)
    {
        if (!text.Contains('\0', StringComparison.Ordinal) && !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')) return text;
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                kept.Append(text[i]).Append(text[++i]);
            else if (text[i] != '\0' && !char.IsSurrogate(text[i])) kept.Append(text[i]);
        }
        return kept.Length == text.Length ? text : kept.ToString();
    }
}
