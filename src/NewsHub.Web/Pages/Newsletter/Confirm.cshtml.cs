using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Newsletters;

namespace NewsHub.Web.Pages.Newsletter;

/// <summary>Where the link in the first mail leads. Programs that look at links ahead of the reader confirm
/// nothing: a press does.</summary>
public sealed class ConfirmModel(Subscriptions subscriptions, ILogger<ConfirmModel> log) : KeyedPage(subscriptions, log)
{
    public async Task<IActionResult> OnGetAsync(string? key, CancellationToken cancel)
    {
        Open(key);
        return await Subscriptions.IsOpenAsync(key, cancel) ? Page() : Shut();
    }
}
