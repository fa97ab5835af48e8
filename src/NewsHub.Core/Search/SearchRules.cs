using NewsHub.Core.Stories;

namespace NewsHub.Core.Search;

/// <summary>What holds of every index: what is rare, how much is weighed, and what stands first.</summary>
internal static class SearchRules
{
    /// <summary>A word of more stories than this is everywhere.</summary>
    public const int Rare = 2000;

    /// <summary>The newest stories that are weighed where all words are everywhere.</summary>
    public const int Weighed = 1000;

    /// <summary>As many longer words are looked for in place of one that may go on.</summary>
    public const int MostContinued = 8;

    /// <summary>A word of more stories than this does not set a text apart.</summary>
    public const int Telling = Rare / 4;

    /// <summary>As many words that set a text apart are looked for.</summary>
    public const int MostTelling = 8;

    /// <summary>The age at which half of what a new story has over an old one is gone.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(30);

    /// <summary>The places of stories that a question is about.</summary>
    public static (long From, long Until) Range(SearchQuery query) => (
        query.From is { } from ? IndexedStory.PlaceOf(from) : 0, query.Until is { } until ? IndexedStory.PlaceOf(until) : long.MaxValue);

    /// <summary>As of when the stories of an answer are weighed.</summary>
    public static DateTimeOffset AsOf(SearchCursor? after, DateTimeOffset now) =>
        after?.AsOf ?? DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());

    /// <summary>A page of the best.</summary>
    /// <param name="weights">All that fit, by their places.</param>
    /// <param name="more">More fit than were weighed.</param>
    public static SearchHits Best(
        IReadOnlyDictionary<long, double> weights, bool more, SearchCursor? after, int atMost, DateTimeOffset asOf,
        IReadOnlyList<IReadOnlyList<string>> found)
    {
        var hits = weights.Select(w => new SearchHit(w.Key, w.Value * Freshness(w.Key, asOf)))
            .OrderByDescending(h => h.Relevance).ThenByDescending(h => h.Place)
            .Where(h => after is not { } shown || h.Relevance < shown.Relevance || h.Relevance == shown.Relevance && h.Place < shown.Place)
            .Take(atMost + 1).ToList();
        return new SearchHits([.. hits.Take(atMost)], hits.Count > atMost
            ? new SearchCursor(asOf, hits[atMost - 1].Relevance, hits[atMost - 1].Place)
            : null, weights.Count, more, found);
    }

    /// <summary>A page of the newest.</summary>
    /// <param name="newest">One more than the page has room for, where there are as many.</param>
    /// <param name="counted">How many fit, so far as was looked.</param>
    public static SearchHits Newest(
        IReadOnlyList<long> newest, int counted, bool more, int atMost, IReadOnlyList<IReadOnlyList<string>> found) =>
        new([.. newest.Take(atMost).Select(p => new SearchHit(p, 0))],
            newest.Count > atMost ? new SearchCursor(DateTimeOffset.UnixEpoch, 0, newest[atMost - 1]) : null,
            Math.Min(counted, Weighed), more || counted > Weighed, found);

    /// <summary>The words that a story is announced by; short ones are seldom what it is about.</summary>
    public static IEnumerable<string> Announcing(StoryText text) =>
        Folding.Words($"{text.Headline} {text.Standfirst} {string.Join(' ', text.Tags.Select(t => t.Name))}")
            .Select(w => w.Word)
            .Where(w => w.Length > 3 || Folding.IsPair(w))
            .Distinct();

    private static double Freshness(long place, DateTimeOffset asOf) =>
        1 + 1 / (1 + Math.Max(0, (asOf - IndexedStory.TimeOf(place)).TotalDays) / Fresh.TotalDays);
}
