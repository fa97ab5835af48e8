using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Acts;

/// <summary>An editor hands a filed story back and says why.</summary>
[RequiresAct(Act.Return)]
public sealed class ReturnModel(Newsroom room) : ActPage(room, Act.Return)
{
    [BindProperty]
    public string? Note { get; set; }

    public Task<IActionResult> OnPostAsync(CancellationToken cancel) => DoAsync(story =>
    {
        if (ReadNote(Note, nameof(Note), "Enter what needs changing, for the author.") is { } note)
        {
            story.Return(note, Me.Actor, Room.Now);
            AddNote(note);
        }
        return Task.CompletedTask;
    }, "Returned, with your note.", cancel, story => story.ReturnNote == TypedText.Lines(Note));
}
