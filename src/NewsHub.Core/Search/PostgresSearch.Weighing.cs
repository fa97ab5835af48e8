namespace NewsHub.Core.Search;

public sealed partial class PostgresSearch
{
    /// <summary>Phrases that are weighed; further ones are found and weigh nothing.</summary>
    private const int MostPhrases = 8;

    /// <summary>A phrase whose rarest word is in more stories counts as frequent as that.</summary>
    private const int MostCounted = 256;

    /// <returns>What fits by its place, and whether more fits than was weighed.</returns>
    private async Task<(Dictionary<long, double> Weights, bool More)> WeighAsync(
        IReadOnlyList<PostgresTerm> terms, PostgresQuestion all, (long From, long Until) range, Totals totals, CancellationToken cancel)
    {
        var rare = terms.Where(t => t.IsRare).SelectMany(t => t.Ways).ToList();
        // The more words, the longer it takes to find a story that has them all.
        var most = rare.Count > 0 ? SearchRules.Rare : SearchRules.Weighed / Math.Max(1, terms.Count);
        var (places, more) = await PlacesAsync(all, range, most + 1, cancel);
        var weights = places.Take(most).ToDictionary(p => p.Place, _ => 0.1);
        if (weights.Count == 0) return (weights, more);
        foreach (var (place, weight) in await WordWeightsAsync([.. rare.Where(w => w.IsOne)], all.Index, range, totals, cancel))
            Add(place, weight);
        var phrases = rare.Where(w => !w.IsOne && w.Stories > 0).Take(MostPhrases).ToList();
        foreach (var (place, weight) in await PhraseWeightsAsync(phrases, [.. places.Take(most)], totals, cancel)) Add(place, weight);
        if (terms.Count > 0)
            foreach (var place in await HeadlinesAsync(terms, all, (weights.Keys.Min(), weights.Keys.Max() + 1), cancel))
                Add(place, 1);
        return (weights, more || places.Count > most);

        // One that came in between two statements waits for the next question.
        void Add(long place, double weight)
        {
            if (weights.ContainsKey(place)) weights[place] += weight;
        }
    }

    /// <summary>The stories of words, weighed: the index says in which a word is, and each bit of how often.</summary>
    /// <param name="within">What else they must have.</param>
    private async Task<Dictionary<long, double>> WordWeightsAsync(
        List<PostgresPhrase> words, string? within, (long From, long Until) range, Totals totals, CancellationToken cancel)
    {
        const int questionsEach = 1 + SearchVector.FrequencyBits;
        var asked = words.Where(w => w.Stories > 0).ToList();
        if (asked.Count == 0) return [];
        var and = within is null ? "" : $" & {within}";
        var questions = asked.SelectMany(w => Enumerable.Range(0, SearchVector.FrequencyBits)
            .Select(bit => w.Marked((char)(SearchVector.Frequency + bit))).Prepend(w.Together)).Select(q => q + and).ToArray();
        var found = await RowsAsync(
            """SELECT "Question", "Place", "Length" FROM "SearchPlaces"(@questions::tsquery[], @from, @until, @most)""",
            r => (Question: r.GetInt32(0) - 1, Place: r.GetInt64(1), Length: r.GetInt32(2)), cancel,
            ("questions", questions), ("from", range.From), ("until", range.Until), ("most", SearchRules.Rare + 1));
        var weights = new Dictionary<long, double>();
        foreach (var story in found.GroupBy(f => (Word: f.Question / questionsEach, f.Place)))
        {
            var bits = story.Where(f => f.Question % questionsEach > 0).Sum(f => 1 << f.Question % questionsEach - 1);
            var weight = Weight(asked[story.Key.Word].Stories, SearchVector.FrequencyOf(bits), story.First().Length, totals);
            weights[story.Key.Place] = weights.GetValueOrDefault(story.Key.Place) + weight;
        }
        return weights;
    }

    /// <summary>The stories of phrases, weighed: once for each field in which one stands.</summary>
    private async Task<Dictionary<long, double>> PhraseWeightsAsync(
        List<PostgresPhrase> phrases, List<Indexed> stories, Totals totals, CancellationToken cancel)
    {
        var weights = new Dictionary<long, double>();
        if (phrases.Count == 0) return weights;
        var fields = SearchVector.Fields;
        var fits = await FitsAsync([.. stories.Select(s => s.Place)],
            [.. phrases.SelectMany(p => fields.Select(f => p.InField(f.Letter)))], cancel);
        for (var i = 0; i < phrases.Count; i++)
        {
            var having = await HavingAsync(phrases[i], totals, cancel);
            foreach (var story in stories)
            {
                if (!fits.TryGetValue(story.Place, out var fit)) continue;
                var frequency = fields.Select((f, n) => fit[i * fields.Count + n] ? f.Weight : 0).Sum();
                if (frequency > 0)
                    weights[story.Place] = weights.GetValueOrDefault(story.Place) + Weight(having, frequency, story.Length, totals);
            }
        }
        return weights;
    }

    /// <summary>In how many stories a phrase is, if that is known at once.</summary>
    private async Task<int> HavingAsync(PostgresPhrase phrase, Totals totals, CancellationToken cancel)
    {
        if (phrase.Stories > MostCounted) return phrase.Stories;
        var alone = PostgresQuestion.Of([PostgresTerm.Of([phrase], totals.Stories)], [], totals.Stories);
        return (await PlacesAsync(alone, (0, long.MaxValue), MostCounted, cancel)).Stories.Count;
    }

    /// <summary>Those of the stories in a stretch that have all the words in their headline.</summary>
    private async Task<IReadOnlyList<long>> HeadlinesAsync(
        IReadOnlyList<PostgresTerm> terms, PostgresQuestion all, (long From, long Until) range, CancellationToken cancel)
    {
        var question = string.Join(" & ", terms.Select(t => t.InHeadline).Prepend(all.Index));
        var blocks = SearchBlocks.Before(range.Until, range.Until - range.From);
        if (all.Rarest > SearchRules.Rare && blocks.From <= range.From) question = $"{blocks.Query} & {question}";
        var places = (await AskAsync(question, range, MostVectors, cancel)).Select(p => p.Place).ToArray();
        if (all.Vector is null || places.Length == 0) return places;
        return [.. await FittingAsync(places, string.Join(" & ", terms.Where(t => t.HasPhrases).Select(t => t.InOrderInHeadline)), cancel)];
    }

    /// <summary>BM25, by FTS5's constants.</summary>
    /// <param name="having">How many stories have the word.</param>
    /// <param name="length">Of the story, in words.</param>
    private static double Weight(int having, int frequency, int length, Totals totals)
    {
        const double k = 1.2, b = 0.75;
        var rarity = Math.Log((totals.Stories - having + 0.5) / (having + 0.5));
        var average = totals.Words / (double)totals.Stories;
        return (rarity > 0 ? rarity : 1e-6) * frequency * (k + 1) / (frequency + k * (1 - b + b * length / average));
    }
}
