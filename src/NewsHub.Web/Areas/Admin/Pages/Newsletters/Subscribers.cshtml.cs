using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Newsletters;
using NewsHub.Core.Store;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Newsletters;

/// <summary>Who gets the newsletter, newest first.</summary>
[RequiresAct(Act.SendBulletin)]
public sealed class SubscribersModel(Newsroom room) : NewsroomPage(room)
{
    private const int PageSize = 100;

    public string? Q { get; private set; }
    public SubscriberState? Shown { get; private set; }
    public bool IsFiltered => Q is { Length: > 0 } || Shown is not null;
    public IReadOnlyList<Subscriber> Lines { get; private set; } = [];
    public int Count { get; private set; }

    /// <summary>Null at the end.</summary>
    public long? Next { get; private set; }

    public static string Word(SubscriberState state) =>
        state switch { SubscriberState.Paused => "Paused", SubscriberState.Bounced => "Bounced", _ => "Subscribed" };

    public async Task<IActionResult> OnGetAsync(string? q, string? state, long? after, CancellationToken cancel)
    {
        if (!ModelState.IsValid) return BadRequest();
        Q = TypedText.Line(q);
        Shown = Enum.TryParse<SubscriberState>(state, ignoreCase: true, out var chosen) && Enum.IsDefined(chosen) ? chosen : null;
        var found = Db.Subscribers.AsNoTracking();
        if (Q is { Length: > 0 }) found = found.Where(s => Like.Matches(s.Folded, Like.Within(Subscriber.Fold(Q))));
        if (Shown is { } shown) found = found.Where(s => s.State == shown);
        Count = await found.CountAsync(cancel);
        if (after is { } last) found = found.Where(s => s.Id < last);
        var lines = await found.OrderByDescending(s => s.Id).Take(PageSize + 1).ToListAsync(cancel);
        Lines = [.. lines.Take(PageSize)];
        Next = lines.Count > PageSize ? Lines[^1].Id : null;
        return Page();
    }
}
