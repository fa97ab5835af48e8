using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Settings;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Areas.Admin.SignIn;
using NewsHub.Web.PageCache;

namespace NewsHub.Web.Areas.Admin.Pages.House;

/// <summary>The nameplate as it will be, on light paper and on dark: what is stored, or what stands in the form.
/// It changes nothing.</summary>
[InPaperLanguage]
[RequiresAct(Act.ChangeSite), RequiresRecentSignIn]
public sealed class NameplateModel(Newsroom room) : NewsroomPage(room)
{
    [BindProperty(SupportsGet = true)]
    public string? Name { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Subtitle { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Motto { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Accent { get; set; }

    public Site Sample { get; private set; } = new();

    public string Colour => Sample.Accent ?? Core.Settings.Accent.Usual;

    public IEnumerable<(string Theme, string Paper, string Contrast)> Papers
    {
        get
        {
            yield return ("light", "light", Say(Core.Settings.Accent.OnLight(Colour)));
            yield return ("dark", "dark", Say(Core.Settings.Accent.OnDark(Core.Settings.Accent.ForDark(Colour))));
        }
    }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Sample = await Db.Sites.AsNoTracking().SingleOrDefaultAsync(cancel) ?? new Site();
        // With a name it is the form that asks.
        if (TypedText.Line(Name) is { Length: <= TextLimits.SiteName } name)
            (Sample.Name, Sample.Subtitle, Sample.Motto) = (name, Short(Subtitle), Short(Motto));
        if (Core.Settings.Accent.IsColour(Accent)) Sample.Accent = Accent;
    }

    private static string Short(string? typed) => TypedText.Line(typed) is { Length: <= TextLimits.SiteLine } line ? line : "";

    // Rounded down: what falls short by a hair must not look like enough.
    private static string Say(double contrast) => (Math.Floor(contrast * 10) / 10).ToString("0.0", CultureInfo.InvariantCulture);
}
