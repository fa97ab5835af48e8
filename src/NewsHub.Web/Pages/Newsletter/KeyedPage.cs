using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NewsHub.Core.Newsletters;
using NewsHub.Web.Http;

namespace NewsHub.Web.Pages.Newsletter;

/// <summary>A page behind a link in a mail: one reader's, kept by nobody, its address told to nobody else.</summary>
public abstract partial class KeyedPage(Subscriptions subscriptions, ILogger log) : PageModel
{
    protected Subscriptions Subscriptions { get; } = subscriptions;

    public string? Key { get; private set; }

    /// <summary>For the address of a form.</summary>
    public string KeyInAddress => Uri.EscapeDataString(Key ?? "");

    /// <summary>The key opens nothing (any more).</summary>
    public bool IsShut { get; private set; }

    protected void Open(string? key)
    {
        Key = key;
        HttpContext.NeverKeep();
        // Forms here must still say where they come from, so not "no-referrer".
        Response.Headers["Referrer-Policy"] = "same-origin";
        Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
    }

    /// <summary>410: whatever it once was.</summary>
    protected PageResult Shut()
    {
        IsShut = true;
        Response.StatusCode = StatusCodes.Status410Gone;
        Refused(log, Request.Path);
        return Page();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The newsletter's page {Page} refused a link that is used, old or not whole.")]
    private static partial void Refused(ILogger log, string page);
}
