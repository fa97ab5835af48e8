using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Newsletters;

namespace NewsHub.Web.Pages.Newsletter;

/// <summary>The way out that every mail has. Reading this page takes nobody off the list: a press does, or one
/// POST of a mail program.</summary>
public sealed class LeaveModel(Subscriptions subscriptions, ILogger<LeaveModel> log) : KeyedPage(subscriptions, log)
{
    public async Task<IActionResult> OnGetAsync(string? key, CancellationToken cancel)
    {
        Open(key);
        return await Subscriptions.FindAsync(key, cancel) is null ? Shut() : Page();
    }
}
