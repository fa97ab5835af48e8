using System.Globalization;
using NewsHub.Core.Events;
using NewsHub.Core.Reading;
using NewsHub.Web.Http;
using NewsHub.Web.PageCache;

namespace NewsHub.Web.Api;

/// <summary>Answers that are kept like pages, under the topics of what is in them: same ETags, same 304s, gone
/// with the same events.</summary>
internal static class Answers
{
    public static IResult Kept<T>(HttpContext context, T answer, params IEnumerable<Topic> topics)
    {
        // Every answer names a section or the paper.
        context.CachePage([Topic.SiteWide, .. topics]);
        return Results.Json(answer, ApiJson.Options);
    }

    /// <summary>As <see cref="Kept"/>, with the time of the last change, which alone says nothing about a list: one grows older
    /// when a story is taken out.</summary>
    public static IResult KeptAsOf<T>(HttpContext context, T answer, DateTimeOffset changed, params IEnumerable<Topic> topics)
    {
        context.Response.Headers.LastModified = changed.ToString("R", CultureInfo.InvariantCulture);
        return Kept(context, answer, topics);
    }

    public static IResult Gone(HttpContext context, Withdrawal withdrawal, params IEnumerable<Topic> topics)
    {
        context.CachePage(topics);
        return Results.Json(withdrawal, ApiJson.Options, Problems.ContentType, withdrawal.Status);
    }

    /// <summary>For what anybody may ask in any words.</summary>
    public static IResult NeverKept<T>(HttpContext context, T answer)
    {
        context.NeverKeep();
        return Results.Json(answer, ApiJson.Options);
    }

    public static IEnumerable<Topic> TopicsOf(IEnumerable<StoryCard> cards) => cards.Select(c => Topic.Story(c.Id));
}
