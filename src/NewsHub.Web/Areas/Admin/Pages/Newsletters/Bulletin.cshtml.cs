using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Newsletters;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Newsletters;

/// <summary>One bulletin: how far it is, what went wrong, and stopping it.</summary>
[RequiresAct(Act.SendBulletin)]
public sealed class BulletinModel(Newsroom room) : NewsroomPage(room)
{
    private const int Most = 200;

    public Bulletin Bulletin { get; private set; } = null!;
    public BulletinCounts Counts { get; private set; }

    /// <summary>With the address while there is one.</summary>
    public IReadOnlyList<(Mailing Mailing, string? Address)> Failures { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel) => await OpenAsync(id, cancel) ? Page() : NotFound();

    public Task<IActionResult> OnPostHoldAsync(long id, CancellationToken cancel) =>
        DoAsync(id, b => b.Hold(Me.Actor, Room.Now), "Paused. Nothing more is sent until you resume it.", cancel);

    public Task<IActionResult> OnPostResumeAsync(long id, CancellationToken cancel) =>
        DoAsync(id, b => b.Resume(Me.Actor, Room.Now), "Resumed. Sending continues where it stopped.", cancel);

    public Task<IActionResult> OnPostCancelAsync(long id, CancellationToken cancel) =>
        DoAsync(id, b => b.Cancel(Me.Actor, Room.Now), "Cancelled. Nothing more is sent.", cancel);

    private async Task<IActionResult> DoAsync(long id, Func<Bulletin, NewsEvent> act, string said, CancellationToken cancel)
    {
        if (!await OpenAsync(id, cancel)) return NotFound();
        return await TryAsync(async () =>
        {
            Db.Events.Add(act(Bulletin));
            await Db.SaveChangesAsync(cancel);
            Flash = said;
            return Redirect($"/admin/newsletters/{id}");
        });
    }

    private async Task<bool> OpenAsync(long id, CancellationToken cancel)
    {
        if (await Db.Bulletins.SingleOrDefaultAsync(b => b.Id == id, cancel) is not { } bulletin) return false;
        Bulletin = bulletin;
        Counts = (await BulletinCounts.OfAsync(Db, [id], cancel)).GetValueOrDefault(id);
        var failures = await (
            from d in Db.Mailings.AsNoTracking()
            where d.BulletinId == id && d.Reason != null && (d.State == MailingState.Failed || d.State == MailingState.Waiting)
            join s in Db.Subscribers on d.SubscriberId equals s.Id into subscribers
            from s in subscribers.DefaultIfEmpty()
            orderby d.State, d.SubscriberId
            select new { Mailing = d, Address = s == null ? null : s.Address }).Take(Most).ToListAsync(cancel);
        Failures = [.. failures.Select(f => (f.Mailing, f.Address))];
        return true;
    }
}
