using System.CommandLine;
using NewsHub.Core.Events;
using NewsHub.Core.Rates;

namespace NewsHub.Web.Commands;

internal static partial class CommandLine
{
    private static Command Rates() => new("rates", "Exchange rates.") { RatesRefresh() };

    private static Command RatesRefresh()
    {
        var source = new Option<string[]>("--source")
        {
            Description = $"Ask this one alone: {string.Join(", ", RatePublisher.All.Select(p => p.Key))} or "
                + $"{RatePublisher.FileKey}. May be given several times."
        };
        return Does(new Command("refresh", "Ask the sources of rates now. A running paper shows what is new within a second.") { source },
            async (services, parsed, cancel) =>
            {
                var keys = parsed.GetValue(source);
                var reports = await services.GetRequiredService<RateRefresh>().RunAsync(
                    keys is { Length: > 0 } ? keys : null, Actor.CommandLine, cancel);
                foreach (var report in reports)
                    Console.WriteLine($"{report.Key,-8} {(report.Succeeded ? "ok    " : "failed")}  {report.Sentence}");
                if (reports.Count == 0) Console.WriteLine("The settings name no source, or no currency to ask for.");
                return reports.All(r => r.Succeeded) ? 0 : 1;
            });
    }
}
