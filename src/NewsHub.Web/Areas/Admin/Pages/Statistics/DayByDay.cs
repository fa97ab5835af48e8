using System.Globalization;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Statistics;

/// <summary>Views and visitors of the paper or of a story, day by day, as a drawing and a table show them.</summary>
/// <param name="Whole">Views.</param>
/// <param name="Engaged">Reactions and shares of the days that have any.</param>
public sealed record DayByDay(
    string Title,
    IReadOnlyList<(DateOnly Day, int Whole, int Part)> Days,
    IReadOnlyDictionary<DateOnly, (int Reactions, int Shares)> Engaged)
{
    /// <summary>Views of all the days.</summary>
    public int Views => Days.Sum(d => d.Whole);

    /// <summary>“1,204 views in 28 days. Most on 3 Nov 2026: 311.”</summary>
    public string Summary
    {
        get
        {
            if (Views == 0) return "No views in this period.";
            var most = Days.MaxBy(d => d.Whole);
            var day = Newsroom.Day(most.Day);
            return string.Create(CultureInfo.InvariantCulture, $"{Views:N0} views in {Days.Count} days. Most on {day}: {most.Whole:N0}.");
        }
    }
}
