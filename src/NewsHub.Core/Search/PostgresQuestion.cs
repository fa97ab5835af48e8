namespace NewsHub.Core.Search;

/// <summary>Words that must stand together, mostly one, as PostgreSQL is asked for them.</summary>
/// <param name="Lexemes">The words as they are kept, see <see cref="LexemesOf"/>.</param>
/// <param name="Stories">In how many stories all of them are at most; of one word, in how many it is.</param>
internal sealed record PostgresPhrase(IReadOnlyList<string> Lexemes, int Stories)
{
    public bool IsOne => Lexemes.Count == 1;

    /// <summary>All words, wherever they stand: what the index answers by itself.</summary>
    public string Together => Joined(" & ", "");

    /// <summary>All words in order, which is looked up in the vector.</summary>
    public string InOrder => Joined(" <-> ", "");

    /// <summary>In order, in one field.</summary>
    public string InField(char letter) => Joined(" <-> ", $":{letter}");

    /// <summary>All words, with a letter in front that says something of each.</summary>
    public string Marked(char mark) => Joined(" & ", "", mark);

    /// <summary>Where pairs are kept, a single character is the beginning of many.</summary>
    public static IReadOnlyList<string> LexemesOf(IReadOnlyList<string> words) =>
        Folding.IsSingle(words[^1]) ? [.. words.SkipLast(1), SearchVector.BeginsWith + words[^1]] : words;

    /// <param name="stories">How many stories have each lexeme.</param>
    public static PostgresPhrase Of(IReadOnlyList<string> lexemes, IReadOnlyDictionary<string, int> stories) =>
        new(lexemes, lexemes.Min(l => stories.GetValueOrDefault(l)));

    private string Joined(string by, string behind, char? mark = null)
    {
        var joined = string.Join(by, Lexemes.Select(l => SearchVector.Quoted(mark + l) + behind));
        return IsOne ? joined : $"({joined})";
    }
}

/// <summary>What is looked for: one of several spellings.</summary>
/// <param name="Ways">The spellings, as they are kept.</param>
/// <param name="Stories">In how many stories it is; of phrases, and of several spellings, at most.</param>
internal sealed record PostgresTerm(IReadOnlyList<PostgresPhrase> Ways, int Stories)
{
    /// <param name="total">How many stories there are.</param>
    public static PostgresTerm Of(IReadOnlyList<PostgresPhrase> ways, long total) =>
        new(ways, (int)Math.Min(total, ways.Sum(w => (long)w.Stories)));

    public bool HasPhrases => Ways.Any(w => !w.IsOne);

    public bool IsRare => Stories <= SearchRules.Rare;

    public string Together => Any(w => w.Together);

    public string InOrder => Any(w => w.InOrder);

    public string InHeadline => Any(w => w.Marked(SearchVector.InHeadline));

    public string InOrderInHeadline => Any(w => w.InField(SearchVector.Fields[0].Letter));

    private string Any(Func<PostgresPhrase, string> way) => $"({string.Join(" | ", Ways.Select(way))})";
}

/// <summary>Terms and facets, all of which a story must have.</summary>
/// <param name="Index">What the index answers by itself.</param>
/// <param name="Vector">What is looked up in the vectors of those; null where that is the same.</param>
/// <param name="Rarest">In how many stories the rarest part is.</param>
/// <param name="Share">How many of all stories have all parts, if none of them went with another: 0 to 1.</param>
/// <param name="Total">How many stories there are.</param>
internal sealed record PostgresQuestion(string Index, string? Vector, int Rarest, double Share, long Total)
{
    /// <param name="total">How many stories there are.</param>
    public static PostgresQuestion Of(
        IReadOnlyList<PostgresTerm> terms, IReadOnlyList<(string Lexeme, int Stories)> facets, long total)
    {
        var stories = terms.Select(t => t.Stories).Concat(facets.Select(f => f.Stories)).ToList();
        return new PostgresQuestion(
            string.Join(" & ", [.. terms.Select(t => t.Together), .. facets.Select(f => SearchVector.Quoted(f.Lexeme))]),
            terms.Any(t => t.HasPhrases) ? string.Join(" & ", terms.Where(t => t.HasPhrases).Select(t => t.InOrder)) : null,
            stories.Min(),
            stories.Aggregate(1.0, (share, s) => share * Math.Min(1, s / (double)total)),
            total);
    }
}
