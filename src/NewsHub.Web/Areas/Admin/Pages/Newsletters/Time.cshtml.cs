using Microsoft.AspNetCore.Mvc;
using NewsHub.Core.Events;
using NewsHub.Web.Areas.Admin.Shared;

namespace NewsHub.Web.Areas.Admin.Pages.Newsletters;

/// <summary>When a bulletin goes by itself.</summary>
public enum SendWhen
{
    /// <summary>As soon as its edition is out.</summary>
    Once,

    /// <summary>At a chosen time, not before its edition.</summary>
    At,
    Never,
}

/// <summary>When an edition's bulletin goes: with the edition, later, or not by itself.</summary>
[RequiresAct(Act.SendBulletin)]
public sealed class TimeModel(Newsroom room) : PlanPage(room)
{
    [BindProperty]
    public SendWhen? Send { get; set; }

    [BindProperty]
    public TypedTime At { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await OpenAsync(cancel) is { } answer) return answer;
        Version = Plan?.Version ?? 0;
        Send = Plan is { IsStopped: true } ? SendWhen.Never : Plan?.SendAt is null ? SendWhen.Once : SendWhen.At;
        var next = Edition.ScheduledFor is { } due && due > Room.Now ? due.AddHours(1) : Room.NextFullHour();
        At = TypedTime.From(Plan?.SendAt ?? next, Room.Zone);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await OpenAsync(cancel) is { } answer) return answer;
        switch (Send)
        {
            case SendWhen.Once when Edition.PublishedAt is null:
                if (Plan is null or { IsStopped: false, SendAt: null }) return To(Preview, "Saved.");
                return await DecideAsync(p => p.SendFrom(null, Edition.Number, Me.Actor, Room.Now), "Saved.", cancel);
            case SendWhen.Once:
                return Redisplay("The edition is published already. Send the newsletter now, or choose a time.", nameof(Send));
            case SendWhen.Never:
                if (Plan is { IsStopped: true }) return To(Preview, "Saved.");
                return await DecideAsync(p => p.Stop(Edition.Number, Me.Actor, Room.Now), "Saved. It is not sent automatically.", cancel);
            case SendWhen.At:
                break;
            default:
                return Redisplay("Choose when it is sent.", nameof(Send));
        }
        if (At.Read(Room.Zone, ModelState, nameof(At)) is not { } at) return Redisplay();
        if (Plan is { IsStopped: false } && Plan.SendAt == at) return To(Preview, "Scheduled.");
        if (at < Room.Now.AddMinutes(-1)) return Redisplay("Choose a time in the future.", "At.Local");
        if (at < Edition.ScheduledFor)
            return Redisplay($"Choose a time after the edition, which is scheduled for {When(Edition.ScheduledFor.Value)}.", "At.Local");
        return await DecideAsync(p => p.SendFrom(at, Edition.Number, Me.Actor, Room.Now), "Scheduled.", cancel);
    }
}
