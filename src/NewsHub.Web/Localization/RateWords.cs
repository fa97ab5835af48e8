using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Html;
using NewsHub.Core.Rates;
using NewsHub.Core.Reading;

namespace NewsHub.Web.Localization;

/// <summary>How rates are set on pages: addresses of pairs, changes, publishers.</summary>
internal static class RateWords
{
    /// <summary>How far back a history goes, and the word for it in addresses.</summary>
    public static readonly IReadOnlyList<(RateSpan Span, string Word)> Spans =
        [(RateSpan.Week, "week"), (RateSpan.Month, "month"), (RateSpan.Year, "year"), (RateSpan.All, "all")];

    public static bool TryReadSpan(string? word, out RateSpan span)
    {
        var known = Spans.FirstOrDefault(s => s.Word == word);
        span = known.Span;
        return known.Word is not null;
    }

    /// <summary><c>/rates/usd-ngn</c>.</summary>
    public static string Address(string from, string to) => $"/rates/{from.ToLowerInvariant()}-{to.ToLowerInvariant()}";

    /// <summary>The change since the published day before: a sign, the word for those who cannot see it, and percent. Nothing
    /// where there is none.</summary>
    public static HtmlString Change(RateLine line) => line.Change is not { } change ? HtmlString.Empty : Change(change);

    public static HtmlString Change(decimal percent) => new(percent == 0
        ? "<span class=\"change\">0.00%</span>"
        : string.Create(CultureInfo.InvariantCulture, $"<span class=\"change {(percent < 0 ? "down" : "up")}\">"
            + $"<span aria-hidden=\"true\">{(percent < 0 ? '▼' : '▲')}</span>"
            + $"<span class=\"vh\">{Texts.Now[percent < 0 ? "change.down" : "change.up"]}</span> {Math.Abs(percent):0.00}%</span>"));

    /// <summary>“1 July 2025”, or “27 June to 1 July 2025” where the lines are of several days.</summary>
    public static HtmlString Days(RateBoard board) => new(board.Oldest == board.Newest ? Time(board.Newest, Print.Day(board.Newest))
        : Texts.Now.Set("date.range",
            ("from", new HtmlString(
                Time(board.Oldest, board.Oldest.Year == board.Newest.Year ? Texts.Now.DayOfYear(board.Oldest) : Print.Day(board.Oldest)))),
            ("to", new HtmlString(Time(board.Newest, Print.Day(board.Newest))))).Value!);

    private static string Time(DateOnly day, string words) => $"<time datetime=\"{Print.Iso(day)}\">{words}</time>";

    /// <summary>“, European Central Bank, ExchangeRate-API”: whoever has to be linked is.</summary>
    public static HtmlString Publishers(IEnumerable<RatePublisher> publishers, bool linked) =>
        new(string.Concat(publishers.Select(p => Texts.Now["join.next"] + Name(p, linked && p.MustBeLinked))));

    /// <summary>Publishers by the names that are kept with a rate.</summary>
    public static HtmlString Sources(string source) =>
        new(Texts.Now.Join([.. source.Split(", ").Select(name => Name(RatePublisher.Named(name), linked: true))]));

    /// <summary>What a currency is called.</summary>
    public static string Currency(string code) =>
        Texts.Now.Has($"currency.{code}") ? Texts.Now[$"currency.{code}"] : Core.Rates.Currency.Name(code);

    private static string Name(RatePublisher publisher, bool linked) => linked && publisher.Page is { } page
        ? $"<a href=\"{page}\" rel=\"noopener\">{WebUtility.HtmlEncode(publisher.Name)}</a>"
        : WebUtility.HtmlEncode(publisher.Name);
}
