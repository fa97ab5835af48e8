using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Newsletters;

namespace NewsHub.Web.Pages.Newsletter;

/// <summary>What one subscriber gets, a pause, and the way out: by the link in each mail, without an account.</summary>
public sealed class YoursModel(Subscriptions subscriptions, ILogger<YoursModel> log) : KeyedPage(subscriptions, log)
{
    /// <summary>Null where the key opens nothing.</summary>
    public OwnSubscription? Own { get; private set; }
    public string? Said { get; private set; }

    /// <summary>What has just been done.</summary>
    public string? Word => Said switch
    {
        "confirmed" => "Confirmed: the next edition comes to you by mail.",
        "saved" => "Saved.",
        "pause" => "Nothing comes until you say so here.",
        "resume" => "It comes again, from the next edition on.",
        "none" => "Choose at least one section, or the whole edition. Nothing was changed.",
        _ => null,
    };

    public async Task<IActionResult> OnGetAsync(string? key, string? said, CancellationToken cancel)
    {
        Open(key);
        Said = said;
        Own = await Subscriptions.FindAsync(key, cancel);
        return Own is null ? Shut() : Page();
    }
}
