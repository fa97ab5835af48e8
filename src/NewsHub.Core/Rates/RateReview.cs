using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Store;

namespace NewsHub.Core.Rates;

/// <summary>What an editor decides about rates, each with its line in the log. Saved with the caller's other changes.</summary>
public static class RateReview
{
    public static IQueryable<HeldRate> HeldForEditors(this NewsDb db) =>
        db.HeldRates.Where(h => h.RefusedAt == null).OrderByDescending(h => h.Date).ThenBy(h => h.Quote);

    /// <summary>Publishes a rate that was held.</summary>
    public static async Task AcceptAsync(this NewsDb db, HeldRate held, Actor by, DateTimeOffset now, CancellationToken cancel = default)
    {
        var kept = await db.Rates.SingleOrDefaultAsync(
            r => r.Base == held.Base && r.Quote == held.Quote && r.Date == held.Date && r.Source == held.Source, cancel);
        if (kept is null) db.Rates.Add(new Rate(held.Source, held.Date, held.Base, held.Quote, held.Value));
        else kept.Revise(held.Value);
        db.HeldRates.Remove(held);
        db.Events.Add(new NewsEvent(Act.ChangeRates, by, now, [Topic.SiteWide], $"accepted: {held}", EventSubject.Rates(held.Quote)));
    }

    public static void Refuse(this NewsDb db, HeldRate held, Actor by, DateTimeOffset now)
    {
        held.Refuse(by, now);
        db.Events.Add(new NewsEvent(Act.ChangeRates, by, now, [], $"refused: {held}", EventSubject.Rates(held.Quote)));
    }

    /// <summary>Sets a rate by hand; readers are told that it was.</summary>
    /// <exception cref="RefusedException">No such currency, or no such number.</exception>
    public static async Task PinAsync(this NewsDb db, RatePin pin, Actor by, DateTimeOffset now, CancellationToken cancel = default)
    {
        if (!Currency.IsKnown(pin.Quote) || pin.Quote == pin.Base)
            throw new RefusedException($"A rate for '{pin.Quote}' cannot be set against {pin.Base}.");
        if (pin.Value is <= 0 or >= 1_000_000_000_000m) throw new RefusedException("Enter a rate greater than 0.");
        var pinned = await db.PinnedRates.FindAsync([pin.Base, pin.Quote], cancel);
        var before = pinned?.Value;
        if (pinned is null) db.PinnedRates.Add(new PinnedRate(pin, by, now));
        else pinned.Pin(pin, by, now);
        db.Events.Add(new NewsEvent(
            Act.ChangeRates, by, now, [Topic.SiteWide],
            FormattableString.Invariant($"pinned {pin.Base}/{pin.Quote} at {pin.Value}: {pin.Reason}"),
            EventSubject.Rates(pin.Quote),
            before is null ? null : FormattableString.Invariant($"{before}"),
            FormattableString.Invariant($"{pin.Value}")));
    }

    public static void Unpin(this NewsDb db, PinnedRate pinned, Actor by, DateTimeOffset now)
    {
        db.PinnedRates.Remove(pinned);
        db.Events.Add(new NewsEvent(
            Act.ChangeRates, by, now, [Topic.SiteWide], FormattableString.Invariant($"took the pin of {pinned.Base}/{pinned.Quote} off"),
            EventSubject.Rates(pinned.Quote), FormattableString.Invariant($"{pinned.Value}")));
    }
}
