using System.Globalization;
using System.Text;
using NewsHub.Core.Events;
using NewsHub.Core.Rates;
using NewsHub.Core.Reading;
using NewsHub.Web.Localization;
using NewsHub.Web.PageCache;

namespace NewsHub.Web.Endpoints;

/// <summary>A pair's history for spreadsheets: only what its publishers let us hand on. Kept like the page beside it.</summary>
internal static class RatesCsv
{
    public static void MapRatesCsv(this IEndpointRouteBuilder app) =>
        app.MapGet("/rates/{from:alpha:length(3)}-{to:alpha:length(3)}.csv", async (
            HttpContext context, string from, string to, string? span, PublishedNews news, CancellationToken cancel) =>
        {
            if (!RateWords.TryReadSpan(span ?? "all", out var since)) return Results.StatusCode(StatusCodes.Status400BadRequest);
            if (await news.PairAsync(from.ToUpperInvariant(), to.ToUpperInvariant(), since, cancel) is not { } pair)
                return Results.NotFound();
            context.CachePage([Topic.SiteWide]);
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"{pair.From}-{pair.To}.csv\"".ToLowerInvariant();
            var csv = new StringBuilder("date,from,to,rate,source\r\n");
            foreach (var point in pair.Points.Where(p => p.MayBeHandedOn))
                csv.Append(CultureInfo.InvariantCulture, $"{point.Day:yyyy-MM-dd},{pair.From},{pair.To},{point.Value},"
                    + $"\"{point.Source.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\r\n");
            return Results.Text(csv.ToString(), "text/csv; charset=utf-8");
        });
}
