using NewsHub.Core.Reading;
using NewsHub.Core.Search;
using NewsHub.Web.Localization;
using NewsHub.Web.RateLimiting;

namespace NewsHub.Web.Api;

internal static class SearchCall
{
    public static async Task<IResult> AnswerAsync(
        HttpContext context, PublishedNews news, ApiCopy copy, RateLimits limits, TimeProvider clock, CancellationToken cancel)
    {
        if (await limits.SearchAsync(context) is { } wait)
        {
            RateLimits.SetRetryAfter(context, wait);
            return Problems.Of(StatusCodes.Status429TooManyRequests,
                "Too much was searched for from this address. Try again after the seconds that Retry-After says.");
        }
        var apiQuery = new ApiQuery(context, Call.Search, copy);
        var (words, after, limit, section, kind) = (
            apiQuery.Text(Parameter.Q) ?? "", apiQuery.After<SearchCursor>(SearchCursor.TryParse), apiQuery.Limit(), apiQuery.Section(news),
            apiQuery.Kind());
        var (from, to) = (apiQuery.Day(Parameter.From), apiQuery.Day(Parameter.To));
        if (from > to) apiQuery.Wrong("The parameter to is a day before that of from.");
        var (author, _) = await apiQuery.NamedAsync(news, cancel);
        if (apiQuery.Problem is { } problem) return problem;
        var query = SearchQuery.Of(words) with
        {
            Section = section?.Id,
            Kind = kind,
            Author = author,
            From = from is { } first ? news.Snapshot.StartOf(first) : null,
            Until = to is { } last && last < DateOnly.MaxValue ? news.Snapshot.StartOf(last.AddDays(1)) : null,
            Order = apiQuery.Text(Parameter.Order) == "newest" || words.Length == 0 ? SearchOrder.Newest : SearchOrder.Best,
        };
        if (words.Length == 0 && !query.IsFiltered) return Problems.Wrong("Say with q what is looked for, or narrow it down.");
        var found = await news.SearchAsync(query, after, limit, clock.GetUtcNow(), cancel);
        return Answers.NeverKept(context, new SearchAnswer(found.Count, found.CountIsLess, found.Nearest,
            [.. found.Stories.Select(f => new FoundEntry(copy.Entry(f.Story), Marked(f.Headline)!, Marked(f.Standfirst)!,
                Marked(f.Snippet)))], apiQuery.Next(found.Next)));
    }

    private static string? Marked(MarkedText? text) => text is null ? null : Print.Marked(text).Value;
}
