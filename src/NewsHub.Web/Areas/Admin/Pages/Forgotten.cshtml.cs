using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Mail;
using NewsHub.Core.Staff;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Areas.Admin.SignIn;
using NewsHub.Web.Http;
using NewsHub.Web.RateLimiting;

namespace NewsHub.Web.Areas.Admin.Pages;

/// <summary>Asks for a link to a new password. Whether anybody has the address is found out after the answer has gone out.</summary>
[AllowAnonymous]
[BodyLimit(RequestBodies.Small)]
public sealed class ForgottenModel(
    Newsroom room, RateLimiter limiter, AccountMailQueue accountMailQueue, IMailer mailer) : NewsroomPage(room)
{
    [BindProperty]
    public string? Email { get; set; }

    public bool Mails => mailer.Delivers;

    public bool Asked { get; private set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync()
    {
        var address = TypedText.Line(Email);
        if (!StaffRules.IsAddress(address)) return Redisplay("Enter a valid email address.", nameof(Email));
        if (await limiter.CheckAsync(new Limit($"links {Caller.Of(HttpContext)}", 10, TimeSpan.FromMinutes(1)),
            new Limit($"links to {address!.ToUpperInvariant()}", 3, TimeSpan.FromMinutes(20))) is { } refused)
        {
            return this.TooMany(refused, "Too many links were requested from here or for this address.");
        }
        accountMailQueue.Enqueue((accountEmails, cancel) => accountEmails.ResetAsync(address, cancel));
        Asked = true;
        return Page();
    }
}
