using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Http;

namespace NewsHub.Web.Areas.Admin.Pages.Editions;

/// <summary>A page of the newsroom about one edition, named by its number.</summary>
public abstract class EditionPage(Newsroom room) : NewsroomPage(room)
{
    private Dictionary<SectionId, string>? _sections;

    /// <summary>The edition's version when the page was shown.</summary>
    [BindProperty]
    public int Version { get; set; }

    public Edition Edition { get; private set; } = null!;

    public string Address => FormattableString.Invariant($"/admin/editions/{Edition.Number}");

    /// <summary>The day that is printed on it, and its title.</summary>
    public string FolioLine => $"{Edition.Date.DayOfWeek}, {Newsroom.Day(Edition.Date)} · {Edition.Title}";

    /// <summary>Whether this person may change its front: readers', once it is out.</summary>
    public bool MayCompose => Me.May(Edition.PublishedAt is null ? Act.ComposeEdition : Act.PublishEdition);

    public string? SectionName(SectionId id) =>
        (_sections ??= Room.Snapshot.Sections.ToDictionary(s => s.Id, s => s.Name)).GetValueOrDefault(id);

    /// <summary>Loads the edition; false where the address names none.</summary>
    protected async Task<bool> FindAsync(CancellationToken cancel)
    {
        if (!EditionNumber.TryParse(RouteData.Values["number"] as string ?? "", out var number)) return false;
        if (await Db.LoadEditionForEditingAsync(number, cancel) is not { } edition) return false;
        Edition = edition;
        return true;
    }

    protected IReadOnlyList<FrontWarning> Check(IReadOnlyList<(SlotKind Place, FrontLine Line)> front) =>
        FrontCheck.Of(front, Room.Now, Edition.PublishedAt, SectionName, Room.When);

    /// <summary>The page again, with the edition as it is now: someone else has changed it since.</summary>
    protected async Task<IActionResult> OvertakenAsync(string more, CancellationToken cancel)
    {
        Version = Edition.Version;
        ModelState.Clear();
        var last = await Db.Events
            .AsNoTracking()
            .Where(e => e.Subject == EventSubject.Edition(Edition.Number))
            .OrderByDescending(e => e.Id)
            .FirstOrDefaultAsync(cancel);
        return Redisplay($"{(last is null ? "Someone" : last.By == Me.Actor ? "You, in another window," : last.By.Name)} changed "
            + $"this edition since you opened this page. {more}", status: StatusCodes.Status409Conflict);
    }

    protected RedirectResult To(string address, string said)
    {
        Flash = said;
        return Redirect(address);
    }
}

/// <summary>An edition's folio line, as it is typed.</summary>
public sealed class FolioInput
{
    public string? Number { get; set; }

    /// <summary>yyyy-MM-dd.</summary>
    public string? Date { get; set; }
    public string? Title { get; set; }

    /// <summary>Reads the fields; what is wrong goes to the page, each at its field.</summary>
    public (int Number, DateOnly Date, string Title)? Read(Microsoft.AspNetCore.Mvc.ModelBinding.ModelStateDictionary state)
    {
        if (!EditionNumber.TryParse(TypedText.Line(Number) is { } typed ? typed : "x", out var number))
            state.AddModelError("Folio.Number", "Enter a whole number, from 1.");
        if (!DateOnly.TryParseExact(
            TypedText.Line(Date), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None,
            out var date) || date.Year < 1600)
        {
            state.AddModelError("Folio.Date", "Enter a date such as 2025-07-01.");
        }
        var title = TypedText.Line(Title) ?? "";
        if (title.Length is 0 or > TextLimits.EditionTitle)
            state.AddModelError("Folio.Title", title.Length == 0 ? "Enter a title." : "Use 200 characters at most.");
        return state.IsValid ? (number, date, title) : null;
    }
}
