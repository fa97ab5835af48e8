namespace NewsHub.Core.Search;

/// <summary>Words that are nearly the same.</summary>
internal static class Spelling
{
    /// <summary>What a word may be called where there are more of it, or only one: by the endings of English, of which French and
    /// Spanish share the first.</summary>
    public static IEnumerable<string> OtherNumber(string word)
    {
        if (word.Length < 3 || !char.IsAsciiLetterLower(word[^1])) yield break;
        if (word.EndsWith("ies", StringComparison.Ordinal) && word.Length > 4) yield return word[..^3] + "y";
        if (word[^1] == 's' && word[^2] != 's') yield return word[..^1];
        if (word.EndsWith("es", StringComparison.Ordinal) && word.Length > 4) yield return word[..^2];
        if (word[^1] == 'y') yield return word[..^1] + "ies";
        if (word[^1] is not ('s' or 'y')) yield return word + "s";
        if (word[^1] is 's' or 'x' or 'h') yield return word + "es";
    }

    /// <summary>Letters put in, left out, changed or swapped with their neighbour on the way from one word to the other; more than
    /// <paramref name="most"/> where it is far.</summary>
    public static int Steps(string from, string to, int most)
    {
        if (Math.Abs(from.Length - to.Length) > most) return most + 1;
        var (before, last, now) = (new int[to.Length + 1], new int[to.Length + 1], new int[to.Length + 1]);
        for (var j = 0; j <= to.Length; j++) last[j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            now[0] = i;
            var least = i;
            for (var j = 1; j <= to.Length; j++)
            {
                now[j] = Math.Min(Math.Min(last[j], now[j - 1]) + 1, last[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]) now[j] = Math.Min(now[j], before[j - 2] + 1);
                least = Math.Min(least, now[j]);
            }
            if (least > most) return most + 1;
            (before, last, now) = (last, now, before);
        }
        return last[to.Length];
    }
}
