using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Search;
using NewsHub.Core.Stories;

namespace NewsHub.Core.Reading;

/// <summary>Search: the index says which, the store what they say now. So what was withdrawn a moment ago is not shown.</summary>
public sealed partial class PublishedNews
{
    /// <param name="after">See <see cref="SearchView.Next"/>; null for the start.</param>
    public Task<SearchView> SearchAsync(SearchQuery query, SearchCursor? after, DateTimeOffset now, CancellationToken cancel = default) =>
        SearchAsync(query, after, PageSize, now, cancel);

    /// <summary>As many as a program asks for.</summary>
    public async Task<SearchView> SearchAsync(
        SearchQuery query, SearchCursor? after, int atMost, DateTimeOffset now, CancellationToken cancel = default)
    {
        if (query.Terms.Count == 0 && !query.IsFiltered) return SearchView.Empty;
        var hits = await search.FindAsync(query, after, atMost, now, cancel);
        var nearest = hits.Count == 0 && query.Terms.Count > 0 ? await search.NearestAsync(query, cancel) : null;
        var rows = hits.Hits.Count == 0 ? [] : await _hot.Indexed(db, [.. hits.Hits.Select(h => h.Place)]).ToDictionaryAsync(
            r => r.Indexed, cancellationToken: cancel);
        var marks = new Highlighter(hits.Found);
        return new SearchView(
            [.. hits.Hits.Where(h => rows.ContainsKey(h.Place)).Select(h => rows[h.Place]).Select(r => new FoundStory(
                r.Card.ToCard(Snapshot), marks.Mark(r.Card.Headline), marks.Mark(r.Card.Standfirst),
                marks.Snippet(LiveEntry.PlainText(r.BodyHtml))))],
            hits.Next?.ToString(), hits.Count, hits.CountIsLess, nearest);
    }
}

/// <summary>The answer to a reader's question.</summary>
/// <param name="Next">The place after the last one; null at the end.</param>
/// <param name="Count">How many fit, so far as was looked.</param>
/// <param name="CountIsLess">More fit than were counted.</param>
/// <param name="Nearest">Where nothing fits: the question in words that do; null where there are none.</param>
public sealed record SearchView(IReadOnlyList<FoundStory> Stories, string? Next, int Count, bool CountIsLess, string? Nearest)
{
    public static readonly SearchView Empty = new([], null, 0, false, null);
}

/// <summary>A story that fits, and where the words stand in it.</summary>
/// <param name="Snippet">From the body; null where none of the words stands there.</param>
public sealed record FoundStory(StoryCard Story, MarkedText Headline, MarkedText Standfirst, MarkedText? Snippet);
