using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Settings;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Areas.Admin.SignIn;

namespace NewsHub.Web.Areas.Admin.Pages.House;

/// <summary>What the paper is called and how it is set. What concerns the machine (addresses, folders, mail) is
/// the environment's.</summary>
[RequiresAct(Act.ChangeSite), RequiresRecentSignIn]
public sealed partial class SettingsModel(Newsroom room) : NewsroomPage(room)
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Subtitle { get; set; }

    [BindProperty]
    public string? Motto { get; set; }

    [BindProperty]
    public string? Description { get; set; }

    /// <summary>The accent colour, <c>#rrggbb</c>.</summary>
    [BindProperty]
    public string? Accent { get; set; }

    /// <summary>A tag, or a language's name.</summary>
    [BindProperty]
    public string? Language { get; set; }

    /// <summary>An IANA name, or a city's.</summary>
    [BindProperty]
    public string? TimeZone { get; set; }

    [BindProperty]
    public string? CurrencyBase { get; set; }

    /// <summary>The ticker's currencies in order, each as a code or a name; an empty one is none.</summary>
    [BindProperty]
    public IList<string?> Quotes { get; set; } = [];

    [BindProperty]
    public IList<SourceRow> Sources { get; set; } = [];

    [BindProperty]
    public IList<int> RateHours { get; set; } = [];

    [BindProperty]
    public IList<ReactionRow> Reactions { get; set; } = [];

    [BindProperty]
    public bool PrintsAnimations { get; set; }

    [BindProperty]
    public bool Bulletin { get; set; }

    [BindProperty]
    public bool EditorsMayPublish { get; set; }

    /// <summary>From which role on a second factor is asked for; nothing for nobody.</summary>
    [BindProperty]
    public string? SecondFactor { get; set; }

    public static readonly IReadOnlyList<(string Value, string Words)> SecondFactors =
    [
        ("", "Nobody"), (nameof(Role.Administrator), "Administrators"), (nameof(Role.Publisher), "Publishers and administrators"),
        (nameof(Role.Editor), "Everyone except reporters"), (nameof(Role.Reporter), "Everyone"),
    ];

    public async Task OnGetAsync(CancellationToken cancel) =>
        Show(await Db.Sites.AsNoTracking().SingleOrDefaultAsync(cancel) ?? new Site());

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var site = await Db.Sites.SingleOrDefaultAsync(cancel);
        if (site is null) Db.Sites.Add(site = new Site { ImportedAt = Room.Now });
        var before = Words(site);
        Read(site);
        if (!ModelState.IsValid) return Redisplay();
        if (before == Words(site))
        {
            Flash = "No changes to save.";
            return Redirect("/admin/settings");
        }
        Room.Note(Act.ChangeSite, EventSubject.Site, before: before, after: Words(site), topics: [Topic.SiteWide]);
        await Db.SaveChangesAsync(cancel);
        Flash = "Saved. Every page of the paper is updated.";
        return Redirect("/admin/settings");
    }

    private static string Words(Site site) => JsonSerializer.Serialize(
        new
        {
            site.Name,
            site.Subtitle,
            site.Motto,
            site.Description,
            site.Accent,
            site.Language,
            site.TimeZone,
            site.CurrencyBase,
            site.CurrencyQuotes,
            site.RateSources,
            site.RateHours,
            site.Reactions,
            site.PrintsAnimations,
            site.Bulletin,
            site.EditorsMayPublish,
            SecondFactor = site.SecondFactorFrom?.ToString(),
        }, Plain);

    private static readonly JsonSerializerOptions Plain =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
