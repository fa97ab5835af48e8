using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Newsletters;
using NewsHub.Web.Words;

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
        "confirmed" => Wording.Now["newsletter.said.confirmed"],
        "saved" => Wording.Now["newsletter.said.saved"],
        "pause" => Wording.Now["newsletter.said.pause"],
        "resume" => Wording.Now["newsletter.said.resume"],
        "none" => Wording.Now["newsletter.said.none"],
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
