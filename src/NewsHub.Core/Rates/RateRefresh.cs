using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Settings;
using NewsHub.Core.Store;

namespace NewsHub.Core.Rates;

/// <summary>
/// Asks the paper's sources and keeps what passes <see cref="RateCheck"/>. Each source stands for itself: one that is slow, cut or absurd
/// changes nothing but its own report. The board follows the event that is written with the rates.
/// </summary>
public sealed class RateRefresh(NewsDb db, IEnumerable<IRateSource> sources, TimeProvider clock)
{
    /// <summary>Rates of another publisher are compared with as long as they are not older than this.</summary>
    private const int DaysComparable = 30;

    /// <param name="keys">The sources to ask; null for all that the settings name.</param>
    /// <returns>A report for each that was asked, in the order of the settings.</returns>
    /// <exception cref="RefusedException">A source that there is not.</exception>
    public async Task<IReadOnlyList<SourceReport>> RunAsync(IReadOnlyCollection<string>? keys, Actor by, CancellationToken cancel = default)
    {
        var site = await db.Sites.AsNoTracking().SingleOrDefaultAsync(cancel) ?? new Site();
        // Nobody is asked for no currency.
        if (site.CurrencyQuotes.Count == 0) return [];
        var asked = new List<IRateSource>();
        foreach (var key in keys ?? site.RateSources)
        {
            if (sources.FirstOrDefault(s => s.Key == key) is { } source) asked.Add(source);
            else if (keys is not null)
                throw new RefusedException($"There is no source '{key}'. There are {string.Join(", ", sources.Select(s => s.Key))}.");
        }
        // Together: none waits for a slow one.
        var answers = await Task.WhenAll(asked.Select(s => AskAsync(s, cancel)));
        var reports = new List<SourceReport>();
        foreach (var (source, (sheet, why)) in asked.Zip(answers)) reports.Add(await KeepAsync(source.Key, site, sheet, why, by, cancel));
        return reports;
    }

    private static async Task<(RateSheet? Sheet, string? Why)> AskAsync(IRateSource source, CancellationToken cancel)
    {
        try
        {
            return (await source.FetchAsync(cancel), null);
        }
        catch (RateSourceException e)
        {
            return (null, e.Message);
        }
    }

    private async Task<SourceReport> KeepAsync(string key, Site site, RateSheet? sheet, string? why, Actor by, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var tx = await db.Database.BeginTransactionAsync(cancel);
        var report = await db.SourceReports.FindAsync([key], cancel);
        if (report is null) db.SourceReports.Add(report = new SourceReport(key));
        try
        {
            if (sheet is null) throw new RateSourceException(why!);
            var today = DateOnly.FromDateTime(now.UtcDateTime);
            var (before, accepted) = await ComparedAsync(sheet, site, cancel);
            var found = RateCheck.Check(sheet, site.CurrencyBase, site.CurrencyQuotes, today, before, accepted);
            var changed = await KeepGoodAsync(sheet.Publisher, site.CurrencyBase, found.Good, cancel);
            var held = await HoldAsync(sheet.Publisher, site.CurrencyBase, found.Held, now, cancel);
            var sentence = Sentence(site, found, changed, held);
            report.Brought(sentence, now);
            if (changed > 0) db.Events.Add(new NewsEvent(Act.ChangeRates, by, now, [Topic.SiteWide], sentence, EventSubject.Rates(key)));
        }
        catch (RateSourceException e)
        {
            report.Failed(e.Message, now);
        }
        await db.SaveChangesAsync(cancel);
        await tx.CommitAsync(cancel);
        return report;
    }

    /// <summary>What a new rate is compared with: the same publisher's last, else the newest of any other that is not too old.</summary>
    private async Task<(Func<string, DateOnly, decimal?> Before, Func<string, DateOnly, decimal?> Accepted)> ComparedAsync(
        RateSheet sheet, Site site, CancellationToken cancel)
    {
        var last = sheet.Figures.Max(f => f.Date);
        var known = new Dictionary<string, List<Rate>>();
        foreach (var quote in site.CurrencyQuotes)
        {
            var newest = db.Rates
                .AsNoTracking()
                .Where(r => r.Base == site.CurrencyBase && r.Quote == quote && r.Date <= last)
                .OrderByDescending(r => r.Date);
            known[quote] = [.. await newest.Take(200).ToListAsync(cancel)];
        }
        return (
            (quote, day) => known[quote].Find(r => r.Source == sheet.Publisher && r.Date <= day)?.Value
                ?? known[quote].Find(r => r.Date <= day && r.Date >= day.AddDays(-DaysComparable))?.Value,
            (quote, day) => known[quote].Find(r => r.Source == sheet.Publisher && r.Date == day)?.Value);
    }

    private async Task<int> KeepGoodAsync(string publisher, string @base, IReadOnlyList<CheckedRate> good, CancellationToken cancel)
    {
        if (good.Count == 0) return 0;
        var (from, to) = (good.Min(r => r.Date), good.Max(r => r.Date));
        var known = await db.Rates
            .Where(r => r.Base == @base && r.Source == publisher && r.Date >= from && r.Date <= to)
            .ToDictionaryAsync(r => (r.Date, r.Quote), cancel);
        foreach (var rate in good)
        {
            if (known.TryGetValue((rate.Date, rate.Quote), out var kept)) kept.Revise(rate.Value);
            else db.Rates.Add(new Rate(publisher, rate.Date, @base, rate.Quote, rate.Value));
        }
        return db.ChangeTracker.Entries<Rate>().Count(e => e.State is EntityState.Added or EntityState.Modified);
    }

    /// <summary>What an editor has decided on, or has yet to, does not come to lie there again.</summary>
    private async Task<int> HoldAsync(
        string publisher, string @base, IReadOnlyList<CheckedRate> held, DateTimeOffset now, CancellationToken cancel)
    {
        var added = 0;
        foreach (var rate in held)
        {
            if (await db.HeldRates.AnyAsync(
                h => h.Source == publisher && h.Base == @base && h.Date == rate.Date && h.Quote == rate.Quote && h.Value == rate.Value,
                cancel))
            {
                continue;
            }
            db.HeldRates.Add(new HeldRate(publisher, @base, rate, now));
            added++;
        }
        return added;
    }

    private static string Sentence(Site site, CheckedSheet found, int changed, int held)
    {
        var newest = found.Good.Concat(found.Held).Max(r => r.Date);
        var there = found.Good.Concat(found.Held).Where(r => r.Date == newest).Select(r => r.Quote).ToList();
        var news = changed == 0 ? "nothing new" : FormattableString.Invariant($"{changed} new or changed");
        List<string> words =
            [FormattableString.Invariant($"{there.Count} of {site.CurrencyQuotes.Count} currencies of {newest:d MMM yyyy}; {news}.")];
        if (held > 0)
            words.Add(FormattableString.Invariant(
                $"{held} jumped by more than {RateCheck.MostJump:0} % and {(held == 1 ? "waits" : "wait")} for an editor."));
        if (found.Problems.Count > 0)
            words.Add(found.Problems.Count == 1
                ? $"Left out: {found.Problems[0]}"
                : $"Left out: {found.Problems[0]} And {found.Problems.Count - 1} more.");
        return string.Join(' ', words);
    }
}
