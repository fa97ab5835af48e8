using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Mail;
using NewsHub.Core.Staff;
using NewsHub.Core.Store;
using NewsHub.Web.Options;

namespace NewsHub.Web.Areas.Admin.SignIn;

/// <summary>What the house writes to its staff. Links carry the setting <c>Site:Url</c>, whatever host a request named.</summary>
public sealed class AccountEmails(NewsDb db, UserManager<StaffMember> staff, IMailer mailer, SiteOptions site, TimeProvider clock)
{
    /// <summary>What is said of a mail that was kept as a file, since no mail server is set.</summary>
    public const string InTheOutbox =
        "No mail server is set up (Smtp:Host), so no email was sent: it is saved as a file in the outbox folder of the data folder.";

    /// <summary>Whether there is a mail server.</summary>
    public bool Delivers => mailer.Delivers;

    public async Task<string> InvitationLinkAsync(StaffMember member) =>
        Link("join", member, await staff.GenerateUserTokenAsync(member, AccountTokens.Provider, AccountTokens.Invitation));

    /// <returns>Why it could not be sent, as a sentence; null when it went out. What failed also stands in the log.</returns>
    public async Task<string?> InviteAsync(StaffMember member, Actor by, CancellationToken cancel)
    {
        var (paper, link) = (await PaperAsync(cancel), await InvitationLinkAsync(member));
        return await SendAsync(member, $"Your place in the newsroom of {paper}", $"""
            {member.Name},

            {by.Name} invites you to the newsroom of {paper}, as {member.Role.ToString().ToLowerInvariant()}.
            Use this link to choose a password. It works once, within seven days:

            {link}

            If you do not expect this, ignore it: nothing happens.
            """, "the invitation", cancel);
    }

    /// <summary>A link for a new password, if anybody has this address; else nothing at all.</summary>
    public async Task ResetAsync(string address, CancellationToken cancel)
    {
        if (await staff.FindByEmailAsync(address) is not { ClosedAt: null } member) return;
        db.Events.Add(new NewsEvent(Act.ChangeOwnAccount, Actor.Stranger, clock.GetUtcNow(), [], "asked for a link to a new password",
            EventSubject.Staff(member.Name)));
        await db.SaveChangesAsync(cancel);
        var paper = await PaperAsync(cancel);
        var link = Link("reset", member, await staff.GeneratePasswordResetTokenAsync(member));
        await SendAsync(member, $"A new password for the newsroom of {paper}", $"""
            {member.Name},

            someone, we assume you, asked for a new password for the newsroom of {paper}.
            Use this link to choose one. It works once, within an hour:

            {link}

            If it was not you, ignore this email: your password stays the same.
            """, "the link to a new password", cancel);
    }

    /// <summary>Tells the person what happened to their account, lest it was not them.</summary>
    public async Task WarnAsync(long id, string what, CancellationToken cancel)
    {
        if (await db.Staff.SingleOrDefaultAsync(s => s.Id == id, cancel) is not { } member) return;
        var paper = await PaperAsync(cancel);
        await SendAsync(member, $"Your account in the newsroom of {paper}", $"""
            {member.Name},

            {what}
            ({clock.GetUtcNow().UtcDateTime.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture)} UTC)

            If that was you, you need do nothing. If not, choose a new password at once and tell an administrator:

            {site.Url}/admin/forgotten
            """, "a word about the account", cancel);
    }

    /// <summary>A mail to whoever asks for one, to see whether mail goes out.</summary>
    /// <returns>Why it could not be sent, as a sentence; null when it went out.</returns>
    public async Task<string?> TestAsync(StaffMember member, CancellationToken cancel)
    {
        var paper = await PaperAsync(cancel);
        return await SendAsync(member, $"A test from the newsroom of {paper}", $"""
            {member.Name},

            you asked the newsroom of {paper} for this test. That you can read it means that emails are sent:

            {site.Url}/admin/settings
            """, "a test", cancel);
    }

    private async Task<string?> SendAsync(StaffMember member, string subject, string text, string what, CancellationToken cancel)
    {
        try
        {
            await mailer.SendAsync(new Email(member.Email!, member.Name, subject, text.ReplaceLineEndings("\n") + "\n"), cancel);
            return null;
        }
        catch (MailFailedException failed)
        {
            db.Events.Add(new NewsEvent(
                Act.FailToMail, Actor.Clock, clock.GetUtcNow(), [], $"{what}: {failed.Message}", EventSubject.Staff(member.Name)));
            await db.SaveChangesAsync(cancel);
            return failed.Message;
        }
    }

    private async Task<string> PaperAsync(CancellationToken cancel) =>
        await db.Sites.Select(s => s.Name).SingleOrDefaultAsync(cancel) ?? "E-News";

    private string Link(string page, StaffMember member, string key) =>
        string.Create(CultureInfo.InvariantCulture, $"{site.Url}/admin/{page}?who={member.Id}&key={Uri.EscapeDataString(key)}");
}
