using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Rates;
using NewsHub.Core.Reading;
using NewsHub.Core.Settings;
using NewsHub.Core.Store;
using NewsHub.Web.Options;

namespace NewsHub.Web.Jobs;

/// <summary>
/// Asks the sources of rates at the hours that the settings name, a source that failed once more in half an hour, and whoever an editor
/// wants asked at once. A start never waits for it, and no page does.
/// </summary>
public sealed partial class RefreshRates(
    IServiceScopeFactory scopes, SiteSnapshot.Current snapshot, TimeProvider clock, RatesOptions options, IServiceProvider services,
    ILogger<RefreshRates> log)
    : ScheduledJob(clock, log)
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan TriesAgain = TimeSpan.FromMinutes(30);
    private volatile bool _wanted;

    /// <summary>False on a machine that must not go out by itself; an editor and the command line still can.</summary>
    private readonly bool _bySelf = options.Refresh;

    /// <summary>For an editor who does not want to wait for the hour.</summary>
    public void AskNow()
    {
        _wanted = true;
        Wake();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The first readers come first.
        await SleepAsync(Settling, stoppingToken);
        await base.ExecuteAsync(stoppingToken);
    }

    protected internal override async Task<TimeSpan> RunAsync(CancellationToken cancel)
    {
        await RoundAsync(cancel);
        return LongestSleep;
    }

    private async Task RoundAsync(CancellationToken cancel)
    {
        var (all, now) = (_wanted, Clock.GetUtcNow());
        if (!all && !_bySelf) return;
        await using var scope = scopes.CreateAsyncScope();
        var site = snapshot.Now.Site;
        var reports = await scope.ServiceProvider.GetRequiredService<NewsDb>().SourceReports.AsNoTracking().ToDictionaryAsync(
            r => r.Key, cancel);
        var due = site.RateSources.Where(key => all || IsDue(site, reports.GetValueOrDefault(key), now)).ToList();
        if (due.Count == 0)
        {
            _wanted = false;
            return;
        }
        // Of several nodes one asks; whoever an editor wants asked is asked from where the editor is.
        if (!all && !await services.GetRequiredService<IStoreProvider>().LeadsAsync("rates", cancel)) return;
        // Nobody is asked for what could not be kept, and then asked for it again each minute.
        if (await services.GetRequiredService<StoreHealth>().CheckAsync(cancel) is { } failure)
        {
            Waits(Log, failure.Sentence);
            return;
        }
        _wanted = false;
        foreach (var report in await scope.ServiceProvider.GetRequiredService<RateRefresh>().RunAsync(due, Actor.Clock, cancel))
        {
            if (report.Succeeded) Brought(Log, report.Key, report.Sentence);
            else NotBrought(Log, report.Key, report.Sentence);
        }
    }

    private bool IsDue(Site site, SourceReport? last, DateTimeOffset now)
    {
        if (last is null) return true;
        if (!last.Succeeded && now - last.AskedAt >= TriesAgain) return true;
        // Whether one of the hours has struck since.
        var (then, here) = (snapshot.Now.Local(last.AskedAt), snapshot.Now.Local(now));
        return site.RateHours.Any(hour => Enumerable.Range(0, 2)
            .Select(back => here.Date.AddDays(-back).AddHours(hour))
            .Any(strikes => strikes > then.DateTime && strikes <= here.DateTime));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Rates from {Source}: {Sentence}")]
    private static partial void Brought(ILogger log, string source, string sentence);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No rates from {Source}: {Sentence} What there was stays.")]
    private static partial void NotBrought(ILogger log, string source, string sentence);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The sources of rates are asked once the store takes what they say. {Sentence}")]
    private static partial void Waits(ILogger log, string sentence);
}
