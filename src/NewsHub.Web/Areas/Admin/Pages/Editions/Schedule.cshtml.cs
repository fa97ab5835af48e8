using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Editing;
using NewsHub.Core.Events;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Editions;

/// <summary>Our own chosen time: the clock publishes the edition then, all or none. Also changes it.</summary>
[RequiresAct(Act.PublishEdition)]
public sealed class ScheduleModel(Newsroom room) : EditionPage(room)
{
    [BindProperty]
    public TypedTime At { get; set; } = new();

    /// <summary>What the front lacks, or would lack at the chosen time.</summary>
    public IReadOnlyList<FrontWarning> Warnings { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return NotFound();
        if (Edition.PublishedAt is not null) return Redirect(Address);
        Version = Edition.Version;
        At = TypedTime.From(Edition.MissedBecause is null && Edition.ScheduledFor is { } due ? due : Room.NextFullHour(), Room.Zone);
        await CheckAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel)) return NotFound();
        if (Edition.PublishedAt is not null) return To(Address, $"No. {Edition.Number} is published.");
        await CheckAsync(cancel);
        if (At.Read(Room.Zone, ModelState, nameof(At)) is not { } at) return Redisplay();
        // A second click.
        if (Edition.ScheduledFor == at && Edition.MissedBecause is null) return To(Address, "Scheduled.");
        if (Edition.Version != Version) return await OvertakenAsync("Schedule it again if it is still ready.", cancel);
        // A minute's grace: forms are sent a little after they are filled in.
        if (at < Room.Now.AddMinutes(-1)) return Redisplay("Choose a time in the future, or publish it now.", "At.Local");
        return await TryAsync(async () =>
        {
            Db.Events.Add(Edition.Schedule(at, Me.Actor, Room.Now));
            await Db.SaveChangesAsync(cancel);
            return To(Address, "Scheduled.");
        });
    }

    private async Task CheckAsync(CancellationToken cancel)
    {
        var at = WallClock.Read(At.Local, At.ZoneOr(Room.Zone), At.Offset).At ?? Room.Now;
        Warnings = FrontCheck.Of(
            await Db.FrontOfAsync(Edition, savedByHand: true, cancel), at > Room.Now ? at : Room.Now, null, SectionName, Room.When);
    }
}
