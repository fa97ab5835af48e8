namespace NewsHub.Core.Search;

/// <summary>Words that are nearly the same.</summary>
internal static class Spelling
{
    /// <summary>Whether longer words are looked for as well.</summary>
    public static bool GoesOn(SearchTerm term) => term is { Typed: true, MayGoOn: true, Words: [{ Length: >= 2 }] };

    /// <summary>A word is also looked for in its other number, and one that may go on as the words that most often begin with it.</summary>
    /// <param name="longer">Those words.</param>
    public static IReadOnlyList<IReadOnlyList<string>> Ways(SearchTerm term, IReadOnlyList<string> longer)
    {
        if (!term.Typed || term.Words is not [var word]) return [term.Words, .. term.Others];
        var others = term.Others.Concat(OtherNumber(word).Select(w => (IReadOnlyList<string>)[w]));
        return [
            term.Words,
            .. longer.Select(w => (IReadOnlyList<string>)[w]),
            .. others.Where(o => o.Count > 1 || !longer.Contains(o[0], StringComparer.Ordinal)),
        ];
    }

    /// <summary>The question with words that are found in place of those that are not; null where there is nothing like it.</summary>
    /// <param name="isFound">Whether any story has a term, however it is spelt.</param>
    /// <param name="alike">The word that is nearest to one that is not found.</param>
    /// <param name="fits">Whether any story has all words as they are, and the facets.</param>
    public static async Task<string?> NearestAsync(
        SearchQuery query, Func<SearchTerm, ValueTask<bool>> isFound, Func<string, ValueTask<string?>> alike,
        Func<IReadOnlyList<SearchTerm>, ValueTask<bool>> fits)
    {
        var words = new List<string>();
        var mended = false;
        foreach (var term in query.Terms)
        {
            if (await isFound(term)) words.Add(term.Typed ? term.Text : $"\"{term.Text}\"");
            else if (term.Words is [var word] && await alike(word) is { } other)
            {
                words.Add(other);
                mended = true;
            }
            else return null;
        }
        var nearest = string.Join(' ', words);
        return mended && await fits(SearchQuery.Of(nearest).Terms) ? nearest : null;
    }

    /// <summary>By how many letters a word may be off.</summary>
    public static int MostSteps(string word) => word.Length < 5 ? 1 : 2;

    /// <summary>Those of the words that are nearest to one: most letters alike, then in most stories.</summary>
    public static IEnumerable<string> Alike(string word, IEnumerable<(string Word, int Stories)> words) => words
        .Select(w => (w.Word, w.Stories, Steps: Steps(word, w.Word, MostSteps(word)))).Where(w => w.Steps <= MostSteps(word))
        .OrderBy(w => w.Steps).ThenByDescending(w => w.Stories).ThenBy(w => w.Word, StringComparer.Ordinal).Take(10)
        .Select(w => w.Word);

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
