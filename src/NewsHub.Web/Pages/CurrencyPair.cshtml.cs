using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Rates;
using NewsHub.Core.Reading;
using NewsHub.Web.Localization;

namespace NewsHub.Web.Pages;

/// <summary>One currency in another: the rate, its history as a plot and as a table.</summary>
public sealed class CurrencyPairModel(PublishedNews news, TimeProvider clock) : ReaderPage(news, clock)
{
    public RatePairView Pair { get; private set; } = null!;
    public RateSpan Span { get; private set; } = RateSpan.Month;
    public RateBoard Board => News.Snapshot.Rates;

    public async Task<IActionResult> OnGetAsync(string from, string to, CancellationToken cancel)
    {
        if (Request.Query.TryGetValue("span", out var word))
        {
            if (!RateWords.TryReadSpan(word, out var span)) return BadRequest();
            Span = span;
        }
        if (await News.PairAsync(from.ToUpperInvariant(), to.ToUpperInvariant(), Span, cancel) is not { } view) return NotFound();
        Pair = view;
        return Show();
    }

    /// <summary>The table's rows, newest first: each day where there are few, else the last of each week or month.</summary>
    public IEnumerable<(RatePoint Point, decimal? Change)> Rows
    {
        get
        {
            var points = (Span switch
            {
                RateSpan.Year => Pair.Points.GroupBy(p => ISOWeek.GetYear(p.Day.ToDateTime(default)) * 100
                    + ISOWeek.GetWeekOfYear(p.Day.ToDateTime(default))).Select(w => w.Last()),
                RateSpan.All => Pair.Points.GroupBy(p => p.Day.Year * 100 + p.Day.Month).Select(m => m.Last()),
                _ => Pair.Points,
            }).ToList();
            for (var i = points.Count - 1; i >= 0; i--)
                yield return (points[i], i == 0
                    ? null
                    : Math.Round((points[i].Value - points[i - 1].Value) / points[i - 1].Value * 100, 2, MidpointRounding.AwayFromZero));
        }
    }

    /// <summary>The plot in a sentence.</summary>
    public string Summary
    {
        get
        {
            var (first, last) = (Pair.Points[0], Pair.Points[^1]);
            var (low, high) = (Pair.Points.MinBy(p => p.Value)!, Pair.Points.MaxBy(p => p.Value)!);
            return Texts.Now.Say("pair.summary",
                ("first", Currency.ForPair(first.Value)), ("first_day", Print.Day(first.Day)), ("last", Currency.ForPair(last.Value)),
                ("last_day", Print.Day(last.Day)),
                ("low", Currency.ForPair(low.Value)), ("low_day", Print.Day(low.Day)), ("high", Currency.ForPair(high.Value)),
                ("high_day", Print.Day(high.Day)));
        }
    }
}
