using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Mail;
using NewsHub.Core.Newsletters;
using NewsHub.Core.Staff;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Areas.Admin.SignIn;
using NewsHub.Web.Localization;
using NewsHub.Web.Options;

namespace NewsHub.Web.Areas.Admin.Pages.Newsletters;

/// <summary>An edition as a bulletin, before readers have it: seen here, or sent to oneself.</summary>
[RequiresAct(Act.SendBulletin)]
public sealed class PreviewModel(Newsroom room, SubscriberLinks subscriberLinks, BulletinComposer composer) : SheetPage(room, composer)
{
    public BulletinCopy? Copy { get; private set; }
    public int Bytes => Encoding.UTF8.GetByteCount(Copy?.Html ?? "");

    /// <summary>As many colleagues as one proof goes to.</summary>
    private const int MostProofs = 10;

    /// <summary>The accounts that a proof goes to.</summary>
    [BindProperty]
    public List<long> Members { get; set; } = [];

    /// <summary>Whoever works here: a proof goes to nobody else.</summary>
    public IReadOnlyList<StaffMember> Staff { get; private set; } = [];

    /// <summary>Its bulletin, where one was made.</summary>
    public long? Made { get; private set; }
    public int Subscribers { get; private set; }

    /// <summary>It is the newest, out, and was not sent by itself.</summary>
    public bool MaySend => Made is null
        && Edition.PublishedAt is not null
        && Room.Snapshot.LatestEdition?.Number == Edition.Number
        && Room.Snapshot.Site.Bulletin;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        Members = [Me.Id];
        return await OpenAsync(cancel) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostProofAsync(
        [FromServices] IMailer mailer, [FromServices] SiteOptions site, CancellationToken cancel)
    {
        if (!await OpenAsync(cancel)) return NotFound();
        if (await CopyAsync(site.Url, cancel) is not { } copy) return Redisplay("There is nothing to send.");
        var to = Staff.Where(m => Members.Contains(m.Id)).ToList();
        if (to.Count == 0) return Redisplay("Choose at least one colleague.", nameof(Members));
        if (to.Count > MostProofs) return Redisplay($"Choose {MostProofs} colleagues at most.", nameof(Members));
        // A link of nobody's: pressed by mistake, it takes nobody off the list.
        var (html, text) = copy.For(subscriberLinks.Sign(0));
        List<string> sent = [];
        MailFailedException? failure = null;
        foreach (var member in to)
        {
            try
            {
                var email = new Email(member.Email!, member.Name, $"Proof: {copy.Subject}", text) { Html = html, Language = copy.Language };
                await mailer.SendAsync(email, cancel);
                sent.Add(member.Name);
            }
            catch (MailFailedException failed)
            {
                failure = failed;
            }
        }
        var names = Texts.English.Join(sent);
        if (sent.Count > 0)
        {
            Room.Note(Act.SendBulletin, EventSubject.Bulletin(Edition.Number), $"sent a proof to {names}");
            await Db.SaveChangesAsync(cancel);
        }
        if (failure is not null)
            return Redisplay(sent.Count == 0 ? failure.Message : $"{failure.Message} It was sent to {names}.", nameof(Members));
        return To($"/admin/newsletters/editions/{Edition.Number}",
            $"{(mailer.Delivers ? $"A proof was sent to {names}." : AccountEmails.InTheOutbox)} Its links to unsubscribe "
            + "and to choose sections do not work.");
    }

    public async Task<IActionResult> OnPostSendAsync([FromServices] BulletinMaker making, CancellationToken cancel)
    {
        if (!await OpenAsync(cancel)) return NotFound();
        if (Made is { } already) return To($"/admin/newsletters/{already}", "It has already been sent.");
        if (!MaySend)
            return Redisplay("Only the newest edition can be sent, once it is published and the setting “Send newsletters” is on.");
        return await TryAsync(
            async () => To($"/admin/newsletters/{(await making.MakeAsync(Edition.Number, Me.Actor, cancel)).Id}", "Sending has started."));
    }

    private async Task<bool> OpenAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return false;
        Copy = await CopyAsync("", cancel);
        Made = await Db.Bulletins.Where(b => b.EditionId == Edition.Id).Select(b => (long?)b.Id).SingleOrDefaultAsync(cancel);
        Staff = await Db.Staff.AsNoTracking().Where(m => m.ClosedAt == null && m.Email != null).OrderBy(m => m.Name).ToListAsync(cancel);
        Subscribers = await Db.Subscribers.CountAsync(s => s.State == SubscriberState.Subscribed, cancel);
        return true;
    }
}
