using NewsHub.Core.Events;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Search;

/// <summary>Finds live stories by their words. A store has one of its own kind.</summary>
public interface ISearchIndex
{
    /// <summary>The stories that fit, from a place on.</summary>
    Task<SearchHits> FindAsync(SearchQuery query, SearchCursor? after, int atMost, DateTimeOffset now, CancellationToken cancel = default);

    /// <summary>The question with words that are found in place of those that are not; null where there is nothing like it.</summary>
    Task<string?> NearestAsync(SearchQuery query, CancellationToken cancel = default);

    /// <summary>Stories with the words that set a text apart from others, and how strongly.</summary>
    Task<IReadOnlyList<(StoryId Story, double Weight)>> LikeAsync(StoryText text, int atMost, CancellationToken cancel = default);

    /// <summary>Takes stories in as they are, and those of which nothing is live out. Within the caller's transaction.</summary>
    Task KeepAsync(IReadOnlyCollection<StoryId> stories, CancellationToken cancel = default);

    /// <summary>Forgets everything. Within the caller's transaction.</summary>
    Task ClearAsync(CancellationToken cancel = default);

    /// <summary>Whether questions are answered from what was taken in; else <see cref="CompleteAsync"/> is still to be called.</summary>
    Task<bool> IsCompleteAsync(CancellationToken cancel = default);

    /// <summary>Keeps others from completing it until the caller's transaction ends.</summary>
    /// <returns>False where another process is completing it.</returns>
    Task<bool> TryHoldAsync(CancellationToken cancel = default);

    /// <summary>Does what is done best once, after everything was taken in anew. It may take minutes and keeps no other writer waiting, so
    /// not within a transaction. Nothing where it is done; where another process is at it, that is waited for.</summary>
    Task CompleteAsync(CancellationToken cancel = default);
}

/// <summary>A story that fits.</summary>
/// <param name="Place">Where it stands in the index, see <see cref="IndexedStory"/>.</param>
/// <param name="Relevance">Greater is better; of the same question only.</param>
public readonly record struct SearchHit(long Place, double Relevance);

/// <param name="Count">How many fit, so far as was looked.</param>
/// <param name="CountIsLess">More fit than were counted.</param>
/// <param name="Found">The words that were looked for, spelt as they are found: folded.</param>
public sealed record SearchHits(
    IReadOnlyList<SearchHit> Hits, SearchCursor? Next, int Count, bool CountIsLess, IReadOnlyList<IReadOnlyList<string>> Found);

/// <summary>A place in an answer: the last story that was shown, and as of when all were weighed, so that none changes its
/// place between two pages.</summary>
/// <param name="AsOf">UTC, to the second.</param>
public readonly record struct SearchCursor(DateTimeOffset AsOf, double Relevance, long Place)
{
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{AsOf.ToUnixTimeSeconds():x}-{BitConverter.DoubleToInt64Bits(Relevance):x}-{Place:x}");

    /// <summary>Reads what <see cref="ToString"/> wrote, and nothing else.</summary>
    public static bool TryParse(string? text, out SearchCursor place)
    {
        place = default;
        if (text?.Split('-') is not [var at, var relevance, var number]) return false;
        if (!Read(at, out var seconds)
            || seconds is < 0 or > 253402300799
            || !Read(relevance, out var bits)
            || !Read(number, out var last)
            || last < 0)
        {
            return false;
        }
        place = new SearchCursor(DateTimeOffset.FromUnixTimeSeconds(seconds), BitConverter.Int64BitsToDouble(bits), last);
        return double.IsFinite(place.Relevance) && place.ToString() == text;

        static bool Read(string hex, out long value) => long.TryParse(
            hex, System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out value);
    }
}
