using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NewsHub.Core.Audience;
using NewsHub.Core.Reading;
using NewsHub.Core.Search;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;
using NewsHub.Web.Http;
using NewsHub.Web.Localization;
using NewsHub.Web.PageCache;
using NewsHub.Web.RateLimiting;

namespace NewsHub.Web.Pages;

/// <summary>The whole paper, by its words. Anybody may ask anything: no answer is kept.</summary>
public sealed class SearchModel(PublishedNews news, AudienceCounts audienceCounts, RateLimits limits, TimeProvider clock) : PageModel
{
    /// <summary>What was asked, as it was typed.</summary>
    public sealed record Input(string Q, string Section, string Kind, string Author, string From, string To, string Order)
    {
        /// <summary>The question's address with something about it changed.</summary>
        public string Address(string? after = null) => "/search?" + string.Join('&', new (string Key, string? Value)[]
        {
            ("q", Q), ("section", Section), ("kind", Kind), ("author", Author), ("from", From), ("to", To), ("order", Order),
            ("after", after),
        }.Where(p => !string.IsNullOrEmpty(p.Value)).Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value!)}"));
    }

    public Input Asked { get; private set; } = null!;

    /// <summary>What is wrong with the question, by field.</summary>
    public Dictionary<string, string> Problems { get; } = [];
    public SearchQuery Query { get; private set; } = null!;
    public SearchView Found { get; private set; } = SearchView.Empty;
    public string? AuthorName { get; private set; }

    /// <summary>Too much was searched for from this address; it is not asked now.</summary>
    public bool IsLimited { get; private set; }
    public SiteSnapshot Paper => news.Snapshot;

    /// <summary>Whether anything was asked at all.</summary>
    public bool IsAsked => Asked.Q.Length > 0 || Query.IsFiltered;

    /// <summary>More was asked for than words, be it understood or not.</summary>
    public bool IsNarrowed => Query.IsFiltered || Problems.Keys.Any(k => k is "section" or "kind" or "author" or "from" or "to" or "order");

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        HttpContext.NeverKeep();
        Asked = new Input(Field("q"), Field("section"), Field("kind"), Field("author"), Field("from"), Field("to"), Field("order"));
        if (await limits.SearchAsync(HttpContext) is { } wait)
        {
            (IsLimited, Query) = (true, SearchQuery.Of(""));
            Problems["q"] = Texts.Now["search.wrong.often"];
            RateLimits.SetRetryAfter(HttpContext, wait);
            Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return Page();
        }
        SearchCursor? after = null;
        if (Field("after") is { Length: > 0 } typed)
        {
            if (SearchCursor.TryParse(typed, out var place)) after = place;
            else Problems["after"] = Texts.Now["search.wrong.place"];
        }
        Query = await ReadAsync(cancel);
        if (Problems.Count > 0)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        Found = await news.SearchAsync(Query, after, clock.GetUtcNow(), cancel);
        // What is being typed is asked for by the script; only a question that somebody sent off counts.
        if (Found.Count == 0
            && after is null
            && Query.Terms.Count > 0
            && PageViewCounter.IsReader(HttpContext)
            && await limits.MayNoteMissAsync(HttpContext))
        {
            audienceCounts.CountSearchMiss(Asked.Q);
        }
        return Page();
    }

    private async Task<SearchQuery> ReadAsync(CancellationToken cancel)
    {
        if (Asked.Q.Length > SearchQuery.Longest)
            Problems["q"] = Texts.Now.Say("search.wrong.long", ("most", SearchQuery.Longest), ("n", Texts.Now.Figure(Asked.Q.Length)));
        var section = Asked.Section.Length == 0 ? null : news.Snapshot.Section(Asked.Section);
        if (section is null && Asked.Section.Length > 0) Problems["section"] = Texts.Now["search.wrong.section"];
        Kind? kind = null;
        if (Asked.Kind.Length > 0)
        {
            kind = Enum.GetValues<Kind>()
                .Cast<Kind?>()
                .FirstOrDefault(k => k.ToString()!.Equals(Asked.Kind, StringComparison.OrdinalIgnoreCase));
            if (kind is null) Problems["kind"] = Texts.Now["search.wrong.kind"];
        }
        long? author = null;
        if (Asked.Author.Length > 0)
        {
            if (await news.AuthorNamedAsync(Asked.Author, cancel) is { } known) (author, AuthorName) = known;
            else Problems["author"] = Texts.Now["search.wrong.author"];
        }
        var (from, to) = (Day("from", Asked.From), Day("to", Asked.To));
        if (from > to) Problems["to"] = Texts.Now["search.wrong.days"];
        if (Asked.Order is not ("" or "best" or "newest")) Problems["order"] = Texts.Now["search.wrong.order"];
        return SearchQuery.Of(Problems.ContainsKey("q") ? "" : Asked.Q) with
        {
            Section = section?.Id,
            Kind = kind,
            Author = author,
            From = from is { } first ? news.Snapshot.StartOf(first) : null,
            Until = to is { } last && last < DateOnly.MaxValue ? news.Snapshot.StartOf(last.AddDays(1)) : null,
            Order = Asked.Order == "newest" || Asked.Q.Length == 0 ? SearchOrder.Newest : SearchOrder.Best,
        };
    }

    private DateOnly? Day(string field, string typed)
    {
        if (typed.Length == 0) return null;
        if (DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        Problems[field] = Texts.Now["search.wrong.day"];
        return null;
    }

    /// <summary>A field that comes twice is not one that a form of ours sent.</summary>
    private string Field(string name)
    {
        if (!Request.Query.TryGetValue(name, out var values)) return "";
        if (values.Count > 1) Problems[name] = Texts.Now.Say("search.wrong.twice", ("field", name));
        return TypedText.Line(values[0]) ?? "";
    }
}
