using System.Globalization;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Core.Stories;

namespace NewsHub.Web.Api;

internal static class StoryCalls
{
    public static async Task<IResult> ListAsync(HttpContext context, PublishedNews news, ApiCopy copy, CancellationToken cancel)
    {
        var apiQuery = new ApiQuery(context, Call.Stories, copy);
        var (after, limit, section, kind) = (
            apiQuery.After<Cursor>(Cursor.TryParse), apiQuery.Limit(), apiQuery.Section(news), apiQuery.Kind());
        var (author, tag) = await apiQuery.NamedAsync(news, cancel);
        if (apiQuery.Problem is { } problem) return problem;
        // The first is walked and the others looked up: so the one with the fewest stories comes first, and plain
        // news, which most are, last.
        (ListOf List, long? Subject)[] lists =
        [
            (ListOf.Tag, tag),
            (ListOf.Author, author),
            (ListOf.Kind, kind is null or Kind.News ? null : (long)kind),
            (ListOf.Section, section?.Id.Value),
            (ListOf.Kind, kind is Kind.News ? (long)Kind.News : null),
        ];
        List<(ListOf List, long Subject)> narrowed = [.. lists.Where(l => l.Subject is not null).Select(l => (l.List, l.Subject!.Value))];
        var page = await news.StoriesAsync(narrowed, after, limit, cancel);
        return Answers.Kept(context, new Lines<StoryEntry>([.. page.Stories.Select(copy.Entry)], apiQuery.Next(page.Next)),
            [.. narrowed.Select(l => Topic.List(l.List, l.Subject)).DefaultIfEmpty(Topic.Latest), .. Answers.TopicsOf(page.Stories)]);
    }

    /// <summary>What is not out, whyever, and what never was answer alike.</summary>
    public static async Task<IResult> OneAsync(string id, HttpContext context, PublishedNews news, ApiCopy copy, CancellationToken cancel)
    {
        if (new ApiQuery(context, Call.Story, copy).Problem is { } problem) return problem;
        var answer = TryRead(id, out var story) ? await news.StoryAsync(story, cancel) : new ArticleAnswer.Unknown();
        return answer switch
        {
            ArticleAnswer.Found { Article: var article } =>
                Answers.KeptAsOf(context, copy.Whole(article), article.Story.UpdatedAt ?? article.Story.PublishedAt,
                    [
                        Topic.Story(story),
                        .. article.Edition is { } edition ? [Topic.Edition(edition.Id)] : Array.Empty<Topic>(),
                        .. article.Tags.Select(t => Topic.List(ListOf.Tag, t.TagId)),
                    ]),
            ArticleAnswer.Withdrawn gone => Answers.Gone(context, Problems.Gone(gone.Id.Value, gone.Notice, gone.At), Topic.Story(gone.Id)),
            _ => Problems.Unknown("There is no story with that number."),
        };
    }

    private static bool TryRead(string typed, out StoryId story)
    {
        var isOne = long.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && typed[0] != '0';
        story = new StoryId(number);
        return isOne;
    }
}
