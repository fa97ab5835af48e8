using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Mail;
using NewsHub.Core.Newsletters;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Areas.Admin.SignIn;
using NewsHub.Web.Options;

namespace NewsHub.Web.Areas.Admin.Pages.Newsletters;

/// <summary>An edition as a bulletin, before readers have it: seen here, or sent to oneself.</summary>
[RequiresAct(Act.SendBulletin)]
public sealed class PreviewModel(Newsroom room, SubscriberLinks subscriberLinks, BulletinComposer composer) : SheetPage(room, composer)
{
    public BulletinCopy? Copy { get; private set; }
    public int Bytes => Encoding.UTF8.GetByteCount(Copy?.Html ?? "");

    /// <summary>Its bulletin, where one was made.</summary>
    public long? Made { get; private set; }
    public int Subscribers { get; private set; }

    /// <summary>It is the newest, out, and was not sent by itself.</summary>
    public bool MaySend => Made is null
        && Edition.PublishedAt is not null
        && Room.Snapshot.LatestEdition?.Number == Edition.Number
        && Room.Snapshot.Site.Bulletin;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await OpenAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostProofAsync(
        [FromServices] IMailer mailer, [FromServices] SiteOptions site, CancellationToken cancel)
    {
        if (!await OpenAsync(cancel)) return NotFound();
        if (await CopyAsync(site.Url, cancel) is not { } copy) return Redisplay("There is nothing to send.");
        // A link of nobody's: pressed by mistake, it takes nobody off the list.
        var (html, text) = copy.For(subscriberLinks.Sign(0));
        try
        {
            await mailer.SendAsync(
                new Email(Me.Email!, Me.Name, $"Proof: {copy.Subject}", text) { Html = html, Language = copy.Language }, cancel);
        }
        catch (MailFailedException failed)
        {
            return Redisplay(failed.Message);
        }
        Room.Note(Act.SendBulletin, EventSubject.Bulletin(Edition.Number), "sent a proof to oneself");
        await Db.SaveChangesAsync(cancel);
        return To($"/admin/newsletters/editions/{Edition.Number}",
            $"{(mailer.Delivers ? $"A proof went to {Me.Email}." : AccountEmails.InTheOutbox)} Its links to leave "
            + "and to choose open nothing.");
    }

    public async Task<IActionResult> OnPostSendAsync([FromServices] BulletinMaker making, CancellationToken cancel)
    {
        if (!await OpenAsync(cancel)) return NotFound();
        if (Made is { } already) return To($"/admin/newsletters/{already}", "It has been sent already.");
        if (!MaySend)
            return Redisplay("Only the newest edition can be sent, once it is out, and while the setting “Send bulletins” is on.");
        return await TryAsync(
            async () => To($"/admin/newsletters/{(await making.MakeAsync(Edition.Number, Me.Actor, cancel)).Id}", "It is on its way."));
    }

    private async Task<bool> OpenAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return false;
        Copy = await CopyAsync("", cancel);
        Made = await Db.Bulletins.Where(b => b.EditionId == Edition.Id).Select(b => (long?)b.Id).SingleOrDefaultAsync(cancel);
        Subscribers = await Db.Subscribers.CountAsync(s => s.State == SubscriberState.Subscribed, cancel);
        return true;
    }
}
