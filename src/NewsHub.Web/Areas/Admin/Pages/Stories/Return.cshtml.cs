using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Staff;
using NewsHub.Core.Stories;

namespace NewsHub.Web.Areas.Admin.Pages.Stories;

/// <summary>An editor hands a filed story back and says why.</summary>
[RequiresAct(Act.Return)]
public sealed class ReturnModel(Newsroom room) : ActPage(room, Act.Return)
{
    [BindProperty]
    public string? Note { get; set; }

    public Task<IActionResult> OnPostAsync(CancellationToken cancel) => DoAsync(story =>
    {
        if (Words(Note, nameof(Note), "Say what the story lacks: its author reads it first.") is { } note) story.Return(note, Me.Actor, Room.Now);
        return Task.CompletedTask;
    }, "Returned, with your note.", cancel, story => story.ReturnNote == TypedText.Lines(Note));
}
