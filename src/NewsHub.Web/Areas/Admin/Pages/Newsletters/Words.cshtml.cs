using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Core.Newsletters;
using NewsHub.Core.Text;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Newsletters;

/// <summary>The subject, the preview text and the opening words of an edition's bulletin.</summary>
[RequiresAct(Act.SendBulletin)]
public sealed class WordsModel(Newsroom room) : PlanPage(room)
{
    [BindProperty]
    public string? Subject { get; set; }

    [BindProperty]
    public string? Preheader { get; set; }

    [BindProperty]
    public string? Opening { get; set; }

    /// <summary>What it would be made with.</summary>
    public (string Subject, string Preheader) Head { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await LoadAsync(cancel) is { } answer) return answer;
        (Version, Subject, Preheader, Opening) = (Plan?.Version ?? 0, Plan?.Subject, Plan?.Preheader, Plan?.Opening);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await LoadAsync(cancel) is { } answer) return answer;
        var (subject, preheader, opening) = (TypedText.Line(Subject), TypedText.Line(Preheader), TypedText.Lines(Opening));
        if (subject?.Length > TextLimits.MailHead) ModelState.AddModelError(nameof(Subject), "Use 150 characters at most.");
        if (preheader?.Length > TextLimits.MailHead) ModelState.AddModelError(nameof(Preheader), "Use 150 characters at most.");
        if (opening?.Length > TextLimits.MailOpening) ModelState.AddModelError(nameof(Opening), "Use 2,000 characters at most.");
        if (!ModelState.IsValid) return Redisplay();
        // A second click.
        if ((subject, preheader, opening) == (Plan?.Subject, Plan?.Preheader, Plan?.Opening)) return To(Preview, "Saved.");
        return await DecideAsync(p => p.Write(subject, preheader, opening, Edition.Number, Me.Actor, Room.Now), "Saved.", cancel);
    }

    private async Task<IActionResult?> LoadAsync(CancellationToken cancel)
    {
        if (await OpenAsync(cancel) is { } answer) return answer;
        var front = Proof.Front(Edition, await Db.FrontOfAsync(Edition, cancel), Room.Snapshot, Room.Now, id => $"/admin/stories/{id}");
        Head = BulletinComposer.Head(front, Room.Snapshot);
        return null;
    }
}
