using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Newsletters;
using NewsHub.Web.Localization;

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
        "confirmed" => Texts.Now["newsletter.said.confirmed"],
        "saved" => Texts.Now["newsletter.said.saved"],
        "pause" => Texts.Now["newsletter.said.pause"],
        "resume" => Texts.Now["newsletter.said.resume"],
        "none" => Texts.Now["newsletter.said.none"],
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
