using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Publishing;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Acts;

/// <summary>A dated public note of what was wrong, with the newest text or to the one that is live.</summary>
[RequiresAct(Act.Correct)]
public sealed class CorrectModel(Newsroom room) : ActPage(room, Act.Correct)
{
    [BindProperty]
    public string? Note { get; set; }

    /// <summary>Whether the newest text goes live with the note.</summary>
    [BindProperty]
    public bool Newest { get; set; }

    public bool HasWorkingCopy => Story.LiveRevision != Story.WorkingRevision;

    protected override void SetDefaults() => Newest = true;

    public Task<IActionResult> OnPostAsync(CancellationToken cancel) => DoAsync(async story =>
    {
        if (ReadNote(Note, nameof(Note), "Enter a note that tells readers what was wrong.") is not { } note) return;
        await Db.CorrectAsync(story, Newest && HasWorkingCopy ? story.Newest() : null, note, Me.Actor, Room.Now, cancel);
    }, "Corrected. Readers see the note now.", cancel, story => story.Corrections.Any(c => c.Note == TypedText.Lines(Note)));
}
