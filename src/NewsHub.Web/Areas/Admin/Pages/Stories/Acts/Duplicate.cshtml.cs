using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Core.Stories.Body;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Acts;

/// <summary>Begins a new draft with the newest text of another story, never with its address.</summary>
[RequiresAct(Act.Start)]
public sealed class DuplicateModel(Newsroom room) : ActPage(room, Act.Start)
{
    /// <summary>Where the log stood when the page was shown: a second click finds the copy that the first one made.</summary>
    [BindProperty]
    public long Shown { get; set; }

    private EventSubject Subject => EventSubject.Story(new StoryId(Id));

    protected override async Task LoadAsync(CancellationToken cancel) => Shown = await Db.Events.MaxAsync(e => (long?)e.Id, cancel) ?? 0;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await using var tx = await Db.Database.BeginTransactionAsync(cancel);
        var (shown, subject, me) = (Shown, Subject, Me.Actor);
        var made = await Db.Events.Where(e => e.Id > shown && e.Act == Act.Start && e.Subject == subject && e.By == me)
            .Select(e => e.After)
            .FirstOrDefaultAsync(cancel);
        if (made is null)
        {
            if (await OpenAsync(cancel) is { } refused) return refused;
            var copy = new Story(Copy.Text, new RenderedBody(Copy.BodyHtml, Copy.Words, []), me, Room.Now, Me.Id);
            Db.Stories.Add(copy);
            await Db.SaveChangesAsync(cancel);
            made = copy.Id.ToString();
            Room.Note(Act.Start, subject, "a new draft with this story's text", after: made);
            await Db.SaveChangesAsync(cancel);
            await tx.CommitAsync(cancel);
        }
        Flash = "Duplicated. This is the copy, a draft of yours.";
        return Redirect($"/admin/stories/{made}");
    }
}
