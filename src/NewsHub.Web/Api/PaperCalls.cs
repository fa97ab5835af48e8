using System.Globalization;
using NewsHub.Core.Events;
using NewsHub.Core.Rates;
using NewsHub.Core.Reading;
using NewsHub.Web.Http;

namespace NewsHub.Web.Api;

/// <summary>Editions, sections, authors, tags, rates.</summary>
internal static class PaperCalls
{
    public static async Task<IResult> EditionsAsync(HttpContext context, PublishedNews news, ApiCopy copy, CancellationToken cancel)
    {
        var apiQuery = new ApiQuery(context, Call.Editions, copy);
        var (after, limit) = (apiQuery.After<int>(EditionNumber.TryParse!), apiQuery.Limit());
        if (apiQuery.Problem is { } problem) return problem;
        var page = await news.EditionsAsync(after, limit, cancel);
        return Answers.Kept(context, new Lines<EditionEntry>(
            [.. page.Editions.Select(copy.Edition)], apiQuery.Next(page.Next?.ToString(CultureInfo.InvariantCulture))), Topic.Editions);
    }

    public static async Task<IResult> EditionAsync(
        string number, HttpContext context, PublishedNews news, ApiCopy copy, CancellationToken cancel)
    {
        if (new ApiQuery(context, Call.Edition, copy).Problem is { } problem) return problem;
        if (!EditionNumber.TryParse(number, out var n) || await news.WholeEditionAsync(n, cancel) is not { } edition)
            return Problems.Unknown("There is no edition with that number.");
        return Answers.Kept(context, copy.Front(edition),
            [Topic.Edition(edition.Edition.Id), Topic.Editions, .. Answers.TopicsOf(edition.Slots.Select(s => s.Card))]);
    }

    public static IResult Sections(HttpContext context, PublishedNews news, ApiCopy copy)
    {
        if (new ApiQuery(context, Call.Sections, copy).Problem is { } problem) return problem;
        return Answers.Kept(context, new Lines<SectionEntry>([.. news.Snapshot.Sections.Select(
            s => new SectionEntry(s.Slug, s.Name, s.Description, copy.Url(s.Address), Narrowed(copy, Parameter.Section, s.Slug)))], null));
    }

    public static async Task<IResult> AuthorAsync(
        string slug, HttpContext context, PublishedNews news, ApiCopy copy, CancellationToken cancel)
    {
        if (new ApiQuery(context, Call.Author, copy).Problem is { } problem) return problem;
        // Whoever has signed nothing that is out is nobody's business yet.
        if (await news.AuthorAsync(slug, null, cancel) is not { Stories.Stories.Count: > 0 } a)
            return Problems.Unknown("Nobody of that name has signed stories of this paper.");
        return Answers.Kept(
            context,
            new AuthorEntry(a.Slug, a.Name, a.Title, a.Bio, copy.Url($"/authors/{a.Slug}"), Narrowed(copy, Parameter.Author, a.Slug)),
            Topic.List(Core.Events.ListOf.Author, a.Id));
    }

    /// <summary>One that was merged answers as the one that has its stories now.</summary>
    public static async Task<IResult> TagAsync(string slug, HttpContext context, PublishedNews news, ApiCopy copy, CancellationToken cancel)
    {
        if (new ApiQuery(context, Call.Tag, copy).Problem is { } problem) return problem;
        if (await news.TagAsync(slug, null, cancel) is not { } t) return Problems.Unknown("No story of this paper carries that tag.");
        return Answers.Kept(context, new TagEntry(t.Slug, t.Name, copy.Url($"/tags/{t.Slug}"), Narrowed(copy, Parameter.Tag, t.Slug)),
            Topic.List(Core.Events.ListOf.Tag, t.Id));
    }

    public static IResult Rates(HttpContext context, PublishedNews news, ApiCopy copy)
    {
        if (new ApiQuery(context, Call.Rates, copy).Problem is { } problem) return problem;
        var board = news.Snapshot.Rates;
        var ours = board.Lines.Where(l => l.IsPinned || RatePublisher.Named(l.Source).MayBeHandedOn).ToList();
        return Answers.Kept(context, new RatesAnswer(ours.Count == 0 ? null : board.Base, ours.Count == 0 ? null : ours.Max(l => l.Date),
            [.. ours.Select(l => new RateEntry(l.Quote, Currency.Name(l.Quote), l.Value, l.Change,
                l.Date, l.IsPinned ? null : l.Source, l.IsPinned ? null : RatePublisher.Named(l.Source).Page, l.IsPinned))],
            [.. board.Lines.Except(ours).Select(l => l.Quote)], null));
    }

    private static string Narrowed(ApiCopy copy, Parameter by, string slug) =>
        copy.Self($"{Call.Stories.Route}?{by.Name}={Uri.EscapeDataString(slug)}");
}
