using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Staff;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Acts;

/// <summary>A reporter hands the copy in, to one colleague or to the whole desk.</summary>
[RequiresAct(Act.File)]
public sealed class FileModel(Newsroom room) : ActPage(room, Act.File)
{
    [BindProperty]
    public long? To { get; set; }

    /// <summary>What the desk should know; it stands among the story's notes.</summary>
    [BindProperty]
    public string? Note { get; set; }

    /// <summary>Who can take a story in.</summary>
    public IReadOnlyList<StaffMember> Editors { get; private set; } = [];

    protected override async Task LoadAsync(CancellationToken cancel) => Editors = await Db.Staff.AsNoTracking()
        .Where(s => s.ClosedAt == null && s.Id != Me.Id && s.Role != Role.Reporter).OrderBy(s => s.Name).ToListAsync(cancel);

    public Task<IActionResult> OnPostAsync(CancellationToken cancel) => DoAsync(async story =>
    {
        await LoadAsync(cancel);
        if (To is { } to && Editors.All(e => e.Id != to))
            ModelState.AddModelError(nameof(To), "Choose a colleague from the list, or the whole desk.");
        var note = string.IsNullOrWhiteSpace(Note) ? null : ReadNote(Note, nameof(Note), "");
        if (!ModelState.IsValid) return;
        story.File(Me.Actor, Room.Now, To, note);
        AddNote(note);
    }, "Filed.", cancel, story => story.FiledTo == To);
}
