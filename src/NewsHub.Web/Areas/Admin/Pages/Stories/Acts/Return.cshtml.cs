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
        if (Words(Note, nameof(Note), "Say what the story lacks: its author reads it first.") is { } note)
            story.Return(note, Me.Actor, Room.Now);
        return Task.CompletedTask;
    }, "Returned, with your note.", cancel, story => story.ReturnNote == TypedText.Lines(Note));
}
