using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Events;
using NewsHub.Core.Stories;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Stories.Acts;

/// <summary>Puts a live story's headline on every page, for a time that must be named. Takes the place of another
/// only when told to.</summary>
[RequiresAct(Act.Flag)]
public sealed class FlagBreakingModel(Newsroom room) : ActPage(room, Act.Flag)
{
    public static readonly (int Minutes, string Words)[] Spans =
        [(30, "half an hour"), (60, "one hour"), (120, "two hours"), (240, "four hours"), (480, "eight hours"), (1440, "a whole day")];

    [BindProperty]
    public int? Minutes { get; set; }

    [BindProperty]
    public bool TakeOver { get; set; }

    /// <summary>The story that has the flag now.</summary>
    public Story? Other { get; private set; }
    public string? OtherHeadline { get; private set; }

    protected override async Task LoadAsync(CancellationToken cancel)
    {
        var (now, own) = (Room.Now, new StoryId(Id));
        Other = await Db.Stories
            .Where(s => s.BreakingUntil > now && s.Id != own && s.State == StoryState.Live)
            .OrderByDescending(s => s.BreakingUntil)
            .ThenByDescending(s => s.Id)
            .FirstOrDefaultAsync(cancel);
        if (Other is { } other)
            OtherHeadline = await Db.Revisions.Where(r => r.StoryId == other.Id && r.Number == other.LiveRevision)
                .Select(r => r.Text.Headline)
                .FirstAsync(cancel);
    }

    public Task<IActionResult> OnPostAsync(CancellationToken cancel) => DoAsync(async story =>
    {
        await LoadAsync(cancel);
        if (Spans.All(s => s.Minutes != Minutes)) ModelState.AddModelError(nameof(Minutes), "Choose how long.");
        if (Other is not null && !TakeOver)
            ModelState.AddModelError(nameof(TakeOver), $"“{OtherHeadline}” has the flag. Confirm that this story takes it over.");
        if (!ModelState.IsValid) return;
        Other?.Unflag(Me.Actor, Room.Now);
        story.Flag(Room.Now.AddMinutes(Minutes!.Value), Me.Actor, Room.Now);
    }, "Flagged as breaking. Every page shows it.", cancel, story => story.BreakingUntil is not null);
}
