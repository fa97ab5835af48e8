using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Stories;

/// <summary>Every text that the story has had: any two side by side, and any of them brought back as a new revision.</summary>
[RequiresAct(Act.Read)]
public sealed class HistoryModel(Newsroom room) : NewsroomPage(room)
{
    public sealed record Line(int Number, Actor By, DateTimeOffset SavedAt, bool Autosaved, int Words, string Headline);

    private IReadOnlyDictionary<SectionId, string> _slugs = new Dictionary<SectionId, string>();

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? To { get; set; }

    public Story Story { get; private set; } = null!;
    public IReadOnlyList<Line> Lines { get; private set; } = [];
    public IReadOnlyList<(string Field, string Before, string After)> Differences { get; private set; } = [];
    public bool MayRestore => Story.State is not StoryState.Spiked && Me.May(Act.Save, Story);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await OpenAsync(cancel)) return NotFound();
        To ??= Lines[0].Number;
        From ??= Lines.FirstOrDefault(l => l.Number < To)?.Number ?? To;
        var two = Story.Revisions.Where(r => r.Number == From || r.Number == To).ToList();
        if (two.Find(r => r.Number == From) is not { } before || two.Find(r => r.Number == To) is not { } after) return NotFound();
        Differences = [.. WordDiff.Fields(Typed(before), Typed(after))];
        return Page();
    }

    /// <summary>Brings a text back, as a new revision: what came after it stays in the history.</summary>
    public async Task<IActionResult> OnPostAsync(int number, CancellationToken cancel)
    {
        To = number;
        if (!await OpenAsync(cancel)) return NotFound();
        if (!Me.May(Act.Save, Story)) return Forbidden();
        if (Story.Revisions.FirstOrDefault(r => r.Number == number) is not { } old) return NotFound();
        if (number == Story.WorkingRevision) return Redirect($"/admin/stories/{Id}");
        return await TryAsync(async () =>
        {
            // Set anew: the library may have other pictures now.
            var copy = await Typed(old).SetAsync(Db, cancel: cancel);
            if (copy.Problems.Count > 0)
                return Redisplay($"Revision {number} cannot be restored: {copy.Problems[0].Message}");
            // A second click finds it done.
            Story.Save(copy.Text, copy.Body, Me.Actor, Room.Now, intoSchedule: Me.May(Act.Schedule, Story));
            await Db.SaveChangesAsync(cancel);
            Flash = $"Restored: the text of revision {number} is the newest again.";
            return Redirect($"/admin/stories/{Id}");
        });
    }

    private async Task<bool> OpenAsync(CancellationToken cancel)
    {
        var id = new StoryId(Id);
        Lines = await Db.Revisions.AsNoTracking().Where(r => r.StoryId == id).OrderByDescending(r => r.Number)
            .Select(r => new Line(r.Number, r.By, r.SavedAt, r.Autosaved, r.Words, r.Text.Headline)).ToListAsync(cancel);
        if (Lines.Count == 0) return false;
        _slugs = await Room.SectionSlugsAsync(cancel);
        var to = To ?? Lines[0].Number;
        var from = From ?? Lines.FirstOrDefault(l => l.Number < to)?.Number ?? to;
        if (await Db.LoadForEditingAsync(id, cancel, from, to) is not { } story) return false;
        Story = story;
        return true;
    }

    private Manuscript Typed(Revision revision) =>
        Manuscript.From(revision.Text, _slugs.GetValueOrDefault(revision.Text.Section, ""), Story.Slug);
}
