using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Editions;
using NewsHub.Core.Events;
using NewsHub.Web.Areas.Admin.Shared;
using NewsHub.Web.Localization;

namespace NewsHub.Web.Areas.Admin.Pages.Editions;

/// <summary>The next edition begins: its number and its day are proposed, by the paper's rhythm.</summary>
[RequiresAct(Act.ComposeEdition)]
public sealed class NewModel(Newsroom room, TimeProvider clock) : NewsroomPage(room)
{
    [BindProperty]
    public FolioInput Folio { get; set; } = new();

    /// <summary>Whether it begins without places; else with those of the last front.</summary>
    [BindProperty]
    public bool IsEmpty { get; set; }

    /// <summary>The newest edition that is out, and the shape of its front.</summary>
    public (int Number, IReadOnlyList<ShapePart> Shape)? Latest { get; private set; }

    /// <summary>A shape in words: “1 lead, 3 seconds, 8 in sections”.</summary>
    public string Words(IReadOnlyList<ShapePart> shape) => string.Join(", ", shape.GroupBy(p => p.Place, p => p.Count).Select(g => (
        Count: g.Sum(), g.Key) switch
    {
        (var n, SlotKind.Section) => $"{n} in sections",
        (var n, var place) => Print.Count(n, place.ToString().ToLowerInvariant(), $"{place.ToString().ToLowerInvariant()}s"),
    }));

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Latest = await Db.LatestShapeAsync(cancel);
        var last = await Db.Editions
            .AsNoTracking()
            .OrderByDescending(e => e.Number)
            .Select(e => new { e.Number, e.Date })
            .Take(9)
            .ToListAsync(cancel);
        Folio.Number = ((last.Count > 0 ? last[0].Number : 0) + 1).ToString(CultureInfo.InvariantCulture);
        Folio.Date = Print.Iso(Edition.NextDate([.. last.Select(e => e.Date)], Room.Snapshot.Today(clock)));
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Latest = await Db.LatestShapeAsync(cancel);
        if (Folio.Read(ModelState) is not var (number, date, title)) return Redisplay();
        if (await Db.Editions.AnyAsync(e => e.Number == number, cancel)) return Taken(number);
        var edition = new Edition(number, date, title);
        if (!IsEmpty && Latest is var (_, shape)) edition.BeginWith(shape);
        Db.Editions.Add(edition);
        Room.Note(Act.ComposeEdition, EventSubject.Edition(number), "begun", after: $"{Print.Iso(date)} {title}");
        try
        {
            await Db.SaveChangesAsync(cancel);
        }
        // Someone took the number between the look and the leap.
        catch (DbUpdateException) when (Db.Editions.AsNoTracking().Any(e => e.Number == number))
        {
            return Taken(number);
        }
        Flash = $"No. {number} is created.";
        return Redirect($"/admin/editions/{number}");
    }

    private IActionResult Taken(int number) => Redisplay($"There is already a No. {number}.", "Folio.Number");
}
