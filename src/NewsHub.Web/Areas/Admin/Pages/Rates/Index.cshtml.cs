using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Rates;
using NewsHub.Core.Settings;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Jobs;

namespace NewsHub.Web.Areas.Admin.Pages.Rates;

/// <summary>The board as readers see it, how the sources are, what waits for review, and rates set by hand.</summary>
[RequiresAct(Act.ChangeRates)]
public sealed class IndexModel(Newsroom room) : NewsroomPage(room)
{
    [BindProperty]
    public string? Quote { get; set; }

    [BindProperty]
    public string? Rate { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>The very rate that was asked about, once somebody has said that it is right.</summary>
    [BindProperty]
    public string? Sure { get; set; }

    /// <summary>What is asked about a rate that jumps; null where nothing is.</summary>
    public string? Question { get; private set; }

    public RateBoard Board { get; private set; } = RateBoard.Empty;
    public IReadOnlyList<HeldRate> Held { get; private set; } = [];
    public IReadOnlyList<PinnedRate> Pinned { get; private set; } = [];

    /// <summary>In the order of the settings; a source that was never asked has no report.</summary>
    public IReadOnlyList<(string Key, RatePublisher? Publisher, SourceReport? Report)> Sources { get; private set; } = [];

    public DateOnly Today => DateOnly.FromDateTime(Room.Snapshot.Local(Room.Now).DateTime);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        await ReadAsync(cancel);
        return Page();
    }

    public IActionResult OnPostAsk([FromServices] RefreshRates job)
    {
        job.AskNow();
        Flash = "Checking the sources. Reload this page in a few seconds to see the result.";
        return Redirect("/admin/rates");
    }

    public Task<IActionResult> OnPostAcceptAsync(long id, CancellationToken cancel) =>
        DecideAsync(id, held => Db.AcceptAsync(held, Me.Actor, Room.Now, cancel),
            "Accepted. Readers see it now, unless there is a newer rate.", cancel);

    public Task<IActionResult> OnPostRefuseAsync(long id, CancellationToken cancel) =>
        DecideAsync(id, held =>
        {
            Db.Refuse(held, Me.Actor, Room.Now);
            return Task.CompletedTask;
        }, "Rejected. The last good rate stays.", cancel);

    public async Task<IActionResult> OnPostPinAsync(CancellationToken cancel)
    {
        await ReadAsync(cancel);
        var (quote, reason) = ((TypedText.Line(Quote) ?? "").ToUpperInvariant(), TypedText.Line(Reason) ?? "");
        if (!Room.Snapshot.Site.CurrencyQuotes.Contains(quote))
            ModelState.AddModelError(nameof(Quote), "Choose one of the paper's currencies.");
        if (!Currency.TryReadAmount(Rate, out var value)) ModelState.AddModelError(nameof(Rate), "Enter a rate such as 1530.38.");
        if (reason.Length is 0 or > 200)
            ModelState.AddModelError(nameof(Reason), "Enter a reason, 200 characters at most. Colleagues see it here.");
        if (!ModelState.IsValid) return Redisplay();
        if (Sure != Asked(quote, value)
            && Board.Lines.FirstOrDefault(l => l.Quote == quote) is { } last
            && Jump(value, last.Value) is { } jump)
        {
            ModelState.Remove(nameof(Sure));
            (Sure, Question) = (Asked(quote, value), $"{jump} the last rate {Currency.ForPair(last.Value)}. Is that right?");
            return Redisplay(Question, nameof(Rate));
        }
        return await TryAsync(async () =>
        {
            // Whoever else sets this rate at this moment waits here.
            await using var tx = await Db.Database.BeginTransactionAsync(cancel);
            await Db.PinAsync(new RatePin(Room.Snapshot.Site.CurrencyBase, quote, value, reason, Today), Me.Actor, Room.Now, cancel);
            await Db.SaveChangesAsync(cancel);
            await tx.CommitAsync(cancel);
            Flash = $"{quote} is set manually. Readers are told so.";
            return Redirect("/admin/rates");
        });
    }

    public async Task<IActionResult> OnPostUnpinAsync(string quote, CancellationToken cancel)
    {
        var pinned = await Db.PinnedRates.SingleOrDefaultAsync(p => p.Base == Room.Snapshot.Site.CurrencyBase && p.Quote == quote, cancel);
        if (pinned is not null)
        {
            Db.Unpin(pinned, Me.Actor, Room.Now);
            await Db.SaveChangesAsync(cancel);
        }
        Flash = $"Manual rate removed. {quote} comes from the sources again.";
        return Redirect("/admin/rates");
    }

    private static string Asked(string quote, decimal value) => FormattableString.Invariant($"{quote} {value}");

    /// <summary>How far a rate is from the last, in words; null where it is as near as a source's may be without being held.</summary>
    private static string? Jump(decimal value, decimal last)
    {
        var percent = (value - last) / last * 100;
        if (Math.Abs(percent) <= RateCheck.MostJump) return null;
        var (times, part) = (value / last, last / value);
        return times >= 2 ? FormattableString.Invariant($"{times:#,0.##} ×")
            : part >= 2 ? FormattableString.Invariant($"1/{part:#,0.##} of")
            : FormattableString.Invariant($"{Math.Abs(percent):0.#} % {(percent > 0 ? "above" : "below")}");
    }

    private async Task<IActionResult> DecideAsync(long id, Func<HeldRate, Task> decide, string said, CancellationToken cancel)
    {
        // Decided already, by a colleague or by a second click, it is no longer there, and nothing is to be done.
        if (await Db.HeldForEditors().SingleOrDefaultAsync(h => h.Id == id, cancel) is { } held)
        {
            await decide(held);
            await Db.SaveChangesAsync(cancel);
        }
        Flash = said;
        return Redirect("/admin/rates");
    }

    private async Task ReadAsync(CancellationToken cancel)
    {
        var site = Room.Snapshot.Site;
        // As the store has it: what was saved a moment ago may not be on the pages yet.
        Board = await RateBoard.ReadAsync(Db, site, cancel);
        Held = await Db.HeldForEditors().AsNoTracking().ToListAsync(cancel);
        Pinned = await Db.PinnedRates.AsNoTracking().Where(p => p.Base == site.CurrencyBase).OrderBy(p => p.Quote).ToListAsync(cancel);
        var reports = await Db.SourceReports.AsNoTracking().ToDictionaryAsync(r => r.Key, cancel);
        Sources =
            [.. site.RateSources.Select(key => (key, RatePublisher.All.FirstOrDefault(p => p.Key == key), reports.GetValueOrDefault(key)))];
    }
}
