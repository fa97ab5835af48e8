using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Mail;
using NewsHub.Core.Notifications;
using NewsHub.Core.Staff;
using NewsHub.Core.Store;
using NewsHub.Web.Options;

namespace NewsHub.Web.Mail;

/// <summary>Sends members what they are told of by mail: what comes within a minute or two as one. Of a story it says the headline, never
/// the text.</summary>
internal sealed class NotificationMails(NewsDb db, IMailer mailer, SiteOptions site, TimeProvider clock)
{
    /// <summary>Members whose mail is sent in one round.</summary>
    private const int MostMembers = 50;

    /// <summary>Notifications of one mail.</summary>
    private const int MostOfOne = 30;

    /// <returns>When the next is due; null where nothing waits.</returns>
    public async Task<DateTimeOffset?> SendDueAsync(CancellationToken cancel)
    {
        // What waits from when there was a mail server is news no more once there is one again.
        if (!mailer.Delivers)
        {
            await db.Notifications.Where(n => n.MailDue != null)
                .ExecuteUpdateAsync(n => n.SetProperty(x => x.MailDue, (DateTimeOffset?)null), cancel);
            return null;
        }
        var now = clock.GetUtcNow();
        var members = await db.Notifications.Where(n => n.MailDue <= now)
            .GroupBy(n => n.StaffId)
            .OrderBy(g => g.Min(n => n.MailDue))
            .Select(g => g.Key)
            .Take(MostMembers)
            .ToListAsync(cancel);
        foreach (var member in members) await SendAsync(member, now, cancel);
        return await db.Notifications.Where(n => n.MailDue != null).MinAsync(n => n.MailDue, cancel);
    }

    private async Task SendAsync(long id, DateTimeOffset now, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        var soon = now + Notification.MailWait;
        var due = await db.Notifications.Where(n => n.StaffId == id && n.MailDue <= soon)
            .OrderBy(n => n.EventId)
            .Take(MostOfOne)
            .ToListAsync(cancel);
        var member = await db.Staff.SingleAsync(m => m.Id == id, cancel);
        foreach (var one in due)
        {
            if (member.ClosedAt is null) one.BeginMail(now);
            else one.DropMail();
        }
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another process sends it, or it was read at this moment.
            return;
        }
        if (member.ClosedAt is not null || due.Count == 0) return;
        try
        {
            await mailer.SendAsync(await ComposeAsync(member, due, cancel), cancel);
            foreach (var one in due) one.Mailed(clock.GetUtcNow());
        }
        catch (MailFailedException failed)
        {
            var lost = due.Where(n => !n.MayTryAgain).ToList();
            foreach (var one in lost) one.DropMail();
            if (lost.Count > 0)
                db.Events.Add(new NewsEvent(
                    Act.FailToMail,
                    Actor.Clock,
                    clock.GetUtcNow(),
                    [],
                    $"notifications: {failed.Message}",
                    EventSubject.Staff(member.Name)));
        }
        // It may have been read while it was sent: what was read stays so.
        await db.SaveChangesAsync(cancel);
    }

    private async Task<Email> ComposeAsync(StaffMember member, List<Notification> due, CancellationToken cancel)
    {
        var paper = await db.Sites.Select(s => new { s.Name, s.TimeZone }).SingleOrDefaultAsync(cancel);
        var names = await db.NamesAsync(due, cancel);
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(member.TimeZone ?? paper?.TimeZone ?? "", out var zone)) zone = TimeZoneInfo.Utc;
        var parts = due.Select(n => string.Create(CultureInfo.InvariantCulture,
            $"""
            {n.Sentence(names[n.Id])} ({TimeZoneInfo.ConvertTime(n.At, zone):d MMM yyyy, HH:mm}, {zone.Id}).{Quote(n.Note)}
            {site.Url}/admin/notifications/{n.Id}
            """));
        var subject = due.Count == 1
            ? due[0].Sentence(names[due[0].Id])
            : string.Create(CultureInfo.InvariantCulture, $"{due.Count} notifications from the newsroom of {paper?.Name ?? "E-News"}");
        var text = $"""
            {member.Name},

            {string.Join("\n\n", parts)}

            You can choose which of these you are sent:
            {site.Url}/admin/account#notifications
            """;
        return new Email(member.Email!, member.Name, subject, text.ReplaceLineEndings("\n") + "\n")
        {
            Once = string.Create(CultureInfo.InvariantCulture, $"notification-{due[0].Id}-{due.Count}"),
        };
    }

    /// <summary>The words that came with it, a line each as they were typed, set in.</summary>
    private static string Quote(string? note) =>
        note is null ? "" : "\n\n" + string.Join('\n', note.ReplaceLineEndings("\n").Split('\n').Select(l => "    " + l)) + "\n";
}
