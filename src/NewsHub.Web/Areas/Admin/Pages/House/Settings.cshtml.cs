using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Rates;
using NewsHub.Core.Settings;
using NewsHub.Core.Text;
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

    [BindProperty]
    public string? Language { get; set; }

    [BindProperty]
    public string? TimeZone { get; set; }

    [BindProperty]
    public string? CurrencyBase { get; set; }

    /// <summary>Codes in the ticker's order, with spaces or commas between them.</summary>
    [BindProperty]
    public string? CurrencyQuotes { get; set; }

    /// <summary>Keys of sources, with spaces or commas between them; the first counts most.</summary>
    [BindProperty]
    public string? RateSources { get; set; }

    [BindProperty]
    public string? RateHours { get; set; }

    /// <summary>A line each: the key, then the words on the button.</summary>
    [BindProperty]
    public string? Reactions { get; set; }

    [BindProperty]
    public bool Bulletin { get; set; }

    /// <summary>From which role on a second factor is asked for; nothing for nobody.</summary>
    [BindProperty]
    public string? SecondFactor { get; set; }

    public static readonly IReadOnlyList<(string Value, string Words)> SecondFactors =
    [
        ("", "Nobody has to"), (nameof(Role.Administrator), "Administrators"), (nameof(Role.Publisher), "Publishers and administrators"),
        (nameof(Role.Editor), "All but reporters"), (nameof(Role.Reporter), "Everyone"),
    ];

    public IReadOnlyList<string> Zones { get; } = [.. TimeZoneInfo.GetSystemTimeZones()
        .Select(z => z.Id)
        .Where(id => id.Contains('/', StringComparison.Ordinal) || id == "UTC")
        .Order(StringComparer.Ordinal)];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var site = await Db.Sites.AsNoTracking().SingleOrDefaultAsync(cancel) ?? new Site();
        (Name, Subtitle, Motto, Description, Language, TimeZone) = (
            site.Name, site.Subtitle, site.Motto, site.Description, site.Language, site.TimeZone);
        (CurrencyBase, CurrencyQuotes) = (site.CurrencyBase, string.Join(' ', site.CurrencyQuotes));
        (RateSources, RateHours) = (string.Join(' ', site.RateSources), string.Join(' ', site.RateHours));
        Bulletin = site.Bulletin;
        SecondFactor = site.SecondFactorFrom?.ToString();
        Reactions = string.Join('\n', site.Reactions.Select(r => $"{r.Key} {r.Label}"));
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var site = await Db.Sites.SingleOrDefaultAsync(cancel);
        if (site is null) Db.Sites.Add(site = new Site { ImportedAt = Room.Now });
        var before = Words(site);
        site.Name = Line(nameof(Name), Name, TextLimits.SiteName, needed: "The paper needs a name.");
        site.Subtitle = Line(nameof(Subtitle), Subtitle, TextLimits.SiteLine);
        site.Motto = Line(nameof(Motto), Motto, TextLimits.SiteLine);
        site.Description = Line(nameof(Description), Description, TextLimits.SiteDescription);
        site.Language = Line(nameof(Language), Language, 35, needed: "Say in which language the paper is.");
        if (!LanguageTag.IsOne(site.Language))
            ModelState.AddModelError(nameof(Language), $"'{site.Language}' is not a language such as en, fr or ar.");
        site.TimeZone = Line(nameof(TimeZone), TimeZone, 60, needed: "Choose the zone in which dates are printed.");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(site.TimeZone, out _))
            ModelState.AddModelError(nameof(TimeZone), $"'{site.TimeZone}' is not a time zone such as Africa/Lagos.");
        site.CurrencyBase = (TypedText.Line(CurrencyBase) ?? "").ToUpperInvariant();
        site.CurrencyQuotes = [.. Split(CurrencyQuotes).Select(c => c.ToUpperInvariant()).Distinct()];
        site.RateSources = [.. Split(RateSources).Select(k => k.ToLowerInvariant()).Distinct()];
        site.RateHours = [.. Split(RateHours).Select(
            h => int.TryParse(h, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var hour)
                ? hour
                : -1).Distinct()];
        if (!Currency.IsKnown(site.CurrencyBase))
            ModelState.AddModelError(nameof(CurrencyBase), $"'{site.CurrencyBase}' is not a currency code such as USD.");
        foreach (var code in site.CurrencyQuotes.Where(c => !Currency.IsKnown(c)))
            ModelState.AddModelError(nameof(CurrencyQuotes), $"'{code}' is not a currency code such as EUR.");
        if (site.CurrencyQuotes.Contains(site.CurrencyBase))
            ModelState.AddModelError(nameof(CurrencyQuotes), $"{site.CurrencyBase} is what the others are given against.");
        foreach (var key in site.RateSources.Where(k => !RatePublisher.IsKey(k)))
            ModelState.AddModelError(nameof(RateSources), $"'{key}' is no source: there are ecb, cbn, er-api and file.");
        if (site.RateHours.Any(h => h is < 0 or > 23)) ModelState.AddModelError(nameof(RateHours), "Hours are numbers from 0 to 23.");
        site.Reactions = ReadReactions();
        site.Bulletin = Bulletin;
        if (SecondFactors.Any(f => f.Value == (SecondFactor ?? "")))
            site.SecondFactorFrom = string.IsNullOrEmpty(SecondFactor) ? null : Enum.Parse<Role>(SecondFactor);
        else ModelState.AddModelError(nameof(SecondFactor), "Choose who needs a second factor.");
        if (!ModelState.IsValid) return Redisplay();
        if (before == Words(site))
        {
            Flash = "Nothing was changed.";
            return Redirect("/admin/settings");
        }
        Room.Note(Act.ChangeSite, EventSubject.Site, before: before, after: Words(site), topics: [Topic.SiteWide]);
        await Db.SaveChangesAsync(cancel);
        Flash = "Saved. Every page of the paper shows it now.";
        return Redirect("/admin/settings");
    }

    private string Line(string field, string? typed, int most, string? needed = null)
    {
        var line = TypedText.Line(typed) ?? "";
        if (line.Length > most) ModelState.AddModelError(field, $"{most} characters are the most there is room for.");
        else if (line.Length == 0 && needed is not null) ModelState.AddModelError(field, needed);
        return line;
    }

    private static string[] Split(string? typed) => (typed ?? "").Split([' ', ',', ';', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private List<ReactionKind> ReadReactions()
    {
        var reactions = new List<ReactionKind>();
        foreach (var line in (Reactions ?? "").Split('\n').Select(TypedText.Line).OfType<string>())
        {
            if (line.Split(' ', 2) is not [var key, { Length: > 0 and <= TextLimits.ReactionLabel } label] || !ReactionKey().IsMatch(key))
                ModelState.AddModelError(
                    nameof(Reactions), $"'{line}': a line is a key of small letters, a space, and the words on the button.");
            else if (reactions.Exists(r => r.Key == key)) ModelState.AddModelError(nameof(Reactions), $"'{key}' is there twice.");
            else reactions.Add(new ReactionKind(key, label));
        }
        if (reactions.Count > 8) ModelState.AddModelError(nameof(Reactions), "Eight reactions are enough for any reader.");
        return reactions;
    }

    private static string Words(Site site) => JsonSerializer.Serialize(
        new
        {
            site.Name,
            site.Subtitle,
            site.Motto,
            site.Description,
            site.Language,
            site.TimeZone,
            site.CurrencyBase,
            site.CurrencyQuotes,
            site.RateSources,
            site.RateHours,
            site.Reactions,
            site.Bulletin,
            SecondFactor = site.SecondFactorFrom?.ToString(),
        }, Plain);

    private static readonly JsonSerializerOptions Plain =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,29}$")]
    private static partial Regex ReactionKey();
}
