using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Rates;
using NewsHub.Core.Settings;
using NewsHub.Core.Store;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;

namespace NewsHub.Core.Publishing;

/// <summary>
/// Looks the rates up that a text's money is printed at for good: those of the day on which it first went out. A pair of which the paper
/// had no rate then is printed without one. Without this no text with money in it can be published.
/// </summary>
internal static class PrintedMoney
{
    public static async Task FreezeMoneyAsync(
        this NewsDb db, Story story, Revision revision, DateTimeOffset at, CancellationToken cancel = default)
    {
        // What an earlier text printed stays, whatever became of the rates since.
        var before = story.Revisions.FirstOrDefault(r => r.Number == story.LiveRevision)?.Money;
        if (await db.RatesForAsync(revision.BodyHtml, story.FirstPublishedAt ?? at, before, cancel) is { } money) revision.Freeze(money);
    }

    /// <summary>The same for an entry of a live story.</summary>
    public static async Task FreezeMoneyAsync(this NewsDb db, LiveEntry entry, CancellationToken cancel = default) =>
        entry.Freeze(await db.RatesForAsync(entry.Html, entry.At, entry.Money, cancel));

    private static async Task<IReadOnlyDictionary<string, FrozenRate>?> RatesForAsync(
        this NewsDb db, string html, DateTimeOffset at, IReadOnlyDictionary<string, FrozenRate>? before, CancellationToken cancel)
    {
        if (MoneyInProse.In(html) is not { Count: > 0 } sums) return null;
        var site = await db.Sites.AsNoTracking().SingleOrDefaultAsync(cancel) ?? new Site();
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        var money = before?.ToDictionary() ?? [];
        foreach (var sum in sums.Where(s => !money.ContainsKey(s.Pair)))
            if (await db.OnAsync(site, sum.From, sum.To, day, cancel) is { } rate)
                money[sum.Pair] = new FrozenRate(rate.Value, rate.Day, rate.Source);
        return money;
    }
}
