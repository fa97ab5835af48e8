using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Areas.Admin.SignIn;
using NewsHub.Web.RateLimiting;

namespace NewsHub.Web.Areas.Admin.Pages.House;

/// <summary>How mail leaves, and a test of it to whoever asks. It is set in the machine's settings; nothing is changed here.</summary>
[RequiresAct(Act.ChangeSite), RequiresRecentSignIn]
public sealed class MailModel(Newsroom room, AccountEmails mails, RateLimiter limiter) : NewsroomPage(room)
{
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await limiter.CheckAsync(new Limit($"test mail {Me.Id}", 1, TimeSpan.FromMinutes(1))) is { } refused)
            return this.TooMany(refused, "You can send one test a minute.");
        if (await mails.TestAsync(Me, cancel) is { } failed) return Redisplay($"The test could not be sent. {failed}");
        Flash = mails.Delivers
            ? $"The mail server accepted a test for {Me.Email}. Check that it arrives."
            : AccountEmails.InTheOutbox;
        return Redirect("/admin/settings#mail");
    }
}
