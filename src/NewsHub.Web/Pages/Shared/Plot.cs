using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Html;
using NewsHub.Web.Localization;

namespace NewsHub.Web.Pages.Shared;

/// <summary>
/// Plots, drawn on the server as SVG. Places are percentages and the line lies in a box that stretches, so words and strokes keep their
/// size at every width without a script. The figures stand in a table beside it: whoever cannot see the plot loses nothing.
/// </summary>
internal static class Plot
{
    private const double Top = 5, Bottom = 86, Right = 98;

    /// <param name="id">Unique on the page.</param>
    /// <param name="title">What is plotted, in a few words.</param>
    /// <param name="summary">What one sees, in a sentence.</param>
    /// <param name="points">At least two, oldest first.</param>
    /// <param name="whole">They are counts: the scale has whole numbers alone, and begins at 0 where none is below it.</param>
    public static IHtmlContent Line(
        string id, string title, string summary, IReadOnlyList<(DateOnly Day, decimal Value)> points, bool whole = false)
    {
        var (low, high) = (points.Min(p => p.Value), points.Max(p => p.Value));
        var ticks = Ticks(low, high, whole);
        var (from, to) = (Math.Min(low, ticks[0]), Math.Max(high, ticks[^1]));
        var (first, last) = (points[0].Day, points[^1].Day);
        var days = Math.Max(1, last.DayNumber - first.DayNumber);
        double X(DateOnly day) => (day.DayNumber - first.DayNumber) * Right / days;
        double Y(decimal value) => Bottom - (double)((value - from) / (to - from)) * (Bottom - Top);

        var svg = Frame(id, title, summary, ticks, Y);
        foreach (var (day, words, narrow) in Days(first, last))
        {
            Write($"<line class=\"plot-tick\" x1=\"{X(day):0.##}%\" x2=\"{X(day):0.##}%\" y1=\"{Bottom + 1}%\" y2=\"{Bottom + 3}%\"/>");
            Write($"<text{Wide(narrow)} x=\"{X(day):0.##}%\" y=\"97%\" text-anchor=\"{AnchorAt(X(day))}\">{words}</text>");
        }
        svg.Append(
            "<svg viewBox=\"0 0 100 100\" width=\"100%\" height=\"100%\" preserveAspectRatio=\"none\"><path class=\"plot-area\" d=\"");
        Path();
        Write($"L{X(last):0.##} {Bottom}L0 {Bottom}Z\"/><path class=\"plot-line\" vector-effect=\"non-scaling-stroke\" d=\"");
        Path();
        Write($"\"/></svg><circle class=\"plot-now\" cx=\"{X(last):0.##}%\" cy=\"{Y(points[^1].Value):0.##}%\" r=\"4\"/></svg></div>");
        return new HtmlString(svg.ToString());

        void Path()
        {
            for (var i = 0; i < points.Count; i++) Write($"{(i == 0 ? 'M' : 'L')}{X(points[i].Day):0.##} {Y(points[i].Value):0.##}");
        }

        void Write(FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A bar for each day with a darker one in it for a part of the whole.</summary>
    /// <param name="days">Oldest first, no day left out; the part is at most the whole.</param>
    /// <param name="words">What a bar says to whoever points at it.</param>
    public static IHtmlContent Bars(
        string id,
        string title,
        string summary,
        IReadOnlyList<(DateOnly Day, int Whole, int Part)> days,
        Func<(DateOnly Day, int Whole, int Part), string> words)
    {
        var ticks = Ticks(0, days.Max(d => d.Whole), whole: true);
        var high = ticks[^1];
        var wide = 100.0 / days.Count;
        double Y(decimal value) => Bottom - (double)(value / high) * (Bottom - Top);
        double X(DateOnly day) => (day.DayNumber - days[0].Day.DayNumber + .5) * wide;

        var svg = Frame(id, title, summary, ticks, Y);
        foreach (var (day, text, narrow) in Days(days[0].Day, days[^1].Day))
            Write($"<text{Wide(narrow)} x=\"{X(day):0.##}%\" y=\"97%\" text-anchor=\"{AnchorAt(X(day))}\">{text}</text>");
        foreach (var day in days)
        {
            Write($"<g class=\"plot-bar\"><title>{Encode(words(day))}</title>");
            foreach (var (value, name) in new[] { (day.Whole, "whole"), (day.Part, "part") })
            {
                Write($"<rect class=\"plot-{name}\" x=\"{X(day.Day) - wide * .4:0.##}%\" width=\"{wide * .8:0.##}%\"");
                Write($" y=\"{Y(value):0.##}%\" height=\"{Bottom - Y(value):0.##}%\"/>");
            }
            svg.Append("</g>");
        }
        svg.Append("</svg></div>");
        return new HtmlString(svg.ToString());

        void Write(FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>What has no room on a narrow page is marked.</summary>
    private static string Wide(bool narrow) => narrow ? "" : " class=\"plot-wide\"";

    /// <summary>A word at the edge is set from the edge inward, so that none is cut off.</summary>
    private static string AnchorAt(double x) => x < 6 ? "start" : x > 94 ? "end" : "middle";

    /// <summary>A line without a frame, beside a figure that says it all.</summary>
    public static IHtmlContent Spark(IReadOnlyList<decimal> values)
    {
        if (values.Count < 2) return HtmlString.Empty;
        var (low, high) = (values.Min(), values.Max());
        var points = values.Select((v, i) => string.Create(CultureInfo.InvariantCulture,
            $"{i * 100.0 / (values.Count - 1):0.#},{(high == low ? 12 : (double)((high - v) / (high - low)) * 20 + 2):0.#}"));
        return new HtmlString("<svg class=\"spark\" viewBox=\"0 0 100 24\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
            + $"<polyline vector-effect=\"non-scaling-stroke\" points=\"{string.Join(' ', points)}\"/></svg>");
    }

    /// <summary>Three to six round numbers from below the lowest to above the highest; none below 0 where nothing is.</summary>
    /// <param name="whole">Whole numbers, from 0 where nothing is below it.</param>
    internal static IReadOnlyList<decimal> Ticks(decimal low, decimal high, bool whole = false)
    {
        if (whole) (low, high) = (Math.Min(0, Math.Floor(low)), Math.Max(Math.Ceiling(high), Math.Min(0, Math.Floor(low)) + 4));
        else if (low == high) (low, high) = low == 0 ? (0, 1) : (low - Math.Abs(low) / 100, high + Math.Abs(high) / 100);
        var rough = (double)(high - low) / 4;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var quarter = !whole || power >= 10;
        var step = (decimal)(power * ((rough / power) switch { <= 1 => 1, <= 2 => 2, <= 2.5 when quarter => 2.5, <= 5 => 5, _ => 10 }));
        var ticks = new List<decimal>();
        for (var tick = Math.Floor(low / step) * step; ; tick += step)
        {
            ticks.Add(tick);
            if (tick >= high) return ticks;
        }
    }

    /// <summary>What every plot begins with: the scale, in a column beside it that is as wide as it must be, the names for a screen
    /// reader, the lines across.</summary>
    private static StringBuilder Frame(string id, string title, string summary, IReadOnlyList<decimal> ticks, Func<decimal, double> y)
    {
        var svg = new StringBuilder("<div class=\"plot\"><svg class=\"plot-scale\" aria-hidden=\"true\">");
        var figures = $"N{Decimals(ticks[1] - ticks[0])}";
        foreach (var tick in ticks)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"100%\" y=\"{y(tick):0.##}%\" dy=\"4\" text-anchor=\"end\">"
                + $"{tick.ToString(figures, CultureInfo.InvariantCulture)}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"</svg><svg class=\"plot-field\" role=\"img\" "
            + $"aria-labelledby=\"{id}-title {id}-summary\"><title id=\"{id}-title\">{Encode(title)}</title>"
            + $"<desc id=\"{id}-summary\">{Encode(summary)}</desc>");
        foreach (var tick in ticks)
            svg.Append(CultureInfo.InvariantCulture,
                $"<line class=\"plot-grid\" x1=\"0\" x2=\"100%\" y1=\"{y(tick):0.##}%\" y2=\"{y(tick):0.##}%\"/>");
        return svg;
    }

    /// <summary>Decimals that a step needs: 0.005 needs three.</summary>
    private static int Decimals(decimal step)
    {
        var n = 0;
        for (; n < 10 && step != decimal.Truncate(step); n++) step *= 10;
        return n;
    }

    /// <summary>Days worth a word below the plot. The narrow ones are those that fit a telephone too.</summary>
    private static IEnumerable<(DateOnly Day, string Words, bool Narrow)> Days(DateOnly first, DateOnly last)
    {
        var days = last.DayNumber - first.DayNumber;
        if (days <= 45)
        {
            var every = Math.Max(1, (int)Math.Ceiling(days / 7.0));
            for (var (day, n) = (last, 0); day >= first; day = day.AddDays(-every), n++)
                yield return (day, Texts.Now.ShortDay(day), n % 2 == 0);
            yield break;
        }
        var months = Math.Max(1, (int)Math.Ceiling(days / 30.4 / 8));
        if (months > 6) months = (int)Math.Ceiling(months / 12.0) * 12;
        var at = new DateOnly(first.Year, first.Month, 1).AddMonths(1);
        // Years begin in January.
        while (months >= 12 && at.Month != 1) at = at.AddMonths(1);
        for (var n = 0; at <= last; at = at.AddMonths(months), n++)
            yield return (at, months >= 12
                ? at.ToString("yyyy", CultureInfo.InvariantCulture)
                : Texts.Now.ShortMonth(at, year: at.Month <= months || n == 0), n % 2 == 0);
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
