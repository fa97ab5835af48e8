using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Webhooks;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Areas.Admin.SignIn;
using NewsHub.Web.Jobs;
using NewsHub.Web.Webhooks;

namespace NewsHub.Web.Areas.Admin.Pages.Webhooks;

/// <summary>One webhook: what it is told, whether it is told, its secret, and the log of its deliveries.</summary>
[RequiresAct(Act.ChangeWebhooks), RequiresRecentSignIn]
public sealed class HookModel(Newsroom room, HookSecret secrets, SendWebhooks job) : NewsroomPage(room)
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty]
    public List<WebhookEventType> Chosen { get; set; } = [];

    public Webhook Hook { get; private set; } = null!;
    public IReadOnlyList<Delivery> Deliveries { get; private set; } = [];

    /// <summary>Where the log goes on; null at its end.</summary>
    public long? Older { get; private set; }

    /// <summary>Shown on the page that made it, and never again.</summary>
    public string? Secret { get; private set; }

    private EventSubject Subject => EventSubject.Webhook(Hook.Address);

    public async Task<IActionResult> OnGetAsync(long? before, CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return NotFound();
        Chosen = [.. Hook.EventTypes];
        await ReadAsync(before, cancel);
        return Page();
    }

    public Task<IActionResult> OnPostEventsAsync(CancellationToken cancel) => DoAsync(() =>
    {
        var before = IndexModel.Names(Hook);
        Hook.Choose(Chosen);
        if (before == IndexModel.Names(Hook)) return Task.FromResult("No changes to save.");
        Room.Note(Act.ChangeWebhooks, Subject, "events", before, IndexModel.Names(Hook));
        return Task.FromResult("Saved.");
    }, cancel);

    public Task<IActionResult> OnPostPauseAsync(CancellationToken cancel) => DoAsync(() =>
    {
        if (Hook.PausedAt is null) Room.Note(Act.ChangeWebhooks, Subject, "paused", "on", "paused");
        Hook.Pause(Room.Now);
        return Task.FromResult("Paused. Nothing is sent until you resume, and what happens in the meantime is not sent later.");
    }, cancel);

    public Task<IActionResult> OnPostResumeAsync(CancellationToken cancel) => DoAsync(async () =>
    {
        if (Hook.PausedAt is not null) Room.Note(Act.ChangeWebhooks, Subject, "resumed", "paused", "on");
        Hook.Resume(await Db.Events.MaxAsync(e => (long?)e.Id, cancel) ?? 0);
        return "Resumed. Deliveries that were waiting are sent now.";
    }, cancel);

    public Task<IActionResult> OnPostPingAsync(CancellationToken cancel) => DoAsync(() =>
    {
        Db.Deliveries.Add(new Delivery(Hook.Id, Guid.NewGuid(), WebhookEventType.Ping, null, null, null, Room.Now, Room.Now));
        return Task.FromResult("A test is being sent. Reload this page in a few seconds to see the result below.");
    }, cancel);

    public Task<IActionResult> OnPostReplayAsync(long delivery, CancellationToken cancel) => DoAsync(async () =>
    {
        if (await Db.Deliveries.SingleOrDefaultAsync(d => d.Id == delivery && d.WebhookId == Id, cancel) is not { } again)
            return "That delivery is no longer in the log.";
        again.Replay(Room.Now);
        return "Sent again, with the same ID and what readers see now.";
    }, cancel);

    /// <summary>The old one is void at once.</summary>
    public async Task<IActionResult> OnPostSecretAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return NotFound();
        var (secret, kept) = secrets.Make();
        Hook.Reseal(kept);
        Room.Note(Act.ChangeWebhooks, Subject, "new secret");
        await Db.SaveChangesAsync(cancel);
        (Secret, Chosen) = (secret, [.. Hook.EventTypes]);
        await ReadAsync(null, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return NotFound();
        Db.Webhooks.Remove(Hook);
        Room.Note(Act.ChangeWebhooks, Subject, "deleted", before: IndexModel.Names(Hook));
        await Db.SaveChangesAsync(cancel);
        Flash = $"{Hook.Address} is deleted, with its delivery log.";
        return Redirect("/admin/webhooks");
    }

    private async Task<IActionResult> DoAsync(Func<Task<string>> act, CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return NotFound();
        await ReadAsync(null, cancel);
        return await TryAsync(async () =>
        {
            Flash = await act();
            await Db.SaveChangesAsync(cancel);
            job.Wake();
            return Redirect($"/admin/webhooks/{Id}");
        });
    }

    private async Task<bool> FindAsync(CancellationToken cancel)
    {
        if (await Db.Webhooks.SingleOrDefaultAsync(w => w.Id == Id, cancel) is not { } hook) return false;
        Hook = hook;
        return true;
    }

    private async Task ReadAsync(long? before, CancellationToken cancel)
    {
        var log = await Db.Deliveries
            .AsNoTracking()
            .Where(d => d.WebhookId == Id && d.Id < (before ?? long.MaxValue))
            .OrderByDescending(d => d.Id)
            .Take(PageSize + 1)
            .ToListAsync(cancel);
        Deliveries = [.. log.Take(PageSize)];
        Older = log.Count > PageSize ? Deliveries[^1].Id : null;
    }
}
