using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Localization;

namespace NewsHub.Web.Areas.Admin.Pages.Editions;

/// <summary>The date and the title that are printed on an edition. Its number stays.</summary>
[RequiresAct(Act.ComposeEdition)]
public sealed class DescribeModel(Newsroom room) : EditionPage(room)
{
    [BindProperty]
    public FolioInput Folio { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return NotFound();
        if (!MayCompose) return Forbidden();
        Version = Edition.Version;
        Folio = new FolioInput { Date = Print.Iso(Edition.Date), Title = Edition.Title };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return NotFound();
        if (!MayCompose) return Forbidden();
        Folio.Number = Edition.Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (Folio.Read(ModelState) is not var (number, date, title)) return Redisplay();
        if (Edition.Version != Version) return await OvertakenAsync(
            $"Its date is now {Newsroom.Day(Edition.Date)}, its title “{Edition.Title}”. Save again to use yours.", cancel);
        return await TryAsync(async () =>
        {
            var before = $"{Print.Iso(Edition.Date)} {Edition.Title}";
            Edition.Describe(date, title);
            // Every page names the latest edition, and the archive all that are out.
            Room.Note(Act.ComposeEdition, EventSubject.Edition(number), "date and title", before, $"{Print.Iso(date)} {title}",
                Edition.PublishedAt is null ? [] : [Topic.SiteWide, Topic.Editions, Topic.Edition(Edition.Id)]);
            await Db.SaveChangesAsync(cancel);
            return To(Address, "Saved.");
        });
    }
}
