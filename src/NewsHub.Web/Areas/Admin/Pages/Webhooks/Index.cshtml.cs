using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Text;
using NewsHub.Core.Webhooks;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Areas.Admin.SignIn;
using NewsHub.Web.Options;
using NewsHub.Web.Outbound;
using NewsHub.Web.Webhooks;

namespace NewsHub.Web.Areas.Admin.Pages.Webhooks;

/// <summary>Who elsewhere is told of what happens here, and how that goes.</summary>
[RequiresAct(Act.ChangeWebhooks), RequiresRecentSignIn]
public sealed class IndexModel(Newsroom room, WebhooksOptions webhooks, OutboundOptions outbound, HookSecret secrets)
    : NewsroomPage(room)
{
    public const int LongestAddress = 2000;

    /// <param name="Last">The newest delivery; null before the first.</param>
    public sealed record Line(Webhook Hook, int Waiting, Delivery? Last);

    [BindProperty]
    public string? Address { get; set; }

    [BindProperty]
    public List<WebhookEventType> Chosen { get; set; } = [.. WebhookEventTypes.All.Select(o => o.EventType)];

    public IReadOnlyList<Line> Lines { get; private set; } = [];

    /// <summary>Shown on the page that made it, and never again.</summary>
    public (Webhook Hook, string Secret)? Made { get; private set; }

    public bool AllowsHttp => webhooks.AllowHttp;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        await ReadAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!Request.Form.ContainsKey(nameof(Chosen))) Chosen = [];
        var address = ReadAddress();
        if (Chosen.Count == 0) ModelState.AddModelError(nameof(Chosen), "Choose at least one event.");
        if (address is not null && await Db.Webhooks.AnyAsync(w => w.Address == address.AbsoluteUri, cancel))
            ModelState.AddModelError(nameof(Address), "There is already a webhook for that address.");
        if (!ModelState.IsValid || address is null)
        {
            await ReadAsync(cancel);
            return Redisplay();
        }
        var (secret, kept) = secrets.Make();
        var hook = new Webhook(address, Chosen, kept, await Db.Events.MaxAsync(e => (long?)e.Id, cancel) ?? 0, Me.Actor, Room.Now);
        Db.Webhooks.Add(hook);
        Room.Note(Act.ChangeWebhooks, EventSubject.Webhook(hook.Address), "added", after: Names(hook));
        await Db.SaveChangesAsync(cancel);
        Made = (hook, secret);
        Address = null;
        await ReadAsync(cancel);
        return Page();
    }

    internal static string Names(Webhook hook) => string.Join(", ", hook.EventTypes.Select(o => o.Name()));

    private Uri? ReadAddress()
    {
        var typed = TypedText.Line(Address) ?? "";
        string? wrong = null;
        if (typed.Length is 0 or > LongestAddress
            || !Uri.TryCreate(typed, UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https")
            || address.Host.Length == 0)
        {
            ModelState.AddModelError(nameof(Address), "Enter an address such as https://example.org/news.");
            return null;
        }
        if (address.Scheme is "http" && !AllowsHttp)
            wrong = "The address must begin with https.";
        else if (address.UserInfo.Length > 0)
            wrong = "Leave the name and password out: they would appear in logs. The signature shows who we are.";
        else if (address.Fragment.Length > 0) wrong = "Leave out the part after #: it is never sent.";
        else if (OutboundSetup.LooksPrivate(outbound, address)) wrong = "That is a private address. Only public ones are allowed.";
        if (wrong is null) return address;
        ModelState.AddModelError(nameof(Address), wrong);
        return null;
    }

    private async Task ReadAsync(CancellationToken cancel)
    {
        var hooks = await Db.Webhooks.AsNoTracking().OrderBy(w => w.Id).ToListAsync(cancel);
        var waiting = await Db.Deliveries
            .Where(d => d.NextTryAt != null)
            .GroupBy(d => d.WebhookId)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var lines = new List<Line>();
        foreach (var hook in hooks)
            lines.Add(new Line(hook, waiting.GetValueOrDefault(hook.Id), await Db.Deliveries
                .AsNoTracking()
                .Where(d => d.WebhookId == hook.Id)
                .OrderByDescending(d => d.Id)
                .FirstOrDefaultAsync(cancel)));
        Lines = lines;
    }
}
